// crit eval: trials and files of patients to verdicts, each patient written before the next is read.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/characters.hpp"
#include "interpreter/load.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/verdict.hpp"
#include "tools/commands.hpp"
#include "tools/report.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

struct Counts {
  uint64_t patients = 0, unread = 0;
  std::array<uint64_t, 3> decisions{};  // by Decision
};

// One run over all patients.
struct Evaluating {
  const EvalCommand& command;
  Console& console;
  const std::vector<LoadedTrial>& trials;
  std::vector<Verdict> verdicts = std::vector<Verdict>(trials.size());  // by trial
  std::vector<Kinship> kinships = std::vector<Kinship>(trials.size());  // by trial
  Counts counts = {};
  bool first = true;  // nothing written yet
  bool faulty = false;
  std::vector<std::string> told = {};  // of the patient at hand: several trials may refuse it for one reason

  void operator()(const Patient& patient) {
    ++counts.patients;
    told.clear();
    for (size_t i = 0; i < trials.size(); ++i) answer(i, patient);
    flush_if_large(console.out);
  }

  void answer(size_t trial, const Patient& patient) {
    const Model& model = trials[trial].model;
    Verdict& verdict = verdicts[trial];
    if (const auto fault = refusal(model, patient, kinships[trial])) {
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

  void refuse(const Model& model, const Patient& patient, const Fault& fault) {
    std::vector<Fault> faults;
    for (const Fault& f : patient.faults)
      if (reads(model, f.fact)) faults.push_back(f);
    if (faults.empty()) faults.push_back(fault);
    ++counts.unread;
    write({model, patient, kNone, nullptr, faults});
    for (const Fault& f : faults) {
      if (std::ranges::find(told, f.where + f.message) != told.end()) continue;
      told.push_back(f.where + f.message);
      tell(f, patient.id);
    }
  }

  void tell(const Fault& fault, std::string_view patient) {
    faulty = true;
    const std::string who = patient.empty() ? "" : fmt::format("patient {}: ", patient);
    complain(console,
             fmt::format("{}: {}: {}{}\n", visible(fault.where), styled(console.err, Style::bad, "error"),
                         visible(who), visible(fault.message)));
  }

  void write(const Report& report) {
    std::string& out = console.out.text;
    switch (command.format) {
      case EvalFormat::text:
        append_text(out, report, console);
        break;
      case EvalFormat::csv:
        append_csv(out, report);
        break;
      case EvalFormat::ndjson:
        append_json(out, report);
        out += '\n';
        break;
      case EvalFormat::json:
        out += first ? "[\n" : ",\n";
        append_json(out, report);
        break;
    }
    first = false;
  }

  void begin() {
    if (command.format == EvalFormat::csv) append_csv_header(console.out.text);
  }

  void end() {
    if (command.format == EvalFormat::json) console.out.text += first ? "[]\n" : "\n]\n";
    if (command.format == EvalFormat::text && counts.patients > 0) append_summary();
  }

  void append_summary() {
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
    console.out.text += line + "\n";
  }
};

bool is_rule_file(const std::string& path) {
  return path.ends_with(".crit");
}

// All trials of the command, or nothing where one of them cannot be evaluated; what is wrong has been told.
std::optional<std::vector<LoadedTrial>> load_trials(const EvalCommand& command, Rules& rules,
                                                    Console& console) {
  std::vector<LoadedTrial> trials;
  bool fine = true;
  for (const std::string& path : command.files) {
    if (!is_rule_file(path)) continue;
    auto trial = load_for_use(rules, path, console);
    if (trial)
      trials.push_back(std::move(*trial));
    else
      fine = false;
  }
  if (!fine) return std::nullopt;
  if (trials.empty()) {
    complain_error(console, "no trial among the files: a trial's name ends in `.crit`");
    return std::nullopt;
  }
  return trials;
}

}  // namespace

Status run(const EvalCommand& command, Console& console) {
  Rules rules;
  const auto trials = load_trials(command, rules, console);
  if (!trials) return kUnusable;
  if (std::ranges::all_of(command.files, is_rule_file)) {
    complain_error(console, "no patients among the files; `-` reads them from standard input");
    return kUnusable;
  }

  Evaluating evaluating{command, console, *trials};
  Intake intake(rules.schema);
  if (!command.screening.empty()) {
    std::string problem;
    When screening;
    if (!read_when(command.screening, screening, problem)) {
      complain_error(console, fmt::format("--screening: {}", problem));
      return kUnusable;
    }
    intake.screening = screening;
  }
  intake.each = [&](const Patient& patient) {
    evaluating(patient);
    return !console.out.failed;
  };
  intake.broken = [&](const Fault& fault) { evaluating.tell(fault, {}); };
  evaluating.begin();
  bool opened = true;
  for (const std::string& path : command.files)
    if (!is_rule_file(path)) opened = read_patients(intake, path) != ReadEnd::unopened && opened;
  evaluating.end();
  if (!opened) return kUnusable;
  return evaluating.faulty ? kFindings : kClean;
}

}  // namespace crit
