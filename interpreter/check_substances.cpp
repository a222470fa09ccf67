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

// The measures of which a result or a limit stands there.
std::vector<FactId> measures_in(const Checker& c, const ComparisonScan& scan) {
  std::vector<FactId> measures;
  for (const Expr* result : scan.results) measures.push_back(measure_of(c, *result));
  for (const Limit* limit : scan.named_limits)
    measures.push_back(fact_named(c.schema, c.scope, limit->of->text));
  std::erase_if(measures,
                [&](FactId id) { return id == kNoFact || !c.schema.facts[id].molar_mass.has_value(); });
  return measures;
}

bool measures(const Checker& c, FactId id, const Unit& unit) {
  const Fact& fact = c.schema.facts[id];
  return fact_conversion(fact, fact.unit, unit).has_value();
}

// `mg/dL` of `mg2/dL2`.
std::optional<Unit> root(const Unit& unit, int degree) {
  Unit one;
  one.symbols = unit.symbols;
  for (UnitPower& symbol : one.symbols) {
    if (symbol.exponent % degree != 0) return std::nullopt;
    symbol.exponent /= degree;
  }
  return parse_unit(to_string(one));
}

// What the written unit says that each of the measures is in: a product of two has the square of it.
std::optional<Unit> unit_of_each(const Checker& c, std::span<const FactId> of, const Unit& written) {
  if (measures(c, of.front(), written)) return written;
  const auto each = root(written, static_cast<int>(of.size()));
  return each && measures(c, of.front(), *each) ? each : std::nullopt;
}

std::optional<Unit> unit_of_substances(const Checker& c, std::span<const FactId> of,
                                       std::span<const Unit> written) {
  const auto is_other = [&](FactId id) { return are_other_substances(c, of.front(), id); };
  if (of.empty() || std::ranges::none_of(of, is_other)) return std::nullopt;
  std::optional<Unit> found;
  for (const Unit& unit : written) {
    const auto each = unit_of_each(c, of, unit);
    if (!each) continue;
    if (found && !commensurable(*found, *each)) return std::nullopt;  // by mass and by amount
    if (!found) found = each;
  }
  return found;
}

}  // namespace

std::optional<Unit> unit_of_substances(const Checker& c, const ComparisonScan& scan) {
  std::vector<Unit> written;
  for (const Quantity* q : scan.compared_quantities)
    if (const auto unit = parse_unit(q->unit.text)) written.push_back(*unit);
  return unit_of_substances(c, measures_in(c, scan), written);
}

std::optional<Unit> unit_of_substances(const Checker& c, const Expr& value, const Unit& of_value) {
  ComparisonScan scan;
  scan_value(value, scan);
  return unit_of_substances(c, measures_in(c, scan), std::span(&of_value, 1));
}

FactId common_conversions(const Checker& c, FactId a, FactId b) {
  if (a == kNoFact || b == kNoFact) return a == kNoFact ? b : a;
  const Fact &one = c.schema.facts[a], &other = c.schema.facts[b];
  const bool are_alike = one.molar_mass == other.molar_mass && one.converts.empty() && other.converts.empty();
  return a == b || are_alike ? a : kNoFact;
}

Typed in_unit_of_substances(Checker& c, Typed t, const Context& context) {
  if (!context.substance_unit || t.via == kNoFact) return t;
  const Fact& fact = c.schema.facts[t.via];
  const bool converts = fact.molar_mass && fact_conversion(fact, t.unit, *context.substance_unit);
  return converts ? in_unit(c, t, *context.substance_unit, t.via) : t;
}

void report_other_substances(Checker& c, const Typed& a, const Typed& b, Span span, Substances are) {
  const Fact &one = c.schema.facts[a.via], &other = c.schema.facts[b.via];
  const std::string_view form =
      are == Substances::divided ? "`({0} / 1 {2}) / ({1} / 1 {2})`" : "`{0} / 1 {2}` and `{1} / 1 {2}`";
  const auto both = [&](std::string_view unit) {
    return fmt::format(fmt::runtime(form), one.name, other.name, unit);
  };
  const auto is_in = [&](std::string_view text) {
    const auto unit = parse_unit(text);
    return unit && measures(c, a.via, *unit) && measures(c, b.via, *unit);
  };
  std::string help = "write each without its unit, in the unit that the protocol means";
  if (are == Substances::added)
    help = "say in which unit: compare the sum with a number in it, or write `define NAME \"...\" in UNIT`";
  else if (is_in("mg/dL"))
    help = fmt::format("by mass: write {}\nby amount: write {}", both("mg/dL"), both("mmol/L"));
  const std::string_view message =
      are == Substances::compared ? "`{}` and `{}` compare otherwise by mass than by amount of substance"
      : are == Substances::added
          ? "the sum of `{}` and `{}` is another by mass than by amount of substance"
          : "the ratio of `{}` and `{}` is another by mass than by amount of substance";
  report(c, "unit-mismatch", span, fmt::format(fmt::runtime(message), one.name, other.name), help);
}

bool are_of_one_substance(Checker& c, std::span<const Typed> compared, const Context& context, Span span) {
  for (size_t i = 1; i < compared.size(); ++i) {
    if (context.substance_unit || !are_other_substances(c, compared[i - 1].via, compared[i].via)) continue;
    report_other_substances(c, compared[i - 1], compared[i], span, Substances::compared);
    return false;
  }
  return true;
}

}  // namespace crit
