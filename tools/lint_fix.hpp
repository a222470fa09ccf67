// `crit lint --fix`: rule files mended in place, and what was done told.
#pragma once

#include "tools/commands.hpp"
#include "tools/lint_files.hpp"

namespace crit {

// Whether a person can be asked: `--fix=suggested` asks on standard error and reads standard input.
bool can_ask(const Console&);

// What was done, a line a file, is appended to `told`. False: some file could not be mended, which has been
// told on standard error. A file that cannot be opened is left to the linting.
bool mend_files(const std::vector<LintFile>&, const LintBeside&, Fixing, Console&, std::string& told);

}  // namespace crit
