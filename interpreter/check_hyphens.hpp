// Names and ranges with a `-`, which are read as differences.
#pragma once

#include "interpreter/checker.hpp"

namespace crit {

// `investigational-drug within 30 days`, `type-2-diabetes`, where a name of these words is known. True where
// it was reported.
bool hyphen_in_known_name(Checker&, const Expr&, const Arithmetic&);

// `FEV1 = 35%-80%`, `age = 18 - 65 years`. True where it was reported.
bool range_with_hyphen(Checker&, const Expr&, const Arithmetic&, const Context&);

}  // namespace crit
