// crit cohort: trials and files of patients to what all patients together come to; or to the screening log.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "interpreter/json_elements.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/stray_words.hpp"
#include "interpreter/unmapped_codes.hpp"
#include "tools/answers.hpp"
#include "tools/cohort/what_if.hpp"
#include "tools/cohort/write.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/patient_files.hpp"
#include "tools/patient_sources.hpp"
#include "tools/progress.hpp"
#include "tools/stray_names.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

constexpr size_t kMostRepeated = 100'000;

// Where the input can be read once only.
constexpr std::string_view kFirstCounts = "this patient is in the input twice: the first answer counts";

struct Running {
  const CohortCommand& command;
  Console& console;
  Rules& rules;
  const PatientSources& sources;
  Answering answering;
  std::vector<Study> studies = {};
  Counting counting = {};
  // Patients that are in the input more than once: neither answer counts, or the first of what is read once.
  std::unordered_set<std::string> repeated = {};
  bool looking = false;  // only for them, before a log is written
  bool again = false;    // the second time over the patients, with the repeated ones known
  uint64_t patients = 0, nameless = 0, cut = 0, empty = 0, logged = 0;
  UnmappedParts unmapped = {};
  bool faulty = false;
  StrayNames strays = {};

  // The file that keeps the patients from being read again; null: there is none.
  const PatientSource* once = read_once();

  const PatientSource* read_once() const {
    const auto found = std::ranges::find_if(sources.files, is_read_once, &PatientSource::path);
    return found == sources.files.end() ? nullptr : &*found;
  }
  bool is_log() const { return command.format == CohortFormat::log; }

  void take(Patient& patient) {
    if (patient.repeated && repeated.size() < kMostRepeated) repeated.insert(patient.id);
    if (looking) return;
    if (once)
      for (Fault& fault : patient.faults)
        if (fault.message == kNeitherCounts) fault.message = kFirstCounts;
    // The first of them has no fault of its own.
    if (!patient.repeated && repeated.contains(patient.id))
      patient.faults.push_back({kNoFact, std::string(kNeitherCounts), patient.where});
    std::vector<Fault> faults;
    for (size_t trial = 0; trial < studies.size(); ++trial) {
      answer(answering, trial, patient, [&](const Report& report) {
        if (is_log()) {
          append_log(console.out.text, report);
          ++logged;
          count_assumption(studies[trial], report);
        } else {
          count(counting, studies[trial], report);
        }
        if (!report.verdict && !again) add_new(faults, report.faults);
      });
    }
    if (!again) add_faults_unasked(faults, patient);
    if (!again) strays.take_warnings(patient);
    faulty = faulty || !faults.empty();
    for (const Fault& fault : faults)
      if (!strays.take(fault, patient.id)) tell_fault(console, fault, patient.id);
    flush_if_large(console.out);
  }

  // Of a file whose reading has ended, and not of something in it.
  static bool is_cut_off(const Fault& fault, const Input* reading) {
    return fault.message == kNoEndOfArray ||
           (reading && !reading->problem().empty() && fault.where == reading->name());
  }

  void take_broken(const Fault& fault, const Input* reading) {
    if (looking || is_interrupted()) return;
    if (is_cut_off(fault, reading))
      ++cut;
    else if (fault.message == kNothingInFile)
      ++empty;
    else
      ++nameless;
    faulty = true;
    if (!again) tell_fault(console, fault, {});
  }

  bool goes_on() const { return !console.out.failed && !is_interrupted(); }

  // False where a file cannot be opened.
  bool read(const std::optional<When>& screening) {
    Intake intake(rules.schema);
    Progress progress(console);
    const Input* reading = nullptr;
    patients = 0;
    intake.screening = screening;
    const uint8_t complete = parts_of(command.complete);
    begin_run(intake, sources, complete);
    intake.each = [&](Patient& patient) {
      if (!goes_on()) return false;
      take(patient);
      if (++patients % 1024 == 0 && reading) progress.show(patients, *reading);
      return goes_on();
    };
    intake.broken = [&](const Fault& fault) { take_broken(fault, reading); };
    nameless = cut = empty = 0;
    for (Study& study : studies) begin_tallies(study, counting);
    bool opened = true;
    for (const PatientSource& file : sources.files) {
      if (!goes_on()) break;
      std::string problem;
      auto input = Input::open(file.path, problem);
      if (!input && !looking) tell_fault(console, {kNoFact, problem, file.path}, {});
      opened = opened && input;
      if (!input) continue;
      input->stop_when(is_interrupted);
      reading = &*input;
      intake.complete = complete | file.complete;
      read_source_file(intake, *input, file);
      reading = nullptr;
    }
    if (goes_on()) finish_patients(intake);
    strays.tell(console);
    if (!looking && !again) tell_of_held(console, intake.holding.get());
    if (intake.holding) unmapped = unmapped_parts(*intake.holding);
    return opened;
  }

  bool too_many_repeated() const {
    if (repeated.size() < kMostRepeated) return false;
    complain_error(console,
                   fmt::format("{} or more patients are in the input more than once", kMostRepeated));
    return true;
  }

  // A log is written while patients are read: who comes twice is looked for before.
  bool look_for_repeated(const std::optional<When>& screening) {
    if (!is_log() || once) return true;
    looking = true;
    read(screening);
    looking = false;
    return goes_on() && !too_many_repeated();
  }

  // A patient that comes twice withdraws what was counted of it: all are counted again without such patients.
  bool read_again(const std::optional<When>& screening) {
    if (repeated.empty() || (is_log() && !once)) return true;
    if (once) {
      complain_error(
          console,
          fmt::format("{} {} in the input more than once; {} cannot be read again: the first answer "
                      "of each {}",
                      with_plural(repeated.size(), "patient", "patients"),
                      repeated.size() == 1 ? "is" : "are",
                      once->path == "-" ? "standard input" : fmt::format("the pipe `{}`", once->path),
                      is_log() ? "is written" : "is counted"));
      return true;
    }
    if (too_many_repeated()) return false;
    again = true;
    return read(screening);
  }

  Cohort cohort() const {
    return {studies, rules, counting, nameless, cut, empty, once ? repeated.size() : 0, unmapped};
  }

  // What the other forms say beside their counts.
  void tell_of_log() {
    Tally all;
    for (const Study& study : studies)
      for (const Tally& tally : study.tallies) {
        all.assumed |= tally.assumed;
        all.resting += tally.resting;
        all.patients += tally.patients;
      }
    if (all.assumed == 0) return;
    complain(console, words_of_assumption(all.assumed, all.resting, all.patients) + "\n");
    const std::string words = words_of_unmapped(cohort(), all);
    if (!words.empty()) complain(console, words + "\n");
  }

  Status broken_off() {
    flush(console.out);
    complain_error(console, is_log()
                                ? fmt::format("interrupted: the log is incomplete, with {} below its header",
                                              with_plural(logged, "line", "lines"))
                                : "interrupted: not all patients are counted, and no counts are written");
    return kInterrupted;
  }

  void write() {
    switch (command.format) {
      case CohortFormat::text:
        return append_cohort_text(console.out.text, cohort(), console);
      case CohortFormat::json:
        return append_cohort_json(console.out.text, cohort());
      case CohortFormat::html:
        return append_cohort_page(console.out.text, cohort());
      case CohortFormat::log:
        return tell_of_log();
    }
  }
};

}  // namespace

Status run(const CohortCommand& command, Console& console) {
  Rules rules;
  const auto sources = patient_sources(command.files, rules, console);
  if (!sources) return kUnusable;
  const auto trials = load_trials(command.files, rules, console, sources->use());
  if (!trials || !check_names(*sources, rules, console) || !check_columns(*sources, rules, console))
    return kUnusable;
  std::optional<When> screening;
  if (!read_screening(command.screening, screening, console)) return kUnusable;

  Running running{command, console, rules, *sources, Answering(*trials)};
  for (const LoadedTrial& trial : *trials) running.studies.push_back(make_study(trial));
  if (!add_changes(running.studies, rules, command.without, command.with, command.files, console))
    return kUnusable;
  if (running.is_log() && (command.days || !command.without.empty() || !command.with.empty())) {
    complain_error(
        console,
        "--without, --with and --days are of counts, and a log has none: leave them out, or choose "
        "another --format");
    return kUnusable;
  }
  running.counting.days_ahead = running.is_log() ? 0 : command.days.value_or(kDaysAhead);
  running.counting.keep_rows = command.format == CohortFormat::html;

  if (running.is_log()) append_log_header(console.out.text);
  const Interruptible whole_run;
  const bool opened =
      running.look_for_repeated(screening) && running.read(screening) && running.read_again(screening);
  if (is_interrupted()) return running.broken_off();
  if (!opened) return kUnusable;
  if (running.patients == 0 && !running.faulty) tell_of_nobody(console, *sources);
  running.write();
  return running.faulty ? kFindings : kClean;
}

}  // namespace crit
