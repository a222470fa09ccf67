// Two words in, how alike they are out: what "did you mean" rests on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crit {

// How many letters must change, be added, left out or swapped with a neighbour.
size_t edit_distance(std::string_view a, std::string_view b);

std::string lower_case(std::string_view text);  // ASCII letters only, whatever the locale

}  // namespace crit
