// One patient under all trials: refused, or answered for each arm, in the command's format.
#include "tools/evaluating.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/characters.hpp"

namespace crit {

namespace {

// Before an answer of a JSON list.
constexpr std::string_view kFirstInList = "[\n", kNextInList = ",\n";

}  // namespace

void Counts::add(const Counts& other) {
  patients += other.patients;
  unread += other.unread;
  for (size_t i = 0; i < decisions.size(); ++i) decisions[i] += other.decisions[i];
}

void Evaluating::answer(const Patient& patient) {
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

void Evaluating::answer(size_t trial, const Patient& patient) {
  const Model& model = trials_[trial].model;
  Verdict& verdict = verdicts_[trial];
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
  for (uint32_t arm : *arms) {
    evaluate(model, patient, arm, verdict);
    ++counts.decisions[size_t(verdict.decision)];
    write({model, patient, arm, &verdict});
  }
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

void Evaluating::end() {
  if (command_.format == EvalFormat::json) console_.out.text += first ? "[]\n" : "\n]\n";
  if (command_.format == EvalFormat::html) append_checklists_end(console_.out.text);
  if (command_.format == EvalFormat::text && counts.patients > 0) append_summary();
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
