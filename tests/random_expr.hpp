// Expressions of every form at random, for the tests that hold parser and printer to each other.
#pragma once

#include <random>

#include "grammar/ast.hpp"

namespace crit {

// A condition as the parser could have built it; the same generator state gives the same expression.
ExprPtr random_condition(std::mt19937& random, int depth);

}  // namespace crit
