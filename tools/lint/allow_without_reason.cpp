// allow-without-reason: a finding that is silenced and nobody says why.
#include <fmt/format.h>

#include "tools/lint/criteria.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

template <typename Field>
void report_bare(const std::vector<Field>& fields, Findings& findings) {
  for (const Field& field : fields) {
    const auto* allow = std::get_if<AllowField>(&field.node);
    if (!allow || !stripped(allow->reason.text).empty()) continue;
    findings.push_back(finding(field.span, fmt::format("`allow {}` gives no reason", allow->rule.text),
                               "say in its text why the finding is no mistake here"));
  }
}

void run(const LintInput& input, Findings& findings) {
  for (const Statement& statement : input.trial.statements) {
    if (const auto* criterion = std::get_if<Criterion>(&statement.node))
      report_bare(criterion->fields, findings);
    if (const auto* define = std::get_if<Define>(&statement.node)) report_bare(define->fields, findings);
    if (const auto* declaration = std::get_if<Declaration>(&statement.node))
      report_bare(declaration->fields, findings);
  }
}

}  // namespace

extern const LintRule kAllowWithoutReason{
    "allow-without-reason",
    LintGroup::care,
    Severity::error,
    "an `allow` without a reason",
    "Whoever signs the file off signs for what is silenced too, and must be able to judge it.",
    R"(trial T1 "example"

exclude E1 "Women must not be pregnant"
  pregnant
  allow polarity ""
)",
    R"(trial T1 "example"

exclude E1 "Women must not be pregnant"
  pregnant
  allow polarity "worded as a requirement in the protocol; pregnant women are excluded"
)",
    run};

}  // namespace crit
