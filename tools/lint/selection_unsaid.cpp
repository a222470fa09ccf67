// selection-unsaid: several results of one visit are common, and the rule does not say which counts.
#include <fmt/format.h>

#include "tools/lint/measure_uses.hpp"

namespace crit {

namespace {

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    std::vector<std::string> names;
    Span first;
    for (const MeasureUse& use : measure_uses(input, criterion)) {
      if (!use.fact->varies || use.selected) continue;
      if (names.empty()) first = use.name->span;
      names.push_back(use.name->text);
    }
    if (names.empty()) return;
    findings.push_back(finding(
        first, fmt::format("several results of {} may exist, and the latest counts", listed(names)),
        fmt::format("write `latest {0}`, `average {0} within 1 day` or `highest {0} within ...`", names[0])));
  });
}

}  // namespace

extern const LintRule kSelectionUnsaid{
    "selection-unsaid",
    LintGroup::plausibility,
    Severity::info,
    "several results may exist (three readings of the blood pressure) and the rule does not say which counts",
    "Protocols mean the mean of three readings, or the worst one; the latest is what a rule takes if it says "
    "nothing.",
    R"(trial T1 "example"

exclude E1 "Systolic blood pressure above 160 mmHg"
  SBP > 160 mmHg
)",
    R"(trial T1 "example"

exclude E1 "Systolic blood pressure above 160 mmHg"
  latest SBP > 160 mmHg
)",
    run};

}  // namespace crit
