// How protocols say in which case a rule holds, where reading stopped at it: `unless`, `if`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

std::string_view trimmed(std::string_view text) {
  const size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

// The word that begins the statement, such as `exclude`; empty: the text is a condition alone.
std::string_view statement_word(const Stop& s) {
  std::string_view text = std::string_view(s.source.text).substr(0, s.before.begin);
  for (;;) {
    const size_t line = text.rfind('\n') + 1;
    if (line < text.size() && is_letter(text[line])) return first_word(text.substr(line));
    if (line == 0) return {};
    text = text.substr(0, line - 1);
  }
}

// Whether a text is one condition that `and not` and `or` may stand beside.
bool is_plain(std::string_view text) {
  if (text.empty() || text.find_first_of("\n,#\"") != text.npos) return false;
  for (size_t at = 0; at < text.size();) {
    const std::string_view word = first_word(text.substr(at));
    for (std::string_view joint : {"and", "or", "if", "not", "no", "unless", "except"})
      if (same_word(word, joint)) return false;
    at += std::max<size_t>(word.size(), 1);
  }
  return std::ranges::count(text, '(') == std::ranges::count(text, ')');
}

// What `unless` means of records alone, where a kind of them is excepted: `malignancy within 5 years unless
// skin_basal_cell_carcinoma` still counts the others. Empty: something is compared.
std::string records_excepted(std::string_view rule, std::string_view other) {
  for (size_t at = 0; at < rule.size(); ++at)
    if (compare_sign_length(rule.substr(at)) + worded_comparison_length(rule.substr(at)) > 0) return {};
  const std::string_view name = name_at(other), behind = other.substr(skip_blanks(other, name.size()));
  const bool is_name = !name.empty() && (behind.empty() || same_word(first_word(behind), "with") ||
                                         window_word_length(behind) > 0);
  if (!is_name) return {};
  return fmt::format(
      "\nwhere it is a kind of what stands before, `{} except ({}){}{}`: the others still count", rule, name,
      behind.empty() ? "" : " ", behind);
}

// `ALT > 3*ULN unless gilbert_syndrome`: in an exclusion the exception is taken from those who are turned
// away; `or` would turn them away too.
Found unless_behind(const Stop& s) {
  if (s.part != Part::condition || !s.after_operand() || s.at_start() || !same_word(s.word(), "unless"))
    return std::nullopt;
  const std::string_view line = s.line_before();
  const bool is_first = line.data() == s.source.text.data() ||
                        std::string_view(s.source.text).substr(0, place_of_word(s, line)).ends_with("\"\n");
  std::string_view rule = trimmed({line.data(), line.size() + s.last().size()}),
                   other = trimmed(s.rest().substr(s.word().size()));
  const bool plain = is_first && is_plain(rule) && is_plain(other);
  if (!plain) rule = "A", other = "B";
  const std::string turned_away = fmt::format("`{} and not {}`", rule, other),
                    asked = fmt::format("`{} or {}`", rule, other);
  const std::string excepted = records_excepted(rule, other);
  const auto found = [&](const std::string& help, std::string_view joint) {
    Diagnostic d = mistake(
        s.token, "`unless` is not how it is written", help + excepted,
        plain && !joint.empty() ? std::optional(Fix{s.token, std::string(joint), false}) : std::nullopt);
    d.word_before = s.token;  // whether it is a kind of what stands before, the names say
    return d;
  };
  const std::string_view kind = statement_word(s);
  constexpr std::string_view kKept = "who has what stands behind `unless` is not turned away",
                             kAsked = "who has what stands behind `unless` need not meet the rest";
  if (same_word(kind, "exclude")) return found(fmt::format("write {}: {}", turned_away, kKept), "and not");
  if (same_word(kind, "include")) return found(fmt::format("write {}: {}", asked, kAsked), "or");
  return found(
      fmt::format("in an exclusion write {}: {}\nin an inclusion {}: {}", turned_away, kKept, asked, kAsked),
      "");
}

// `unless diabetes then ALT <= 3*ULN`
Found unless_before(const Stop& s) {
  if (!s.after_operand() || !same_word(s.last(), "unless")) return std::nullopt;
  return mistake(
      s.before, "`unless` is not how it is written",
      "say on a line of its own to whom the criterion applies: `when not NAME`, and below it the rule");
}

// `ALT <= 3*ULN if pregnant`; or a whole `if ... then ...` behind a condition, and nothing that joins them.
Found if_behind(const Stop& s) {
  if (s.part != Part::condition || !s.after_operand() || s.at_start() || !same_word(s.word(), "if"))
    return std::nullopt;
  const std::string_view rest = s.rest();
  bool then = false;
  for (size_t at = 0; at < rest.size();) {
    const std::string_view word = first_word(rest.substr(at));
    then = then || same_word(word, "then");
    at += std::max<size_t>(word.size(), 1);
  }
  if (!then)
    return mistake(s.token, "`if` stands before what it is asked of",
                   "write `if CONDITION then ...`, or on a line of its own `when CONDITION`");
  return mistake(s.token, "a second condition, without a word that joins it to the first",
                 "write `and` before it and the `if` in parentheses: `and (if ... then ... else ...)`,\n"
                 "or give the `if` a criterion of its own");
}

// `pregnant when sex = female`
Found when_behind(const Stop& s) {
  if (s.part != Part::condition || !s.after_operand() || s.at_start() || !same_word(s.word(), "when"))
    return std::nullopt;
  const std::string_view rest = s.rest(), line = trimmed(rest.substr(0, rest.find('\n')));
  return mistake(s.token, "`when` begins a line of its own",
                 fmt::format("write `{}` on a line of its own: the criterion applies only then", line));
}

// `if pregnant: ALT <= 3*ULN`, `if pregnant, then ...`
Found sign_for_then(const Stop& s) {
  if (s.expected != "`then`" || (s.word() != ":" && s.word() != ",")) return std::nullopt;
  const size_t at = skip_blanks(s.rest(), s.word().size());
  const bool has_then = same_word(first_word(s.rest().substr(at)), "then");
  if (has_then)
    return mistake(s.token, fmt::format("`{}` is not needed before `then`", s.word()), "delete it",
                   Fix{s.token, "", true});
  return mistake(s.token, fmt::format("`then` is missing, where `{}` stands", s.word()),
                 "write `if CONDITION then ... else ...`", Fix{s.token, " then", false});
}

// `5 x ULN` as `5*ULN`.
std::string with_star(std::string_view value) {
  const Written written = quantity_at(value);
  const std::string_view word = word_at_end(value);
  const bool is_limit = limit_length(word) > 0 && !written.number.empty();
  return is_limit ? fmt::format("{}*{}", written.number, word) : std::string(value);
}

// `ALT <= 2.5*ULN or <= 5*ULN if liver_metastases currently`: the second limit holds in that case alone.
Found other_limit_if(const Stop& s) {
  const size_t sign = compare_sign_length(s.rest());
  const auto before = comparison_at_end(s, trimmed(s.line_before()));
  if (s.part != Part::condition || sign == 0 || !same_word(s.last(), "or") || !before || before->name.empty())
    return std::nullopt;
  const std::string_view rest = s.rest();
  const size_t at = skip_blanks(rest, sign);
  const Written value = quantity_at(rest.substr(at));
  const size_t joint = skip_blanks(rest, at + value.whole.size());
  if (value.number.empty() || !same_word(first_word(rest.substr(joint)), "if")) return std::nullopt;
  const std::string_view condition = trimmed(rest.substr(joint + 2));
  if (!is_plain(condition)) return std::nullopt;
  const std::string right =
      fmt::format("if {} then {} {} {} else {} {} {}", condition, before->name, rest.substr(0, sign),
                  with_star(value.whole), before->name, spelling(before->op), with_star(before->value));
  const uint32_t begin = place_of_word(s, before->name),
                 end = place_of_word(s, condition) + static_cast<uint32_t>(condition.size());
  const bool alone = trimmed(s.line_before()).data() == before->name.data();
  const std::string shown = alone ? right : fmt::format("({})", right);
  return mistake({begin, end, s.source.id}, "of two limits it is said first in which case the one holds",
                 fmt::format("write `{}`", shown), Fix{{begin, end, s.source.id}, shown, false});
}

constexpr Explanation kMistakes[] = {unless_behind, unless_before, if_behind, when_behind, sign_for_then};

}  // namespace

std::optional<Diagnostic> mistake_of_other_limit(const Stop& s) {
  return other_limit_if(s);
}

std::optional<Diagnostic> mistake_of_case(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
