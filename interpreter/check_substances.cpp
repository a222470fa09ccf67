// Measures of other substances in one calculation: by mass it comes to another number than by amount of
// substance, since their molar masses differ. Which is meant the unit that is written says, or nobody.
#include <fmt/format.h>

#include "interpreter/checker.hpp"
#include "interpreter/scan_comparison.hpp"

namespace crit {

bool are_other_substances(const Checker& c, FactId a, FactId b) {
  if (a == kNoFact || b == kNoFact) return false;
  const Fact &one = c.schema.facts[a], &other = c.schema.facts[b];
  return one.molar_mass && other.molar_mass && *one.molar_mass != *other.molar_mass;
}

FactId measure_of(const Checker& c, const Expr& result) {
  const Expr* name = &result;
  if (const auto* s = std::get_if<Selection>(&result.node)) name = s->of.get();
  const auto* r = std::get_if<Records>(&name->node);
  if (!r || is_age(c, r->name) || c.definitions.contains(r->name.text)) return kNoFact;
  const FactId id = fact_named(c.schema, c.scope, r->name.text);
  return id != kNoFact && c.schema.facts[id].kind == FactKind::measure ? id : kNoFact;
}

namespace {

std::optional<Unit> unit_of_substances(const Checker& c, std::span<const Expr* const> results,
                                       const Unit& written) {
  FactId first = kNoFact;
  bool differ = false;
  for (const Expr* result : results) {
    const FactId id = measure_of(c, *result);
    if (id == kNoFact || !c.schema.facts[id].molar_mass) continue;
    if (first == kNoFact) first = id;
    differ |= are_other_substances(c, first, id);
  }
  if (!differ) return std::nullopt;
  const Fact& fact = c.schema.facts[first];
  return fact_conversion(fact, fact.unit, written) ? std::optional(written) : std::nullopt;
}

}  // namespace

std::optional<Unit> unit_of_substances(const Checker& c, const ComparisonScan& scan) {
  for (const Quantity* q : scan.compared_quantities)
    if (const auto unit = parse_unit(q->unit.text))
      if (const auto found = unit_of_substances(c, scan.results, *unit)) return found;
  return std::nullopt;
}

std::optional<Unit> unit_of_substances(const Checker& c, const Expr& value, const Unit& of_value) {
  ComparisonScan scan;
  scan_value(value, scan);
  return unit_of_substances(c, scan.results, of_value);
}

Typed in_unit_of_substances(Checker& c, Typed t, const Context& context) {
  if (!context.substance_unit || t.via == kNoFact) return t;
  const Fact& fact = c.schema.facts[t.via];
  const bool converts = fact.molar_mass && fact_conversion(fact, t.unit, *context.substance_unit);
  return converts ? in_unit(c, t, *context.substance_unit, t.via) : t;
}

void report_other_substances(Checker& c, const Typed& a, const Typed& b, Span span, bool divided) {
  const Fact &one = c.schema.facts[a.via], &other = c.schema.facts[b.via];
  const std::string_view form =
      divided ? "`({0} / 1 {2}) / ({1} / 1 {2})`" : "`{0} / 1 {2}` and `{1} / 1 {2}`";
  const auto both = [&](std::string_view unit) {
    return fmt::format(fmt::runtime(form), one.name, other.name, unit);
  };
  const auto is_unit_of = [](const Fact& fact, std::string_view text) {
    const auto unit = parse_unit(text);
    return unit && fact_conversion(fact, fact.unit, *unit);
  };
  std::string help = "write each without its unit, in the unit that the protocol means";
  if (is_unit_of(one, "mg/dL") && is_unit_of(other, "mg/dL"))
    help = fmt::format("by mass: write {}\nby amount: write {}", both("mg/dL"), both("mmol/L"));
  report(c, "unit-mismatch", span,
         fmt::format("`{}` and `{}` stand to one another otherwise by mass than by amount of substance",
                     one.name, other.name),
         help);
}

bool are_of_one_substance(Checker& c, std::span<const Typed> compared, const Context& context, Span span) {
  for (size_t i = 1; i < compared.size(); ++i) {
    if (context.substance_unit || !are_other_substances(c, compared[i - 1].via, compared[i].via)) continue;
    report_other_substances(c, compared[i - 1], compared[i], span, false);
    return false;
  }
  return true;
}

}  // namespace crit
