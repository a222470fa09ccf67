// Finding where a JSON value ends.
#include "interpreter/json_elements.hpp"

#include <algorithm>

namespace crit {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The first byte that is no blank; 0 at the end.
char skip_blanks(Input& input) {
  for (;;) {
    const std::string_view text = input.ahead();
    const auto at = static_cast<size_t>(std::ranges::find_if_not(text, is_blank) - text.begin());
    const char found = at < text.size() ? text[at] : '\0';
    input.skip(at);
    if (at < text.size()) return found;
    if (!input.read_more(1)) return '\0';
  }
}

size_t stray_commas(std::string_view text) {
  return std::min(text.find_first_not_of(','), text.size());
}

}  // namespace

size_t JsonNesting::pass(std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (escaped)
        escaped = false;
      else if (c == '\\')
        escaped = true;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (--depth <= 0) return at + 1;
    } else if (depth == 0 && (c == ',' || is_blank(c))) {
      return at;
    }
  }
  return text.npos;
}

std::optional<JsonElement> JsonElements::next(size_t most) {
  char c = skip_blanks(input);
  while (in_array && !closed && (c == ',' || c == ']')) {
    if (c == ',' ? (comma || first) : (comma && !first))
      problem = "a comma here has no patient behind or before it";
    if (c == ',')
      comma = true;
    else
      closed = true;
    input.skip(1);
    c = skip_blanks(input);
  }
  if (c == '\0') {
    if (in_array && !closed) problem = "the array does not end: `]` is missing";
    return std::nullopt;
  }
  if (closed) problem = "something stands behind the end of the array";
  if (in_array && !closed && !first && !comma) problem = "a comma is missing before this patient";
  first = comma = false;

  JsonElement element;
  element.line = input.line();
  JsonNesting nesting;
  size_t passed = 0;
  for (;;) {
    const size_t end = nesting.pass(input.ahead().substr(passed));
    if (end != std::string_view::npos) {
      // Commas where no value is: they stand for one broken patient, or the next look would be at the same
      // place.
      passed = passed + end > 0 ? passed + end : stray_commas(input.ahead());
      break;
    }
    passed = input.ahead().size();
    if (input.read_more(most)) continue;
    if (input.at_end()) {
      element.cut = nesting.depth > 0 || nesting.in_string;
      break;
    }
    element.too_long = true;
    input.skip(passed);
    passed = 0;
  }
  element.text = element.too_long ? std::string_view() : input.ahead().substr(0, passed);
  if (element.too_long) input.skip(passed);
  return element;
}

}  // namespace crit
