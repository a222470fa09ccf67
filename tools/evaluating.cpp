// One patient under all trials: refused, or answered for each arm, in the command's format.
#include "tools/evaluating.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "grammar/characters.hpp"
#include "interpreter/fhir_unmapped.hpp"

namespace crit {

namespace {

// Before an answer of a JSON list.
constexpr std::string_view kFirstInList = "[\n", kNextInList = ",\n";

}  // namespace

void Counts::add(const Counts& other) {
  patients += other.patients;
  unread += other.unread;
  verdicts += other.verdicts;
  assuming += other.assuming;
  resting += other.resting;
  for (size_t i = 0; i < decisions.size(); ++i) decisions[i] += other.decisions[i];
}

void Evaluating::answer(Patient& patient) {
  ++counts.patients;
  told_.clear();
  for (size_t i = 0; i < trials_.size(); ++i) answer(i, patient);
  flush_if_large(console_.out);
}

void Evaluating::append(std::string_view answers) {
  if (answers.empty()) return;
  if (command_.format == EvalFormat::json && first) {
    console_.out.text += kFirstInList;
    answers.remove_prefix(kNextInList.size());
  }
  console_.out.text += answers;
  first = false;
  flush_if_large(console_.out);
}

void Evaluating::answer(size_t trial, Patient& patient) {
  const Model& model = trials_[trial].model;
  if (const auto fault = refusal(model, patient, kinships_[trial])) {
    refuse(model, patient, *fault);
    return;
  }
  const auto arms = arms_for(model, patient);
  if (!arms) {
    const std::string words = model.arms.empty()
                                  ? "the trial has no arms"
                                  : fmt::format("the arms are {}", fmt::join(model.arms, ", "));
    refuse(model, patient,
           {kNoFact, fmt::format("arm: no such arm in {}: {}", model.trial, words), patient.where});
    return;
  }
  for (uint32_t arm : *arms) answer(trial, patient, arm);
}

// What somebody assumed is taken away once, to see whether it decides.
void Evaluating::answer(size_t trial, Patient& patient, uint32_t arm) {
  const Model& model = trials_[trial].model;
  Verdict& verdict = verdicts_[trial];
  Report report{model, patient, arm, &verdict};
  if (patient.assumed != 0) {
    const uint8_t complete = std::exchange(patient.complete, patient.complete & ~patient.assumed);
    evaluate(model, patient, arm, without_[trial]);
    patient.complete = complete;
    report.without = without_[trial].decision;
    ++counts.assuming;
  }
  evaluate(model, patient, arm, verdict);
  ++counts.verdicts;
  ++counts.decisions[size_t(verdict.decision)];
  counts.resting += report.rests_on_assumption();
  write(report);
}

void Evaluating::refuse(const Model& model, const Patient& patient, const Fault& fault) {
  std::vector<Fault> faults;
  for (const Fault& f : patient.faults)
    if (reads(model, f.fact)) faults.push_back(f);
  if (faults.empty()) faults.push_back(fault);
  ++counts.unread;
  write({model, patient, kNone, nullptr, faults});
  for (const Fault& f : faults) {
    if (std::ranges::find(told_, f.where + f.message) != told_.end()) continue;
    told_.push_back(f.where + f.message);
    tell(f, patient.id);
  }
}

void Evaluating::tell(const Fault& fault, std::string_view patient) {
  faulty = true;
  const std::string who = patient.empty() ? "" : fmt::format("patient {}: ", patient);
  complain(console_,
           fmt::format("{}: {}: {}{}\n", visible(fault.where), styled(console_.err, Style::bad, "error"),
                       visible(who), visible(fault.message)));
}

void Evaluating::write(const Report& report) {
  std::string& out = console_.out.text;
  switch (command_.format) {
    case EvalFormat::text:
      append_text(out, report, console_);
      break;
    case EvalFormat::csv:
      append_csv(out, report);
      break;
    case EvalFormat::ndjson:
      append_json(out, report);
      out += '\n';
      break;
    case EvalFormat::json:
      out += first ? kFirstInList : kNextInList;
      append_json(out, report);
      break;
    case EvalFormat::html:
      append_checklist(out, report);
      break;
  }
  first = false;
}

void Evaluating::begin() {
  if (command_.format == EvalFormat::csv) append_csv_header(console_.out.text);
  if (command_.format == EvalFormat::html) append_checklists_begin(console_.out.text);
}

void Evaluating::end(const FhirRun* fhir) {
  if (command_.format == EvalFormat::json) console_.out.text += first ? "[]\n" : "\n]\n";
  if (command_.format == EvalFormat::html) append_checklists_end(console_.out.text);
  const bool is_text = command_.format == EvalFormat::text;
  if (is_text && counts.patients > 0) append_summary();
  if (command_.complete.empty()) return;
  const std::string words = words_of_assumption(fhir);
  if (is_text)
    console_.out.text += words;
  else
    complain(console_, words);
}

// Who may assume, how much rests on it, and what nobody looked at, which makes the assumption doubtful.
std::string Evaluating::words_of_assumption(const FhirRun* fhir) const {
  std::string words =
      fmt::format("assumed complete: {}; {} of {} verdicts {} on it\n", fmt::join(command_.complete, ", "),
                  counts.resting, counts.verdicts, counts.resting == 1 ? "rests" : "rest");
  if (!fhir) return words;
  std::vector<std::string> lost;
  for (const std::string& name : command_.complete)
    if (const uint64_t count = unmapped_of(*fhir, *part_named(name)); count > 0)
      lost.push_back(fmt::format("{} {}", name, count));
  if (!lost.empty())
    words += fmt::format("not mapped and so not looked at: {} (`crit facts --unmapped` lists them)\n",
                         fmt::join(lost, ", "));
  return words;
}

void Evaluating::append_summary() {
  std::string line = fmt::format("{} {}:", counts.patients, counts.patients == 1 ? "patient" : "patients");
  const std::pair<uint64_t, std::string_view> parts[] = {
      {counts.decisions[size_t(Decision::eligible)], name_of(Decision::eligible)},
      {counts.decisions[size_t(Decision::ineligible)], name_of(Decision::ineligible)},
      {counts.decisions[size_t(Decision::undetermined)], name_of(Decision::undetermined)},
      {counts.unread, "without a verdict"}};
  bool some = false;
  for (const auto& [count, name] : parts) {
    if (count == 0) continue;
    line += fmt::format("{} {} {}", some ? "," : "", count, name);
    some = true;
  }
  console_.out.text += line + "\n";
}

}  // namespace crit
