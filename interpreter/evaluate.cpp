// One patient under one trial: the outcome of each criterion, and the verdict.
#include <algorithm>
#include <utility>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

// `holds`: what the condition came to.
[[gnu::always_inline]] inline Outcome ask(Evaluation& e, const CriterionModel& criterion, uint32_t arm,
                                          Truth& holds) {
  holds = Truth::unknown;
  if (!is_of_arm(criterion, arm)) return Outcome::not_applicable;
  const Truth applies = criterion.when == kNone ? Truth::yes : truth_of(e, criterion.when);
  if (applies != Truth::no && criterion.condition != kNone) holds = truth_of(e, criterion.condition);
  return outcome_of(criterion, arm, applies, holds);
}

}  // namespace

void begin_anew(const Model& model, Scratch& scratch) {
  if (scratch.epoch == 0) {
    JoinedNames joined = std::move(scratch.joined);  // which answers may still have
    scratch = Scratch{};
    scratch.joined = std::move(joined);
    scratch.epoch = 1;
  }
  scratch.model = &model;
  scratch.since = scratch.epoch;
  const auto fit = [](auto& list, size_t size, const auto& fresh) {
    if (list.size() < size) list.resize(size, fresh);
  };
  fit(scratch.windows, model.windows.size(), ResolvedWindow{});
  fit(scratch.candidates, model.refs.size(), Candidates{});
  fit(scratch.choice, model.refs.size(), kNone);
  fit(scratch.branch, model.values.size(), uint8_t{0});
  fit(scratch.truths, model.nodes.size(), Remembered{});
}

Evaluation go_on(const Model& model, const Patient& patient, Scratch& scratch) {
  const bool goes_on = scratch.epoch == scratch.verdict_epoch && scratch.model == &model;
  if (goes_on) return {model, patient, scratch};
  const Evaluation begun = begin_walk(model, patient, scratch);
  scratch.verdict_epoch = scratch.epoch;
  return begun;
}

void evaluate(const Model& model, const Patient& patient, uint32_t arm, Verdict& verdict) {
  verdict.scratch.answers = nullptr;
  Evaluation e = begin_walk(model, patient, verdict.scratch);
  verdict.scratch.verdict_epoch = verdict.scratch.epoch;
  verdict.outcomes.resize(model.criteria.size());
  verdict.holds.resize(model.criteria.size());
  const std::span<const CriterionModel> criteria(model.criteria);
  const std::span<Outcome> outcomes(verdict.outcomes);
  const std::span<Truth> holds(verdict.holds);
  for (size_t i = 0; i < criteria.size(); ++i) outcomes[i] = ask(e, criteria[i], arm, holds[i]);
  verdict.decision = decide(verdict.outcomes);
}

Outcome evaluate_one(const Model& model, const Patient& patient, uint32_t arm, uint32_t criterion,
                     const Verdict& verdict) {
  verdict.scratch.answers = nullptr;
  Evaluation e = begin_walk(model, patient, verdict.scratch);
  Truth holds;
  return ask(e, model.criteria[criterion], arm, holds);
}

Decision decide(std::span<const Outcome> outcomes) {
  const auto any = [&](Outcome outcome) {
    bool some = false;
    for_each_with(outcome, outcomes, [&](size_t) { some = true; });
    return some;
  };
  if (any(Outcome::fail)) return Decision::ineligible;
  return any(Outcome::unknown) ? Decision::undetermined : Decision::eligible;
}

}  // namespace crit
