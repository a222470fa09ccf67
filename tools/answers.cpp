// Who can be decided, and the words for those who cannot.
#include "tools/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "grammar/characters.hpp"
#include "interpreter/hold.hpp"
#include "tools/patient_sources.hpp"

namespace crit {

namespace {

bool has_arm(const Model& model, const std::string& arm) {
  return std::ranges::find(model.arms, arm) != model.arms.end();
}

// None is given, or one of another trial of the run, which this trial has nothing to do with.
bool gives_no_arm(const Answering& all, const Model& model, const Patient& patient) {
  if (patient.arm.empty()) return true;
  const auto is_its = [&](const LoadedTrial& trial) { return has_arm(trial.model, patient.arm); };
  return !has_arm(model, patient.arm) && std::ranges::any_of(all.trials, is_its);
}

}  // namespace

std::span<const uint32_t> arms_to_answer(Answering& all, size_t trial, const Patient& patient) {
  static constexpr uint32_t kNoArm = kNone;
  const Model& model = all.trials[trial].model;
  all.faults.clear();
  all.in_no_arm = false;
  std::optional<Fault> fault = refusal(model, patient, all.kinships[trial]);
  const bool without_arm = gives_no_arm(all, model, patient);
  if (!fault && without_arm && model.arms.empty()) return {&kNoArm, 1};
  auto arms = arms_for(model, without_arm ? std::string() : patient.arm);
  all.in_no_arm = !arms;
  if (!fault && arms) return all.arms = std::move(*arms);
  if (!fault) {
    const std::string words = model.arms.empty()
                                  ? "the trial has no arms"
                                  : fmt::format("the arms are {}", fmt::join(model.arms, ", "));
    fault = {kNoFact, fmt::format("arm: no such arm in {}: {}", model.trial, words), patient.where};
  }
  for (const Fault& f : patient.faults)
    if (stops(model, f)) all.faults.push_back(f);
  if (all.faults.empty()) all.faults.push_back(*fault);
  return {};
}

Decision decision_without_assumption(Answering& all, const Model& model, Patient& patient, uint32_t arm) {
  const uint8_t complete = std::exchange(patient.complete, patient.complete & ~patient.assumed);
  evaluate(model, patient, arm, all.without);
  patient.complete = complete;
  return all.without.decision;
}

void tell_fault(Console& console, const Fault& fault, std::string_view patient) {
  const std::string who = patient.empty() ? "" : fmt::format("patient {}: ", patient);
  const std::string_view kind = fault.warns ? "warning" : "error";
  complain(console, fmt::format("{}: {}: {}{}\n", visible(fault.where), styled(console.err, Style::bad, kind),
                                visible(who), visible(fault.message)));
}

void tell_of_nobody(Console& console, const PatientSources& sources) {
  const std::string& first = sources.files[0].path;
  const std::string where = sources.files.size() > 1 ? fmt::format("these {} files", sources.files.size())
                            : first == "-"           ? "standard input"
                                                     : fmt::format("`{}`", visible(first));
  complain(console, fmt::format("note: there is no patient in {}\n", where));
}

void tell_of_held(Console& console, const Holding* held) {
  if (!held) return;
  if (held->modified > 0)
    complain(
        console,
        visible(fmt::format("{}: warning: this resource has a `modifierExtension`, which may change what "
                            "it says, and is not understood here: {} open what {} could decide\n",
                            held->first_modified,
                            held->modified == 1
                                ? "its record leaves"
                                : fmt::format("its record and {} more such leave", held->modified - 1),
                            held->modified == 1 ? "it" : "they"),
                true));
  for (const Unconverted& u : held->unconverted)
    complain(
        console,
        visible(fmt::format("{}: warning: `{}` in `{}`, which does not convert to `{}`: {} unknown\n",
                            u.where, u.fact, u.unit, u.own_unit,
                            u.results == 1 ? "this result stays" : fmt::format("{} results stay", u.results)),
                true));
}

void add_faults_unasked(std::vector<Fault>& told, const Patient& patient) {
  for (const Fault& fault : patient.faults)
    if (fault.asked_only) add_new(told, std::span(&fault, 1));
}

void add_new(std::vector<Fault>& told, std::span<const Fault> faults) {
  for (const Fault& fault : faults) {
    const auto is_it = [&](const Fault& f) { return f.where == fault.where && f.message == fault.message; };
    if (std::ranges::none_of(told, is_it)) told.push_back(fault);
  }
}

}  // namespace crit
