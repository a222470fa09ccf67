// window-after-screening: a window that looks forward from the screening, where no patient has records yet.
#include <fmt/format.h>

#include "tools/lint/fact_windows.hpp"

namespace crit {

namespace {

bool is_screening(const std::optional<Anchor>& anchor) {
  return !anchor || (anchor->kind == Anchor::Kind::named && anchor->name.text == "screening");
}

// `within 2 weeks after screening`, `after screening`; a date of the trial's may come before or after it.
bool looks_forward(const Window& w) {
  if (!is_screening(w.anchor)) return false;
  if (w.kind == Window::Kind::after) return true;
  return (w.kind == Window::Kind::within || w.kind == Window::Kind::starting_within ||
          w.kind == Window::Kind::ending_within) &&
         w.side == Side::after;
}

void look(const LintInput& input, const Expr& e, Findings& findings) {
  const Window* told = nullptr;  // a window after a list is one finding
  for_each_window(e, [&](const FactWindow& w) {
    if (!w.window || w.window == told || !looks_forward(*w.window)) return;
    told = w.window;
    const std::string back = w.window->duration && w.window->blackouts.empty()
                                 ? fmt::format("`within {}`", text_of(input.source, w.window->duration->span))
                                 : std::string("a window such as `within 4 weeks`");
    findings.push_back(
        finding(told->span, "the window lies after the screening, where no patient has records yet",
                fmt::format("for the time before the screening write {};\nask for what is planned in a "
                            "`flag` or a `judgement`",
                            back)));
  });
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (const Expr* when = when_of(criterion)) look(input, *when, findings);
    if (criterion.condition) look(input, *criterion.condition, findings);
  });
}

}  // namespace

extern const LintRule kWindowAfterScreening{
    "window-after-screening",
    LintGroup::time,
    Severity::warning,
    "a window that lies after the screening",
    "Patients are decided by what is known on the day of screening: an exclusion would take out nobody, and "
    "an inclusion would leave everyone undetermined.",
    R"(trial T1 "example"

exclude E1 "Elective surgery planned within 4 weeks after screening"
  surgery within 4 weeks after screening
)",
    R"(trial T1 "example"

flag surgery_planned "elective surgery is planned within 4 weeks after screening"

exclude E1 "Elective surgery planned within 4 weeks after screening"
  surgery_planned
)",
    run};

}  // namespace crit
