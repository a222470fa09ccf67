// A table of explanations, the special ones first; each says nothing where it does not apply.
#include "grammar/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/characters.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

// The place where reading stopped, and what stands around it.
struct Stop {
  const Source& source;
  Part part;
  std::string_view expected;
  Span token;        // what was not expected; empty at the end of a line
  Span before;       // the last token before it; empty at the start of the part
  bool line_ends;    // nothing more on the line of `before`
  bool new_line;     // the token stands on a later line than `before`

  std::string_view word() const { return text_of(source, token); }
  std::string_view last() const { return text_of(source, before); }
  std::string_view rest() const { return std::string_view(source.text).substr(token.begin); }
};

using Found = std::optional<Diagnostic>;

Diagnostic finding(std::string rule, Span span, std::string message, std::string help, std::optional<Fix> fix = {}) {
  return {.rule = std::move(rule), .span = span, .message = std::move(message), .help = std::move(help),
          .fix = std::move(fix), .notes = {}};
}

bool wants(const Stop& s, std::string_view what) { return s.expected.find(what) != std::string_view::npos; }
bool wants_operand(const Stop& s) { return wants(s, "condition") || wants(s, "a value") || wants(s, "a name"); }
bool wants_end(const Stop& s) { return s.expected.empty(); }

Found hidden_mistakes(const Stop& s) {
  std::string_view rest = s.rest();
  if (rest.starts_with("‘") || rest.starts_with("’") || rest.starts_with("'"))
    return finding("anticipated-mistake", s.token, "a single quote", "a text stands in double quotes: `\"`");
  bool dash = rest.starts_with("–") || rest.starts_with("—");
  bool at_start = s.new_line || s.before.begin == s.before.end || s.last() == "(" || s.last() == ",";
  bool minus = (rest.starts_with("- ") || rest.starts_with("−")) && wants_operand(s);
  if (at_start && (dash || minus || rest.starts_with("•") || rest.starts_with("·") || rest.starts_with("* ")))
    return finding("anticipated-mistake", s.token, fmt::format("`{}` looks like a pasted bullet", s.word()),
                   "delete it; a negative number has no blank after its sign", Fix{s.token, "", false});
  if (dash)
    return finding("anticipated-mistake", s.token, fmt::format("`{}` is a dash", s.word()),
                   "write `-` for minus, or a range as `between 18 and 65 years`", Fix{s.token, "-", false});
  if (minus)
    return finding("syntax", s.token, "a blank after the sign of a negative value", "write the sign right before it");
  return std::nullopt;
}

Found reserved_as_name(const Stop& s) {
  bool named = s.expected == "a name" || wants(s, "an attribute") || wants(s, "a date's name");
  if (!named || !is_reserved(s.word())) return std::nullopt;
  return finding("syntax", s.token, fmt::format("`{}` is a word of the language and names nothing", s.word()),
                 "choose another name");
}

Found number_in_words(const Stop& s) {
  std::string_view digits = number_word(s.word());
  if (digits.empty() || !(wants(s, "number") || wants(s, "period"))) return std::nullopt;
  return finding("anticipated-mistake", s.token, fmt::format("`{}` is written in words", s.word()),
                 fmt::format("write `{}`", digits), Fix{s.token, std::string(digits), true});
}

Found period_without_unit(const Stop& s) {
  if (s.expected != "days, weeks, months or years") return std::nullopt;
  if (s.line_ends)
    return finding("syntax", s.before, fmt::format("`{}` what? the unit of the period is missing", s.last()),
                   "write days, weeks, months or years after it");
  return finding("syntax", s.token, fmt::format("`{}` is no unit of a period", s.word()),
                 "write days, weeks, months or years");
}

Found point_first(const Stop& s) {
  std::string_view rest = s.rest();
  if (rest.size() < 2 || rest[0] != '.' || !is_digit(rest[1])) return std::nullopt;
  return finding("syntax", s.token, "a number starts with a digit", "write `0` before the point",
                 Fix{{s.token.begin, s.token.begin, s.token.file}, "0", true});
}

Found parentheses(const Stop& s) {
  if (s.word() == ")" && wants_end(s))
    return finding("syntax", s.token, "`)` without a `(` before it", "delete it, or open the parenthesis",
                   Fix{s.token, "", false});
  if (s.word() == "[" || s.word() == "{")
    return finding("syntax", s.token, fmt::format("`{}` is no parenthesis", s.word()), "write `(` and `)`");
  if (s.expected == "`)`" && s.line_ends)
    return finding("syntax", s.before, fmt::format("a `(` is not closed after `{}`", s.last()), "write `)`");
  if (s.expected == "`)`" && s.word() == ",")
    return finding("syntax", s.token, "a list without a word before its parenthesis",
                   "write `all of (...)`, `any of (...)` or `none of (...)`");
  return std::nullopt;
}

Found and_slash_or(const Stop& s) {
  bool either = (same_word(s.last(), "and") || same_word(s.last(), "or")) && s.word() == "/";
  if (!either) return std::nullopt;
  return finding("anticipated-mistake", join(s.before, s.token), "`and/or` reads two ways",
                 "write `or`, which holds for both too, or `and`");
}

Found list_joined_twice(const Stop& s) {
  bool joined = (same_word(s.word(), "and") || same_word(s.word(), "or")) && s.last() == ",";
  if (!joined || !wants_operand(s)) return std::nullopt;
  return finding("anticipated-mistake", s.token, fmt::format("`{}` after a comma", s.word()),
                 "the items of a list are parted by commas alone", Fix{s.token, "", true});
}

Found word_for_list(const Stop& s) {
  std::string_view word = s.last();
  bool quantifier = same_word(word, "all") || same_word(word, "any") || same_word(word, "none");
  if (!quantifier || s.expected != "`of`") return std::nullopt;
  return finding("syntax", s.before, fmt::format("`{}` without its list", word),
                 fmt::format("write `{} of (...)`; a name alone already asks for any record of it", word));
}

Found exception_without_list(const Stop& s) {
  if (!same_word(s.last(), "except") || s.expected != "`(`") return std::nullopt;
  if (same_word(s.word(), "within"))
    return finding("syntax", join(s.before, s.token), "`except within` without a window before it",
                   "it takes a part out of a window: `within 6 months except within 4 weeks`");
  return finding("syntax", s.token, "the exceptions stand in parentheses", "write `except (NAME, NAME)`");
}

Found prior_to(const Stop& s) {
  if (!wants_end(s) || !same_word(s.word(), "prior")) return std::nullopt;
  return finding("anticipated-mistake", s.token, "`prior to` is not how it is written", "write `before`");
}

// Something is left after a whole condition.
Found left_over(const Stop& s) {
  if (!wants_end(s)) return std::nullopt;
  bool number = is_digit(s.word()[0]);
  if (s.new_line && s.part == Part::condition)
    return finding("syntax", s.token, "a second condition, without a word that joins it to the first",
                   "join them with `and` or `or`, or write `all of (...)` or `any of (...)`");
  if (number && s.part != Part::head)
    return finding("anticipated-mistake", join(s.before, s.token),
                   fmt::format("a sign of comparison is missing between `{}` and `{}`", s.last(), s.word()),
                   fmt::format("write `{} >= {}`, or `{} between 18 and 65 years` for a range", s.last(), s.word(), s.last()));
  if (s.word() == ",")
    return finding("syntax", s.token, "a comma outside a list", "write `all of (...)` or `any of (...)`, or join with `and`");
  if (s.word() == ";" || s.word() == ".")
    return finding("syntax", s.token, fmt::format("`{}` is not needed", s.word()), "delete it", Fix{s.token, "", true});
  if (same_word(s.word(), "except"))
    return finding("syntax", s.token, "exceptions after something that is no record",
                   "they follow a name and its window: `malignancy within 5 years except (NAME)`");
  if (s.before.begin == s.before.end) return std::nullopt;
  return finding("syntax", s.token, fmt::format("`{}` cannot follow `{}` here", s.word(), s.last()),
                 s.part == Part::condition ? "join conditions with `and` or `or`" : "");
}

Found unexpected_character(const Stop& s) {
  if (s.token.begin == s.token.end || static_cast<unsigned char>(s.word()[0]) < 0x80) return std::nullopt;
  return finding("syntax", s.token, fmt::format("`{}` may only stand in a text in quotes", s.word()), "");
}

Found missing(const Stop& s) {
  if (wants_end(s)) return std::nullopt;
  if (s.line_ends && s.before.begin < s.before.end)
    return finding("syntax", s.before, fmt::format("{} is missing after `{}`", s.expected, s.last()), "");
  return finding("syntax", s.token, fmt::format("expected {}, not `{}`", s.expected, s.word()), "");
}

constexpr Found (*kExplanations[])(const Stop&) = {
    hidden_mistakes, reserved_as_name, number_in_words, period_without_unit, point_first,
    parentheses,     and_slash_or,     list_joined_twice, word_for_list,     exception_without_list,
    prior_to,        left_over,        unexpected_character, missing};

// The token at the place: a word, a number, or a sign.
Span token_at(const Source& source, uint32_t at, uint32_t end) {
  std::string_view text = source.text;
  if (at >= end) return {at, at, source.id};
  uint32_t last = at;
  while (last < end && (is_name_byte(text[last]) || (is_digit(text[at]) && text[last] == '.'))) ++last;
  if (last == at) last += character_at(text, at).length;
  if (compare_sign_length(text.substr(at)) > 0) last = at + static_cast<uint32_t>(compare_sign_length(text.substr(at)));
  return {at, std::min(last, end), source.id};
}

Span token_before(const Source& source, uint32_t begin, uint32_t end) {
  std::string_view text = source.text;
  if (end <= begin) return {begin, begin, source.id};
  uint32_t first = end;
  while (first > begin && (is_name_byte(text[first - 1]) || text[first - 1] == '-')) --first;
  while (first == end || (first > begin && (static_cast<unsigned char>(text[first]) & 0xC0) == 0x80)) --first;
  bool two = first > begin && compare_sign_length(text.substr(first - 1, 2)) == 2;
  return {two ? first - 1 : first, end, source.id};
}

}  // namespace

Diagnostic explain(const Source& source, const std::vector<Line>& lines, Part part, uint32_t begin, uint32_t end,
                   const Failure& failure) {
  uint32_t at = std::min(failure.at, end);
  while (at < end && (source.text[at] == ' ' || source.text[at] == '\t')) ++at;
  Span token = token_at(source, at, end);
  if (failure.too_deep)
    return finding("too-deep", token, fmt::format("nested more than {} deep", kMaxDepth),
                   "parentheses, `not` and `if` count; give a part of it a name with `define`");
  uint32_t before_end = at > begin ? code_end_before(source, lines, at) : begin;
  Span before = token_before(source, begin, std::max(before_end, begin));
  bool new_line = at > before_end && source.text.substr(before_end, at - before_end).find('\n') != std::string::npos;
  Stop stop{source, part, failure.expected, token, before, at >= end || new_line, new_line};
  for (auto explanation : kExplanations)
    if (Found found = explanation(stop)) return *std::move(found);
  return finding("syntax", token, fmt::format("`{}` is not expected here", stop.word()), "");
}

std::string nearest_statement(std::string_view word) {
  constexpr std::string_view kNear[] = {"trial", "include", "exclude", "define", "measure", "condition", "drug",
                                        "event", "flag",    "choice",  "judgement", "date", "range",     "use"};
  for (std::string_view keyword : kNear) {
    size_t common = 0;
    while (common < std::min(word.size(), keyword.size()) && (word[common] | 0x20) == keyword[common]) ++common;
    std::string_view a = word.substr(common), b = keyword.substr(common);
    auto ends_alike = [](std::string_view x, std::string_view y) { return x.size() >= y.size() && x.ends_with(y); };
    bool swapped = a.size() == b.size() && a.size() >= 2 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
    bool one_more = a.size() == b.size() + 1 && ends_alike(a, b);
    bool one_less = a.size() + 1 == b.size() && ends_alike(b, a);
    bool one_other = a.size() == b.size() && !a.empty() && a.substr(1) == b.substr(1) && word.size() > 2;
    if (swapped || one_more || one_less || one_other) return std::string(keyword);
  }
  return same_word(word, "inclusion") ? "include" : same_word(word, "exclusion") ? "exclude" : "";
}

}  // namespace crit
