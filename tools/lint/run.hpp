// Runs the lint rules over one file and takes away what the file itself answers.
#pragma once

#include "tools/lint/rule.hpp"

namespace crit {

// Adds to what the parser and the checker refused. `solver`: the logic rules too.
void run_rules(const LintInput&, bool solver, std::vector<Diagnostic>& found);

}  // namespace crit
