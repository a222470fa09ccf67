// Finds an arm of an `or`, or a branch of an `if`, that no eligible patient can take.
#include <fmt/format.h>

#include <algorithm>

#include "tools/lint/logic.hpp"

namespace crit {

namespace {

using Kind = Claim::Kind;

// What is taken for granted where a clause decides. An arm that turns patients away is held against the
// inclusions only: that two exclusions have patients in common is no mistake.
Claims granted(const LintInput& input, const Clause& clause, uint32_t arm, bool is_branch) {
  const CriterionModel& c = input.model.criteria[clause.criterion];
  const bool turns_away = clause.effect == Clause::Effect::turns_away && !is_branch;
  Claims claims = others_pass(input, clause.criterion, arm, turns_away ? Which::includes : Which::all);
  const auto denies = [&](const Claim& claim) {
    return std::holds_alternative<Negation>(input.model.nodes[input.model.criteria[claim.of].condition].what);
  };
  if (turns_away) std::erase_if(claims, denies);
  if (clause.in_when) return claims;
  if (c.when != kNone) claims.push_back({Kind::yes, c.when});
  if (!turns_away && (c.include || !is_branch)) claims.push_back({Kind::passes, clause.criterion});
  if (turns_away && !c.include) claims.push_back({Kind::yes, c.condition});
  return claims;
}

// Nobody in any arm of the trial for whom the clause is so; `met` no: for whom it is not met.
bool nobody(const LintInput& input, const Clause& clause, bool met, bool is_branch, Claims& because) {
  Proofs& proofs = *proofs_of(input);
  bool asked = false;
  for (uint32_t arm : arms_of(input.model)) {
    if (!is_in(input.model.criteria[clause.criterion], arm)) continue;
    Claims claims = granted(input, clause, arm, is_branch);
    if (never(proofs, claims)) return false;
    claims.push_back({met ? Kind::yes : Kind::no, clause.node});
    if (!never(proofs, claims)) return false;
    because = collision(*proofs.solver, claims);
    asked = true;
  }
  return asked;
}

constexpr std::string_view kBranch = "take the branch";

struct Find {
  const LintInput& input;
  std::vector<DeadBranch> found = {};
  std::vector<NodeId> told = {};  // nothing inside them is told again

  void report(const Clause& place, std::string what, const Claims& because, uint32_t self) {
    const std::string words = quoted(input, place);
    if (words == kTheCondition && what == kBranch) what = "take a branch of";
    Claims others = because;
    std::erase_if(others, [&](const Claim& c) { return c.kind != Kind::passes || c.of == self; });
    Diagnostic d;
    d.span = place_of(input, place);
    d.message = others.empty() ? fmt::format("no patient can {} {}", what, words)
                               : fmt::format("no patient who passes {} can {} {}",
                                             names_of(input.model, others), what, words);
    d.help =
        "look at the limits; where the protocol says it too, for safety, keep it and answer with\n"
        "`allow dead-branch \"the protocol says it\"`";
    std::vector<uint32_t> deciding;
    for (const Claim& claim : others) deciding.push_back(claim.of);
    if (!told_by_another(input, d.span)) found.push_back({std::move(d), self, std::move(deciding)});
    told.push_back(place.node);
  }

  void arm_of_or(const Clause& clause) {
    Claims because;
    if (nobody(input, clause, true, false, because)) report(clause, "meet", because, clause.criterion);
  }

  void branches(const Clause& clause, const Choose& choose) {
    Clause condition = clause, branch = clause;
    condition.node = choose.condition;
    Claims because;
    if (nobody(input, condition, true, true, because)) {
      branch.node = choose.then_node;
      report(branch, std::string(kBranch), because, clause.criterion);
    } else if (choose.else_node != kNone && nobody(input, condition, false, true, because)) {
      branch.node = choose.else_node;
      report(branch, std::string(kBranch), because, clause.criterion);
    }
  }
};

// The whole criterion is another rule's finding.
bool is_told_whole(const LintInput& input, uint32_t criterion) {
  const CriterionModel& c = input.model.criteria[criterion];
  return never_met(input, c.condition) || always_met(input, c.condition) || never_fires(input, criterion) ||
         (c.when != kNone && never_met(input, c.when));
}

void run(const LintInput& input, Findings& findings) {
  for (DeadBranch& branch : dead_branches(input)) findings.push_back(std::move(branch.finding));
}

}  // namespace

std::vector<DeadBranch> dead_branches(const LintInput& input) {
  Proofs* proofs = proofs_of(input);
  if (!proofs) return {};
  Find find{input};
  for (const Clause& clause : proofs->clauses) {
    const bool inside = std::ranges::find(find.told, clause.parent) != find.told.end();
    if (inside || input.model.criteria[clause.criterion].condition == kNone) {
      if (inside) find.told.push_back(clause.node);
      continue;
    }
    const auto* choose = std::get_if<Choose>(&input.model.nodes[clause.node].what);
    const bool in_or =
        clause.parent != kNone && std::holds_alternative<AnyOf>(input.model.nodes[clause.parent].what);
    if ((!choose && !in_or) || is_told_whole(input, clause.criterion)) continue;
    if (in_or && clause.effect != Clause::Effect::either) find.arm_of_or(clause);
    if (choose) find.branches(clause, *choose);
  }
  return std::move(find.found);
}

extern const LintRule kDeadBranch;
const LintRule kDeadBranch{"dead-branch",
                           LintGroup::logic,
                           Severity::warning,
                           "an arm of an `or`, or a branch of an `if`, that no eligible patient can take",
                           "It was written for patients who cannot be in the trial: either they were meant "
                           "to be, or a limit elsewhere is wrong.",
                           R"(trial T1 "example"

include I1 "Women"
  sex = female

include I2 "Hemoglobin at least 13 g/dL in men and at least 12 g/dL in women"
  if sex = male then hemoglobin >= 13 g/dL else hemoglobin >= 12 g/dL
)",
                           R"(trial T1 "example"

include I1 "Age 18 years or more"
  age >= 18 years

include I2 "Hemoglobin at least 13 g/dL in men and at least 12 g/dL in women"
  if sex = male then hemoglobin >= 13 g/dL else hemoglobin >= 12 g/dL
)",
                           run};

}  // namespace crit
