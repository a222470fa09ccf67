// The numbers in front of a list's items: `1.`, `2)`, `(3)`, `4 -`.
#pragma once

#include "tools/lint/plain_text.hpp"

namespace crit {

// The length of the mark whose first digit stands at `digit`, with the parenthesis or the point behind it; 0:
// none. A mark begins a text, a sentence or an item, or follows the mark of the number before it.
size_t list_mark(const PlainText&, size_t digit);

}  // namespace crit
