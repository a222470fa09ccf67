// What people write in the first line of a declaration that does not belong there, or forget.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

// `choice color "color" = red, green`, or no values at all.
Found values_of_choice(const Stop& s) {
  if (!s.wants("list of values")) return std::nullopt;
  const std::string help = "write them behind the text in parentheses, such as `(mild, moderate, severe)`";
  if (s.word() == "=" || s.word() == ":")
    return mistake(s.token, fmt::format("`{}` does not begin the values of a choice", s.word()), help);
  return finding("syntax", s.line_ends ? s.before : s.token, "the values of the choice are missing", help);
}

// `date first_dose "first dose" in days`
Found unit_of_no_measure(const Stop& s) {
  if (s.part != Part::head || !same_word(s.word(), "in")) return std::nullopt;
  const std::string_view line = s.line_before();
  const std::string_view kind = first_word(line.substr(skip_blanks(line, 0)));
  if (!fact_kind(kind) || same_word(kind, "measure")) return std::nullopt;
  return mistake(s.token, fmt::format("`{}` is declared without a unit", kind),
                 "leave `in ...` out; only a `measure` is declared in a unit");
}

// The kind that the line declares; empty: it declares nothing, or reading went beyond the name.
std::string_view kind_of_head(const Stop& s) {
  const std::string_view line = s.line_before();
  const std::string_view kind = first_word(line.substr(skip_blanks(line, 0)));
  const bool is_name = s.part == Part::head && word_at_end(line) == kind;
  return is_name && (fact_kind(kind) || same_word(kind, "define")) ? kind : std::string_view();
}

// Whether the words are those of a name: a part with a sign of a value, or a word that begins what else a
// declaration says, was meant otherwise.
bool are_of_name(std::string_view words) {
  for (size_t at = 0, end = 0; at < words.size(); at = skip_blanks(words, end)) {
    end = std::min(words.find_first_of(" \t\r", at), words.size());
    const std::string_view part = words.substr(at, end - at);
    if (part.find_first_of("<>=:*") != part.npos || std::ranges::none_of(part, is_name_byte)) return false;
    for (std::string_view other : {"acute", "when", "half-life"})
      if (part == other) return false;
  }
  return true;
}

// Whether the name of a declaration may end before the text; otherwise its words may be a value, or a kind.
bool ends_name(std::string_view behind) {
  const std::string_view word = first_word(behind);
  return behind.starts_with('"') || same_word(word, "in") || same_word(word, "is") ||
         same_word(word, "with") || same_word(word, "by");
}

// `measure x mg/dL "text"`: the unit stands before the text, and without `in`. The words are those up to the
// text.
Found unit_before_text(const Stop& s, std::string_view words) {
  const std::string_view unit = words.substr(std::min(words.find_last_of(" \t") + 1, words.size()));
  if (unit.size() == words.size() || unit.find_first_of("/%") == unit.npos) return std::nullopt;
  const uint32_t begin = place_of_word(s, unit), end = begin + static_cast<uint32_t>(unit.size());
  const std::string_view behind = text_of(s.source, {end, s.end, s.source.id});
  const size_t text = skip_blanks(behind, 0), line = std::min(behind.find('\n'), behind.size());
  const Span span{begin, end, s.source.id};
  const std::string message = fmt::format("`in` is missing before the unit `{}`", unit);
  if (!behind.substr(text).starts_with('"'))
    return mistake(span, message, fmt::format("write `in {}`", unit),
                   Fix{{begin, begin, s.source.id}, "in ", false});
  const size_t close = behind.substr(0, line).rfind('"') + 1;
  const std::string right = fmt::format("{} in {}", behind.substr(text, close - text), unit);
  return mistake(
      span, message, fmt::format("write `in {}` behind the text", unit),
      close > text + 1
          ? std::optional(Fix{{begin, end + static_cast<uint32_t>(close), s.source.id}, right, false})
          : std::nullopt);
}

// `measure KL-6 "..."`, `flag prior surgery "..."`
Found name_of_declaration(const Stop& s) {
  const std::string_view kind = kind_of_head(s), rest = s.rest();
  if (kind.empty() || s.new_line || s.at_start() || is_reserved(s.word()) || rest.empty())
    return std::nullopt;
  const bool goes_on = s.token.begin == s.before.end;  // `KL-6`
  if (!goes_on && name_at(s.word()).empty() && !is_digit(s.word()[0])) return std::nullopt;
  const std::string_view from = s.from_last();
  const NameMeant meant = name_meant_at(from);
  const std::string_view words = from.substr(0, meant.length),
                         behind = from.substr(skip_blanks(from, meant.length));
  const std::string_view line = from.substr(0, from.find('\n'));
  const bool has_unit = line.find(" in ") != line.npos;
  if (same_word(kind, "measure") && !has_unit)
    if (Found unit = unit_before_text(s, words)) return unit;
  const bool is_one = words.find_first_of(" \t") == words.npos;
  if (meant.name == s.last() || meant.name.ends_with('_') || !are_of_name(words) ||
      !(is_one || ends_name(behind)) || (same_word(kind, "measure") && !is_one && !has_unit))
    return std::nullopt;
  const Span span{s.before.begin, s.before.begin + static_cast<uint32_t>(meant.length), s.before.file};
  return mistake(span, fmt::format("`{}` is no name", text_of(s.source, span)),
                 fmt::format("a name has letters, digits and `_`: write `{}`", meant.name),
                 Fix{span, meant.name, false});
}

// `measure "alanine aminotransferase" ALT in U/L`
Found name_behind_text(const Stop& s) {
  const std::string_view kind = s.last(), rest = s.rest();
  const bool is_kind = s.part == Part::head && (fact_kind(kind) || same_word(kind, "define"));
  if (!is_kind || s.new_line || !rest.starts_with('"')) return std::nullopt;
  const size_t close = rest.substr(0, rest.find('\n')).find('"', 1);
  if (close == rest.npos) return std::nullopt;
  const std::string_view text = rest.substr(0, close + 1);
  const size_t at = skip_blanks(rest, text.size());
  const std::string_view name = name_at(rest.substr(at));
  if (name.empty()) return std::nullopt;
  const Span span = part_of_rest(s, at + name.size());
  const std::string right = fmt::format("{} {}", name, text);
  return mistake(span, "the name stands before its text", fmt::format("write `{} {}`", kind, right),
                 Fix{span, right, false});
}

// `choice smoking (none at all, some)`
Found value_of_several_words(const Stop& s) {
  const std::string_view line = s.line_before();
  const bool of_choice =
      s.part == Part::head && same_word(first_word(line.substr(skip_blanks(line, 0))), "choice");
  if (!of_choice || s.expected != "`)`" || !is_letter(s.word().empty() ? ' ' : s.word()[0]))
    return std::nullopt;
  const std::string_view all = s.from_last().substr(0, s.from_last().find_first_of(",)\n"));
  const std::string_view words = all.substr(0, all.find_last_not_of(" \t") + 1);
  std::string joined(words);
  std::ranges::replace(joined, ' ', '_');
  const Span span{s.before.begin, s.before.begin + static_cast<uint32_t>(words.size()), s.before.file};
  return mistake(span, "a value of a choice is one word", fmt::format("write `{}`", joined),
                 Fix{span, joined, false});
}

// `choice ECOG (0, 1) order`
Found ordered(const Stop& s) {
  const bool behind = s.part == Part::head && s.after_operand() && s.last() == ")";
  for (std::string_view word : {"order", "sorted", "ordinal", "ranked"})
    if (behind && same_word(s.word(), word)) return written(s.token, s.word(), "ordered", false);
  return std::nullopt;
}

// `trial "A trial"`
Found number_of_trial(const Stop& s) {
  if (s.part != Part::head || !same_word(s.last(), "trial") || s.word() != "\"") return std::nullopt;
  return mistake(s.token, "a trial has a number before its title",
                 "write it, such as `trial NCT01234567 \"...\"`");
}

constexpr Explanation kMistakes[] = {values_of_choice, unit_of_no_measure,     name_of_declaration,
                                     name_behind_text, value_of_several_words, ordered,
                                     number_of_trial};

}  // namespace

std::optional<Diagnostic> mistake_of_declaration(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
