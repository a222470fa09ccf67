// What people write or paste that the language writes otherwise, where reading stopped at it.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

Diagnostic mistake(Span span, std::string message, std::string help, std::optional<Fix> fix = std::nullopt) {
  return finding("anticipated-mistake", span, std::move(message), std::move(help), std::move(fix));
}

Diagnostic written(Span span, std::string_view wrong, std::string_view right, bool safe = true) {
  return mistake(span, fmt::format("`{}` is not how it is written", wrong), fmt::format("write `{}`", right),
                 Fix{span, std::string(right), safe});
}

size_t skip_blanks(std::string_view text, size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

size_t number_length(std::string_view text) {
  size_t n = 0;
  while (n < text.size() && (is_digit(text[n]) || (n > 0 && text[n] == '.'))) ++n;
  return n;
}

Found pasted_character(const Stop& s) {
  std::string_view rest = s.rest();
  if (rest.starts_with("‘") || rest.starts_with("’") || rest.starts_with("'"))
    return mistake(s.token, "a single quote", "a text stands in double quotes: `\"`");
  bool dash = rest.starts_with("–") || rest.starts_with("—");
  bool minus =
      (rest.starts_with("-") || rest.starts_with("−")) && s.wants_operand() && rest.size() > s.word().size();
  bool bullet = dash || minus || rest.starts_with("•") || rest.starts_with("·") || rest.starts_with("* ");
  if (bullet && (s.new_line || s.at_start() || s.last() == "(" || s.last() == ","))
    return mistake(s.token, fmt::format("`{}` looks like a pasted bullet", s.word()),
                   "delete it; a negative number has no blank after its sign", Fix{s.token, "", false});
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

// `age 18-65 years`, `age 18 to 65`, `age 18+`: a name, a number, and no sign of comparison.
Found number_after_name(const Stop& s) {
  if (!s.wants_end() || s.part == Part::head || s.new_line || s.at_start() || !is_digit(s.word()[0]))
    return std::nullopt;
  std::string_view rest = s.rest();
  size_t low = number_length(rest);
  size_t at = skip_blanks(rest, low);
  std::string_view name = s.last(), number = rest.substr(0, low);
  size_t joint = 0;
  for (std::string_view range : {"-", "–", "—", "to "})
    if (rest.substr(at).starts_with(range)) joint = range.size();
  size_t high = skip_blanks(rest, at + joint);
  size_t high_end = high + number_length(rest.substr(high));
  if (joint > 0 && high_end > high) {
    Span span{s.before.begin, s.token.begin + static_cast<uint32_t>(high_end), s.token.file};
    const std::string right =
        fmt::format("{} between {} and {}", name, number, rest.substr(high, high_end - high));
    return mistake(span, fmt::format("a range after `{}` without a word of comparison", name),
                   fmt::format("write `{}`, and the unit after it if there is one", right),
                   Fix{span, right, false});
  }
  bool plus = rest.substr(low).starts_with('+');
  Span span{s.before.begin, s.token.begin + static_cast<uint32_t>(low + (plus ? 1 : 0)), s.token.file};
  const std::string right = fmt::format("{} {} {}", name, plus ? ">=" : "<= or >=", number);
  return mistake(span, fmt::format("a sign of comparison is missing between `{}` and `{}`", name, number),
                 fmt::format("write `{}`, and the unit after it", right),
                 plus ? std::optional(Fix{span, right, false}) : std::nullopt);
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

Found for_without_at_least(const Stop& s) {
  if (s.expected != "`at least`" || s.line_ends) return std::nullopt;
  return mistake(s.before, "`for` without `at least`", "write `for at least` and the period",
                 Fix{{s.token.begin, s.token.begin, s.token.file}, "at least ", true});
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

Found needless_is(const Stop& s) {
  bool between = same_word(s.word(), "between"), in = same_word(s.word(), "in");
  if (!same_word(s.last(), "is") || !(between || in)) return std::nullopt;
  return mistake(s.before, fmt::format("`is` is not needed before `{}`", s.word()), "delete it",
                 Fix{s.before, "", true});
}

Found between_to(const Stop& s) {
  if (s.expected != "`and`" || !same_word(s.word(), "to")) return std::nullopt;
  return written(s.token, "between ... to", "and");
}

// `in the last 5 years`, `during the past year`.
Found in_the_last(const Stop& s) {
  const bool in = same_word(s.last(), "in");
  if (!in && !(s.wants_end() && (same_word(s.word(), "during") || same_word(s.word(), "over"))))
    return std::nullopt;
  const Span from = in ? s.before : s.token;
  const std::string_view rest = text_of(s.source, {from.begin, s.end, from.file});
  for (std::string_view which : {"the last ", "the past ", "the previous ", "the preceding "}) {
    const size_t at = skip_blanks(rest, from.end - from.begin);
    if (!rest.substr(at).starts_with(which)) continue;
    const Span span{from.begin, from.begin + static_cast<uint32_t>(at + which.size() - 1), from.file};
    return written(span, text_of(s.source, span), "within");
  }
  return std::nullopt;
}

struct Phrase {
  std::string_view wrong, right;
};

// `1.5 x the upper limit of normal`
Found times_the_limit(const Stop& s) {
  if (!s.wants_end() || !same_word(s.word(), "the")) return std::nullopt;
  if (s.last() != "x" && s.last() != "\u00d7" && !same_word(s.last(), "times")) return std::nullopt;
  constexpr Phrase kLimits[] = {{"the upper limit of normal", "*ULN"},
                                {"the lower limit of normal", "*LLN"},
                                {"the ULN", "*ULN"},
                                {"the LLN", "*LLN"}};
  for (const Phrase& limit : kLimits) {
    if (!s.rest().starts_with(limit.wrong)) continue;
    const Span span{s.before.begin, s.token.begin + static_cast<uint32_t>(limit.wrong.size()), s.token.file};
    return written(span, text_of(s.source, span), limit.right);
  }
  return std::nullopt;
}

// `no history of malignancy`
Found history_of(const Stop& s) {
  if (!s.wants_end() || !same_word(s.last(), "history") || !same_word(s.word(), "of")) return std::nullopt;
  const std::string_view rest = s.rest();
  const std::string_view name = first_word(rest.substr(skip_blanks(rest, s.word().size())));
  if (name.empty()) return std::nullopt;
  return mistake(join(s.before, s.token), "`history of` is said by the window `ever`",
                 fmt::format("write `{0} ever`, or `no {0} ever`", name));
}

// Found at the token before the stop, which was read as a name. The help alone is given where no fix is
// right.
constexpr Phrase kPhrases[] = {
    {"one of", "any of"},  {"either of", "any of"},          {"both of", "all of"},
    {"each of", "all of"}, {"upper limit of normal", "ULN"}, {"lower limit of normal", "LLN"}};

Found phrase(const Stop& s) {
  for (const Phrase& p : kPhrases)
    if (s.wants_end() && s.from_last().starts_with(p.wrong)) {
      Span span{s.before.begin, s.before.begin + static_cast<uint32_t>(p.wrong.size()), s.before.file};
      return written(span, p.wrong, p.right);
    }
  if (s.wants_end() && same_word(s.word(), "prior")) {
    bool whole = s.rest().starts_with("prior to");
    Span span{s.token.begin, s.token.begin + static_cast<uint32_t>(whole ? 8 : 5), s.token.file};
    return written(span, whole ? "prior to" : "prior", "before");
  }
  if (s.wants_end() && same_word(s.word(), "than"))
    return mistake(join(s.before, s.token), fmt::format("`{} than` counts nothing", s.last()),
                   "write `at least 3 NAME`, `at most 2 NAME` or `exactly 1 NAME`");
  return std::nullopt;
}

Found function_without_parentheses(const Stop& s) {
  if (!s.wants_end() || s.new_line || !function(s.last())) return std::nullopt;
  return finding("syntax", s.before, fmt::format("`{}` takes its values in parentheses", s.last()),
                 fmt::format("write `{}(...)`", s.last()));
}

constexpr Explanation kMistakes[] = {
    pasted_character,     pasted_number,   number_after_name,  number_in_words, period_without_number,
    for_without_at_least, and_slash_or,    joined_after_comma, needless_is,     between_to,
    in_the_last,          times_the_limit, history_of,         phrase,          function_without_parentheses};

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

std::optional<Diagnostic> anticipated_mistake(const Stop& s) {
  for (Explanation explanation : kMistakes)
    if (Found found = explanation(s)) return found;
  return std::nullopt;
}

}  // namespace crit
