// Finds limits that the criteria of some arms have and those of the others lack.
#include <fmt/format.h>

#include <bit>
#include <map>

#include "tools/lint/logic.hpp"
#include "tools/lint/logic_bounds.hpp"

namespace crit {

namespace {

struct Limited {
  uint64_t arms = 0;
  BoundOn first;
  uint32_t criterion = 0;  // of the first
};

std::string arm_names(const Model& model, uint64_t arms) {
  std::vector<std::string> names;
  for (size_t i = 0; i < model.arms.size(); ++i)
    if (arms >> i & 1) names.push_back(fmt::format("`{}`", model.arms[i]));
  return joined(names);
}

void run(const LintInput& input, Findings& findings) {
  const Model& model = input.model;
  if (!proofs_of(input) || model.arms.size() < 2) return;
  const uint64_t all = model.arms.size() >= 64 ? ~uint64_t{0} : (uint64_t{1} << model.arms.size()) - 1;
  std::map<FactId, Limited> limited;
  for (uint32_t i = 0; i < model.criteria.size(); ++i) {
    const CriterionModel& c = model.criteria[i];
    if (c.condition == kNone) continue;
    for (const BoundOn& b : bounds_within(model, c.condition)) {
      const FactId fact = fact_of(model, b.subject);
      if (fact == kNoFact) continue;
      const auto place = limited.try_emplace(fact, Limited{0, b, i}).first;
      place->second.arms |= c.arms & all;
    }
  }
  for (const auto& [fact, l] : limited) {
    if (l.arms == all) continue;
    Clause clause;
    clause.node = l.first.node;
    clause.criterion = l.criterion;
    const std::string name = fact == model.birth_date ? "age" : model.fact(fact).name;
    const uint64_t without = all & ~l.arms;
    Diagnostic d;
    d.span = place_of(input, clause);
    d.message = fmt::format("`{}` has a limit in arm {}, and none in arm {}", name, arm_names(model, l.arms),
                            arm_names(model, without));
    d.help = "give the other arms theirs, or say with `allow` why they have none";
    findings.push_back(std::move(d));
  }
}

}  // namespace

extern const LintRule kArmWithoutLimit;
const LintRule kArmWithoutLimit{"arm-without-limit",
                                LintGroup::logic,
                                Severity::warning,
                                "a limit of a value given for some arms of the trial and not for the others",
                                "A protocol that limits a value by arm limits it in each of them: the line "
                                "of the other arm was mostly left out when "
                                "the criteria were copied.",
                                R"(trial T1 "example"
  arms adult, child

include I1 "Adults: 18 years or more, weight at least 50 kg"
  arms adult
  age >= 18 years and weight >= 50 kg

include I2 "Children: below 18 years"
  arms child
  age < 18 years
)",
                                R"(trial T1 "example"
  arms adult, child

include I1 "Adults: 18 years or more, weight at least 50 kg"
  arms adult
  age >= 18 years and weight >= 50 kg

include I2 "Children: below 18 years, weight at least 20 kg"
  arms child
  age < 18 years and weight >= 20 kg
)",
                                run};

}  // namespace crit
