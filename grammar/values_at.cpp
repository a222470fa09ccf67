// The values, ranges and comparisons that stand at the place where reading stopped, for the explanations of
// it.
#include <fmt/format.h>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

// Whether a sum or product goes on at the place, from the line before: `ALT -`.
bool goes_on_from_line_before(const Source& source, uint32_t place) {
  const std::string_view text = std::string_view(source.text).substr(0, place);
  const size_t last = text.find_last_not_of(" \t\r\n");
  return last != text.npos && std::string_view("+-*/^").find(text[last]) != text.npos;
}

// A word is passed whole, so that `over` is none of `moreover`.
size_t next_token(std::string_view text, size_t at) {
  const bool in_word = is_name_byte(text[at]);
  ++at;
  while (in_word && at < text.size() && is_name_byte(text[at])) ++at;
  return at;
}

// A sign of comparison, or the words for one. Length 0: it is something else.
struct SignAt {
  size_t begin = 0, length = 0;
  CompareOp op = CompareOp::equal;
};
SignAt sign_at(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at);
  if (const size_t sign = compare_sign_length(rest); sign > 0) {
    const auto op = compare_op(rest.substr(0, sign));
    return op ? SignAt{at, sign, *op} : SignAt{};
  }
  const size_t words = worded_comparison_length(rest);
  return words > 0 ? SignAt{at, words, worded_comparison(rest.substr(0, words))} : SignAt{};
}

SignAt last_sign(std::string_view text) {
  SignAt last;
  for (size_t at = 0; at < text.size();) {
    const SignAt sign = sign_at(text, at);
    if (sign.length > 0) last = sign;
    at = sign.length > 0 ? at + sign.length : next_token(text, at);
  }
  return last;
}

// The length of `*ULN` or ` x ULN` at the front of the text; 0: it is not there.
size_t times_limit_length(std::string_view text) {
  size_t at = skip_blanks(text, 0);
  if (text.substr(at).starts_with('*') || same_word(first_word(text.substr(at)), "x"))
    at = skip_blanks(text, at + 1);
  const size_t length = limit_length(text.substr(at));
  return length == 0 ? 0 : at + length;
}

// Where `10^9/L` begins at the front of the text, with or without the sign of multiplication before it.
size_t power_at(std::string_view text) {
  for (std::string_view sign : {"", "x", "X", "×", "*"}) {
    const size_t at = text.starts_with(sign) ? skip_blanks(text, sign.size()) : text.size();
    if (text.substr(at).starts_with("10^") || text.substr(at).starts_with("10*")) return at;
  }
  return text.npos;
}

}  // namespace

size_t dash_length(std::string_view text) {
  for (std::string_view dash : {"-", "–", "—"})
    if (text.starts_with(dash)) return dash.size();
  return 0;
}

bool begins_condition(std::string_view line) {
  const size_t last = line.find_last_not_of(" \t");
  if (last == line.npos || line[last] == '(' || line[last] == ',') return true;
  for (std::string_view word : {"and", "or", "if", "then", "else"})
    if (same_word(word_at_end(line), word)) return true;
  return false;
}

Written quantity_at(std::string_view text) {
  Written found;
  found.number = text.substr(0, number_length(text));
  const size_t behind = skip_blanks(text, found.number.size()), power = power_at(text.substr(behind));
  const bool has_power = power != text.npos && !found.number.empty();
  const size_t at = behind + (has_power ? power : 0);
  const std::string_view unit = text.substr(at, text.find_first_of(" \t\n,;)", at) - at);
  const std::string_view word = first_word(unit);
  const bool is_unit = !unit.empty() && (has_power || unit[0] == '%' || unit[0] == '/' || !word.empty()) &&
                       !is_reserved(word) && window_word_length(unit) == 0;
  if (is_unit) found.unit = unit;
  if (const size_t limit = times_limit_length(text.substr(found.number.size())); limit > 0) {
    found.whole = text.substr(0, found.number.size() + limit);
    return found;
  }
  found.whole = is_unit ? text.substr(0, at + unit.size()) : found.number;
  return found;
}

std::string TwoLimits::limits() const {
  return fmt::format("{} and {}{}", low, high, predicted ? " predicted" : "");
}

TwoLimits range_at(std::string_view text) {
  size_t low = number_length(text);
  if (low == 0) return {};
  if (text.substr(low).starts_with('%')) ++low;
  // `40-90 bpm`: what stands behind the first number is no unit of its own.
  if (dash_length(text.substr(skip_blanks(text, low))) == 0) low = quantity_at(text).whole.size();
  const size_t at = skip_blanks(text, low);
  size_t joint = dash_length(text.substr(at));
  for (std::string_view word : {"and", "to"})
    if (same_word(first_word(text.substr(at)), word)) joint = word.size();
  const size_t high_at = skip_blanks(text, at + joint);
  const Written high = quantity_at(text.substr(high_at));
  const bool is_date = text.substr(high_at + high.number.size()).starts_with('-');  // `2025-01-01`
  if (joint == 0 || high.number.empty() || is_date) return {};
  TwoLimits range{text.substr(0, low), high.whole, text.substr(at, joint), false,
                  high_at + high.whole.size()};
  const size_t behind = skip_blanks(text, range.length);
  const size_t predicted = high.unit == "%" ? predicted_length(text.substr(behind)) : 0;
  range.predicted = predicted > 0;
  if (range.predicted) range.length = behind + predicted;
  return range;
}

std::optional<Ending> comparison_at_end(const Stop& s, std::string_view text) {
  const SignAt last = last_sign(text);
  if (last.length == 0) return std::nullopt;
  Ending ending;
  ending.op = last.op;
  const std::string_view ahead = text.substr(0, last.begin), name = word_at_end(ahead);
  // Of a sum, or of what else stands before it, the name is a part: `ALT - AST > 5 U/L`, `highest ALT`.
  const bool alone =
      !first_word(name).empty() && begins_condition({ahead.data(), size_t(name.data() - ahead.data())});
  if (alone && !goes_on_from_line_before(s.source, place_of_word(s, name))) ending.name = name;
  ending.value = text.substr(skip_blanks(text, last.begin + last.length));
  ending.value = ending.value.substr(0, ending.value.find_last_not_of(" \t") + 1);
  if (quantity_at(ending.value).whole != ending.value) return std::nullopt;
  return ending;
}

std::optional<CompareOp> comparison_ahead(std::string_view text) {
  for (size_t at = 0; at < text.size(); at = next_token(text, at)) {
    const std::string_view word = first_word(text.substr(at));
    if (same_word(word, "and") || same_word(word, "or") ||
        std::string_view("\n,()\"").find(text[at]) != text.npos)
      return std::nullopt;
    if (const SignAt sign = sign_at(text, at); sign.length > 0) return sign.op;
  }
  return std::nullopt;
}

}  // namespace crit
