// A rule file to the slips that people make in one: those of whole criteria, and the walk to all others.
#include "tests/slips.hpp"

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

void add_slips_of(const LintInput& input, const Expr& condition, std::vector<SlipPlace>& places) {
  for_each_expr(condition, [&](const Expr& e) {
    add_number_slips(input, e, places);
    add_window_slips(input, e, places);
    add_word_slips(input, e, places);
  });
}

}  // namespace

std::vector<SlipPlace> slip_places(const LintInput& input) {
  std::vector<SlipPlace> places;
  for (const Statement& statement : input.trial.statements) {
    const auto* criterion = std::get_if<Criterion>(&statement.node);
    if (!criterion) continue;
    const std::string_view other = criterion->include ? "exclude" : "include";
    const Span keyword{statement.head.begin, statement.head.begin + uint32_t(other.size()),
                       statement.head.file};
    places.push_back({Slip::kind_swapped, keyword, {{{keyword, std::string(other)}}}});
    places.push_back({Slip::criterion_deleted, criterion->id.span, {{{statement.span, ""}}}});
    if (const Expr* when = when_of(*criterion)) add_slips_of(input, *when, places);
    if (criterion->condition) add_slips_of(input, *criterion->condition, places);
  }
  return places;
}

std::string edited(const std::string& text, const Edits& edits) {
  Edits sorted = edits;
  std::ranges::sort(sorted, {}, [](const Edit& e) { return e.span.begin; });
  std::string made;
  size_t at = 0;
  for (const Edit& edit : sorted) {
    made += text.substr(at, edit.span.begin - at) + edit.text;
    at = edit.span.end;
  }
  return made + text.substr(at);
}

}  // namespace crit
