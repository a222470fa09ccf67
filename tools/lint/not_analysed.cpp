// not-analysed: what the solver was not told, and what it left open.
#include <fmt/format.h>

#include "tools/lint/criteria.hpp"
#include "tools/lint/logic.hpp"

namespace crit {

namespace {

void run(const LintInput& input, Findings& findings) {
  Proofs* proofs = proofs_of(input);
  if (input.has_errors || input.model.criteria.empty()) return;
  if (!proofs)
    return findings.push_back(
        finding(input.trial.statements.front().head,
                "not analysed: no rule of this group was run, since the solver is not there", no_solver()));
  for (const NotAnalysed& n : not_analysed(*proofs->solver)) {
    if (n.span.file != input.source.id) continue;
    findings.push_back(finding(n.span, fmt::format("not analysed: {} is taken to have any value, because {}",
                                                   quoted(input, n.span), n.reason)));
  }
  const uint32_t open = left_open(*proofs->solver);
  if (open == 0) return;
  findings.push_back(
      finding(input.trial.statements.front().head,
              fmt::format("not analysed: {} about these criteria went beyond the solver's bound",
                          open == 1 ? "a question" : fmt::format("{} questions", open)),
              "the bound is counted in the solver's steps; criteria with fewer facts in common need fewer"));
}

}  // namespace

// Runs after the rules that ask the solver.
extern const LintRule kNotAnalysed{
    "not-analysed",
    LintGroup::logic,
    Severity::info,
    "what the rules of this group did not look into, and why",
    "They prove what they say of the criteria; of what is named here they say nothing, so that their silence "
    "is no proof.",
    R"(trial T1 "example"

include I1 "Weight over height at most 0.5 kg/cm"
  weight / height <= 0.5 kg/cm
)",
    R"(trial T1 "example"

include I1 "Weight at most 90 kg"
  weight <= 90 kg
)",
    run};

}  // namespace crit
