// What people write of two limits, where reading stopped at it: `between 18-65 years`, `18 to 75 years`. And
// the values and comparisons that are looked for there and elsewhere.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

Found between_to(const Stop& s) {
  if (s.expected != "`and`" || !same_word(s.word(), "to")) return std::nullopt;
  return written(s.token, "between ... to", "and");
}

size_t dash_length(std::string_view text) {
  for (std::string_view dash : {"-", "–", "—"})
    if (text.starts_with(dash)) return dash.size();
  return 0;
}

// `between 18-65 years`
Found between_with_dash(const Stop& s) {
  if (s.expected != "`and`") return std::nullopt;
  const size_t word = s.line_before().rfind("between");
  if (word == std::string_view::npos) return std::nullopt;
  const uint32_t line = place_of_word(s, s.line_before());
  const std::string_view text = text_of(s.source, {line, s.end, s.source.id});
  const size_t low = skip_blanks(text, word + 7);
  const TwoLimits range = range_at(text.substr(low));
  const bool is_date = text.substr(low + range.length).starts_with('-');  // `between 2025-01-01 until`
  if (dash_length(range.joint) == 0 || is_date) return std::nullopt;
  const Span span{line + static_cast<uint32_t>(low), line + static_cast<uint32_t>(low + range.length),
                  s.token.file};
  return mistake(span, "a range with a dash", fmt::format("write `between {}`", range.limits()),
                 Fix{span, range.limits(), true});
}

// Whether the text ends where a condition may begin.
bool begins_condition(std::string_view line) {
  const size_t last = line.find_last_not_of(" \t");
  if (last == line.npos || line[last] == '(' || line[last] == ',') return true;
  for (std::string_view word : {"and", "or", "if", "then", "else"})
    if (same_word(word_at_end(line), word)) return true;
  return false;
}

// Whether a sum or product goes on at the place, from the line before: `ALT -`.
bool goes_on_from_line_before(const Source& source, uint32_t place) {
  const std::string_view text = std::string_view(source.text).substr(0, place);
  const size_t last = text.find_last_not_of(" \t\r\n");
  return last != text.npos && std::string_view("+-*/^").find(text[last]) != text.npos;
}

// `18 to 75 years`, and nothing before it. Of years it is the age that is meant.
Found range_alone(const Stop& s) {
  if (s.part != Part::condition || !s.after_operand() || s.new_line || !same_word(s.word(), "to"))
    return std::nullopt;
  std::string_view line = s.line_before(), low = s.last();
  if (duration_unit(low)) {
    low = word_at_end(line);
    line = line.substr(0, size_t(low.data() - line.data()));
  }
  const size_t at = skip_blanks(s.rest(), s.word().size());
  const Written high = quantity_at(s.rest().substr(at));
  if (low.empty() || number_length(low) != low.size() || high.number.empty() || !begins_condition(line))
    return std::nullopt;
  const Span span{place_of_word(s, low), part_of_rest(s, at + high.whole.size()).end, s.token.file};
  const std::string_view message = "a range, and no name before it";
  if (duration_unit(high.unit) != DurationUnit::years)
    return mistake(span, std::string(message),
                   fmt::format("write `NAME between {} and {}`", low, high.whole));
  const std::string right = fmt::format("{} years <= age <= {} years", low, high.number);
  return mistake(span, std::string(message), fmt::format("write `{}`", right), Fix{span, right, false});
}

// The words of `the range of` from a place on, which say nothing more.
size_t skip_range_words(std::string_view text, size_t at) {
  for (std::string_view word : {"of", "the", "a", "range", "of", "from", "between"})
    if (same_word(first_word(text.substr(at)), word)) at = skip_blanks(text, at + word.size());
  return at;
}

// `age not between 18 and 65 years`, `heart_rate outside the range 40 to 90 /min`
Found outside_range(const Stop& s) {
  const bool is_not = same_word(s.word(), "not");
  if (s.part != Part::condition || !s.after_operand() || s.new_line || name_at(s.last()).empty() ||
      !(is_not || same_word(s.word(), "outside")))
    return std::nullopt;
  const std::string_view rest = s.rest();
  size_t at = skip_blanks(rest, s.word().size());
  const bool is_between = same_word(first_word(rest.substr(at)), "between");
  const bool is_in = same_word(first_word(rest.substr(at)), "in");
  if (is_not && !is_between && !is_in) return std::nullopt;
  at = skip_range_words(rest, is_in ? skip_blanks(rest, at + 2) : at);
  const TwoLimits range = range_at(rest.substr(at));
  if (range.length == 0) return std::nullopt;
  const Span span = join(s.before, part_of_rest(s, at + range.length));
  return written(span, text_of(s.source, span), fmt::format("not ({} between {})", s.last(), range.limits()),
                 false);
}

// `HbA1c in the range of 6.5 to 10%`
Found in_range(const Stop& s) {
  if (s.expected != "`(`" || !same_word(s.last(), "in")) return std::nullopt;
  const std::string_view name = word_at_end(s.line_before());
  const size_t at = skip_range_words(s.rest(), 0);
  const TwoLimits range = range_at(s.rest().substr(at));
  if (name.empty() || range.length == 0) return std::nullopt;
  const Span span = join(s.before, part_of_rest(s, at + range.length));
  return written(span, text_of(s.source, span), fmt::format("between {}", range.limits()), false);
}

// `older than 18 years`, and nothing before it.
Found age_in_words(const Stop& s) {
  const bool older = same_word(s.last(), "older");
  if (s.part != Part::condition || !same_word(s.word(), "than") || !(older || same_word(s.last(), "younger")))
    return std::nullopt;
  const size_t at = skip_blanks(s.rest(), s.word().size());
  const Written age = quantity_at(s.rest().substr(at));
  if (!duration_unit(age.unit) || !begins_condition(s.line_before())) return std::nullopt;
  const Span span = join(s.before, part_of_rest(s, at + age.whole.size()));
  return written(span, text_of(s.source, span), fmt::format("age {} {}", older ? ">" : "<", age.whole),
                 false);
}

constexpr Explanation kMistakes[] = {between_to,    between_with_dash, range_alone,
                                     outside_range, in_range,          age_in_words};

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
  if (joint == 0 || high.number.empty()) return {};
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

std::optional<Diagnostic> mistake_of_range(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
