// Records on the calendar: when one began and ended, and whether that is inside a window.
#include <algorithm>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

// Ongoing conditions that are acute may be over after so long, and no later.
struct Acute {
  const Class::Member* member;
  bool in_minutes;

  bool limited() const { return member && member->acute; }
  DurationSpec duration() const {
    const auto count = Rational::parse(member->acute->count.digits);
    return {Duration::Kind::plain, {{count.value_or(Rational(0)), member->acute->unit}}};
  }
  Tick latest_end(Tick start) const {
    if (!limited()) return kFarAhead;
    return after(duration(), start, in_minutes, member).value_or(kFarAhead);
  }
  Tick earliest_start(Tick day) const {
    if (!limited()) return kLongAgo;
    return before(duration(), day, in_minutes, member).value_or(kLongAgo);
  }
};

Truth three_valued(bool certain, bool possible) {
  return certain ? Truth::yes : possible ? Truth::unknown : Truth::no;
}

// A point in time that lies in the window.
Truth point_in(const ResolvedWindow& w, TickRange point) {
  const bool certain =
      for_each_piece(w, false, [&](Tick from, Tick to) { return point.first >= from && point.last <= to; });
  return three_valued(certain, certain || for_each_piece(w, true, [&](Tick from, Tick to) {
                                 return point.last >= from && point.first <= to;
                               }));
}

Truth overlap(const ResolvedWindow& w, const Extent& x) {
  if (w.blackouts.empty()) {
    const Stretch& s = w.stretch;
    if (x.start.last <= s.to.first && x.end.first >= s.from.last && s.from.last <= s.to.last &&
        !w.maybe_empty)
      return Truth::yes;
    return x.start.first <= s.to.last && x.end.last >= s.from.first && s.from.first <= s.to.last
               ? Truth::unknown
               : Truth::no;
  }
  const bool certain =
      for_each_piece(w, false, [&](Tick from, Tick to) { return x.start.last <= to && x.end.first >= from; });
  return three_valued(certain, certain || for_each_piece(w, true, [&](Tick from, Tick to) {
                                 return x.start.first <= to && x.end.last >= from;
                               }));
}

[[gnu::noinline]] Extent extent_with_an_end(const Record& record, FactKind kind, const Class::Member* member,
                                            bool in_minutes) {
  const bool lasts = kind != FactKind::event;
  const Acute acute{member, in_minutes};
  if (!record.has_start && !record.has_end) return {{}, {}, true};
  if (record.single) {
    const TickRange at = ticks_of(record.start, in_minutes);
    if (!lasts) return {at, at, false};
    // There on that day, and perhaps on others.
    return {{acute.earliest_start(at.first), at.last}, {at.first, acute.latest_end(at.last)}, false};
  }
  if (!record.has_end) {
    const TickRange start = ticks_of(record.start, in_minutes);
    return {start, {start.first, acute.latest_end(start.last)}, false};
  }
  const TickRange end = ticks_of(record.end, in_minutes);
  if (!record.has_start) {
    const Day day_before = record.end.last_day - 1;
    return {{kLongAgo, ticks_of({day_before, day_before, -1}, in_minutes).last}, end, false};
  }
  const TickRange start = ticks_of(record.start, in_minutes);
  return {{start.first, std::min(start.last, end.last)}, {std::max(end.first, start.first), end.last}, false};
}

}  // namespace

Extent extent_of(const Record& record, FactKind kind, const Class::Member* member, bool in_minutes) {
  const bool goes_on = record.has_start && !record.has_end && kind != FactKind::event;
  if (!goes_on || (member && member->acute)) return extent_with_an_end(record, kind, member, in_minutes);
  return {ticks_of(record.start, in_minutes), {kFarAhead, kFarAhead}, false};
}

Truth in_window(const ResolvedWindow& w, const Extent& x) {
  if (!w.known) return Truth::unknown;
  if (x.undated) return w.kind == Window::Kind::ever ? Truth::yes : Truth::unknown;
  switch (w.kind) {
    case Window::Kind::starting_within:
      return point_in(w, x.start);
    case Window::Kind::ending_within:
      return point_in(w, x.end);
    case Window::Kind::for_at_least: {
      const Stretch& s = w.stretch;
      const bool certain = x.start.last <= s.from.first && x.end.first >= s.to.last;
      return three_valued(certain, x.start.first <= s.from.last && x.end.last >= s.to.first);
    }
    case Window::Kind::within:
    case Window::Kind::before:
    case Window::Kind::after:
    case Window::Kind::on:
    case Window::Kind::between:
    case Window::Kind::currently:
    case Window::Kind::ever:
      return overlap(w, x);
  }
  return Truth::unknown;
}

namespace {

// Whether records that join may last over some one of the windows of this length, whose two ends move
// together.
bool may_cover_one(std::vector<Cover>& list, const Stretch& s) {
  std::ranges::sort(list, {}, [](const Cover& c) { return c.extent.start.first; });
  const Tick length = s.to.last - s.from.last;
  Tick from = kLongAgo, to = kLongAgo;
  for (const Cover& c : list) {
    if (c.truth == Truth::no) continue;
    if (c.extent.start.first > to + 1) from = c.extent.start.first;
    to = std::max(to, c.extent.end.last);
    if (from <= s.from.last && to >= s.to.first && to - from >= length) return true;
  }
  return false;
}

}  // namespace

Truth covers(std::vector<Cover>& list, const Stretch& s) {
  const auto reaches = [&](Truth at_least, Tick from, Tick to) {
    const bool sure = at_least == Truth::yes;
    std::ranges::sort(list, {},
                      [&](const Cover& c) { return sure ? c.extent.start.last : c.extent.start.first; });
    Tick next = from;  // the first tick not yet covered
    for (const Cover& c : list) {
      if (c.truth < at_least || (sure && c.extent.undated)) continue;
      const Tick start = sure ? c.extent.start.last : c.extent.start.first;
      const Tick end = sure ? c.extent.end.first : c.extent.end.last;
      if (start > next) break;
      next = std::max(next, end + 1);
      if (next > to) return true;
    }
    return next > to;
  };
  if (reaches(Truth::yes, s.from.first, s.to.last)) return Truth::yes;
  if (s.from.last > s.to.first) return may_cover_one(list, s) ? Truth::unknown : Truth::no;
  return reaches(Truth::unknown, s.from.last, s.to.first) ? Truth::unknown : Truth::no;
}

}  // namespace crit
