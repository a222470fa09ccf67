// Patients under all trials: refused, or answered for each arm, in the command's format.
#include "tools/evaluating.hpp"

#include <fmt/format.h>

#include <span>
#include <utility>

#include "interpreter/unmapped_codes.hpp"

namespace crit {

namespace {

// Enough for what they have no record of to cost each of them next to nothing, and few enough for their
// records to stay in the processor's cache.
constexpr size_t kPatientsTogether = 32;
static_assert(kPatientsTogether <= kMostInBatch);

// Before an answer of a JSON list.
constexpr std::string_view kFirstInList = "[\n", kNextInList = ",\n";

}  // namespace

Evaluating::Evaluating(const EvalCommand& command, Console& console, const std::vector<LoadedTrial>& trials)
    : command_(command), console_(console), answering_(trials), waiting_(kPatientsTogether) {
  if (trials.size() == 1) return;
  std::vector<const Model*> models;
  for (const LoadedTrial& trial : trials) models.push_back(&trial.model);
  common_ = common_conditions(models);
}

void Counts::add(const Counts& other) {
  patients += other.patients;
  nameless += other.nameless;
  unread += other.unread;
  verdicts += other.verdicts;
  repeated += other.repeated;
  resting += other.resting;
  assumed |= other.assumed;
  for (size_t i = 0; i < decisions.size(); ++i) decisions[i] += other.decisions[i];
}

void Counts::add(const Report& report) {
  if (!report.verdict) {
    ++unread;
    return;
  }
  ++verdicts;
  ++decisions[size_t(report.verdict->decision)];
  resting += report.rests_on_assumption();
}

void Evaluating::answer(std::unique_ptr<Patient>& next) {
  Waiting& waiting = waiting_[held_++];
  std::swap(waiting.patient, next);
  Patient& patient = *waiting.patient;
  counts.assumed |= patient.assumed;
  batch_.add(patient);
  records_held_ += patient.records.size();
  if (held_ == waiting_.size() || records_held_ > kMaxRecords) finish();
}

void Evaluating::finish() {
  if (held_ == 0) return;
  const std::span patients(waiting_.data(), std::exchange(held_, 0));
  records_held_ = 0;
  const Schema& schema = *answering_.trials.front().model.schema;
  const Places contradictory = may_contradict(schema, batch_, answering_.kinship_of_all);
  for (size_t place = 0; place < patients.size(); ++place)
    patients[place].patient->may_contradict = contradictory >> place & 1;
  if (common_.count > 0) {
    answers_.common.assign(common_.count, {});
    for (Waiting& w : patients) w.needs.clear(common_.count);
  }
  for (size_t trial = 0; trial < answering_.trials.size(); ++trial) answer(trial, patients);
  batch_.clear();
  for (Waiting& w : patients) {
    add_faults_unasked(w.faults, *w.patient);
    strays.take_warnings(*w.patient);
    counts.repeated += w.patient->repeated;
    faulty = faulty || !w.faults.empty();
    write(w.answers);
    for (const Fault& fault : w.faults)
      if (!strays.take(fault, w.patient->id)) tell_fault(console_, fault, w.patient->id);
    w.answers.clear();
    w.faults.clear();
  }
  counts.patients += patients.size();
}

void Evaluating::answer(size_t trial, std::span<Waiting> patients) {
  const Model& model = answering_.trials[trial].model;
  Verdict& verdict = answering_.verdicts[trial];
  Places decided = 0;
  for (size_t place = 0; place < patients.size(); ++place) {
    Waiting& w = patients[place];
    const auto arms = arms_to_answer(answering_, trial, *w.patient);
    w.arms.assign(arms.begin(), arms.end());
    w.refusals.swap(answering_.faults);
    if (!w.arms.empty()) decided |= Places{1} << place;
  }
  const bool some_in_common = common_.count > 0 && !batch_.answers_one_trial();
  evaluate(model, batch_, decided, some_in_common ? &common_.models[trial] : nullptr, answers_,
           verdict.scratch);
  for (uint32_t place = 0; place < patients.size(); ++place) {
    Waiting& w = patients[place];
    if (!w.refusals.empty()) {
      append(w, {model, *w.patient, kNone, nullptr, w.refusals});
      add_new(w.faults, w.refusals);
    }
    verdict.scratch.common = some_in_common ? &w.needs : nullptr;
    for (const uint32_t arm : w.arms) {
      take(model, answers_, place, arm, verdict);
      Report report{model, *w.patient, arm, &verdict};
      if (w.patient->assumed != 0)
        report.without = decision_without_assumption(answering_, model, *w.patient, arm);
      append(w, report);
    }
  }
}

void Evaluating::append(Waiting& waiting, const Report& report) {
  append(waiting.answers, report);
  counts.add(report);
}

void Evaluating::append(std::string_view answers) {
  finish();
  write(answers);
}

void Evaluating::write(std::string_view answers) {
  if (answers.empty()) return;
  if (command_.format == EvalFormat::json && first) {
    console_.out.text += kFirstInList;
    answers.remove_prefix(kNextInList.size());
  }
  console_.out.text += answers;
  first = false;
  flush_if_large(console_.out);
}

void Evaluating::tell(const Fault& fault) {
  finish();
  faulty = true;
  tell_fault(console_, fault, {});
}

void Evaluating::tell_nameless(const Fault& fault) {
  tell(fault);
  ++counts.nameless;
}

void Evaluating::append(std::string& out, const Report& report) const {
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
      out += kNextInList;
      append_json(out, report);
      break;
    case EvalFormat::html:
      append_checklist(out, report);
      break;
  }
}

void Evaluating::begin() {
  if (command_.format == EvalFormat::csv) append_csv_header(console_.out.text);
  if (command_.format == EvalFormat::html) append_checklists_begin(console_.out.text);
}

void Evaluating::close() {
  if (command_.format == EvalFormat::json) console_.out.text += first ? "[]\n" : "\n]\n";
  if (command_.format == EvalFormat::html) append_checklists_end(console_.out.text);
}

void Evaluating::end(const Holding* held) {
  finish();
  strays.tell(console_);
  tell_of_held(console_, held);
  close();
  const bool is_text = command_.format == EvalFormat::text;
  if (is_text && counts.patients + counts.nameless > 0) append_summary();
  if (counts.assumed == 0) return;
  const std::string words = words_of_assumption(held);
  if (is_text)
    console_.out.text += words;
  else
    complain(console_, words);
}

// Who may assume, how much rests on it, and what nobody looked at, which makes the assumption doubtful.
std::string Evaluating::words_of_assumption(const Holding* held) const {
  std::string words = crit::words_of_assumption(counts.assumed, counts.resting, counts.verdicts) + "\n";
  if (!command_.omop.empty())
    words += "`crit facts --unmapped --omop` lists what of the database is not mapped and so not looked at\n";
  if (!held) return words;
  const std::string unmapped = words_of_unmapped(counts.assumed, unmapped_parts(*held));
  if (!unmapped.empty()) words += fmt::format("{} (`crit facts --unmapped` lists them)\n", unmapped);
  return words;
}

void Evaluating::append_summary() {
  std::string line = fmt::format("{} {}", counts.patients, counts.patients == 1 ? "patient" : "patients");
  // Of several trials or arms.
  if (const uint64_t answers = counts.verdicts + counts.unread; answers != counts.patients)
    line += fmt::format(", {} answers", answers);
  if (counts.verdicts + counts.unread > 0) line += ':';
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
  if (counts.repeated > 0)
    line += fmt::format("; {} of them {} in the input before, and no answer for {} counts", counts.repeated,
                        counts.repeated == 1 ? "was" : "were",
                        counts.repeated == 1 ? "that patient" : "those patients");
  if (counts.nameless > 0)
    line += fmt::format("; {} could not be read at all", counts.nameless == 1
                                                             ? std::string("1 record")
                                                             : fmt::format("{} records", counts.nameless));
  console_.out.text += line + "\n";
}

}  // namespace crit
