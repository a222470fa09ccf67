// What people write in the first line of a declaration that does not belong there, or forget.
#include <fmt/format.h>

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

constexpr Explanation kMistakes[] = {values_of_choice, unit_of_no_measure};

}  // namespace

std::optional<Diagnostic> mistake_of_declaration(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
