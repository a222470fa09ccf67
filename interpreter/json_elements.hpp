// A JSON text of many patients to the text of each, by its braces alone: what is inside need not be right, so
// that a broken patient does not take its neighbours along, and no more than one of them is in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "interpreter/input.hpp"

namespace crit {

// Follows braces and strings through a text that comes in pieces.
struct JsonNesting {
  int64_t depth = 0;
  bool in_string = false, escaped = false;

  // Goes on through the text up to the end of the value that it is in; how many bytes that were, or npos
  // where it goes on behind the text.
  size_t pass(std::string_view text);
};

struct JsonElement {
  std::string_view text;  // kInputPadding bytes behind it may be read
  uint64_t line = 1;      // where it begins
  bool too_long = false;  // longer than the bound: `text` is empty
  bool cut = false;       // the file ends inside it
};

// The elements of an array, or of texts one after the other.
struct JsonElements {
  Input& input;
  bool in_array = false;
  bool first = true, comma = false, closed = false;
  std::string_view problem =
      {};  // of the text between elements: a comma that is missing, an end that never comes

  // The next element; nothing at the end. Sets `problem` where something between the elements is wrong, and
  // goes on.
  std::optional<JsonElement> next(size_t most);
};

}  // namespace crit
