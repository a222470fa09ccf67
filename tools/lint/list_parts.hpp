// The lists and chains of a condition, and how they join their parts.
#pragma once

#include <vector>

#include "grammar/ast.hpp"

namespace crit {

enum class Join { none, all, any, both };

Join join_at(const Expr&);  // `both`: a count, an `if`, one of several values

// The items of a list, the operands of a chain; null: it is neither.
const std::vector<ExprPtr>* parts_of(const Expr&);

// What stands inside parentheses, and before a window behind them.
const Expr& without_parentheses(const Expr&);

// `not A`, `no A`, `none of (A, B)`
bool denies(const ExprPtr&);

// `not A or B` is "B if A".
bool has_not(const std::vector<ExprPtr>&);

// "No A or B" is `no A and no B`: what is denied is joined by `or` in the words and by `and` in the rule.
bool are_denied_one_by_one(const Expr&);

}  // namespace crit
