// Finds criteria that whoever passes the others passes too.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "tools/lint/logic.hpp"

namespace crit {

namespace {

// Passed in each of its arms by all who pass the others; `left_out`: found to be so already.
bool is_implied(const LintInput& input, uint32_t i, const std::set<uint32_t>& left_out, Claims& because) {
  Proofs& proofs = *proofs_of(input);
  const Claim not_passes{Claim::Kind::not_passes, i};
  for (uint32_t arm : arms_of(input.model)) {
    if (!is_in(input.model.criteria[i], arm)) continue;
    Claims claims = others_pass(input, i, arm, Which::all);
    std::erase_if(claims, [&](const Claim& claim) { return left_out.contains(claim.of); });
    if (claims.empty() || collide(input, i, arm)) return false;
    claims.push_back(not_passes);
    if (!never(proofs, claims)) return false;
    because = collision(*proofs.solver, claims);
  }
  return !because.empty() && !never(proofs, {not_passes, {Claim::Kind::known}});
}

// The criterion decides nothing because a part of it is dead, or because a part of another one is that says
// the same once more: "18 years or more" beside an exclusion of "asthma or below 18 years".
bool is_told_as_dead(const std::vector<DeadBranch>& branches, uint32_t criterion, const Claims& because) {
  const auto is_reason = [&](uint32_t other) {
    return std::ranges::any_of(
        because, [&](const Claim& claim) { return claim.kind == Claim::Kind::passes && claim.of == other; });
  };
  return std::ranges::any_of(branches, [&](const DeadBranch& branch) {
    if (branch.criterion == criterion) return true;
    return std::ranges::find(branch.because, criterion) != branch.because.end() &&
           is_reason(branch.criterion);
  });
}

void run(const LintInput& input, Findings& findings) {
  if (!proofs_of(input)) return;
  std::optional<std::vector<DeadBranch>> dead;  // asked for where it is needed
  std::set<uint32_t> found;
  for (uint32_t i = 0; i < input.model.criteria.size(); ++i)
    if (never_fires(input, i)) found.insert(i);
  // From the last to the first, so that of two that say the same the later one is told.
  for (auto i = static_cast<uint32_t>(input.model.criteria.size()); i-- > 0;) {
    const CriterionModel& c = input.model.criteria[i];
    Claims because;
    if (c.condition == kNone || found.contains(i) || !is_implied(input, i, found, because)) continue;
    found.insert(i);
    if (!dead) dead = dead_branches(input);
    if (is_told_as_dead(*dead, i, because)) continue;
    Clause whole;
    whole.node = c.condition;
    whole.criterion = i;
    Diagnostic d;
    d.span = place_of(input, whole);
    d.message = fmt::format("`{}` decides nothing: whoever passes {} passes it too", c.id,
                            names_of(input.model, because));
    d.help = "delete it if the protocol only says it twice; otherwise look at its limit";
    findings.push_back(std::move(d));
  }
}

}  // namespace

extern const LintRule kRedundantCriterion;
const LintRule kRedundantCriterion{"redundant-criterion",
                                   LintGroup::logic,
                                   Severity::warning,
                                   "a criterion that the others imply",
                                   "A criterion that decides nothing mostly has the wrong limit or window: "
                                   "the protocol's authors meant it to decide "
                                   "something.",
                                   R"(trial T1 "example"

exclude E1 "Stroke within 12 months"
  stroke within 12 months

exclude E2 "Stroke within 6 months"
  stroke within 6 months
)",
                                   R"(trial T1 "example"

exclude E1 "Stroke within 6 months"
  stroke within 6 months

exclude E2 "Myocardial infarction within 6 months"
  myocardial_infarction within 6 months
)",
                                   run};

}  // namespace crit
