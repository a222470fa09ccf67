// A criterion to the measures that its protocol's words do not name: measure-not-in-text, which tells a
// mistake that repeated-condition would tell too.
#pragma once

#include "tools/lint/criteria.hpp"

namespace crit {

void find_wrong_measures(const LintInput&, const Criterion&, Findings&);

}  // namespace crit
