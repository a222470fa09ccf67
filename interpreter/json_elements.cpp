// Finding where a JSON value ends.
#include "interpreter/json_elements.hpp"

#include <algorithm>
#include <utility>

namespace crit {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool ends_plain_string(char c) {
  return c == '"' || c == '\\';
}

// A brace and a bracket differ in one bit.
bool is_quote_or_brace(char c) {
  return c == '"' || (c | 0x20) == '{' || (c | 0x20) == '}';
}

// The first byte that is no blank; any at the end, where nothing is ahead.
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
    // Most bytes change nothing.
    if (depth > 0 && !escaped) {
      const std::string_view rest = text.substr(at);
      at += static_cast<size_t>((in_string ? std::ranges::find_if(rest, ends_plain_string)
                                           : std::ranges::find_if(rest, is_quote_or_brace)) -
                                rest.begin());
      if (at == text.size()) break;
    }
    const char c = text[at];
    // What closes the array around it.
    if (is_bare && !in_string && depth == 0 && (c == ']' || c == '}')) return at;
    is_bare |= depth == 0 && c != '{' && c != '[';
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

bool goes_on_behind(std::string_view text) {
  JsonNesting nesting;
  const auto begin = static_cast<size_t>(std::ranges::find_if_not(text, is_blank) - text.begin());
  text.remove_prefix(begin);
  const size_t end = nesting.pass(text);
  return end < text.size() && !std::ranges::all_of(text.substr(end), is_blank);
}

JsonElements::JsonElements(Input& i) : input(i), in_array(i.ahead().starts_with('[')) {
  if (in_array) input.skip(1);
}

// What stands between the elements of an array; gives what is wrong with it.
std::string_view JsonElements::pass_commas() {
  std::string_view problem;
  const bool first = passed == 0;
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
  if (input.ahead().empty()) return in_array && !closed ? kNoEndOfArray : problem;
  if (closed) return "something stands behind the end of the array";
  return in_array && !first && !comma ? "a comma is missing before this patient" : problem;
}

std::optional<JsonElement> JsonElements::next(size_t most) {
  JsonElement element;
  element.problem = pass_commas();
  element.line = input.line();
  if (input.ahead().empty()) {
    closed = element.none = true;
    return element.problem.empty() ? std::nullopt : std::optional(element);
  }
  comma = false;
  element.index = passed++;

  JsonNesting nesting;
  size_t size = 0;
  for (;;) {
    const size_t end = nesting.pass(input.ahead().substr(size));
    if (end != std::string_view::npos) {
      // Commas where no value is: they stand for one broken patient, or the next look would be at the same
      // place.
      size = size + end > 0 ? size + end : stray_commas(input.ahead());
      break;
    }
    size = input.ahead().size();
    if (input.read_more(most)) continue;
    if (input.at_end()) {
      element.cut = nesting.depth > 0 || nesting.in_string;
      break;
    }
    element.too_long = true;
    input.skip(size);
    size = 0;
  }
  if (element.too_long) input.skip(std::exchange(size, 0));
  element.text = input.ahead().substr(0, size);
  element.bytes = size;
  return element;
}

}  // namespace crit
