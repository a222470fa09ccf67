// The written limits of a criterion's measures: number, unit and the range that the measure's results may
// have.
#pragma once

#include <functional>

#include "tools/lint/rule_numbers.hpp"

namespace crit {

// Calls f for each number that a measure's own result is compared with, in a unit or as multiple of nothing.
void for_each_limit(const RuleReading&, const std::function<void(const RuleNumber&)>& f);

// A limit that no plausible result of its measure can reach; `in_unit`: the unit in which it could.
struct Implausible {
  const RuleNumber* number = nullptr;
  std::string in_unit;      // empty: none
  bool may_result = false;  // a result may be so, and is not asked for
};

std::vector<Implausible> implausible_limits(const LintInput&, const Criterion&, const RuleReading&);

}  // namespace crit
