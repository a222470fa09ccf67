// How protocols say that a result has changed, where reading stopped at it: `weight loss > 10%`, `increase in
// ALT of at least 5 U/L`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view one) { return same_word(word, one); });
}
bool is_less(std::string_view word) {
  return is_one_of(word, {"loss", "decrease", "reduction", "decline", "drop", "fall"});
}
bool is_more(std::string_view word) {
  return is_one_of(word, {"gain", "increase", "rise"});
}

// `within 6 months before first_dose` at the front of the text; empty: there is none.
std::string_view window_at(std::string_view text) {
  const std::string_view within = "within";
  if (!same_word(first_word(text), within)) return {};
  size_t at = skip_blanks(text, within.size());
  while (const size_t noise = noise_length(text.substr(at))) at = skip_blanks(text, at + noise);
  const size_t period = period_length(text.substr(at));
  return period == 0 ? std::string_view()
                     : text.substr(0, at + period + anchor_length(text.substr(at + period)));
}

// `of at least 5 kg within 6 months`, and where it ends. `length` is 0: there is no comparison.
struct Amount {
  CompareOp op = CompareOp::equal;
  std::string_view value, window;
  size_t length = 0;
};
Amount amount_at(std::string_view text) {
  Amount found;
  size_t at = skip_blanks(text, 0);
  found.window = window_at(text.substr(at));
  at = skip_blanks(text, at + found.window.size());
  if (same_word(first_word(text.substr(at)), "of")) at = skip_blanks(text, at + 2);
  const size_t sign = compare_sign_length(text.substr(at)),
               words = sign == 0 ? worded_comparison_length(text.substr(at)) : 0;
  if (sign + words == 0) return {};
  const std::string_view written_sign = text.substr(at, sign + words);
  found.op = sign > 0 ? compare_op(written_sign).value_or(CompareOp::equal) : worded_comparison(written_sign);
  at = skip_blanks(text, at + sign + words);
  found.value = quantity_at(text.substr(at)).whole;
  found.length = at + found.value.size();
  if (found.value.empty()) return {};
  if (!found.window.empty()) return found;
  const size_t window = skip_blanks(text, found.length);
  found.window = window_at(text.substr(window));
  if (!found.window.empty()) found.length = window + found.window.size();
  return found;
}

// The writer's own number: what has become less has changed by less than 0.
Diagnostic change_meant(const Stop& s, std::string_view word, std::string_view name, std::string_view rest,
                        Span span) {
  const std::string message = fmt::format("`{}` is a change, and a window says over which time", word);
  const Amount amount = amount_at(rest);
  const std::string_view window = amount.window.empty() ? "within ..." : amount.window;
  const bool less = is_less(word);
  if (amount.length == 0)
    return mistake(
        span, message,
        fmt::format("write by how much: `change in {} {} {} ...`", name, window, less ? "<= -" : ">="));
  if (limit_length(word_at_end(amount.value)) > 0)
    return mistake(
        span, message,
        fmt::format("a change has no {0}: write by how much, in the unit of `{1}`, or `{1} {2} {3}`",
                    word_at_end(amount.value), name, spelling(amount.op), amount.value));
  if (quantity_at(amount.value).number.empty())  // `ALT increase > change in AST`
    return mistake(span, message, fmt::format("write `change in {} {}`", name, window));
  std::string right =
      fmt::format("change in {} {} {} {}{}", name, window, spelling(less ? turned(amount.op) : amount.op),
                  less ? "-" : "", amount.value);
  // `no weight loss > 5 kg`: `no` counts records, and a change is a value.
  const std::string_view text = s.source.text,
                         ahead =
                             word_at_end(text.substr(0, span.begin).substr(text.rfind('\n', span.begin) + 1));
  if (same_word(ahead, "no")) {
    right = fmt::format("not ({})", right);
    span.begin = place_of_word(s, ahead);
  }
  const uint32_t end = place_of_word(s, rest) + static_cast<uint32_t>(amount.length);
  Diagnostic d = mistake(
      span, message, fmt::format("write `{}`", right),
      amount.window.empty() ? std::nullopt : std::optional(Fix{{span.begin, end, span.file}, right, false}));
  const uint32_t begin = place_of_word(s, name);
  d.word_before = Span{begin, begin + static_cast<uint32_t>(name.size()), span.file};
  return d;
}

// `weight loss > 10%`
Found change_behind(const Stop& s) {
  if (!s.after_operand() || s.at_start() || name_at(s.last()).empty()) return std::nullopt;
  const std::string_view rest = s.rest().substr(s.word().size());
  if (!(is_less(s.word()) || is_more(s.word())) || amount_at(rest).length == 0) return std::nullopt;
  return change_meant(s, s.word(), s.last(), rest, join(s.before, s.token));
}

// `increase in ALT > 5 U/L`, `loss of weight > 5 kg`, `no change in ALT`
Found change_before(const Stop& s) {
  const bool at_of = same_word(s.word(), "of");
  const bool at_in = same_word(s.last(), "in") && s.expected == "`(`";
  if (!at_in && !(at_of && s.after_operand())) return std::nullopt;
  const std::string_view word = at_in ? word_at_end(s.line_before()) : s.last();
  const std::string_view rest = s.rest();
  const size_t at = at_in ? 0 : skip_blanks(rest, s.word().size());
  const std::string_view name = name_at(rest.substr(at));
  if (name.empty()) return std::nullopt;
  const Span span{place_of_word(s, word), part_of_rest(s, at + name.size()).end, s.token.file};
  if (same_word(word, "change"))
    return mistake(
        span, "that a result does not change is said by `stable`",
        fmt::format("write how much it may change, and how long: `{} stable within ...% for ...`", name));
  if (!is_less(word) && !is_more(word)) return std::nullopt;
  // `loss of consciousness` is no result.
  if (at_of && amount_at(rest.substr(at + name.size())).length == 0) return std::nullopt;
  return change_meant(s, word, name, rest.substr(at + name.size()), span);
}

constexpr Explanation kMistakes[] = {change_behind, change_before};

}  // namespace

std::optional<Diagnostic> mistake_of_change(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
