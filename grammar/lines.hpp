// The lines of a rule file, and what of each is code: the text outside comments and blanks.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "grammar/source.hpp"

namespace crit {

struct Line {
  uint32_t begin = 0;  // after a byte order mark
  uint32_t end = 0;    // without the line end
  uint32_t code = 0;   // the first byte of code; code == code_end: a line without any
  uint32_t code_end = 0;
  uint32_t comment = 0;              // where `#` stands; end: no comment
  int parentheses = 0;               // opened less closed in the code
  std::optional<uint32_t> unclosed;  // where a text starts that is not closed on its line
  bool ascii = true;                 // no byte above 0x7E and no control character but tabs

  bool has_code() const { return code < code_end; }
};

// The line that holds the offset; lines are in order and not empty.
const Line& line_of(const std::vector<Line>&, uint32_t offset);

std::vector<Line> split_lines(const Source&);

// The end of what stands before `end`, without blanks, line ends and comments.
uint32_t code_end_before(const Source&, const std::vector<Line>&, uint32_t end);

}  // namespace crit
