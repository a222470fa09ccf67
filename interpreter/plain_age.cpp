// The bounds of an age to the days of birth that meet them.
#include "interpreter/plain_age.hpp"

#include <algorithm>

#include "interpreter/calendar_units.hpp"

namespace crit {

namespace {

constexpr int64_t kMost = 10'000;  // of a bound, in its unit

// The last day of birth of who is so old on that day: the older, the earlier.
Day last_birth(int32_t age, TimeUnit unit, Day at) {
  Day day = minus(at, {age, unit});
  while (completed(day + 1, at, unit) >= age) ++day;
  while (completed(day, at, unit) < age) --day;
  return day;
}

struct BirthDays {
  TimeUnit unit;
  Day at;
  Day from, to;

  // Those of `age op bound` too. False where they are no range.
  bool take(CompareOp op, int32_t bound) {
    switch (op) {
      case CompareOp::greater_equal:
        to = std::min(to, last_birth(bound, unit, at));
        return true;
      case CompareOp::greater:
        to = std::min(to, last_birth(bound + 1, unit, at));
        return true;
      case CompareOp::less_equal:
        from = std::max(from, last_birth(bound + 1, unit, at) + 1);
        return true;
      case CompareOp::less:
        from = std::max(from, last_birth(bound, unit, at) + 1);
        return true;
      case CompareOp::equal:
      case CompareOp::not_equal:
        return false;
    }
    return false;
  }
};

std::optional<int32_t> whole_number(const Value& value) {
  const auto* literal = std::get_if<Literal>(&value);
  const auto whole = literal ? literal->number.to_int64() : std::nullopt;
  if (!whole || *whole < 0 || *whole > kMost) return std::nullopt;
  return static_cast<int32_t>(*whole);
}

}  // namespace

std::optional<PlainAge> PlainAge::of(const Model& model, const Compare& q, Day screening) {
  const auto value = [&](size_t i) -> const Value& { return model.values[q.values[i]].what; };
  const size_t own = q.count == 3 || std::holds_alternative<Literal>(value(0)) ? 1 : 0;
  const auto* age = std::get_if<AgeAt>(&value(own));
  const bool is_on_screening = age && age->anchor.kind == AnchorSpec::Kind::screening;
  if (!is_on_screening || model.birth_date == kNoFact || model.oldest == 0) return std::nullopt;
  PlainAge made;
  made.birth_date_ = model.birth_date;
  made.screening_ = screening;
  made.oldest_ = last_birth(model.oldest + 1, TimeUnit::years, screening) + 1;
  BirthDays days{calendar_unit(age->unit), screening, made.oldest_, screening};
  for (size_t i = 0; i + 1 < q.count; ++i) {
    const bool is_left = i == own;
    const auto bound = whole_number(value(is_left ? i + 1 : i));
    if (!bound || !days.take(is_left ? q.ops[i] : turned(q.ops[i]), *bound)) return std::nullopt;
  }
  made.from_ = days.from;
  made.to_ = days.to;
  return made;
}

}  // namespace crit
