// stale-measure: a result that changes quickly, used however old it is.
#include <fmt/format.h>

#include "tools/lint/measure_uses.hpp"

namespace crit {

namespace {

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    std::vector<std::string> names;
    Span first;
    for (const MeasureUse& use : measure_uses(input, criterion)) {
      if (!use.fact->changes_quickly || use.windowed) continue;
      if (names.empty()) first = use.name->span;
      names.push_back(use.name->text);
    }
    if (names.empty()) return;
    findings.push_back(finding(first, fmt::format("any old result of {} counts", listed(names)),
                               "give a window, such as `within 14 days`"));
  });
}

}  // namespace

extern const LintRule kStaleMeasure{"stale-measure",
                                    LintGroup::plausibility,
                                    Severity::info,
                                    "a result that changes quickly, used without a window",
                                    "Last year's liver test says nothing about today's liver.",
                                    R"(trial T1 "example"

include I1 "ALT at most 3 x ULN"
  ALT <= 3*ULN
)",
                                    R"(trial T1 "example"

include I1 "ALT at most 3 x ULN within 14 days"
  ALT <= 3*ULN within 14 days
)",
                                    run};

}  // namespace crit
