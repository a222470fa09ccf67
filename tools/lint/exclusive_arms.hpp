// Arms of an `or` of which a patient can be in one only: `(sex = male and ...) or (sex = female and ...)`.
// The words join them with "and", for each has its own patients. And parts that share a limit, which the
// words join with "or".
#pragma once

#include <vector>

#include "tools/lint/mentions.hpp"

namespace crit {

// Each two of the parts ask for one fact on two sides.
bool exclude_each_other(const CriterionWords&, const std::vector<ExprPtr>& parts);

// Two parts, of different facts, have one upper limit: "ALT or AST <= 3 x ULN".
bool share_an_upper_limit(const CriterionWords&, const std::vector<ExprPtr>& parts);

}  // namespace crit
