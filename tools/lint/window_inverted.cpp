// window-inverted: a window in which no day is left.
#include <fmt/format.h>

#include "interpreter/calendar.hpp"
#include "tools/lint/fact_windows.hpp"

namespace crit {

namespace {

// A span of time by how the calendar counts it; a month has 28 to 31 days.
struct Length {
  enum class In { minutes, days, months, half_lives } in;
  Rational count;
};

std::optional<Length> length_of(const Duration& duration) {
  if (duration.parts.size() != 1) return std::nullopt;
  const auto count = Rational::parse(duration.parts[0].count.digits);
  if (!count) return std::nullopt;
  switch (duration.parts[0].unit) {
    case DurationUnit::minutes:
      return Length{Length::In::minutes, *count};
    case DurationUnit::hours:
      return Length{Length::In::minutes, *count * 60};
    case DurationUnit::days:
      return Length{Length::In::days, *count};
    case DurationUnit::weeks:
      return Length{Length::In::days, *count * 7};
    case DurationUnit::months:
      return Length{Length::In::months, *count};
    case DurationUnit::years:
      return Length{Length::In::months, *count * 12};
    case DurationUnit::half_lives:
      return Length{Length::In::half_lives, *count};
  }
  return std::nullopt;
}

// Whatever the months: `covering` is at least as long. Windows of hours begin at a time, others with a day.
bool covers(const Length& covering, const Length& own) {
  using enum Length::In;
  if (covering.in == own.in) return covering.count >= own.count;
  if (covering.in == days && own.in == minutes) return covering.count * (24 * 60) >= own.count;
  if (covering.in == days && own.in == months) return covering.count >= own.count * 31;
  return covering.in == months && own.in == days && covering.count * 28 >= own.count;
}

bool same_anchor(const Window& a, const Window& b) {
  const auto name = [](const Window& w) {
    return w.anchor ? w.anchor->name.text + w.anchor->date.text : std::string("screening");
  };
  const auto kind = [](const Window& w) { return w.anchor ? w.anchor->kind : Anchor::Kind::named; };
  return a.side == b.side && name(a) == name(b) && kind(a) == kind(b);
}

// `within 3 months except within 6 months`: the blackout takes all of it.
bool is_blacked_out(const Window& w) {
  if (w.kind != Window::Kind::within || !w.duration || w.duration->parts.empty()) return false;
  for (const Window& blackout : w.blackouts) {
    if (!blackout.duration || !same_anchor(w, blackout)) continue;
    const auto own = length_of(*w.duration), taken = length_of(*blackout.duration);
    if (own && taken && covers(*taken, *own)) return true;
  }
  return false;
}

// `between 2025-03-01 and 2024-01-01`, `between last surgery and first surgery`.
bool ends_before_it_begins(const Window& w) {
  if (w.kind != Window::Kind::between || !w.anchor || !w.until) return false;
  const Anchor &from = *w.anchor, &to = *w.until;
  using enum Anchor::Kind;
  if (from.kind == date && to.kind == date) {
    const auto begin = parse_when(from.date.text), end = parse_when(to.date.text);
    return begin && end && end->last_day < begin->first_day;
  }
  if (from.kind == last && to.kind == Anchor::Kind::first) return from.name.text == to.name.text;
  const bool named_both = from.kind == named && to.kind == named;
  return named_both &&
         (to.name.text == "birth_date" || (from.name.text == "last_dose" && to.name.text == "first_dose"));
}

bool is_zero(const Duration& duration) {
  if (duration.kind == Duration::Kind::longer_of || duration.parts.empty()) return false;
  const auto count = Rational::parse(duration.parts[0].count.digits);
  return count && count->is_zero();
}

void look(const LintInput& input, const Expr& e, Findings& findings) {
  for_each_window(e, [&](const FactWindow& w) {
    const bool lasting = !w.window || w.window->kind == Window::Kind::for_at_least;
    if (w.duration && lasting && is_zero(*w.duration))
      findings.push_back(finding(w.duration->span,
                                 fmt::format("`{}` is no time", text_of(input.source, w.duration->span)),
                                 "say how long it must have lasted"));
    if (!w.window) return;
    if (is_blacked_out(*w.window))
      findings.push_back(finding(w.window->span, "`except within` takes the whole window away",
                                 "the blackout must be the shorter one"));
    if (ends_before_it_begins(*w.window))
      findings.push_back(
          finding(w.window->span, "the window ends before it begins", "write the earlier date first"));
  });
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (const Expr* when = when_of(criterion)) look(input, *when, findings);
    if (criterion.condition) look(input, *criterion.condition, findings);
  });
}

}  // namespace

extern const LintRule kWindowInverted{
    "window-inverted",
    LintGroup::time,
    Severity::error,
    "a window in which no day is left",
    "Nothing can happen in it, so that the condition is the same for every patient.",
    R"(trial T1 "example"

exclude E1 "Surgery between March 2024 and March 2025"
  surgery between 2025-03-01 and 2024-03-01
)",
    R"(trial T1 "example"

exclude E1 "Surgery between March 2024 and March 2025"
  surgery between 2024-03-01 and 2025-03-01
)",
    run};

}  // namespace crit
