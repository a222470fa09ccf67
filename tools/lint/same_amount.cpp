// Whether a number of a rule and one of the protocol's words are the same amount, and the same comparison.
#include "tools/lint/same_amount.hpp"

#include "interpreter/fact.hpp"

namespace crit {

namespace {

const Unit& day() {
  static const Unit unit = *parse_unit("d");
  return unit;
}

// `75 mg` of an aspirin "daily" is 75 mg/day; `15 h` of oxygen, a number of hours a day, is "15 h/d".
bool same_by_the_day(const Rational& a, const Unit& unit, const Rational& b, const Unit& other) {
  const auto daily = divide(unit, day());
  if (!daily) return false;
  const auto converted = convert(a, *daily, other);
  return converted && *converted == b;
}

// "21 units/week" of alcohol are no enzyme units: without the word, the rest is the unit.
bool same_without_units(const RuleNumber& r, const TextNumber& t) {
  const std::string& words = t.unit.words;
  if (!words.starts_with("unit")) return false;
  const size_t stroke = words.find('/');
  if (stroke == std::string::npos) return t.value == r.value;
  const auto rest = parse_unit(words.substr(stroke));
  const auto converted = rest ? convert(r.value, *r.unit, *rest) : std::nullopt;
  return converted && *converted == t.value;
}

std::optional<Rational> in_unit_of(const RuleNumber& r, const Unit& unit) {
  const auto linear = r.fact ? fact_conversion(*r.fact, *r.unit, unit) : conversion(*r.unit, unit);
  if (!linear) return std::nullopt;
  return (*linear)(r.value);
}

bool same_measured(const RuleNumber& r, const TextNumber& t) {
  if (const auto converted = in_unit_of(r, *t.unit.unit)) return *converted == t.value;
  return same_by_the_day(r.value, *r.unit, t.value, *t.unit.unit) ||
         same_by_the_day(t.value, *t.unit.unit, r.value, *r.unit) || same_without_units(r, t);
}

// 0.7 is 70 %; a scale that is counted in per cent may go without.
bool same_per_cent(const Rational& bare, const Rational& per_cent) {
  return bare == per_cent || bare * 100 == per_cent;
}

}  // namespace

bool same_amount(const RuleNumber& r, const TextNumber& t) {
  if (r.of_limit) {
    if (t.unit.kind == TextUnit::Kind::none) return r.value == t.value;
    if (t.unit.kind != TextUnit::Kind::of_limit || t.unit.lower != r.lower_limit) return false;
    return r.value == (t.unit.percent ? t.value / 100 : t.value);
  }
  if (t.unit.kind == TextUnit::Kind::of_limit) return false;
  if (!r.unit && t.unit.words == "%") return same_per_cent(r.value, t.value);
  // "45 and older" are years.
  if (t.unit.kind == TextUnit::Kind::none && r.fact && r.fact->name == "age" && r.unit &&
      time_unit(r.unit_text) != TimeUnit::years)
    return false;
  if (t.unit.kind == TextUnit::Kind::none && r.unit_text == "%") return same_per_cent(t.value, r.value);
  if (!r.unit || !t.unit.unit || t.unit.kind == TextUnit::Kind::none) return r.value == t.value;
  return same_measured(r, t);
}

bool same_when_rounded(const RuleNumber& r, const TextNumber& t) {
  if (r.of_limit || !r.unit || !t.unit.unit || t.unit.kind != TextUnit::Kind::measured) return false;
  const auto converted = in_unit_of(r, *t.unit.unit);
  return converted && abs(*converted - t.value) * 2 <= power_of_ten(-t.decimals);
}

bool same_whole_limit(const RuleNumber& r, const TextNumber& t) {
  using enum CompareOp;
  if (!r.whole || !r.op || !t.bound) return false;
  const auto lowest = [](CompareOp op, const Rational& value) { return op == greater ? value + 1 : value; };
  const auto highest = [](CompareOp op, const Rational& value) { return op == less ? value - 1 : value; };
  const auto below = [](CompareOp op) { return op == less || op == less_equal; };
  const auto above = [](CompareOp op) { return op == greater || op == greater_equal; };
  RuleNumber shifted = r;
  TextNumber same = t;
  if (above(*r.op) && above(*t.bound)) {
    shifted.value = lowest(*r.op, r.value);
    same.value = lowest(*t.bound, t.value);
  } else if (below(*r.op) && below(*t.bound)) {
    shifted.value = highest(*r.op, r.value);
    same.value = highest(*t.bound, t.value);
  } else {
    return false;
  }
  return same_amount(shifted, same);
}

namespace {

struct Steps {
  Rational count;
  enum class Of { minutes, months, half_lives } of;
};

Steps steps(const Rational& count, DurationUnit unit) {
  switch (unit) {
    case DurationUnit::minutes:
      return {count, Steps::Of::minutes};
    case DurationUnit::hours:
      return {count * 60, Steps::Of::minutes};
    case DurationUnit::days:
      return {count * (24 * 60), Steps::Of::minutes};
    case DurationUnit::weeks:
      return {count * (7 * 24 * 60), Steps::Of::minutes};
    case DurationUnit::months:
      return {count, Steps::Of::months};
    case DurationUnit::years:
      return {count * 12, Steps::Of::months};
    case DurationUnit::half_lives:
      return {count, Steps::Of::half_lives};
  }
  return {count, Steps::Of::minutes};
}

}  // namespace

bool same_period(const RulePeriod& r, const TextNumber& t) {
  if (t.unit.kind != TextUnit::Kind::duration) return false;
  const Steps rule = steps(r.count, r.unit), text = steps(t.value, t.unit.time);
  if (rule.of != text.of) return false;
  if (rule.count == text.count) return true;
  // A window holds its first day, so that "less than 2 weeks before" is `within 13 days`.
  return t.bound == CompareOp::less && rule.of == Steps::Of::minutes && rule.count == text.count - 24 * 60;
}

}  // namespace crit
