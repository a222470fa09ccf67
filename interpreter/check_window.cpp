// Windows, durations and anchors as written to what the calendar is asked.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/calendar_units.hpp"
#include "interpreter/checker.hpp"

namespace crit {

namespace {

bool is_clock(DurationUnit unit) {
  return unit == DurationUnit::minutes || unit == DurationUnit::hours;
}

// `within 72 hours of stage1`: a name that nothing is like. True where it was reported.
bool undeclared_day(Checker& c, const Name& name) {
  if (c.definitions.contains(name.text) || fact_named(c.schema, c.scope, name.text) != kNoFact ||
      !nearest_name(c.schema, c.scope, name.text).empty())
    return false;
  c.used_names.try_emplace(name.text, name.span);
  report(c, "unknown-name", name.span, fmt::format("there is no date named `{}`", name.text),
         fmt::format(
             "declare it: `date {} \"the day of ...\"`; the day of a record is `first NAME` or `last NAME`",
             name.text));
  return true;
}

std::optional<AnchorSpec> named_anchor(Checker& c, const Anchor& anchor) {
  if (anchor.name.text == "screening" && !c.scope.own.contains("screening")) return AnchorSpec{};
  if (undeclared_day(c, anchor.name)) return std::nullopt;
  const FactId id = fact_or_report(c, anchor.name);
  if (id == kNoFact || c.schema.facts[id].broken) return std::nullopt;
  const Fact& fact = c.schema.facts[id];
  if (fact.kind == FactKind::date) return AnchorSpec{AnchorSpec::Kind::date_fact, id, kNone, {}};
  report(c, "type-mismatch", anchor.name.span,
         fmt::format("`{}` is {}, not a date", fact.name, a_kind(fact.kind)),
         part_of(fact.kind) != Part::none
             ? fmt::format("write `first {}` or `last {}` for the day of its record", fact.name, fact.name)
             : "an anchor is `screening`, a declared date, or a written one");
  return std::nullopt;
}

// `before first dose`: the date `first_dose`. True where it was reported.
bool blank_in_date_name(Checker& c, const Anchor& anchor) {
  const bool first = anchor.kind == Anchor::Kind::first;
  const std::string joined = (first ? "first_" : "last_") + anchor.name.text;
  if (fact_named(c.schema, c.scope, anchor.name.text) != kNoFact) return false;
  const FactId id = fact_named(c.schema, c.scope, joined);
  if (id == kNoFact || c.schema.facts[id].kind != FactKind::date) return false;
  report_fix(c, "unknown-name", anchor.span,
             fmt::format("`{} {}` is one name", first ? "first" : "last", anchor.name.text),
             fmt::format("write `{}`", joined), Fix{anchor.span, joined, false});
  return true;
}

std::optional<AnchorSpec> record_anchor(Checker& c, const Anchor& anchor) {
  if (blank_in_date_name(c, anchor)) return std::nullopt;
  const FactId id = fact_or_report(c, anchor.name);
  if (id == kNoFact || c.schema.facts[id].broken) return std::nullopt;
  const Fact& fact = c.schema.facts[id];
  if (part_of(fact.kind) == Part::none) {
    report(c, "type-mismatch", anchor.name.span,
           fmt::format("`{}` is {}; `first` and `last` are said of a condition, a drug or an event",
                       fact.name, a_kind(fact.kind)));
    return std::nullopt;
  }
  const auto kind =
      anchor.kind == Anchor::Kind::first ? AnchorSpec::Kind::first_of : AnchorSpec::Kind::last_of;
  return AnchorSpec{kind, kNoFact, class_of(c, id), {}};
}

std::string key_of(const AnchorSpec& a) {
  return fmt::format("{}:{}:{}:{}-{}", int(a.kind), a.date, a.of, a.fixed.first_day, a.fixed.last_day);
}

std::string key_of(const WindowSpec& w) {
  std::string key = fmt::format("{}|{}|{}|{}|", int(w.kind), int(w.side), key_of(w.anchor), key_of(w.until));
  key += fmt::format("{}", int(w.duration.kind));
  for (const auto& part : w.duration.parts)
    key += fmt::format(",{}{}", part.count.to_decimal().text, int(part.unit));
  for (const WindowSpec& b : w.blackouts) key += "except " + key_of(b);
  return key;
}

std::string words_of(const Anchor& anchor) {
  switch (anchor.kind) {
    case Anchor::Kind::named:
      return anchor.name.text;
    case Anchor::Kind::first:
      return "first " + anchor.name.text;
    case Anchor::Kind::last:
      return "last " + anchor.name.text;
    case Anchor::Kind::date:
      break;
  }
  return anchor.date.text;
}

// `within 6 months before v1 except within 4 weeks`: screening is meant where no other day is named, and here
// one is. True where it was reported.
bool blackout_reads_two_ways(Checker& c, const Window& w, const AnchorSpec& anchor, const Window& blackout) {
  if (!w.anchor || anchor.kind == AnchorSpec::Kind::screening || blackout.anchor) return false;
  const std::string when = print(blackout), other = words_of(*w.anchor);
  report(c, "unsaid-window", blackout.span,
         fmt::format("`except {}` may count from screening, or from `{}`", when, other),
         fmt::format("write `except {0} before {1}`\nor    `except {0} before screening`", when, other));
  return true;
}

void become(AnchorSpec& anchor, Day day) {
  anchor.fixed = {day, day, -1};
}

// A month that the rule writes is a whole one: `before 2025-02` ends before its first day, and `on 2025-02`
// is each of its days.
void settle_months(WindowSpec& window) {
  const bool has_month = is_month_written(window.anchor);
  switch (window.kind) {
    case Window::Kind::before:
      if (has_month) become(window.anchor, window.anchor.fixed.first_day);
      return;
    case Window::Kind::after:
      if (has_month) become(window.anchor, window.anchor.fixed.last_day);
      return;
    case Window::Kind::on:
      if (!has_month) return;
      window.kind = Window::Kind::between;
      window.until = window.anchor;
      [[fallthrough]];
    case Window::Kind::between:
      if (is_month_written(window.anchor)) become(window.anchor, window.anchor.fixed.first_day);
      if (is_month_written(window.until)) become(window.until, window.until.fixed.last_day);
      return;
    case Window::Kind::within:
    case Window::Kind::currently:
    case Window::Kind::ever:
    case Window::Kind::for_at_least:
    case Window::Kind::starting_within:
    case Window::Kind::ending_within:
      return;
  }
}

std::optional<WindowSpec> window_spec(Checker& c, const Window& w, const Context& context) {
  WindowSpec made;
  made.kind = w.kind;
  made.side = w.side;
  made.words = print(w);
  const auto anchor = check_anchor(c, w.anchor), until = check_anchor(c, w.until);
  if (!anchor || !until) return std::nullopt;
  made.anchor = *anchor;
  made.until = *until;
  if (w.duration && w.anchor && counts_from_month(c, *w.anchor, made.anchor)) return std::nullopt;
  if (w.duration) {
    made.duration = check_duration(c, *w.duration);
    for (const auto& part : w.duration->parts) {
      made.in_hours |= is_clock(part.unit);
      made.of_half_lives |= part.unit == DurationUnit::half_lives;
    }
    if (made.duration.parts.empty()) return std::nullopt;
  }
  for (const Window& blackout : w.blackouts) {
    const auto inner = window_spec(c, blackout, context);
    if (!inner || blackout_reads_two_ways(c, w, made.anchor, blackout)) return std::nullopt;
    made.in_hours |= inner->in_hours;
    made.of_half_lives |= inner->of_half_lives;
    made.blackouts.push_back(*inner);
  }
  settle_months(made);
  return made;
}

}  // namespace

std::optional<AnchorSpec> check_anchor(Checker& c, const std::optional<Anchor>& anchor) {
  if (!anchor) return AnchorSpec{};
  switch (anchor->kind) {
    case Anchor::Kind::named:
      return named_anchor(c, *anchor);
    case Anchor::Kind::first:
    case Anchor::Kind::last:
      return record_anchor(c, *anchor);
    case Anchor::Kind::date: {
      const auto when = parse_when(anchor->date.text);
      if (!when) return std::nullopt;
      return AnchorSpec{AnchorSpec::Kind::fixed, kNoFact, kNone, *when};
    }
  }
  return std::nullopt;
}

DurationSpec check_duration(Checker& c, const Duration& duration) {
  DurationSpec made;
  made.kind = duration.kind;
  for (const PlainDuration& part : duration.parts) {
    const auto count = Rational::parse(part.count.digits);
    const bool whole =
        part.unit == DurationUnit::half_lives || (count && make_period(*count, calendar_unit(part.unit)));
    if (!count || !whole) {
      if (part.count.told) return {};
      report(c, "type-mismatch", part.span,
             fmt::format("the calendar has no {} {}", part.count.digits, spelling(part.unit)),
             "write whole days, weeks, months or years, 1000 years at most");
      return {};
    }
    made.parts.push_back({*count, part.unit});
  }
  return made;
}

bool refuse_half_lives(Checker& c, const Fact& fact, WindowId window, Span span) {
  if (window == kNone || !c.model.windows[window].of_half_lives || fact.kind == FactKind::drug) return false;
  report(c, "type-mismatch", span,
         fmt::format("`{}` is {}: only a drug has a half-life", fact.name, a_kind(fact.kind)),
         "write the time in days, weeks or months");
  return true;
}

std::optional<WindowId> check_window(Checker& c, const Window& w, const Context& context) {
  auto spec = window_spec(c, w, context);
  if (!spec) return std::nullopt;
  const auto [place, is_new] =
      c.windows.try_emplace(key_of(*spec), static_cast<WindowId>(c.model.windows.size()));
  if (is_new) c.model.windows.push_back(std::move(*spec));
  return place->second;
}

}  // namespace crit
