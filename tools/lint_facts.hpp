// Patients beside rule files to what they say between them, by the names as the rule files read them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/commands.hpp"
#include "tools/lint_files.hpp"

namespace crit {

// Nothing where no patient could be read; what is wrong has been told.
std::optional<FactsGiven> facts_given(const std::vector<LintFile>&, const LintCommand&, Console&);

}  // namespace crit
