// untested-criterion: a criterion for which no case expects a pass, a fail or an unknown.
#include <fmt/format.h>

#include <map>
#include <set>

#include "interpreter/read_cases.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

constexpr std::string_view kOutcomes[] = {"pass", "fail", "unknown"};

std::map<std::string, std::set<std::string>> expected(const CaseFile& cases) {
  std::map<std::string, std::set<std::string>> outcomes;  // by criterion
  for (const Case& one : cases.cases)
    for (const ExpectLine::Item& item : one.expects)
      if (item.criterion) outcomes[item.criterion->text].insert(item.answer.text);
  return outcomes;
}

void report_no_cases(const LintInput& input, Findings& findings) {
  for (const Statement& statement : input.trial.statements) {
    const auto* trial = std::get_if<TrialStatement>(&statement.node);
    if (!trial) continue;
    findings.push_back(
        finding(trial->id.span, "the trial has no cases",
                "write a file of the same name that ends in `.cases`, with patients and what is "
                "expected of them"));
    return;
  }
}

void run(const LintInput& input, Findings& findings) {
  if (!input.cases) return report_no_cases(input, findings);
  const auto outcomes = expected(*input.cases);
  for_each_criterion(input, [&](const Criterion& criterion) {
    const auto found = outcomes.find(criterion.id.text);
    std::vector<std::string> missing;
    for (std::string_view outcome : kOutcomes)
      if (found == outcomes.end() || !found->second.contains(std::string(outcome)))
        missing.emplace_back(outcome);
    if (missing.empty()) return;
    findings.push_back(finding(criterion.id.span, fmt::format("no case expects {} of `{}`",
                                                              listed(missing, "or"), criterion.id.text)));
  });
}

}  // namespace

extern const LintRule kUntestedCriterion{
    "untested-criterion",
    LintGroup::care,
    Severity::info,
    "a criterion for which no case expects a pass, a fail and an unknown; a trial without cases",
    "A case is the one proof that a rule says what was meant, and that it goes on doing so when it is "
    "changed.",
    R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years
)",
    R"(patient P-1
  screening 2025-03-01
  birth_date 2000-01-01

case "an adult" like P-1
  expect I1 pass

case "a child" like P-1
  birth_date 2010-01-01
  expect I1 fail

case "age not known" like P-1
  birth_date missing
  expect I1 unknown
)",
    run};

}  // namespace crit
