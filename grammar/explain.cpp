// A table of explanations, the special ones first.
#include "grammar/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/characters.hpp"
#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

Found reserved_as_name(const Stop& s) {
  bool named = s.expected == "a name" || s.wants("an attribute") || s.wants("a date's name");
  if (!named || !is_reserved(s.word())) return std::nullopt;
  return finding("syntax", s.token, fmt::format("`{}` is a word of the language and names nothing", s.word()),
                 "choose another name");
}

Found period_without_unit(const Stop& s) {
  if (s.expected != "days, weeks, months or years") return std::nullopt;
  if (s.line_ends)
    return finding("syntax", s.before, fmt::format("`{}` what? the unit of the period is missing", s.last()),
                   "write hours, days, weeks, months or years after it");
  return finding("syntax", s.token, fmt::format("`{}` is no unit of a period", s.word()),
                 "write hours, days, weeks, months or years");
}

Found count_with_point(const Stop& s) {
  if (s.expected != "a whole number" || s.word() != ".") return std::nullopt;
  return finding("syntax", join(s.before, s.token), "a count is a whole number", "");
}

Found point_first(const Stop& s) {
  std::string_view rest = s.rest();
  if (rest.size() < 2 || rest[0] != '.' || !is_digit(rest[1])) return std::nullopt;
  return finding("syntax", s.token, "a number starts with a digit", "write `0` before the point",
                 Fix{{s.token.begin, s.token.begin, s.token.file}, "0", true});
}

// `age >= 18` and below it `years`.
Found unit_on_next_line(const Stop& s) {
  if (!s.new_line || s.part != Part::condition || s.at_start() || !is_digit(s.last()[0])) return std::nullopt;
  const std::string_view rest = s.rest(), unit = rest.substr(0, rest.find_first_of(" \t\r\n,()"));
  if (duration_unit_length(rest) == 0 && unit != "%" && unit.find('/') == unit.npos) return std::nullopt;
  return finding("syntax", join(s.before, s.token),
                 fmt::format("the unit of `{}` stands on the next line", s.last()),
                 "a number and its unit stay on one line");
}

Found parentheses(const Stop& s) {
  if (s.word() == ")" && s.wants_end())
    return finding("syntax", s.token, "`)` without a `(` before it", "delete it, or open the parenthesis",
                   Fix{s.token, "", false});
  if (s.word() == "[" || s.word() == "{")
    return finding("syntax", s.token, fmt::format("`{}` is no parenthesis", s.word()), "write `(` and `)`");
  if (s.expected != "`)`") return std::nullopt;
  const bool goes_on = s.token.begin < s.token.end && s.rest().find(')') != std::string_view::npos;
  if (s.line_ends && goes_on && is_name_byte(s.word()[0]))
    return finding("syntax", s.before, fmt::format("a comma is missing after {}, or a `)`", s.last_shown()),
                   "the items of a list are parted by commas");
  if (s.line_ends)
    return finding("syntax", s.before, fmt::format("a `(` is not closed after {}", s.last_shown()),
                   "write `)`");
  if (s.word() == ",")
    return finding("syntax", s.token, "a list without a word before its parenthesis",
                   "write `all of (...)`, `any of (...)` or `none of (...)`");
  Diagnostic d = finding("syntax", s.token, fmt::format("expected `)` or a comma, not `{}`", s.word()),
                         "the items of a list are parted by commas");
  if (s.part == Part::condition && is_name_byte(s.word()[0])) d.word_before = s.before;
  return d;
}

// `with volume > 500 mL`, `with in 5 years`: up to a word that may go on after the condition.
Found bare_with(const Stop& s) {
  if (!same_word(s.last(), "with")) return std::nullopt;
  const std::string_view rest = s.rest();
  if (same_word(s.word(), "in") && period_length(rest.substr(skip_blanks(rest, s.word().size()))) > 0)
    return written(join(s.before, s.token), text_of(s.source, join(s.before, s.token)), "within");
  size_t end = 0;
  for (size_t at = 0;
       at < rest.size() && std::string_view("\n,)").find(rest[at]) == std::string_view::npos;) {
    const std::string_view word = first_word(rest.substr(at));
    const bool goes_on = same_word(word, "and") || same_word(word, "or") || same_word(word, "except") ||
                         window_word_length(rest.substr(at)) > 0;
    if (goes_on) break;
    at += std::max<size_t>(word.size(), 1);
    if (rest[at - 1] != ' ' && rest[at - 1] != '\t') end = at;
  }
  if (end == 0) return std::nullopt;
  const std::string right = fmt::format("({})", rest.substr(0, end));
  return finding(
      "syntax", s.token, "`(` is missing after `with`",
      fmt::format("write the condition in parentheses: `with {}`", right),
      Fix{{s.token.begin, s.token.begin + static_cast<uint32_t>(end), s.token.file}, right, false});
}

// After `in`, `with`, `of` and `except` comes a parenthesis.
Found without_parenthesis(const Stop& s) {
  if (s.expected != "`(`" || s.line_ends) return std::nullopt;
  if (same_word(s.last(), "except") && same_word(s.word(), "within"))
    return finding("syntax", join(s.before, s.token), "`except within` without a window before it",
                   "it takes a part out of a window: `within 6 months except within 4 weeks`");
  struct After {
    std::string_view word, help;
  };
  if (Found found = bare_with(s)) return found;
  constexpr After kAfter[] = {{"in", "write the values in parentheses: `in (a, b)`"},
                              {"with", "write the condition in parentheses: `with (reason = lung)`"},
                              {"of", "write the list in parentheses: `of (a, b)`"},
                              {"except", "write the exceptions in parentheses: `except (a, b)`"}};
  for (const After& after : kAfter)
    if (same_word(s.last(), after.word))
      return finding("syntax", s.token, fmt::format("`(` is missing after `{}`", s.last()),
                     std::string(after.help));
  return std::nullopt;
}

Found word_for_list(const Stop& s) {
  std::string_view word = s.last();
  bool quantifier = same_word(word, "all") || same_word(word, "any") || same_word(word, "none");
  if (!quantifier || s.expected != "`of`") return std::nullopt;
  return finding(
      "syntax", s.before, fmt::format("`{}` without its list", word),
      fmt::format("write `{} of (...)`; the name of a condition, a drug or an event alone asks for any "
                  "record of it,\nand the name of a flag for its latest answer",
                  word));
}

// `notes "..."`: the word of a field with a slip.
Found slip_of_field(const Stop& s) {
  if (!s.wants_end() || !s.new_line || s.part != Part::condition) return std::nullopt;
  const std::string_view rest = s.rest().substr(s.word().size());
  if (!rest.substr(skip_blanks(rest, 0)).starts_with('"')) return std::nullopt;
  const std::string field(nearest_remark(s.word()));
  if (field.empty()) return std::nullopt;
  return finding("syntax", s.token, fmt::format("no line of a criterion starts with `{}`", s.word()),
                 fmt::format("did you mean `{}`?", field), Fix{s.token, field, false});
}

// `include I1 "say "no" now"`, `include I1 "..." age >= 18 years`, `include I1 Adults`
std::string help_for_criterion(const Stop& s) {
  const std::string_view above = s.line_before(), keyword = first_word(above.substr(skip_blanks(above, 0)));
  if (!keyword.empty() && !same_word(keyword, "include") && !same_word(keyword, "exclude")) return {};
  const std::string_view line = s.rest().substr(0, s.rest().find('\n'));
  const bool is_text = s.last().ends_with('"');
  if (is_text && line.find('"') != std::string_view::npos)
    return "a quote inside a text is written twice: `\"\"`";
  if (is_text) return "what is asked stands on a line of its own, indented by two blanks";
  return "a number or a name has no blanks, and the protocol's words stand in quotes";
}

// Something is left after a whole condition or field.
Found left_over(const Stop& s) {
  if (!s.wants_end() || s.at_start()) return std::nullopt;
  if (s.new_line && s.part == Part::condition)
    return finding("syntax", s.token, "a second condition, without a word that joins it to the first",
                   "join them with `and` or `or`, or write `all of (...)` or `any of (...)`");
  if (s.word() == ",") {
    const std::string list = list_meant(s);
    return finding(
        "syntax", s.token, "a comma outside a list",
        list.empty() ? "write `all of (...)` or `any of (...)`, or join with `and` or `or`" : list);
  }
  if (s.word() == ";" || s.word() == ".") {
    const bool last = s.rest().find_first_not_of(" \t\r\n", 1) == std::string_view::npos;
    if (!last && s.word() == "." && is_digit(s.last()[0]))
      return finding("syntax", s.token, fmt::format("a point behind `{}`, and no digit behind it", s.last()),
                     "delete it, or write the digits that follow it", Fix{s.token, "", false});
    if (!last)
      return finding("syntax", s.token, fmt::format("`{}` joins nothing", s.word()),
                     "write `and`, or a criterion of its own");
    return finding("syntax", s.token, fmt::format("`{}` is not needed", s.word()), "delete it",
                   Fix{s.token, "", true});
  }
  if (same_word(s.word(), "except"))
    return finding("syntax", s.token, "exceptions after something that is no record",
                   "they follow a name and its window: `malignancy within 5 years except (NAME)`");
  bool joins = s.part == Part::condition && (is_name_byte(s.word()[0]) || s.word() == "(");
  Diagnostic d =
      finding("syntax", s.token, fmt::format("`{}` cannot follow {} here", s.word(), s.last_shown()),
              s.part == Part::head ? help_for_criterion(s)
              : !joins             ? ""
              : s.word() == "(" && is_digit(s.rest()[std::min<size_t>(1, s.rest().size() - 1)])
                  ? "leave it to the protocol's words, or join a condition of its own with `and` or `or`"
              : s.word() == "(" ? "two conditions are joined with `and` or `or`"
                                : "a name of several words is joined with `_`, two conditions with "
                                  "`and` or `or`");
  if (joins && is_name_byte(s.word()[0])) d.word_before = s.before;
  return d;
}

Found unexpected_character(const Stop& s) {
  const bool is_sign = compare_sign_length(s.rest()) > 0;  // `≤`, in a wrong place
  if (s.token.begin == s.token.end || is_sign || static_cast<unsigned char>(s.word()[0]) < 0x80)
    return std::nullopt;
  return finding("syntax", s.token, fmt::format("`{}` may only stand in a text in quotes", s.word()),
                 "names have the letters a to z, digits and `_`");
}

// The name right before a sign that has no value behind it: `HBsAg+`.
std::optional<Span> name_with_sign(const Stop& s) {
  if (s.part != Part::condition || (s.last() != "+" && s.last() != "-")) return std::nullopt;
  const std::string_view line = s.line_before(), name = word_at_end(line);
  if (name.empty() || !is_name_byte(line.back())) return std::nullopt;
  const uint32_t begin = place_of_word(s, name);
  return Span{begin, begin + static_cast<uint32_t>(name.size()), s.before.file};
}

Found missing(const Stop& s) {
  if (s.wants_end()) return std::nullopt;
  std::string help = s.wants("date") ? "a date is written `2025-03-01`" : "";
  if (s.wants("a field of"))
    help =
        "the fields are also, source, loinc, icd10, rxnorm, snomed, plausible, convert, molar mass, "
        "formula,\n"
        "equivalent, half-life, usual, changes quickly, varies, same day, note, query and allow";
  if (s.wants("condition") && window_word_length(s.rest()) > 0) {
    const std::string_view name = first_word(s.rest().substr(skip_blanks(s.rest(), s.word().size())));
    const bool is_taking = same_word(s.word(), "on") && !name.empty();  // `on prednisone`
    return finding("syntax", s.token, "a window, and nothing before it",
                   is_taking ? fmt::format("of a drug that is taken write `{} currently`", name)
                             : fmt::format("write before it of what it is said: `NAME {} ...`", s.word()));
  }
  // The item of a list that begins wrong stands on a line of its own.
  const bool is_item = (s.last() == "," || s.last() == "(") && !s.word().empty() && s.word() != ")";
  Diagnostic d =
      s.line_ends && !s.at_start() && !is_item
          ? finding("syntax", s.before, fmt::format("{} is missing after {}", s.expected, s.last_shown()),
                    help)
          : finding("syntax", s.token, fmt::format("expected {}, not `{}`", s.expected, s.word()), help);
  d.word_before = name_with_sign(s);
  return d;
}

constexpr Explanation kExplanations[] = {anticipated_mistake,
                                         unexpected_character,
                                         reserved_as_name,
                                         period_without_unit,
                                         count_with_point,
                                         point_first,
                                         unit_on_next_line,
                                         parentheses,
                                         without_parenthesis,
                                         word_for_list,
                                         slip_of_field,
                                         left_over,
                                         missing};

// The token at the place: a word, a number, or a sign.
Span token_at(const Source& source, uint32_t at, uint32_t end) {
  std::string_view text = source.text;
  if (at >= end) return {at, at, source.id};
  uint32_t last = at;
  while (last < end && (is_name_byte(text[last]) || (is_digit(text[at]) && text[last] == '.'))) ++last;
  if (last == at) last += character_at(text, at).length;
  if (size_t sign = compare_sign_length(text.substr(at))) last = at + static_cast<uint32_t>(sign);
  return {at, std::min(last, end), source.id};
}

bool is_inside_word(char c) {
  return is_name_byte(c) || c == '-' || c == '.' || c == '/' || c == '^';
}

// A word with what belongs to it (`U/L`, `half-lives`), or a sign.
Span token_before(const Source& source, uint32_t begin, uint32_t end) {
  std::string_view text = source.text;
  if (end <= begin) return {begin, begin, source.id};
  uint32_t first = end - 1;
  while (first > begin && (static_cast<unsigned char>(text[first]) & 0xC0) == 0x80) --first;
  if (is_name_byte(text[first])) {
    while (first > begin && is_inside_word(text[first - 1])) --first;
    while (!is_name_byte(text[first])) ++first;
  } else if (first > begin && compare_sign_length(text.substr(first - 1, 2)) == 2) {
    --first;
  }
  return {first, end, source.id};
}

}  // namespace

std::string Stop::last_shown() const {
  return last() == "\"" ? "the text" : fmt::format("`{}`", last());
}

Diagnostic explain(const Source& source, const std::vector<Line>& lines, Part part, uint32_t begin,
                   uint32_t end, const Failure& failure) {
  uint32_t at = std::min(failure.at, end);
  while (at < end && (source.text[at] == ' ' || source.text[at] == '\t')) ++at;
  Span token = token_at(source, at, end);
  if (failure.too_deep)
    return finding("too-deep", token, fmt::format("nested more than {} deep", kMaxDepth),
                   "parentheses, `not` and `if` count; give a part of it a name with `define`");
  uint32_t before_end = std::max(begin, at > begin ? code_end_before(source, lines, at) : begin);
  Span before = token_before(source, begin, before_end);
  bool new_line =
      at > before_end && source.text.substr(before_end, at - before_end).find('\n') != std::string::npos;
  Stop stop{source, part, failure.expected, token, before, at >= end || new_line, new_line, end};
  if (Found found = first_of(kExplanations, stop)) return *std::move(found);
  return finding("syntax", token, fmt::format("`{}` is not expected here", stop.word()), "");
}

}  // namespace crit
