// A rule file to the tree that `crit fmt` prints: each fact under its first name.
#pragma once

#include "grammar/ast.hpp"
#include "interpreter/model.hpp"

namespace crit {

// The file, which parses without errors, with the first name in the place of each other one of the same fact;
// `model`: what checking it gave, with errors or without.
Parsed with_first_names(const Source&, const Model&);

}  // namespace crit
