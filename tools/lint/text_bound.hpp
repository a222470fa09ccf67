// Comparators in words around a number of the protocol: "at least", "no more than", "or older", "<=".
#pragma once

#include <optional>
#include <string_view>

#include "grammar/ast.hpp"

namespace crit {

// What the words that end right before a number say of it; `text` is in small letters.
std::optional<CompareOp> bound_before(std::string_view text);

// What the words right after a number and its unit say of it.
std::optional<CompareOp> bound_after(std::string_view text);

// `<` of `<=`, and the other way round; equality stays.
CompareOp with_equality(CompareOp);
CompareOp without_equality(CompareOp);

// The comparison that holds where this one does not: `<` of `>=`.
CompareOp opposite(CompareOp);

}  // namespace crit
