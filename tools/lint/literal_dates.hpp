// The dates that are written out in a condition.
#pragma once

#include <vector>

#include "grammar/ast.hpp"

namespace crit {

std::vector<const DateText*> literal_dates(const Expr&);

}  // namespace crit
