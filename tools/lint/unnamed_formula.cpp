// unnamed-formula: eGFR, QTc or a creatinine clearance without the name of the formula.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

struct Unnamed {
  std::string_view name;
  std::string_view named;  // what begins the names with a formula
};
constexpr Unnamed kUnnamed[] = {
    {"eGFR", "eGFR_"}, {"QTc", "QTc"}, {"creatinine_clearance", "creatinine_clearance_"}};

std::vector<std::string> named_formulas(const Unnamed& unnamed) {
  std::vector<std::string> names;
  for (const VocabularyEntry& entry : vocabulary_index())
    if (entry.name == entry.of && entry.name != unnamed.name && entry.name.starts_with(unnamed.named))
      names.emplace_back(entry.name);
  return names;
}

void look(const LintInput& input, const Expr& condition, Findings& findings) {
  for_each_expr(condition, [&](const Expr& e) {
    const auto* records = std::get_if<Records>(&e.node);
    const Fact* fact = records ? fact_of(input, records->name.text) : nullptr;
    if (!fact || !fact->standard ||
        (records->with && print(*records->with).find("formula") != std::string::npos))
      return;
    const auto unnamed = std::ranges::find(kUnnamed, fact->name, &Unnamed::name);
    if (unnamed == std::end(kUnnamed)) return;
    findings.push_back(finding(records->name.span,
                               fmt::format("`{}` does not say by which formula", records->name.text),
                               fmt::format("write {}", listed(named_formulas(*unnamed), "or"))));
  });
}

void run(const LintInput& input, Findings& findings) {
  for_each_condition(input, [&](const Expr& condition) { look(input, condition, findings); });
}

}  // namespace

extern const LintRule kUnnamedFormula{
    "unnamed-formula",
    LintGroup::plausibility,
    Severity::error,
    "`eGFR`, `QTc` or `creatinine_clearance` without the formula's name, where the formulas disagree",
    "One patient's eGFR is 58 by one equation and 63 by another. A rule must say which of them it asks for.",
    R"(trial T1 "example"

include I1 "eGFR at least 60 mL/min/1.73m2"
  eGFR >= 60 mL/min/1.73m2
)",
    R"(trial T1 "example"

include I1 "eGFR at least 60 mL/min/1.73m2"
  eGFR_CKD_EPI >= 60 mL/min/1.73m2
)",
    run};

}  // namespace crit
