// Finds conditions that every patient meets whose facts are known.
#include <fmt/format.h>

#include <algorithm>

#include "tools/lint/logic.hpp"

namespace crit {

namespace {

bool has_parts(const Condition& what) {
  return std::holds_alternative<AllOf>(what) || std::holds_alternative<AnyOf>(what) ||
         std::holds_alternative<CountOf>(what) || std::holds_alternative<Choose>(what);
}

std::string consequence(const CriterionModel& c, const Clause& clause) {
  if (clause.parent != kNone) return "it decides nothing here";
  if (clause.in_when) return fmt::format("`{}` always applies", c.id);
  return c.include ? fmt::format("`{}` turns nobody away", c.id)
                   : fmt::format("`{}` excludes everybody", c.id);
}

// Down to the arm of an `or` that every patient meets by itself.
Clause narrowed(const LintInput& input, Clause clause) {
  while (const auto* any = std::get_if<AnyOf>(&input.model.nodes[clause.node].what)) {
    const auto parts = input.model.list(any->nodes);
    const auto found = std::ranges::find_if(parts, [&](uint32_t part) { return always_met(input, part); });
    if (found == parts.end()) break;
    clause.node = *found;
  }
  return clause;
}

void run(const LintInput& input, Findings& findings) {
  Proofs* proofs = proofs_of(input);
  if (!proofs) return;
  std::vector<NodeId> told;  // what stands inside one that was told is no second finding
  for (const Clause& whole : proofs->clauses) {
    if (std::ranges::find(told, whole.parent) != told.end()) {
      told.push_back(whole.node);
      continue;
    }
    // `not (A or not A)`: never-true tells it of the whole.
    if (whole.parent == kNone && never_met(input, whole.node)) {
      told.push_back(whole.node);
      continue;
    }
    // A single bound beside others may be said for the reader: `0 <= ECOG`.
    if (whole.parent != kNone && !has_parts(input.model.nodes[whole.node].what)) continue;
    if (!always_met(input, whole.node)) continue;
    told.push_back(whole.node);
    const Clause clause = narrowed(input, whole);
    if (told_by_another(input, place_of(input, clause))) continue;
    Diagnostic d;
    d.span = place_of(input, clause);
    d.message = fmt::format("every patient meets {}, so that {}", quoted(input, clause),
                            consequence(input.model.criteria[whole.criterion], whole));
    d.help = "is `or` a slip for `and`, or is a limit at the end of what can be?";
    findings.push_back(std::move(d));
  }
}

}  // namespace

extern const LintRule kAlwaysTrue;
const LintRule kAlwaysTrue{"always-true",
                           LintGroup::logic,
                           Severity::warning,
                           "a condition that every patient meets, the facts being known",
                           "An inclusion that everybody meets asks nothing, and an exclusion that everybody "
                           "meets ends the trial before its "
                           "first patient. Mostly an `or` stands where `and` was meant.",
                           R"(trial T1 "example"

include I1 "Age at least 18 and at most 75 years"
  age >= 18 years or age <= 75 years
)",
                           R"(trial T1 "example"

include I1 "Age at least 18 and at most 75 years"
  age >= 18 years and age <= 75 years
)",
                           run};

}  // namespace crit
