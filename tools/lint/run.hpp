// Runs the lint rules over one file and takes away what the file itself answers.
#pragma once

#include "tools/lint/chosen.hpp"

namespace crit {

// `found` comes with what the parser and the checker say of the file: what was not chosen leaves it, and what
// the chosen rules find is added.
void run_rules(const LintInput&, const ChosenRules&, std::vector<Diagnostic>& found);

}  // namespace crit
