// Findings as a person reads them.
#pragma once

#include "tools/console.hpp"
#include "tools/lint_files.hpp"

namespace crit {

// By file, then closing lines: how many there are, what is not shown, and what `--fix` would do.
void append_findings_text(Console&, const Linted&, const std::vector<std::string>& settings);

}  // namespace crit
