// open-query: a question to the sponsor that nobody has answered.
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

template <typename Field>
void report_open(const std::vector<Field>& fields, Findings& findings) {
  for (const Field& field : fields) {
    const auto* query = std::get_if<QueryField>(&field.node);
    if (!query || query->answered) continue;
    findings.push_back(finding(field.span, "a query that is not answered yet",
                               "write `answered \"...\"` after it when the sponsor has answered"));
  }
}

void run(const LintInput& input, Findings& findings) {
  for (const Statement& statement : input.trial.statements) {
    if (const auto* criterion = std::get_if<Criterion>(&statement.node))
      report_open(criterion->fields, findings);
    if (const auto* define = std::get_if<Define>(&statement.node)) report_open(define->fields, findings);
    if (const auto* declaration = std::get_if<Declaration>(&statement.node))
      report_open(declaration->fields, findings);
  }
}

}  // namespace

extern const LintRule kOpenQuery{
    "open-query",
    LintGroup::care,
    Severity::warning,
    "a `query` to the sponsor that is not answered yet",
    "A rule that rests on an open question may change, and must not be signed off before.",
    R"(trial T1 "example"

exclude E1 "Diabetes"
  diabetes currently
  query "Does a diabetes that is over exclude?"
)",
    R"(trial T1 "example"

exclude E1 "Diabetes"
  diabetes currently
  query "Does a diabetes that is over exclude?" answered "No, by the sponsor's letter of 2025-03-01."
)",
    run};

}  // namespace crit
