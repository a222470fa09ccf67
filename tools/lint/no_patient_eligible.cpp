// Finds criteria that can each be passed, but not together: nobody is eligible.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tools/lint/logic.hpp"

namespace crit {

namespace {

using Criteria = std::vector<uint32_t>;

// What another rule tells of two criteria is not told again.
bool is_told(const LintInput& input, const Criteria& core) {
  for (uint32_t i : core)
    for (uint32_t j : core)
      if (is_mirror(input, i, j)) return true;
  return std::ranges::any_of(core, [&](uint32_t i) {
    const CriterionModel& c = input.model.criteria[i];
    return told_by_another(input, input.model.nodes[c.condition].span);
  });
}

void report(const LintInput& input, const Criteria& core, uint32_t arm, Findings& findings) {
  const Model& model = input.model;
  Claims claims;
  for (uint32_t i : core) claims.push_back({Claim::Kind::passes, i});
  Diagnostic d;
  d.span = model.criteria[core.back()].span;
  const std::string whom =
      arm == kNone ? "no patient" : fmt::format("no patient of arm `{}`", model.arms[arm]);
  d.message = core.size() == 1 ? fmt::format("{} can pass {}", whom, names_of(model, claims))
                               : fmt::format("{} can pass {} together", whom, names_of(model, claims));
  d.help = "each of them can be passed without the others: is one worded the wrong way round?";
  for (size_t i = 0; i + 1 < core.size(); ++i)
    if (model.criteria[core[i]].span.file == d.span.file)
      d.notes.push_back({model.criteria[core[i]].span, "this is one of them"});
  findings.push_back(std::move(d));
}

void run(const LintInput& input, Findings& findings) {
  Proofs* proofs = proofs_of(input);
  if (!proofs) return;
  std::set<Criteria> told;
  for (uint32_t arm : arms_of(input.model)) {
    Claims claims;
    for (uint32_t i = 0; i < input.model.criteria.size(); ++i) {
      const Claim claim{Claim::Kind::passes, i};
      const bool written = input.model.criteria[i].condition != kNone;
      if (written && is_in(input.model.criteria[i], arm) && !never(*proofs, {claim})) claims.push_back(claim);
    }
    // Each collision is told by itself: what takes part in it is left out of the search for the next.
    while (never(*proofs, claims)) {
      Criteria core;
      for (const Claim& claim : collision(*proofs->solver, claims)) core.push_back(claim.of);
      std::ranges::sort(core);
      if (core.empty()) break;
      std::erase_if(claims,
                    [&](const Claim& claim) { return std::ranges::find(core, claim.of) != core.end(); });
      if (told.insert(core).second && !is_told(input, core)) report(input, core, arm, findings);
    }
  }
}

}  // namespace

extern const LintRule kNoPatientEligible;
const LintRule kNoPatientEligible{
    "no-patient-eligible",
    LintGroup::logic,
    Severity::error,
    "criteria that together admit nobody, with the smallest set that collides",
    "Each criterion looks right by itself, and the trial screens for months without an eligible patient.",
    R"(trial T1 "example"

include I1 "Age 18 years or more"
  age >= 18 years

include I2 "Weight below 40 kg, or age below 12 years"
  weight < 40 kg or age < 12 years

exclude E1 "Weight below 45 kg"
  weight < 45 kg
)",
    R"(trial T1 "example"

include I1 "Age 18 years or more"
  age >= 18 years

include I2 "Weight below 60 kg, or age below 25 years"
  weight < 60 kg or age < 25 years

exclude E1 "Weight below 45 kg"
  weight < 45 kg
)",
    run};

}  // namespace crit
