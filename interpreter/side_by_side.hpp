// The words of a line from a place on, and what stands before them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/source.hpp"

namespace crit {

// The words from a byte on, with blanks alone between them, up to a word of the language.
struct Words {
  std::vector<std::string> texts;
  std::vector<uint32_t> ends;  // of each
};
Words words_from(const Source&, uint32_t begin);

// What words are compared with, as `smoking_status` before `is current smoker`; the values before an `or` are
// passed over. Takes away what is read of the text ahead. Empty: no comparison stands there.
std::string name_compared(std::string_view& ahead);

}  // namespace crit
