// latest-of-ever: `ever` behind a result asks the latest one, as no window at all would.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

bool is_ever(const WindowPtr& window) {
  return window && window->kind == Window::Kind::ever;
}

// Measures without a selection, in `ever`, each once.
struct Walk {
  const LintInput& input;
  std::vector<const Name*> found = {};

  void look(const Expr& e, bool ever) {
    if (std::holds_alternative<Selection>(e.node)) return;
    if (const auto* records = std::get_if<Records>(&e.node)) {
      const Fact* fact = fact_of(input, records->name.text);
      const auto same = [&](const Name* name) { return name->text == records->name.text; };
      if ((records->window ? is_ever(records->window) : ever) && fact && fact->kind == FactKind::measure &&
          std::ranges::none_of(found, same))
        found.push_back(&records->name);
      return;
    }
    const auto* windowed = std::get_if<Windowed>(&e.node);
    const bool inside = windowed ? is_ever(windowed->window) : ever;
    for_each_child(e, [&](const Expr& child) { look(child, inside); });
  }
};

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    Walk walk{input};
    if (criterion.condition) walk.look(*criterion.condition, false);
    for (const Name* name : walk.found)
      findings.push_back(finding(
          name->span, fmt::format("`ever` takes of `{}` the latest result alone", name->text),
          fmt::format("write `highest {0}` or `lowest {0}`, which look at all results, or leave `ever` out",
                      name->text)));
  });
}

}  // namespace

extern const LintRule kLatestOfEver{
    "latest-of-ever",
    LintGroup::plausibility,
    Severity::warning,
    "`ever` said of a result, of which the latest one alone is looked at",
    "\"ALT above 3 x ULN at any time\" means every result there is; a name alone means the latest, and the "
    "patient whose last ALT was normal again would not be excluded.",
    R"(trial T1 "example"

exclude E1 "ALT above 3 x ULN at any time"
  ALT > 3*ULN ever
)",
    R"(trial T1 "example"

exclude E1 "ALT above 3 x ULN at any time"
  highest ALT > 3*ULN ever
)",
    run};

}  // namespace crit
