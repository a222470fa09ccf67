// How protocols say which of several results counts, where reading stopped at it: `any ALT > 3*ULN`, `max
// ALT`.
#include <fmt/format.h>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

// `any ALT > 3*ULN`, `all SBP < 140 mmHg`
Found results_for_list(const Stop& s) {
  const bool any = same_word(s.last(), "any");
  const std::string_view name = name_at(s.word());
  const auto op = name.empty() ? std::nullopt : comparison_ahead(s.rest());
  if (s.expected != "`of`" || !op || !(is_lower_limit(*op) || is_upper_limit(*op)) ||
      !(any || same_word(s.last(), "all")))
    return std::nullopt;
  const std::string right(spelling(any ? result_of_any(*op) : result_of_every(*op)));
  return mistake(
      s.before, fmt::format("`{}` does not say which results count", s.last()),
      fmt::format(
          "a name alone means the latest result: write `{} {}`, which decides whether {} of them is so",
          right, name, any ? "any" : "each"),
      Fix{s.before, right, false});
}

// `max ALT > 3*ULN`: of one name the results are compared with each other.
Found highest_or_lowest(const Stop& s) {
  const auto f = function(s.last());
  const std::string_view name = name_at(s.word());
  const bool is_one = s.after_operand() && !s.new_line && !name.empty() &&
                      !s.rest().substr(skip_blanks(s.rest(), name.size())).starts_with(',');
  if (!is_one || (f != Function::max && f != Function::min)) return std::nullopt;
  const std::string right(spelling(f == Function::max ? Selector::highest : Selector::lowest));
  return mistake(s.before, fmt::format("`{}` of one name is not how it is written", s.last()),
                 fmt::format("write `{} {}`", right, name), Fix{s.before, right, false});
}

// `mean QTcF < 450 ms`
Found mean(const Stop& s) {
  if (!s.after_operand() || !same_word(s.last(), "mean") || name_at(s.word()).empty()) return std::nullopt;
  return written(s.before, s.last(), "average", false);
}

constexpr Explanation kMistakes[] = {results_for_list, highest_or_lowest, mean};

}  // namespace

Selector result_of_any(CompareOp op) {
  return is_upper_limit(op) ? Selector::lowest : Selector::highest;
}
Selector result_of_every(CompareOp op) {
  return is_upper_limit(op) ? Selector::highest : Selector::lowest;
}

std::string results_meant(std::string_view name, CompareOp op) {
  return fmt::format(
      "a name alone means the latest result: write `{1} {0}` where one result is enough,"
      "\nor `{2} {0}` where all of them count",
      name, spelling(result_of_any(op)), spelling(result_of_every(op)));
}

std::optional<Diagnostic> mistake_of_result(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
