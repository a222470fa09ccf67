// literal-date: a fixed date in a rule whose words name none: a window is meant.
#include <fmt/format.h>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"
#include "tools/lint/fact_windows.hpp"
#include "tools/lint/literal_dates.hpp"

namespace crit {

namespace {

// "More than 6 months ago" is no `within 6 months`, but what is left without it.
bool is_end(const Expr& condition, const DateText& date) {
  bool found = false;
  for_each_window(condition, [&](const FactWindow& w) {
    found = found || (w.window && w.window->kind == Window::Kind::before && w.window->anchor &&
                      &w.window->anchor->date == &date);
  });
  return found;
}

void add_of(const Window* w, std::vector<const DateText*>& dates) {
  if (!w) return;
  for (const auto* anchor : {&w->anchor, &w->until})
    if (*anchor && (*anchor)->kind == Anchor::Kind::date) dates.push_back(&(*anchor)->date);
  for (const Window& blackout : w->blackouts) add_of(&blackout, dates);
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (!criterion.condition) return;
    for (const DateText* date : literal_dates(*criterion.condition)) {
      // The year alone: protocols write dates in many ways.
      if (criterion.text && criterion.text->text.find(date->text.substr(0, 4)) != std::string::npos) continue;
      findings.push_back(finding(
          date->span, fmt::format("`{}` is a fixed date, and the protocol's words have none", date->text),
          fmt::format(
              "a fixed date means another time for each patient: write a window such as `{}`",
              is_end(*criterion.condition, *date) ? "ever except within 6 months" : "within 6 months")));
    }
  });
}

}  // namespace

std::vector<const DateText*> literal_dates(const Expr& e) {
  std::vector<const DateText*> dates;
  for_each_expr(e, [&](const Expr& part) {
    if (const auto* literal = std::get_if<DateLiteral>(&part.node)) dates.push_back(&literal->date);
    if (const auto* records = std::get_if<Records>(&part.node)) {
      add_of(records->window.get(), dates);
      for (const Exception& x : records->exceptions) add_of(x.window.get(), dates);
    }
    if (const auto* selection = std::get_if<Selection>(&part.node)) add_of(selection->window.get(), dates);
    if (const auto* dose = std::get_if<DoseOf>(&part.node)) add_of(dose->window.get(), dates);
    if (const auto* windowed = std::get_if<Windowed>(&part.node)) add_of(windowed->window.get(), dates);
    const auto* stable = std::get_if<Stable>(&part.node);
    if (stable && stable->anchor && stable->anchor->kind == Anchor::Kind::date)
      dates.push_back(&stable->anchor->date);
  });
  return dates;
}

extern const LintRule kLiteralDate{"literal-date",
                                   LintGroup::time,
                                   Severity::warning,
                                   "a fixed date where the protocol means a window",
                                   "The date was right on the day on which the rule was written. A patient "
                                   "screened a year later is measured against it "
                                   "all the same.",
                                   R"(trial T1 "example"

exclude E1 "Surgery within the past 6 months"
  surgery after 2024-09-01
)",
                                   R"(trial T1 "example"

exclude E1 "Surgery within the past 6 months"
  surgery within 6 months
)",
                                   run};

}  // namespace crit
