// Numbers, records, windows and formulas to words.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "interpreter/explanation.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

constexpr size_t kLongFormula = 80;

std::string_view sign_of(Bound bound) {
  constexpr std::array<std::string_view, 5> signs{"", "<", "<=", ">", ">="};
  return signs[size_t(bound)];
}

// How tightly an operator binds, for the parentheses.
int strength(ArithmeticOp op) {
  switch (op) {
    case ArithmeticOp::add:
    case ArithmeticOp::subtract:
      return 1;
    case ArithmeticOp::multiply:
    case ArithmeticOp::divide:
      return 2;
    case ArithmeticOp::power:
      return 3;
  }
  return 0;
}

std::string_view sign_of(ArithmeticOp op) {
  constexpr std::array<std::string_view, 5> signs{" + ", " - ", " × ", " / ", "^"};
  return signs[size_t(op)];
}

// Of a power of ten: the decimals that rounding to it leaves.
std::string decimals_of(const Rational& step) {
  for (int digits = -20; digits <= 20; ++digits)
    if (step == power_of_ten(-digits)) return std::to_string(digits);
  return number_words(step);
}

struct FormulaWords {
  Evaluation& e;
  ValueId id;
  int outer = 0;  // the strength of the operator around it

  std::string part(ValueId part, int around = 0) const {
    return std::visit(FormulaWords{e, part, around}, e.model.values[part].what);
  }
  std::string operator()(const Literal& v) const {
    return with_unit(number_words(v.number), unit_words(e, id));
  }
  std::string operator()(const ResultOf& v) const {
    const Ref& ref = e.model.refs[v.ref];
    const std::string& name = e.model.fact(ref.fact).name;
    return ref.selector == Selector::latest ? name : fmt::format("{} {}", spelling(ref.selector), name);
  }
  std::string operator()(const LimitOf& v) const {
    const Amount limit = amount_of(e, id);
    const std::string name = v.upper ? "ULN" : "LLN";
    const uint32_t r = chosen(e, v.ref);
    if (limit.known())
      return name + " " + amount_words(limit, "") + (r == kNone ? "" : other_limit(e, v.ref, r, v.upper));
    if (r == kNone) return name;
    return fmt::format("{} ({})", name,
                       no_limit_words(e, e.model.refs[v.ref], e.patient.records[r], v.upper));
  }
  std::string operator()(const RankOf& v) const { return e.model.fact(e.model.refs[v.ref].fact).name; }
  std::string operator()(const AgeAt&) const { return "age"; }
  std::string operator()(const DateOf& v) const {
    const auto day = day_of(e, v.date);
    return day ? to_string(*day) : "a missing date";
  }
  std::string operator()(const DoseValue& v) const {
    return "dose of " + e.model.fact(e.model.classes[v.of].fact).name;
  }
  std::string operator()(const AttributeNumber& v) const { return v.name; }
  std::string operator()(const RecordDose&) const { return "dose"; }
  std::string operator()(const Negated& v) const { return "-" + part(v.operand, 3); }
  std::string operator()(const Binary& v) const {
    const int own = strength(v.op);
    std::string text = part(v.left, own) + std::string(sign_of(v.op)) + part(v.right, own + 1);
    return own < outer ? "(" + text + ")" : text;
  }
  std::string operator()(const Scaled& v) const { return part(v.operand, outer); }
  std::string operator()(const Applied& v) const {
    std::vector<std::string> arguments;
    for (ValueId argument : e.model.list(v.arguments)) arguments.push_back(part(argument));
    if (v.function == Function::round && v.step != Rational(1)) arguments.push_back(decimals_of(v.step));
    return fmt::format("{}({})", spelling(v.function), joined(arguments, ", "));
  }
  std::string operator()(const Picked& v) const {
    switch (truth_of(e, v.condition)) {
      case Truth::yes:
        return part(v.then_value, outer);
      case Truth::no:
        return part(v.else_value, outer);
      case Truth::unknown:
        break;
    }
    return fmt::format("({} or {})", part(v.then_value), part(v.else_value));
  }
  std::string operator()(const SameDay& v) const { return part(v.operand, outer); }
};

}  // namespace

std::string number_words(const Rational& number) {
  return number.to_decimal(6, 10).text;
}

std::string with_unit(std::string number, std::string_view unit) {
  if (unit.empty() || unit == "1") return number;
  const bool years = unit == "years" || unit == "months" || unit == "weeks" || unit == "days";
  if (years && number == "1") unit.remove_suffix(1);
  if (unit != "%") number += ' ';
  return number + std::string(unit);
}

std::string amount_words(const Amount& a, std::string_view unit) {
  switch (a.kind) {
    case Amount::Kind::missing:
      return "not known";
    case Amount::Kind::exact:
      return with_unit(number_words(a.low), unit);
    case Amount::Kind::interval:
      break;
  }
  const bool no_low = a.low_edge == Edge::infinite, no_high = a.high_edge == Edge::infinite;
  if (no_low && no_high) return "not known";
  if (no_low)
    return fmt::format("{} {}", a.high_edge == Edge::open ? "below" : "at most",
                       with_unit(number_words(a.high), unit));
  if (no_high)
    return fmt::format("{} {}", a.low_edge == Edge::open ? "above" : "at least",
                       with_unit(number_words(a.low), unit));
  const std::string low = number_words(a.low), high = number_words(a.high);
  if (low == high) return with_unit(low, unit);
  // An end that is not among the possible values has the sign that a result would have: `0 to <5 U/L`.
  return with_unit(fmt::format("{}{} to {}{}", a.low_edge == Edge::open ? ">" : "", low,
                               a.high_edge == Edge::open ? "<" : "", high),
                   unit);
}

std::string value_as_written(const Evaluation& e, const Record& record) {
  const Fact& fact = e.model.fact(record.fact);
  if (record.has_value) return std::string(sign_of(record.bound)) + record.value.to_decimal().text;
  if (fact.kind == FactKind::choice)
    return record.word < fact.values.size() ? fact.values[record.word] : "not certain";
  if (fact.kind == FactKind::flag || fact.kind == FactKind::judgement)
    return record.says == Says::no ? "no" : record.says == Says::yes ? "yes" : "not certain";
  return fact.kind == FactKind::date && record.has_start ? to_string(record.start) : "";
}

std::string unit_as_written(const Evaluation& e, const Record& record) {
  if (!record.has_value) return "";
  return record.unit ? record.unit->unit : e.model.fact(record.fact).unit_text;
}

namespace {

// A beginning that is known by bounds only, from birth to the day of the record, is some day of these.
std::string start_words(const When& start) {
  const std::string text = to_string(start);
  return text.find(" to ") == text.npos ? text : "a day from " + text;
}

}  // namespace

std::string when_words(const Record& record) {
  if (!record.has_start) return record.has_end ? "until " + to_string(record.end) : "(undated)";
  if (record.single) return "on " + to_string(record.start);
  if (!record.has_end) return "since " + start_words(record.start);
  return fmt::format("from {} to {}", start_words(record.start), to_string(record.end));
}

std::string record_words(const Evaluation& e, const Record& record) {
  const Fact& fact = e.model.fact(record.fact);
  std::string text = fact.name;
  const std::string value = value_as_written(e, record);
  if (fact.kind == FactKind::choice) text += " is";
  if (fact.kind == FactKind::flag || fact.kind == FactKind::judgement) text += ":";
  if (!value.empty()) text += " " + with_unit(value, unit_as_written(e, record));
  const Conversion* unit = fact.kind == FactKind::measure && record.has_value ? record.unit : nullptr;
  if (unit && unit->convertible && !unit->identity && !unit->of_predicted)
    text += " = " + with_unit(number_words(unit->scale(record.value)), fact.unit_text);
  if (fact.kind == FactKind::date) return text;
  const bool answer =
      fact.kind == FactKind::choice || fact.kind == FactKind::flag || fact.kind == FactKind::judgement;
  if (record.has_start || record.has_end || !answer) text += " " + when_words(record);
  return text;
}

std::string window_words(Evaluation& e, WindowId id) {
  if (id == kNone) return "up to " + to_string(*e.patient.screening);
  const WindowSpec& w = e.model.windows[id];
  if (w.kind == Window::Kind::ever || w.kind == Window::Kind::currently) return w.words;
  const bool is_fixed = w.anchor.kind == AnchorSpec::Kind::fixed;
  const auto anchor = day_of(e, w.anchor);
  if (w.kind == Window::Kind::between && (!is_fixed || w.until.kind != AnchorSpec::Kind::fixed)) {
    const auto until = day_of(e, w.until);
    return anchor && until ? fmt::format("{} ({} to {})", w.words, to_string(*anchor), to_string(*until))
                           : w.words;
  }
  if (is_fixed) return w.words;
  if (!anchor) return w.words;
  const bool said =
      w.words.find("screening") != std::string::npos || w.anchor.kind != AnchorSpec::Kind::screening;
  if (said || !w.blackouts.empty()) return fmt::format("{} ({})", w.words, to_string(*anchor));
  return fmt::format("{} before {}", w.words,
                     w.in_hours ? to_string(*anchor) : day_to_string(anchor->first_day));
}

std::string place_words(Evaluation& e, WindowId id) {
  const bool is_ever = id != kNone && e.model.windows[id].kind == Window::Kind::ever;
  return window_words(e, is_ever ? kNone : id);
}

std::string date_words(Telling& to, const DateOf& v) {
  Evaluation& e = to.e;
  const auto day = day_of(e, v.date);
  const bool a_date = v.date.date != kNoFact, records = v.date.of != kNone;
  std::string name = a_date    ? e.model.fact(v.date.date).name
                     : records ? e.model.fact(e.model.classes[v.date.of].fact).name
                               : "";
  if (v.date.kind == AnchorSpec::Kind::screening) name = "screening";
  if (v.date.kind == AnchorSpec::Kind::first_of) name = "first " + name;
  if (v.date.kind == AnchorSpec::Kind::last_of) name = "last " + name;
  if (!day) return name + " is not given";
  if (a_date && e.patient.first(v.date.date) != kNone) use(to, e.patient.first(v.date.date));
  return name + (name.empty() ? "" : " ") + to_string(*day);
}

std::string age_words(Telling& to, const AgeAt& v) {
  Evaluation& e = to.e;
  const uint32_t birth = e.model.birth_date == kNoFact ? kNone : e.patient.first(e.model.birth_date);
  if (birth == kNone) return "birth_date is missing";
  use(to, birth);
  std::string words = "age " + amount_words(age_as_given(e, v), spelling(v.unit));
  if (v.anchor.kind != AnchorSpec::Kind::screening) {
    const std::string day = date_words(to, {v.anchor});
    if (!day_of(e, v.anchor)) return day;
    words += " on " + day;
  }
  const bool plausible = age_at(e, v).known() || !age_as_given(e, v).known();
  return plausible ? words
                   : fmt::format("{} is not plausible (plausible: up to {} years)", words, e.model.oldest);
}

std::string formula_words(Evaluation& e, ValueId id) {
  std::string text = std::visit(FormulaWords{e, id}, e.model.values[id].what);
  return text.size() > kLongFormula ? "" : text;
}

std::string unit_words(const Evaluation& e, ValueId id) {
  const std::string& unit = e.model.values[id].unit;
  if (unit.empty()) return unit;
  for (const Ref& ref : e.model.refs) {
    const Fact& fact = e.model.fact(ref.fact);
    if (fact.kind == FactKind::measure && to_string(fact.unit) == unit) return fact.unit_text;
  }
  if (unit == "a") return "years";
  if (unit == "mo") return "months";
  if (unit == "wk") return "weeks";
  if (unit == "d") return "days";
  return day_spelt_out(unit);
}

std::string tick_words(Tick tick, bool in_minutes) {
  if (!in_minutes) return day_to_string(static_cast<Day>(tick));
  return to_string(when_of_minute(tick));
}

std::string joined(const std::vector<std::string>& list, std::string_view between) {
  return fmt::format("{}", fmt::join(list, between));
}
std::string joined(const NameList& list, std::string_view between) {
  return fmt::format("{}", fmt::join(list, between));
}

}  // namespace crit
