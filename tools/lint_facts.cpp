// Reads the patients as `eval` does, with nobody to answer for.
#include "tools/lint_facts.hpp"

#include <fmt/format.h>

#include <set>

#include "interpreter/input.hpp"
#include "interpreter/read_patients.hpp"
#include "tools/omop/read_omop.hpp"
#include "tools/patient_sources.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

// What is wrong with them is told with the findings. A database is asked for what the others read.
std::vector<LoadedTrial> trials_of(const std::vector<LintFile>& files, Rules& rules, const Text* use) {
  std::vector<LoadedTrial> trials;
  for (const LintFile& file : files) {
    std::string problem;
    auto trial = load(rules, file.path, problem, true, use);
    if (trial && !has_error(trial->diagnostics)) trials.push_back(std::move(*trial));
  }
  return trials;
}

bool read_files(Intake& in, const PatientSources& sources, Console& console) {
  bool opened = true;
  for (const PatientSource& file : sources.files) {
    std::string problem;
    auto input = Input::open(file.path, problem);
    if (!input) complain_unopened(console, file.path, problem);
    in.complete = file.complete;
    opened = input && read_source_file(in, *input, file) != ReadEnd::unopened && opened;
  }
  finish_patients(in);
  return opened;
}

}  // namespace

std::optional<FactsGiven> facts_given(const std::vector<LintFile>& files, const LintCommand& command,
                                      Console& console) {
  Rules rules;
  const auto sources = patient_sources(command.facts, rules, console);
  const OmopSource database{command.omop, command.omop_schema};
  if (!sources || is_written_to(file_of(database), console)) return std::nullopt;
  const std::vector<LoadedTrial> trials = trials_of(files, rules, sources->use());
  if (!check_names(*sources, rules, console) || !check_columns(*sources, rules, console)) return std::nullopt;
  std::set<std::string> names, denied;
  FactsGiven given;
  bool some = false;
  Intake intake(rules.schema);
  begin_run(intake, *sources, 0);
  intake.broken = [&](const Fault& fault) {
    complain_error(console,
                   fault.where.empty() ? fault.message : fmt::format("{}: {}", fault.where, fault.message));
  };
  intake.each = [&](const Patient& patient) {
    given.complete |= patient.complete;
    given.complete_of_all = some ? given.complete_of_all & patient.complete : patient.complete;
    some = true;
    for (FactId fact : patient.named()) {
      names.insert(rules.schema.facts[fact].name);
      if (patient.denies(fact)) denied.insert(rules.schema.facts[fact].name);
    }
    return true;
  };
  bool opened = read_files(intake, *sources, console);
  if (opened && !command.omop.empty()) {
    intake.complete = 0;
    const auto problem = read_omop(intake, trials, database);
    if (problem) complain_error(console, *problem);
    opened = !problem;
  }
  if (!some || !opened) return std::nullopt;
  given.names.assign(names.begin(), names.end());
  given.denied.assign(denied.begin(), denied.end());
  return given;
}

}  // namespace crit
