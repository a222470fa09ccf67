// crit dump: a rule file to the printed form of its tree or of its model, for whoever works on crit.
#include "tools/commands.hpp"
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
  bool errors = false;
  for (const Diagnostic& d : trial->diagnostics) {
    if (d.severity != Severity::error) continue;
    errors = true;
    complain(console, render(d, rules.shown, console.err.colour, console.width));
  }
  if (!command.model)
    console.out.text += dump(rules.parsed[trial->file].trial);
  else if (!errors)
    console.out.text += dump(trial->model);
  return errors ? kUnusable : kClean;
}

}  // namespace crit
