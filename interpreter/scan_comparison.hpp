// A comparison's operands to what stands in them, before anything is resolved: for the checker of
// comparisons.
#pragma once

#include <vector>

#include "grammar/ast.hpp"

namespace crit {

// What stands in a comparison, before it is resolved.
struct ComparisonScan {
  std::vector<const Quantity*> quantities;  // also inside arithmetic
  std::vector<const Expr*> results;         // names and selections
  // Of them those that stand there as they are, and are no factors: `90%` of `90% * FVC` asks for no per cent
  // of predicted, and neither does a quotient of measures.
  std::vector<const Quantity*> compared_quantities;
  std::vector<const Expr*> compared_results;
  const Limit* bare_limit = nullptr;
  std::vector<const Limit*> named_limits;
  Span limit_span;
  const Selection* change = nullptr;  // no factor: its quotient is of the change itself
  bool dose_is_factor = false;        // `dose of DRUG / weight`
  Span change_span;
};

// Adds what stands in the operand. `is_factor`: inside a product or a quotient.
void scan_value(const Expr&, ComparisonScan&, bool is_factor = false);

}  // namespace crit
