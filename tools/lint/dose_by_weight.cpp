// dose-by-weight: a limit by kilogram on a dose that is recorded by the day.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/rule_numbers.hpp"

namespace crit {

namespace {

// Its doses are known in plain milligrams: it is worth so many of another drug.
bool has_plain_doses(const LintInput& input, const Fact& drug) {
  const auto names_it = [&](const Equivalent& e) { return e.drug == drug.name; };
  return !drug.equivalents.empty() || std::ranges::any_of(input.schema.facts, [&](const Fact& other) {
    return std::ranges::any_of(other.equivalents, names_it);
  });
}

// The dose that stands alone on one side, whatever day of it is asked.
const DoseOf* dose_in(const Expr& e) {
  if (const auto* dose = std::get_if<DoseOf>(&e.node)) return dose;
  if (const auto* paren = std::get_if<Paren>(&e.node); paren && paren->inner) return dose_in(*paren->inner);
  const auto* selection = std::get_if<Selection>(&e.node);
  return selection && selection->of ? dose_in(*selection->of) : nullptr;
}

std::optional<RuleNumber> by_weight(const std::vector<const Expr*>& sides) {
  static const Unit per_kilogram = *parse_unit("mg/kg/day");
  for (const Expr* side : sides) {
    auto n = number_of(*side);
    // Of one kind with `/day`: milligrams of a kilogram are a share.
    const bool is_share = n && n->unit && commensurable(*n->unit, per_kilogram);
    if (is_share && n->unit_text.find("/kg") != std::string::npos) return n;
  }
  return std::nullopt;
}

std::vector<const Expr*> sides_of(const Expr& e) {
  std::vector<const Expr*> sides;
  const auto add = [&](const ExprPtr& side) {
    if (side) sides.push_back(side.get());
  };
  if (const auto* c = std::get_if<Comparison>(&e.node)) std::ranges::for_each(c->operands, add);
  if (const auto* b = std::get_if<Between>(&e.node))
    for (const ExprPtr* side : {&b->operand, &b->low, &b->high}) add(*side);
  return sides;
}

void look_at(const LintInput& input, const Expr& e, Findings& findings) {
  const auto sides = sides_of(e);
  const auto limit = by_weight(sides);
  if (!limit) return;
  for (const Expr* side : sides) {
    const DoseOf* dose = dose_in(*side);
    const Fact* drug = dose ? fact_of(input, dose->as ? dose->as->text : dose->drug.text) : nullptr;
    if (!drug || !has_plain_doses(input, *drug)) continue;
    const std::string_view words = text_of(input.source, side->span);
    Diagnostic d =
        finding(side->span,
                fmt::format("doses of `{}` are mostly recorded by the day, and tell nothing of `{}`",
                            drug->name, text_of(input.source, limit->span)),
                fmt::format("write `{} / weight`; where your records have doses by kilogram, say so "
                            "in an `allow`",
                            words));
    if (std::holds_alternative<DoseOf>(side->node) && !dose->window)
      d.fix = Fix{{side->span.end, side->span.end, side->span.file}, " / weight", false};
    findings.push_back(std::move(d));
  }
}

void run(const LintInput& input, Findings& findings) {
  for_each_condition(input, [&](const Expr& whole) {
    for_each_expr(whole, [&](const Expr& e) { look_at(input, e, findings); });
  });
}

}  // namespace

extern const LintRule kDoseByWeight{
    "dose-by-weight",
    LintGroup::missing_data,
    Severity::warning,
    "a limit by kilogram on a dose that is recorded by the day",
    "A record of 30 mg/day says nothing of mg/kg/day without the patient's weight, so that every patient on "
    "the drug stays undetermined.",
    R"(trial T1 "example"

exclude E1 "Prednisone at more than 0.5 mg/kg/day"
  dose of prednisone > 0.5 mg/kg/day
)",
    R"(trial T1 "example"

exclude E1 "Prednisone at more than 0.5 mg/kg/day"
  dose of prednisone / weight > 0.5 mg/kg/day
)",
    run};

}  // namespace crit
