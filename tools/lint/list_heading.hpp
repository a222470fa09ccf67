// The words in front of a list that name its join: "One of the following:", "All of:", "meets any of the
// criteria below".
#pragma once

#include <vector>

#include "tools/lint/plain_text.hpp"

namespace crit {

struct ListHeading {
  enum class Asks { one, all, unsaid } asks = Asks::unsaid;  // unsaid: the words before it turn it round
  bool certain = true;        // false: "one risk factor, including:" may count something else
  size_t begin = 0, end = 0;  // in PlainText
};

// In the order of the text.
std::vector<ListHeading> list_headings(const PlainText&);

// "...; bilirubin > 2 x ULN, both present": the end of the list says that it asks for all.
bool asks_for_all_at_end(const PlainText&);

}  // namespace crit
