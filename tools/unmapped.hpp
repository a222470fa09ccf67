// crit facts --unmapped: files of FHIR to what was used of them, and the codes that no name stands for.
#pragma once

#include "tools/commands.hpp"

namespace crit {

Status list_unmapped(const std::vector<std::string>& paths, Console&);

}  // namespace crit
