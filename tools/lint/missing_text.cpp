// missing-text: a criterion without the protocol's words.
#include <fmt/format.h>

#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (has_words(criterion)) return;
    findings.push_back(finding(criterion.id.span,
                               fmt::format("`{}` has no words of the protocol", criterion.id.text),
                               "quote the protocol after the number: a reviewer reads the rule against it"));
  });
}

}  // namespace

extern const LintRule kMissingText{"missing-text",
                                   LintGroup::text,
                                   Severity::warning,
                                   "a criterion without the protocol's words",
                                   "Nobody can say whether a rule is right without the words that it stands "
                                   "for, and the other rules of this group "
                                   "have nothing to hold it against.",
                                   R"(trial T1 "example"

include I1
  age >= 18 years
)",
                                   R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years
)",
                                   run};

}  // namespace crit
