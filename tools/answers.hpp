// One patient to the answers of all trials of a run: a verdict for each arm, or what is wrong with the
// patient.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "interpreter/load.hpp"
#include "tools/console.hpp"
#include "tools/report.hpp"

namespace crit {

struct Holding;         // interpreter/hold.hpp
struct PatientSources;  // tools/patient_sources.hpp

struct Answering {
  explicit Answering(const std::vector<LoadedTrial>& all)
      : trials(all), verdicts(all.size()), kinships(all.size()) {}

  const std::vector<LoadedTrial>& trials;
  std::vector<Verdict> verdicts;  // by trial
  Verdict without = {};           // what somebody assumes of the patient at hand
  std::vector<Kinship> kinships;  // by trial
  Kinship kinship_of_all = {};
  std::vector<uint32_t> arms = {};  // to answer for of the patient at hand, in a trial that has arms
  std::vector<Fault> faults = {};   // why the trial at hand cannot decide the patient; empty: it can
  bool in_no_arm = false;           // the trial at hand has no arm of the patient's
};

// What the patient's answer would be if nothing were assumed of the record.
Decision decision_without_assumption(Answering&, const Model&, Patient&, uint32_t arm);

// The arms that trial number `trial` has an answer for; where it has none, Answering::faults say why.
std::span<const uint32_t> arms_to_answer(Answering&, size_t trial, const Patient&);

// A fault on standard error; of a patient whose identifier is empty only the place is known.
void tell_fault(Console&, const Fault&, std::string_view patient);

// That there is no patient in any of the files.
void tell_of_nobody(Console&, const PatientSources&);

// Of FHIR: that resources have a modifierExtension, once. Of tables: results whose unit says nothing of their
// fact, once a file, fact and unit. Null: there were none.
void tell_of_held(Console&, const Holding*);

// Adds what is new: several trials may refuse a patient for one reason.
void add_new(std::vector<Fault>& told, std::span<const Fault>);
// After all trials: those of facts that none of them asks for are told too.
void add_faults_unasked(std::vector<Fault>& told, const Patient&);

// Hands on a Report for each arm of trial number `trial`; a patient that is refused has one without a
// verdict.
template <typename Each>
void answer(Answering& all, size_t trial, Patient& patient, Each each) {
  const Model& model = all.trials[trial].model;
  const std::span<const uint32_t> arms = arms_to_answer(all, trial, patient);
  if (!all.faults.empty()) each(Report{model, patient, kNone, nullptr, all.faults, all.in_no_arm});
  for (uint32_t arm : arms) {
    evaluate(model, patient, arm, all.verdicts[trial]);
    Report report{model, patient, arm, &all.verdicts[trial]};
    if (patient.assumed != 0) report.without = decision_without_assumption(all, model, patient, arm);
    each(report);
  }
}

}  // namespace crit
