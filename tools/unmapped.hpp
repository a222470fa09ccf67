// crit facts --unmapped: files of FHIR, tables and databases to what was used of them, and the codes that no
// name stands for.
#pragma once

#include "tools/commands.hpp"

namespace crit {

Status list_unmapped(const FactsCommand&, Console&);

}  // namespace crit
