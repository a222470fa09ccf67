// The numbers in front of a list's items: `1.`, `2)`, `(3)`, `4 -`.
#include "tools/lint/list_marks.hpp"

#include <algorithm>
#include <string>

#include "grammar/words.hpp"
#include "tools/lint/text_bound.hpp"

namespace crit {

namespace {

// What stands behind the digits of a mark; `bracketed` has a `(` before them too.
enum class Style { none, bracketed, parenthesis, point, dash };

struct Mark {
  Style style = Style::none;
  int number = 0;
  size_t begin = 0, end = 0;
};

Mark mark_at(std::string_view text, size_t digit) {
  Mark mark{.begin = digit, .end = digit};
  const char before = digit > 0 ? text[digit - 1] : ' ';
  if (before != ' ' && before != '\n' && before != '(' && before != ';') return mark;  // the 2 of "0-2. Age"
  while (mark.end < text.size() && is_digit(text[mark.end]))
    mark.number = mark.number * 10 + (text[mark.end++] - '0');
  if (mark.end == digit || mark.end > digit + 2 || mark.end >= text.size()) return mark;
  const std::string_view tail = text.substr(mark.end);
  const bool goes_on = tail.size() > 1;
  if (tail[0] == ')' && digit > 0 && text[digit - 1] == '(') {
    mark.style = Style::bracketed;
    --mark.begin;
  } else if (goes_on && tail[0] == ')' && tail[1] == ' ') {
    mark.style = Style::parenthesis;
  } else if (goes_on && tail[0] == '.' && tail[1] == ' ') {
    mark.style = Style::point;
  } else if (tail.starts_with(" - ") && tail.size() > 3 && is_letter(tail[3])) {
    mark.style = Style::dash;
  }
  mark.end += mark.style == Style::dash ? 2 : mark.style != Style::none;
  return mark;
}

bool begins_item(std::string_view text, size_t begin) {
  const size_t before = begin == 0 ? text.npos : text.find_last_not_of(' ', begin - 1);
  return before == text.npos || std::string_view("\n;:.").find(text[before]) != text.npos;
}

// A mark of this style with the number before this one stands somewhere in front, and so down to the first.
bool follows(std::string_view text, const Mark& mark) {
  if (mark.number < 2) return false;
  const std::string before = std::to_string(mark.number - 1);
  for (size_t at = text.find(before); at < mark.begin; at = text.find(before, at + 1)) {
    const Mark last = mark_at(text, at);
    if (last.style != mark.style || last.number != mark.number - 1) continue;
    if (begins_item(text, last.begin) || follows(text, last)) return true;
  }
  return false;
}

// "1. ECOG 0 or 2. 2. Age": the second is the mark.
bool stands_better_elsewhere(std::string_view text, const Mark& mark) {
  const std::string number = std::to_string(mark.number);
  for (size_t at = text.find(number); at != text.npos; at = text.find(number, at + 1)) {
    const Mark other = mark_at(text, at);
    if (other.begin != mark.begin && other.style == mark.style && other.number == mark.number &&
        begins_item(text, other.begin))
      return true;
  }
  return false;
}

}  // namespace

size_t list_mark(const PlainText& plain, size_t digit) {
  const std::string_view text = plain.text;
  const Mark mark = mark_at(text, digit);
  if (mark.style == Style::none) return 0;
  if (mark.style == Style::bracketed) return mark.end - digit;
  if (begins_item(text, mark.begin))
    return mark.style != Style::dash || mark.number == 1 || follows(text, mark) ? mark.end - digit : 0;
  const bool limits = bound_before(std::string_view(plain.lower).substr(0, mark.begin)).has_value();
  const bool is_mark = !limits && follows(text, mark) && !stands_better_elsewhere(text, mark);
  return is_mark ? mark.end - digit : 0;
}

}  // namespace crit
