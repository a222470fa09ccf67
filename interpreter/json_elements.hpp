// A JSON text of many patients to the text of each, by its braces alone: what is inside need not be right, so
// that a broken patient does not take its neighbours along, and no more than one of them is in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "interpreter/input.hpp"

namespace crit {

// Of no element: the file has been cut off.
inline constexpr std::string_view kNoEndOfArray = "the array does not end: `]` is missing";

// Follows braces and strings through a text that comes in pieces.
struct JsonNesting {
  int64_t depth = 0;
  bool in_string = false, escaped = false;
  bool is_bare = false;  // in a value without braces, such as `null`

  // Goes on through the text up to the end of the value that it is in; how many bytes that were, or npos
  // where it goes on behind the text.
  size_t pass(std::string_view text);
};

// Whether something stands behind the object that a text begins with; simdjson says of it only that the text
// does not end in a brace.
bool goes_on_behind(std::string_view text);

struct JsonElement {
  std::string_view text;     // kInputPadding bytes behind it may be read
  size_t bytes = 0;          // of the text
  uint64_t line = 1;         // where it begins
  size_t index = 0;          // the number of those before it
  std::string_view problem;  // of what stands before it, such as a comma that is missing; empty: none
  bool too_long = false;     // longer than the bound: the text is empty
  bool cut = false;          // the file ends inside it
  bool none = false;         // the end, which has a problem
};

// The elements of an array, or of texts one after the other.
struct JsonElements {
  Input& input;
  bool in_array = false;
  size_t passed = 0;  // elements
  bool comma = false, closed = false;

  // Takes the beginning of an array.
  explicit JsonElements(Input&);
  // The next element, which then is still ahead; nothing at the end.
  std::optional<JsonElement> next(size_t most);
  void pass(const JsonElement& element) { input.skip(element.bytes); }

 private:
  std::string_view pass_commas();
};

}  // namespace crit
