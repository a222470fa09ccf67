// Windows held against each other by the calendar's own bounds: a month has 28 to 31 days, a year 365 or 366.
#include "tools/lint/encode_windows.hpp"

#include <algorithm>
#include <optional>

namespace crit {

namespace {

// The days that k months may have in a row, from the shortest to the longest run.
constexpr int kFewestDays[12] = {0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334};
constexpr int kMostDays[12] = {0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337};

// A part of a duration on one of three scales that are not exchanged for each other exactly.
struct Length {
  enum class Scale { minutes, days, months, half_lives } scale;
  Rational count;
};

Length length_of(const DurationSpec::Part& part) {
  using enum Length::Scale;
  switch (part.unit) {
    case DurationUnit::minutes:
      return {minutes, part.count};
    case DurationUnit::hours:
      return {minutes, part.count * Rational(60)};
    case DurationUnit::days:
      return {days, part.count};
    case DurationUnit::weeks:
      return {days, part.count * Rational(7)};
    case DurationUnit::months:
      return {months, part.count};
    case DurationUnit::years:
      return {months, part.count * Rational(12)};
    case DurationUnit::half_lives:
      return {half_lives, part.count};
  }
  return {half_lives, part.count};
}

struct Days {
  Rational fewest, most;
};

// Whole days between which the length lies. Windows in days take whole days, so that minutes, which begin
// anywhere in a day, hold one day fewer than they are long.
std::optional<Days> days_of(const Length& length) {
  switch (length.scale) {
    case Length::Scale::minutes: {
      const Rational days = length.count / Rational(24 * 60);
      return Days{days.floor() - Rational(1), -(-days).floor()};
    }
    case Length::Scale::days:
      return Days{length.count, length.count};
    case Length::Scale::months: {
      const auto months = length.count.to_int64();
      if (!months || *months < 0 || *months > 12'000) return std::nullopt;
      const int64_t years = *months / 12;
      return Days{Rational(years * 365 + kFewestDays[*months % 12]),
                  Rational(years * 366 + kMostDays[*months % 12])};
    }
    case Length::Scale::half_lives:
      return std::nullopt;
  }
  return std::nullopt;
}

bool at_most(const Length& shorter, const Length& longer) {
  if (shorter.scale == longer.scale) return shorter.count <= longer.count;
  const auto a = days_of(shorter), b = days_of(longer);
  return a && b && a->most <= b->fewest;
}

bool at_most(const Length& shorter, const DurationSpec& longer) {
  const auto reaches = [&](const DurationSpec::Part& part) { return at_most(shorter, length_of(part)); };
  return longer.kind == Duration::Kind::shorter_of ? std::ranges::all_of(longer.parts, reaches)
                                                   : std::ranges::any_of(longer.parts, reaches);
}

bool is_ever(const Model& m, WindowId id) {
  return id == kNone || (m.windows[id].kind == Window::Kind::ever && m.windows[id].blackouts.empty());
}

bool from_screening(const WindowSpec& w) {
  return w.anchor.kind == AnchorSpec::Kind::screening;
}

// The window has nothing later than its anchor's day.
bool looks_back(const WindowSpec& w) {
  switch (w.kind) {
    case Window::Kind::within:
    case Window::Kind::for_at_least:
    case Window::Kind::starting_within:
    case Window::Kind::ending_within:
      return w.side == Side::before;
    case Window::Kind::before:
    case Window::Kind::on:
    case Window::Kind::currently:
      return true;
    case Window::Kind::after:
    case Window::Kind::between:
    case Window::Kind::ever:
      return false;
  }
  return false;
}

bool side_holds(Side inner, Side outer) {
  return inner == outer || outer == Side::of;
}

bool inside_within(const WindowSpec& inner, const WindowSpec& outer) {
  switch (inner.kind) {
    case Window::Kind::currently:
    case Window::Kind::on:
    case Window::Kind::for_at_least:
      return true;
    case Window::Kind::within:
    case Window::Kind::starting_within:
    case Window::Kind::ending_within:
      return side_holds(inner.side, outer.side) && at_most(inner.duration, outer.duration);
    case Window::Kind::before:
    case Window::Kind::after:
    case Window::Kind::between:
    case Window::Kind::ever:
      return false;
  }
  return false;
}

// Both are counted from one day, and nothing is taken out of `outer`.
bool inside(const WindowSpec& inner, const WindowSpec& outer) {
  switch (outer.kind) {
    case Window::Kind::within:
      return inside_within(inner, outer);
    case Window::Kind::starting_within:
    case Window::Kind::ending_within:
      return inner.kind == outer.kind && side_holds(inner.side, outer.side) &&
             at_most(inner.duration, outer.duration);
    case Window::Kind::for_at_least:
      return inner.kind == outer.kind && inner.side == outer.side && at_most(outer.duration, inner.duration);
    case Window::Kind::currently:
    case Window::Kind::on:
      return inner.kind == Window::Kind::currently || inner.kind == Window::Kind::on ||
             inner.kind == Window::Kind::for_at_least;
    case Window::Kind::before:
    case Window::Kind::after:
      return inner.kind == outer.kind;
    case Window::Kind::between:
      return inner.kind == outer.kind && same(inner.until, outer.until);
    case Window::Kind::ever:
      return false;
  }
  return false;
}

}  // namespace

bool same(const AnchorSpec& a, const AnchorSpec& b) {
  return a.kind == b.kind && a.date == b.date && a.of == b.of && a.fixed == b.fixed;
}

bool at_most(const DurationSpec& shorter, const DurationSpec& longer) {
  const auto fits = [&](const DurationSpec::Part& part) { return at_most(length_of(part), longer); };
  return shorter.kind == Duration::Kind::shorter_of ? std::ranges::any_of(shorter.parts, fits)
                                                    : std::ranges::all_of(shorter.parts, fits);
}

bool lies_inside(const Model& m, WindowId inner, WindowId outer) {
  if (inner == outer || (is_ever(m, inner) && is_ever(m, outer))) return true;
  if (is_ever(m, inner)) return false;
  const WindowSpec& i = m.windows[inner];
  if (is_ever(m, outer)) return from_screening(i) && looks_back(i);
  const WindowSpec& o = m.windows[outer];
  return o.blackouts.empty() && same(i.anchor, o.anchor) && inside(i, o);
}

bool ends_alike(const Model& m, WindowId inner, WindowId outer) {
  if (!lies_inside(m, inner, outer)) return false;
  if (inner == outer || is_ever(m, inner)) return true;
  const WindowSpec& i = m.windows[inner];
  const auto plain = [](const WindowSpec& w) {
    return w.kind == Window::Kind::within && w.side == Side::before && w.blackouts.empty();
  };
  return plain(i) && (is_ever(m, outer) || plain(m.windows[outer]));
}

bool holds_ongoing(const Model& m, const AnchorSpec& anchor, WindowId id) {
  if (is_ever(m, id)) return anchor.kind == AnchorSpec::Kind::screening;
  const WindowSpec& w = m.windows[id];
  if (!w.blackouts.empty() || !same(w.anchor, anchor)) return false;
  return w.kind == Window::Kind::currently || w.kind == Window::Kind::on || w.kind == Window::Kind::within;
}

}  // namespace crit
