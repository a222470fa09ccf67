// crit eval: trials and files of patients to verdicts, each patient written before the next is read.
#include <fmt/format.h>

#include "interpreter/load.hpp"
#include "interpreter/patient_lines.hpp"
#include "interpreter/read_patients.hpp"
#include "tools/eval_team.hpp"
#include "tools/evaluating.hpp"
#include "tools/interrupt.hpp"
#include "tools/patient_files.hpp"
#include "tools/progress.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

// One run over all files of patients.
struct Run {
  const EvalCommand& command;
  Console& console;
  Evaluating evaluating;
  Intake intake;
  Progress progress;
  const Input* reading = nullptr;
  std::optional<EvalTeam> team = {};
  bool opened = true;

  Run(const EvalCommand& c, Console& to, const std::vector<LoadedTrial>& trials, Schema& schema)
      : command(c), console(to), evaluating(c, to, trials), intake(schema), progress(to) {
    for (const std::string& part : c.complete) intake.complete |= 1u << unsigned(*part_named(part));
    intake.each = [this](Patient& patient) {
      evaluating.answer(patient);
      if (reading && evaluating.counts.patients % 1024 == 0)
        progress.show(evaluating.counts.patients, *reading);
      return goes_on();
    };
    intake.broken = [this](const Fault& fault) { evaluating.tell(fault, {}); };
  }

  bool goes_on() const { return !console.out.failed && !is_interrupted(); }

  void read(const std::string& path) {
    std::string problem;
    auto input = Input::open(path, problem);
    if (!input) {
      evaluating.tell({kNoFact, problem, path}, {});
      opened = false;
      return;
    }
    reading = &*input;
    read(*input);
    reading = nullptr;
  }

  void read(Input& input) {
    const auto lines = command.threads > 1 ? patient_lines(input) : std::nullopt;
    if (!lines) {
      read_patients(intake, input);
      return;
    }
    read_by_team(input, *lines);
    tell_problem(intake, input);
  }

  // A file of one piece is not worth a team.
  void read_by_team(Input& input, const PatientLines& lines) {
    Piece piece;
    if (!next_piece(input, lines, kPieceBytes, piece)) {
      read_rest(intake, input, lines);
    } else if (input.at_end() && input.ahead().empty() && !team) {
      read_piece(intake, input.name(), lines, piece);
    } else {
      if (!team) team.emplace(command, console, intake.screening, command.threads);
      team->evaluate(input, lines, std::move(piece), intake.seen, evaluating, console, [&] {
        progress.show(evaluating.counts.patients, input);
        return goes_on();
      });
      if (goes_on()) read_rest(intake, input, lines);
    }
  }

  Status all() {
    const Interruptible whole_run;
    evaluating.begin();
    for (const std::string& path : command.files) {
      if (is_rule_file(path)) continue;
      for (const std::string& file : patient_files(path))
        if (goes_on()) read(file);
    }
    if (goes_on()) finish_patients(intake);
    if (is_interrupted()) {
      flush(console.out);
      complain_error(
          console, fmt::format("interrupted: {} patients are answered, and nothing of the others is written",
                               evaluating.counts.patients));
      return kInterrupted;
    }
    evaluating.end(intake.fhir.get());
    if (!opened) return kUnusable;
    return evaluating.faulty ? kFindings : kClean;
  }
};

}  // namespace

Status run(const EvalCommand& command, Console& console) {
  Rules rules;
  const auto trials = load_trials(command.files, rules, console);
  if (!trials) return kUnusable;
  Run run{command, console, *trials, rules.schema};
  if (!read_screening(command.screening, run.intake.screening, console)) return kUnusable;
  return run.all();
}

}  // namespace crit
