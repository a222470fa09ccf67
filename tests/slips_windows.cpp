// Slips in the windows of a condition: left out, another period, another unit, the anchor forgotten, `ever`
// for `currently`.
#include <algorithm>

#include "grammar/walk.hpp"
#include "tests/slips.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

// The neighbours of a period's count among those that protocols have.
constexpr std::string_view kCounts[] = {"1",  "2",  "3",  "4",  "5",  "6",  "8", "10",
                                        "12", "14", "21", "28", "30", "60", "90"};

std::string_view other_unit(DurationUnit unit) {
  switch (unit) {
    case DurationUnit::minutes:
      return "hours";
    case DurationUnit::hours:
      return "days";
    case DurationUnit::days:
      return "weeks";
    case DurationUnit::weeks:
      return "months";
    case DurationUnit::months:
      return "weeks";
    case DurationUnit::years:
      return "months";
    case DurationUnit::half_lives:
      return "days";
  }
  return {};
}

void add_periods(const Duration& duration, std::vector<Edits>& variants) {
  for (const PlainDuration& part : duration.parts) {
    const Span unit{part.count.span.end, part.span.end, part.span.file};
    variants.push_back({{unit, " " + std::string(other_unit(part.unit))}});
    const auto* at = std::ranges::find(kCounts, part.count.digits);
    if (at == std::end(kCounts)) continue;
    if (at != std::begin(kCounts)) variants.push_back({{part.count.span, std::string(at[-1])}});
    if (at + 1 != std::end(kCounts)) variants.push_back({{part.count.span, std::string(at[1])}});
  }
}

bool takes_a_window(const LintInput& input, std::string_view name) {
  const Fact* fact = fact_of(input, name);
  return fact && (fact->kind == FactKind::condition || fact->kind == FactKind::drug);
}

// The window with the blank before it.
Span with_blank(const LintInput& input, Span span) {
  while (span.begin > 0 &&
         std::string_view(" \n").find(input.source.text[span.begin - 1]) != std::string_view::npos)
    --span.begin;
  return span;
}

struct Slips {
  const LintInput& input;
  std::vector<SlipPlace>& places;

  // `needed`: without a window there must be `ever`.
  void add(const WindowPtr& w, bool needed) {
    if (!w) return;
    if (w->kind == Window::Kind::currently || w->kind == Window::Kind::ever) {
      const std::string_view other = w->kind == Window::Kind::ever ? "currently" : "ever";
      places.push_back({Slip::now_or_ever, w->span, {{{w->span, std::string(other)}}}});
      return;
    }
    places.push_back(
        {Slip::window_dropped, w->span, {{{with_blank(input, w->span), needed ? " ever" : ""}}}});
    std::vector<Edits> variants;
    if (w->duration) add_periods(*w->duration, variants);
    if (w->duration && w->anchor) {
      const Span anchor{w->duration->span.end, w->anchor->span.end, w->span.file};
      variants.push_back({{anchor, ""}});
    }
    if (!variants.empty()) places.push_back({Slip::window_changed, w->span, std::move(variants)});
  }

  bool any_takes_a_window(const Expr& inner) const {
    bool any = false;
    for_each_expr(inner, [&](const Expr& part) {
      const auto* records = std::get_if<Records>(&part.node);
      any = any || (records && !records->window && takes_a_window(input, records->name.text));
    });
    return any;
  }
};

}  // namespace

void add_window_slips(const LintInput& input, const Expr& e, std::vector<SlipPlace>& places) {
  Slips slips{input, places};
  if (const auto* records = std::get_if<Records>(&e.node))
    slips.add(records->window, takes_a_window(input, records->name.text));
  if (const auto* windowed = std::get_if<Windowed>(&e.node); windowed && windowed->inner)
    slips.add(windowed->window, slips.any_takes_a_window(*windowed->inner));
  if (const auto* selection = std::get_if<Selection>(&e.node)) slips.add(selection->window, false);
  if (const auto* dose = std::get_if<DoseOf>(&e.node)) slips.add(dose->window, false);
  if (const auto* stable = std::get_if<Stable>(&e.node)) {
    std::vector<Edits> variants;
    add_periods(stable->duration, variants);
    places.push_back({Slip::window_changed, stable->duration.span, std::move(variants)});
  }
}

}  // namespace crit
