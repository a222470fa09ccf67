// crit eval: trials and files of patients to verdicts, a batch of patients written before the next is read.
#include <fmt/format.h>

#include <deque>

#include "grammar/characters.hpp"
#include "interpreter/load.hpp"
#include "interpreter/patient_pieces.hpp"
#include "interpreter/read_patients.hpp"
#include "tools/eval_team.hpp"
#include "tools/evaluating.hpp"
#include "tools/interrupt.hpp"
#include "tools/omop/read_omop.hpp"
#include "tools/patient_sources.hpp"
#include "tools/progress.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

// One run over all files of patients.
struct Run {
  const EvalCommand& command;
  Console& console;
  const PatientSources& sources;
  const uint8_t complete;  // that the command line says
  const std::vector<LoadedTrial>& trials;
  Evaluating evaluating;
  Intake intake;
  Progress progress;
  const Input* reading = nullptr;
  std::optional<EvalTeam> team = {};
  bool reads_a_piece = false;  // which is short: it is answered whatever happens
  bool opened = true;

  Run(const EvalCommand& c, Console& to, const PatientSources& from, const std::vector<LoadedTrial>& all,
      Schema& schema)
      : command(c),
        console(to),
        sources(from),
        complete(parts_of(c.complete)),
        trials(all),
        evaluating(c, to, all),
        intake(schema),
        progress(to) {
    begin_run(intake, sources, complete);
    evaluating.counts.assumed = complete;
    // Of a patient whose reading was interrupted, and what is wrong with the file then, nothing is said.
    intake.each = [this](Patient&) {
      if (!goes_on()) return false;
      evaluating.answer(intake.patient);
      if (reading && evaluating.counts.patients % 1024 == 0)
        progress.show(evaluating.counts.patients, *reading);
      return goes_on();
    };
    intake.broken = [this](const Fault& fault) {
      if (!is_interrupted()) evaluating.tell_nameless(fault);
    };
  }

  bool goes_on() const { return !console.out.failed && (reads_a_piece || !is_interrupted()); }

  void read(const PatientSource& source) {
    std::string problem;
    auto input = Input::open(source.path, problem);
    if (!input) {
      evaluating.tell({kNoFact, problem, source.path});
      opened = false;
      return;
    }
    input->stop_when(is_interrupted);
    reading = &*input;
    intake.complete = complete | source.complete;
    read(*input, source);
    reading = nullptr;
  }

  void read(Input& input, const PatientSource& source) {
    const auto pieces = command.threads > 1 && !source.table ? patient_pieces(intake, input) : nullptr;
    if (!pieces) {
      read_source_file(intake, input, source);
      return;
    }
    read_by_team(input, *pieces);
    tell_problem(intake, input);
  }

  // A file of one piece is not worth a team.
  void read_by_team(Input& input, PatientPieces& pieces) {
    Piece first, second;
    const bool some = pieces.next(kPieceBytes, first);
    if (some && pieces.next(kPieceBytes, second)) {
      if (!team) team.emplace(command, console, sources, intake.screening, command.threads);
      team->evaluate(pieces, std::move(first), std::move(second), intake, evaluating, console, [&] {
        progress.show(evaluating.counts.patients, input);
        return goes_on();
      });
    } else if (some) {
      reads_a_piece = true;
      pieces.read(intake, first);
      reads_a_piece = false;
    }
    if (goes_on()) pieces.read_rest(intake);
  }

  Status broken_off(const std::string& why, Status status) {
    evaluating.finish();
    evaluating.strays.tell(console);
    evaluating.close();
    flush(console.out);
    const uint64_t answered = evaluating.counts.patients;
    complain_error(console, answered == 0 ? why
                                          : fmt::format("{}: {} patients are answered, and nothing of the "
                                                        "others is written",
                                                        why, answered));
    return status;
  }

  // A table with a header alone, an empty list: nothing is wrong in it, and nothing comes of it.
  void tell_if_nobody() {
    evaluating.finish();
    if (evaluating.counts.patients > 0 || evaluating.faulty || !opened || sources.files.empty()) return;
    tell_of_nobody(console, sources);
  }

  Status all() {
    const Interruptible whole_run;
    evaluating.begin();
    for (const PatientSource& file : sources.files)
      if (goes_on()) read(file);
    if (goes_on()) finish_patients(intake);
    if (goes_on() && !command.omop.empty()) {
      intake.complete = complete;
      const auto problem = read_omop(intake, trials, {command.omop, command.omop_schema});
      if (problem) return broken_off(*problem, kUnusable);
    }
    if (is_interrupted()) return broken_off("interrupted", kInterrupted);
    tell_if_nobody();
    evaluating.end(intake.holding.get());
    flush(console.out);  // a Ctrl-C from here on takes nothing away
    if (!opened) return kUnusable;
    return evaluating.faulty ? kFindings : kClean;
  }
};

// They stay to the end of the program: to take them apart would be a twentieth of the time of one patient.
Rules& lasting_rules() {
  static auto& all = *new std::deque<Rules>;
  return all.emplace_back();
}

}  // namespace

Status run(const EvalCommand& command, Console& console) {
  Rules& rules = lasting_rules();
  const auto sources = patient_sources(command.files, rules, console);
  if (!sources || is_written_to(file_of({command.omop, command.omop_schema}), console)) return kUnusable;
  const auto trials = load_trials(command.files, rules, console, sources->use(), !command.omop.empty());
  if (!trials || !check_names(*sources, rules, console) || !check_columns(*sources, rules, console))
    return kUnusable;
  if (!command.omop.empty() && command.screening.empty()) {
    complain_error(console, "a database has no day of screening: --omop needs --screening DATE");
    return kUnusable;
  }
  Run run{command, console, *sources, *trials, rules.schema};
  if (!read_screening(command.screening, run.intake.screening, console)) return kUnusable;
  return run.all();
}

}  // namespace crit
