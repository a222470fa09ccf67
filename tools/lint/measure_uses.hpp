// Where a criterion uses results of measures, and whether it says which of them.
#pragma once

#include <vector>

#include "tools/lint/criteria.hpp"

namespace crit {

struct MeasureUse {
  const Name* name = nullptr;
  const Fact* fact = nullptr;
  bool windowed = false;  // in a window
  bool selected = false;  // `latest`, `highest`, ...
};

// The uses in the criterion's own condition, those in `with` left out, each measure once.
std::vector<MeasureUse> measure_uses(const LintInput&, const Criterion&);

}  // namespace crit
