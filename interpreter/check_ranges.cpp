// Reference ranges of laboratories, as written, to limits in each measure's own unit.
#include <fmt/format.h>

#include "interpreter/checker.hpp"

namespace crit {

namespace {

// One end of a range in the measure's unit; an end without a unit takes that of the other end.
std::optional<Rational> limit(Checker& c, const Fact& fact, const ExprPtr& end, const ExprPtr& other) {
  if (!end) return std::nullopt;
  const auto own = measured(*end, c.diagnostics);
  if (!own) return std::nullopt;
  std::vector<Diagnostic> told_elsewhere;
  const auto lent = other ? measured(*other, told_elsewhere) : std::nullopt;
  const std::optional<Unit> unit = own->unit ? own->unit : lent ? lent->unit : std::nullopt;
  if (!unit && !fact.unit.is_number()) {
    report(c, "missing-unit", end->span, "this limit has no unit",
           fmt::format("write the unit, such as `{}`", fact.unit_text));
    return std::nullopt;
  }
  const auto scale = fact_conversion(fact, unit.value_or(Unit{}), fact.unit);
  if (scale) return (*scale)(own->number);
  report(c, "unit-mismatch", end->span,
         fmt::format("this unit does not convert to `{}`, the unit of {}", fact.unit_text, fact.name));
  return std::nullopt;
}

void check_line(Checker& c, const Range& range, const RangeLine& line) {
  const FactId id = fact_or_report(c, line.measure);
  if (id == kNoFact || c.schema.facts[id].broken) return;
  const Fact& fact = c.schema.facts[id];
  if (fact.kind != FactKind::measure)
    return report(c, "type-mismatch", line.measure.span,
                  fmt::format("`{}` is {}; only a measure has a range", fact.name, a_kind(fact.kind)));
  RangeSpec made;
  made.laboratory = range.laboratory.text;
  if (range.from) made.from = parse_when(range.from->text);
  made.measure = id;
  if (line.sex) {
    const FactId sex = fact_named(c.schema, c.scope, "sex");
    if (sex != kNoFact && !value_index(c.schema.facts[sex], line.sex->text))
      return report(c, "unknown-choice", line.sex->span,
                    fmt::format("`sex` has no value `{}`", line.sex->text));
    made.sex = line.sex->text;
  }
  if (line.age_from) made.age_from = Rational::parse(line.age_from->digits);
  if (line.age_to) made.age_to = Rational::parse(line.age_to->digits);
  made.age_unit = line.age_unit;
  made.low = limit(c, fact, line.low, line.high);
  if (line.low && !made.low) return;
  made.high = limit(c, fact, line.high, line.low);
  if ((made.low && made.high && *made.low > *made.high) ||
      (made.age_from && made.age_to && *made.age_from > *made.age_to))
    return report(c, "empty-range", line.span, "the low end is above the high end", "swap the two numbers");
  c.model.ranges.push_back(std::move(made));
}

}  // namespace

void check_ranges(Checker& c, const Trial& trial) {
  for (const Statement& statement : trial.statements)
    if (const auto* range = std::get_if<Range>(&statement.node))
      for (const RangeLine& line : range->lines) check_line(c, *range, line);
}

}  // namespace crit
