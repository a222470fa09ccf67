// Where a criterion uses results of measures, and whether it says which of them.
#include "tools/lint/measure_uses.hpp"

#include <algorithm>

#include "grammar/walk.hpp"

namespace crit {

namespace {

struct Walk {
  const LintInput& input;
  std::vector<MeasureUse>& uses;

  void look(const Expr& e, bool windowed, bool selected) {
    if (const auto* records = std::get_if<Records>(&e.node)) {
      const Fact* fact = fact_of(input, records->name.text);
      const bool known = std::ranges::any_of(uses, [&](const MeasureUse& use) { return use.fact == fact; });
      if (fact && fact->kind == FactKind::measure && !known)
        uses.push_back({&records->name, fact, windowed || records->window, selected});
      return;  // what `with` compares is the record's own
    }
    const auto* selection = std::get_if<Selection>(&e.node);
    const auto* trailing = std::get_if<Windowed>(&e.node);
    const bool in_window = windowed || (selection && selection->window) || (trailing && trailing->window);
    for_each_child(e, [&](const Expr& child) { look(child, in_window, selected || selection); });
  }
};

}  // namespace

std::vector<MeasureUse> measure_uses(const LintInput& input, const Criterion& criterion) {
  std::vector<MeasureUse> uses;
  if (criterion.condition) Walk{input, uses}.look(*criterion.condition, false, false);
  return uses;
}

}  // namespace crit
