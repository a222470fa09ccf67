// A case to what came out otherwise than it expects, with the reason.
#include "tools/case_failures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/verdict.hpp"

namespace crit {

namespace {

// What one arm's answer has that was not expected.
struct Judging {
  const Model& model;
  const Case& tried;
  uint32_t arm;
  Verdict verdict = {};
  std::vector<std::string> needed_names = {};
  std::vector<std::string> wrong = {};

  void judge() {
    evaluate(model, tried.patient, arm, verdict);
    if (verdict.decision == Decision::undetermined) needed_names = needed(model, tried.patient, verdict);
    for (const ExpectLine::Item& item : tried.expects) {
      if (item.arm && (arm == kNone || item.arm->text != model.arms[arm])) continue;
      if (item.needed)
        judge_needed(item);
      else if (item.criterion)
        judge_criterion(item);
      else
        judge_verdict(item);
    }
  }

  void judge_needed(const ExpectLine::Item& item) {
    if (std::ranges::find(needed_names, item.answer.text) != needed_names.end()) return;
    add(fmt::format("expected that {} is needed, needed are: {}", item.answer.text,
                    needed_names.empty() ? "none" : fmt::format("{}", fmt::join(needed_names, ", "))));
  }

  void judge_criterion(const ExpectLine::Item& item) {
    const auto found = std::ranges::find(model.criteria, item.criterion->text, &CriterionModel::id);
    if (found == model.criteria.end()) {
      add(fmt::format("there is no criterion {}", item.criterion->text));
      return;
    }
    const auto i = static_cast<uint32_t>(found - model.criteria.begin());
    if (name_of(verdict.outcomes[i]) == item.answer.text) return;
    add(fmt::format("expected {} {}, got {}: {}", found->id, item.answer.text, name_of(verdict.outcomes[i]),
                    explain(model, tried.patient, i, verdict).why));
  }

  void judge_verdict(const ExpectLine::Item& item) {
    if (name_of(verdict.decision) == item.answer.text) return;
    add(fmt::format("expected {}, got {}", item.answer.text, name_of(verdict.decision)));
    for (uint32_t i = 0; i < model.criteria.size(); ++i) {
      const Outcome outcome = verdict.outcomes[i];
      const bool decides =
          verdict.decision == Decision::ineligible ? outcome == Outcome::fail : outcome == Outcome::unknown;
      if (decides)
        add(fmt::format("{} {}: {}", model.criteria[i].id, name_of(outcome),
                        explain(model, tried.patient, i, verdict).why));
    }
  }

  void add(const std::string& line) {
    wrong.push_back(arm == kNone ? line : fmt::format("arm {}: {}", model.arms[arm], line));
  }
};

}  // namespace

std::vector<std::string> failures_of(const Model& model, const Case& tried) {
  std::vector<std::string> wrong;
  for (const Fault& fault : tried.patient.faults)
    if (stops(model, fault)) wrong.push_back(fmt::format("{}: {}", fault.where, fault.message));
  if (!wrong.empty()) return wrong;
  if (const auto fault = refusal(model, tried.patient)) return {fault->message};
  const auto arms = arms_for(model, tried.patient.arm);
  if (!arms) return {fmt::format("arm: the trial has no arm `{}`", tried.patient.arm)};
  for (const ExpectLine::Item& item : tried.expects)
    if (item.arm && std::ranges::find(model.arms, item.arm->text) == model.arms.end())
      wrong.push_back(fmt::format("the trial has no arm `{}`", item.arm->text));
  if (tried.expects.empty()) wrong.emplace_back("nothing is expected: end the case with `expect ...`");
  for (uint32_t arm : *arms) {
    Judging judging{model, tried, arm};
    judging.judge();
    wrong.insert(wrong.end(), judging.wrong.begin(), judging.wrong.end());
  }
  return wrong;
}

}  // namespace crit
