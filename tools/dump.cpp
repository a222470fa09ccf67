// crit dump: a rule file to the printed form of its tree or of its model, for whoever works on crit.
#include "tools/commands.hpp"
#include "tools/tell.hpp"
#include "tools/trials.hpp"

namespace crit {

Status run(const DumpCommand& command, Console& console) {
  if (is_written_to(command.file, console)) return kUnusable;
  Rules rules;
  std::string problem;
  const auto trial = load(rules, command.file, problem, true);
  if (!trial) {
    complain_unopened(console, command.file, problem);
    return kUnusable;
  }
  const bool errors = has_error(trial->diagnostics);
  tell_errors(console, rules, trial->diagnostics);
  if (!command.model)
    console.out.text += dump(rules.parsed[trial->file].trial);
  else if (!errors)
    console.out.text += dump(trial->model);
  return errors ? kUnusable : kClean;
}

}  // namespace crit
