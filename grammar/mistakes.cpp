// What people write or paste that the language writes otherwise, where reading stopped at it.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

Found pasted_character(const Stop& s) {
  std::string_view rest = s.rest();
  if (rest.starts_with("‘") || rest.starts_with("’") || rest.starts_with("'"))
    return mistake(s.token, "a single quote", "a text stands in double quotes: `\"`");
  bool dash = rest.starts_with("–") || rest.starts_with("—");
  const bool sign = (rest.starts_with("-") || rest.starts_with("−")) && rest.size() > s.word().size();
  const bool minus = sign && (s.wants_operand() || s.new_line);
  const auto is_bullet = [&](std::string_view bullet) { return rest.starts_with(bullet); };
  const bool bullet = std::ranges::any_of(std::array{"•", "·", "* ", "+ "}, is_bullet);
  if ((dash || minus || bullet) && (s.new_line || s.at_start() || s.last() == "(" || s.last() == ","))
    return mistake(s.token, fmt::format("`{}` looks like a pasted bullet", s.word()),
                   bullet ? "delete it"
                   : sign && !s.wants_operand()
                       ? "delete it; the minus of a sum stands at the end of the line above"
                       : "delete it; a negative number has no blank after its sign",
                   Fix{s.token, "", false});
  if (dash)
    return mistake(s.token, fmt::format("`{}` is a dash", s.word()),
                   "write `-` for minus, or a range as `between 18 and 65 years`", Fix{s.token, "-", false});
  if (minus)
    return finding("syntax", s.token, "a blank after the sign of a negative value",
                   "write the sign right before it");
  return std::nullopt;
}

// The length of `1.`, `1)`, `3.1.`, `a)` or `(1)` at the front; 0 where there is none.
size_t pasted_number_length(std::string_view text) {
  const bool opened = text.starts_with('(');
  const size_t begin = opened ? 1 : 0;
  size_t n = begin + number_length(text.substr(begin));
  if (n == begin) n += !text.substr(n).empty() && is_letter(text[n]) ? 1 : 0;
  if (n == begin) return 0;
  const bool closed = text.substr(n).starts_with(')');
  if (closed) ++n;
  if (!closed && (opened || text[n - 1] != '.')) return 0;
  return n == text.size() || text[n] == ' ' || text[n] == '\t' ? n : 0;
}

Found pasted_number(const Stop& s) {
  if (s.part == Part::head || s.at_start()) return std::nullopt;
  const std::string_view text = s.source.text;
  const size_t line = text.rfind('\n', s.before.begin) + 1;
  const size_t begin = skip_blanks(text, line);
  const size_t length = pasted_number_length(text.substr(begin, s.end - begin));
  if (s.before.begin >= begin + length) return std::nullopt;
  const auto end_of = [](size_t at) { return static_cast<uint32_t>(at); };
  const Span span{end_of(begin), end_of(begin + length), s.token.file};
  const Span with_blanks{span.begin, end_of(skip_blanks(text, span.end)), span.file};
  return mistake(span, fmt::format("`{}` looks like a pasted number", text_of(s.source, span)),
                 "delete it; a criterion's number stands behind `include` or `exclude`",
                 Fix{with_blanks, "", true});
}

Found number_in_words(const Stop& s) {
  std::string_view digits = number_word(s.word());
  if (digits.empty() || !(s.wants("number") || s.wants("period"))) return std::nullopt;
  return mistake(s.token, fmt::format("`{}` is a number in words", s.word()),
                 fmt::format("write `{}`", digits), Fix{s.token, std::string(digits), true});
}

Found period_without_number(const Stop& s) {
  if (!s.wants("period") || !duration_unit(s.word())) return std::nullopt;
  return mistake(s.token, fmt::format("a number is missing before `{}`", s.word()),
                 fmt::format("write `1 {}`", s.word()), Fix{s.token, fmt::format("1 {}", s.word()), true});
}

Found and_slash_or(const Stop& s) {
  bool either = (same_word(s.last(), "and") || same_word(s.last(), "or")) && s.word() == "/";
  if (!either) return std::nullopt;
  return mistake(join(s.before, s.token), "`and/or` reads two ways",
                 "write `or`, which holds for both too, or `and`");
}

Found joined_after_comma(const Stop& s) {
  bool joined = (same_word(s.word(), "and") || same_word(s.word(), "or")) && s.last() == ",";
  if (!joined || !s.wants_operand()) return std::nullopt;
  return mistake(s.token, fmt::format("`{}` after a comma", s.word()),
                 "the items of a list are parted by commas alone", Fix{s.token, "", true});
}

struct Phrase {
  std::string_view wrong, right;
};

// Found at the token before the stop, which was read as a name. The help alone is given where no fix is
// right.
constexpr Phrase kPhrases[] = {
    {"one of", "any of"},  {"either of", "any of"},          {"both of", "all of"},
    {"each of", "all of"}, {"upper limit of normal", "ULN"}, {"lower limit of normal", "LLN"}};

Found phrase(const Stop& s) {
  for (const Phrase& p : kPhrases)
    if (s.after_operand() && s.from_last().starts_with(p.wrong)) {
      Span span{s.before.begin, s.before.begin + static_cast<uint32_t>(p.wrong.size()), s.before.file};
      return written(span, p.wrong, p.right);
    }
  return std::nullopt;
}

// `include I1: "..."`, `include: I1 "..."`
Found colon_in_head(const Stop& s) {
  const bool is_behind = s.wants_end() || !statement_meant(s.last()).empty();
  if (s.part != Part::head || !is_behind || s.word() != ":") return std::nullopt;
  return mistake(s.token, "`:` is not needed", "delete it", Fix{s.token, "", true});
}

// `sex = "male"`
Found quoted_value(const Stop& s) {
  if (!s.wants("a value") || s.word() != "\"") return std::nullopt;
  const std::string_view rest = s.rest();
  const std::string_view value = first_word(rest.substr(1));
  if (value.empty() || is_reserved(value) || !rest.substr(1 + value.size()).starts_with('"'))
    return std::nullopt;
  const Span span{s.token.begin, s.token.begin + static_cast<uint32_t>(value.size() + 2), s.token.file};
  return mistake(span, "a value stands without quotes", fmt::format("write `{}`", value),
                 Fix{span, std::string(value), false});
}

// `judgment "..."`
Found judgment(const Stop& s) {
  if (!s.after_operand() || !same_word(s.last(), "judgment") || s.word() != "\"") return std::nullopt;
  return written(s.before, s.last(), "judgement");
}

Found function_without_parentheses(const Stop& s) {
  if (!s.after_operand() || s.new_line || !function(s.last())) return std::nullopt;
  return finding("syntax", s.before, fmt::format("`{}` takes its values in parentheses", s.last()),
                 fmt::format("write `{}(...)`", s.last()));
}

// `within 30 days before or after first_dose`
Found before_or_after(const Stop& s) {
  const auto is_side = [](std::string_view word) {
    return same_word(word, "before") || same_word(word, "after");
  };
  const bool joins = same_word(s.word(), "or") || same_word(s.word(), "and");
  if (!joins || !is_side(s.last())) return std::nullopt;
  const size_t at = skip_blanks(s.rest(), s.word().size());
  const std::string_view other = first_word(s.rest().substr(at));
  if (!is_side(other) || same_word(other, s.last())) return std::nullopt;
  const Span span = join(s.before, part_of_rest(s, at + other.size()));
  return written(span, text_of(s.source, span), "of");
}

// `prednisone dose > 10 mg/day`
Found dose_behind(const Stop& s) {
  if (!s.after_operand() || s.new_line || !same_word(s.word(), "dose") || name_at(s.last()).empty())
    return std::nullopt;
  const size_t at = skip_blanks(s.rest(), s.word().size());
  if (compare_sign_length(s.rest().substr(at)) == 0) return std::nullopt;  // `first dose` is a day
  const std::string right = fmt::format("dose of {}", s.last());
  return mistake(join(s.before, s.token), "`dose` stands before the name", fmt::format("write `{}`", right),
                 Fix{join(s.before, s.token), right, false});
}

// The sign of a limit in words that end the text, and where they begin: `no more than`, `at least`.
struct SignInWords {
  std::string_view sign;
  size_t begin = 0;
};
SignInWords sign_at_end(std::string_view text) {
  constexpr Phrase kSigns[] = {{"no more than", "<="},  {"not more than", "<="}, {"no less than", ">="},
                               {"not less than", ">="}, {"more than", ">"},      {"greater than", ">"},
                               {"less than", "<"},      {"at least", ">="},      {"at most", "<="}};
  text = text.substr(0, text.find_last_not_of(" \t") + 1);
  for (const Phrase& p : kSigns) {
    if (p.wrong.size() > text.size()) continue;
    const size_t begin = text.size() - p.wrong.size();
    const bool is_whole = begin == 0 || !is_name_byte(text[begin - 1]);
    if (is_whole && same_word(text.substr(begin), p.wrong)) return {p.right, begin};
  }
  return {};
}

// `more than 10 mg/day of prednisone`, `at least 10 mg/day of prednisone`: no records are counted there.
Found dose_before_name(const Stop& s) {
  const bool at_than = same_word(s.word(), "than");
  if (s.part != Part::condition || !s.after_operand() || s.new_line || s.at_start()) return std::nullopt;
  const std::string_view text = std::string_view(s.source.text).substr(0, s.end);
  const std::string_view line = s.line_before();
  const size_t line_begin = place_of_word(s, line);
  const std::string_view number = word_at_end(line);
  const size_t amount_at = at_than ? skip_blanks(text, s.token.end) : place_of_word(s, number);
  const SignInWords sign = sign_at_end(text.substr(line_begin, amount_at - line_begin));
  const Written amount = quantity_at(text.substr(amount_at));
  if (sign.sign.empty() || amount.number.empty() ||
      !(amount.unit.ends_with("/day") || amount.unit.ends_with("/d")))
    return std::nullopt;
  size_t at = skip_blanks(text, amount_at + amount.whole.size());
  if (same_word(first_word(text.substr(at)), "of")) at = skip_blanks(text, at + 2);
  const std::string_view name = name_at(text.substr(at));
  if (name.empty()) return std::nullopt;
  const Span span{static_cast<uint32_t>(line_begin + sign.begin), static_cast<uint32_t>(at + name.size()),
                  s.token.file};
  return written(span, text_of(s.source, span),
                 fmt::format("dose of {} {} {}", name, sign.sign, amount.whole), false);
}

constexpr Explanation kMistakes[] = {mistake_of_arms,
                                     mistake_of_window,
                                     mistake_of_range,  // before units: `between 35%-80% of the predicted`
                                     mistake_of_unit,
                                     pasted_character,
                                     pasted_number,
                                     mistake_of_lasting,  // before counts: `more than 2 weeks since` is none
                                     mistake_of_stable,   // and `on a stable dose`
                                     mistake_of_other_limit,  // and `<= 5 x ULN if`
                                     dose_before_name,  // before counts: `more than 10 mg/day of prednisone`
                                     mistake_of_count,
                                     mistake_of_comparison,
                                     number_in_words,
                                     period_without_number,
                                     mistake_of_records,
                                     mistake_of_declaration,
                                     mistake_of_words,
                                     mistake_of_case,
                                     and_slash_or,
                                     joined_after_comma,
                                     phrase,
                                     colon_in_head,
                                     quoted_value,
                                     judgment,
                                     mistake_of_result,
                                     function_without_parentheses,
                                     mistake_of_change,
                                     before_or_after,
                                     dose_behind};

}  // namespace

Diagnostic finding(std::string rule, Span span, std::string message, std::string help,
                   std::optional<Fix> fix) {
  return {.rule = std::move(rule),
          .span = span,
          .message = std::move(message),
          .help = std::move(help),
          .fix = std::move(fix),
          .notes = {}};
}

Diagnostic mistake(Span span, std::string message, std::string help, std::optional<Fix> fix) {
  return finding("anticipated-mistake", span, std::move(message), std::move(help), std::move(fix));
}

Diagnostic written(Span span, std::string_view wrong, std::string_view right, bool safe) {
  return mistake(span, fmt::format("`{}` is not how it is written", wrong), fmt::format("write `{}`", right),
                 Fix{span, std::string(right), safe});
}

std::optional<Diagnostic> first_of(std::span<const Explanation> explanations, const Stop& s) {
  for (Explanation explanation : explanations)
    if (Found found = explanation(s)) return found;
  return std::nullopt;
}

std::optional<Diagnostic> anticipated_mistake(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
