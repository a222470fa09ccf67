// The options `--without E3` and `--with "I4: CONDITION"` to changes of the trials that have such a
// criterion.
#pragma once

#include <string>
#include <vector>

#include "interpreter/load.hpp"
#include "tools/cohort/study.hpp"
#include "tools/console.hpp"

namespace crit {

// False where an option is mistaken; everything that is wrong has been told. `files`: what the command line
// has beside the options, where a second criterion may have come to stand.
bool add_changes(std::vector<Study>&, Rules&, const std::vector<std::string>& without,
                 const std::vector<std::string>& with, const std::vector<std::string>& files, Console&);

}  // namespace crit
