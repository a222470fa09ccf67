// Visits the parts of an expression in the order written.
#pragma once

#include <functional>

#include "grammar/ast.hpp"

namespace crit {

// Calls f for each expression directly inside e (windows have none).
void for_each_child(const Expr& e, const std::function<void(const Expr&)>& f);

// Calls f for e and everything inside it, the outer before the inner.
void for_each_expr(const Expr& e, const std::function<void(const Expr&)>& f);

}  // namespace crit
