// Windows as the rule says them to days (or minutes) on this patient's calendar.
#include <algorithm>

#include "interpreter/calendar_units.hpp"
#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

constexpr Tick kMinutesADay = 1440;
constexpr int64_t kMostDays = 366'000;  // a duration beyond reaches back to any time

Tick first_tick(Day day, bool in_minutes) {
  return in_minutes ? day * kMinutesADay : day;
}
Tick last_tick(Day day, bool in_minutes) {
  return in_minutes ? day * kMinutesADay + kMinutesADay - 1 : day;
}
Day day_at(Tick tick, bool in_minutes) {
  return in_minutes ? day_of_minute(tick) : static_cast<Day>(tick);
}

// Half-lives are counted in days, a fraction of a day as a day.
std::optional<Period> period_of(const DurationSpec::Part& part, const Class::Member* member) {
  if (part.unit != DurationUnit::half_lives) {
    const auto whole = part.count.to_int64();
    if (whole && *whole >= 0 && *whole <= kMostDays)
      return Period{static_cast<int32_t>(*whole), calendar_unit(part.unit)};
    return make_period(part.count, calendar_unit(part.unit));
  }
  if (!member || !member->half_life_days) return std::nullopt;
  const auto days = (-(-(part.count * *member->half_life_days)).floor()).to_int64();
  if (!days || *days < 0) return std::nullopt;
  return Period{static_cast<int32_t>(std::min(*days, kMostDays)), TimeUnit::days};
}

// One end of the duration: before the tick (direction -1) or after it (1).
std::optional<Tick> end_of(const DurationSpec& duration, Tick tick, int direction, bool in_minutes,
                           const Class::Member* member) {
  std::optional<Tick> end;
  for (const DurationSpec::Part& part : duration.parts) {
    const auto period = period_of(part, member);
    if (!period) return std::nullopt;
    Tick at = 0;
    if (is_clock_time(*period)) {
      at = tick + direction * clock_minutes(*period);
    } else {
      const Day day = day_at(tick, in_minutes);
      at = direction < 0 ? first_tick(minus(day, *period), in_minutes)
                         : last_tick(plus(day, *period), in_minutes);
    }
    const bool farther = end && (direction < 0 ? at < *end : at > *end);
    if (!end || farther == (duration.kind == Duration::Kind::longer_of)) end = at;
  }
  return end;
}

TickRange starts(const When& w, bool in_minutes) {
  return {first_tick(w.first_day, in_minutes), first_tick(w.last_day, in_minutes)};
}
TickRange ends(const When& w, bool in_minutes, Day shift = 0) {
  return {last_tick(w.first_day + shift, in_minutes), last_tick(w.last_day + shift, in_minutes)};
}

struct Resolve {
  Evaluation& e;
  const WindowSpec& spec;
  bool in_minutes;
  const Class::Member* member;

  std::optional<Stretch> stretch() const {
    const TickRange long_ago{kLongAgo, kLongAgo}, far_ahead{kFarAhead, kFarAhead};
    const auto anchor = day_of(e, spec.anchor);
    if (!anchor) return std::nullopt;
    switch (spec.kind) {
      case Window::Kind::ever:
        return Stretch{long_ago, ends(*anchor, in_minutes)};
      case Window::Kind::before:
        return Stretch{long_ago, ends(*anchor, in_minutes, -1)};
      case Window::Kind::after: {
        const When next{anchor->first_day + 1, anchor->last_day + 1, -1};
        return Stretch{starts(next, in_minutes), far_ahead};
      }
      case Window::Kind::currently:
      case Window::Kind::on:
        return Stretch{starts(*anchor, in_minutes), ends(*anchor, in_minutes)};
      case Window::Kind::between: {
        const auto until = day_of(e, spec.until);
        if (!until) return std::nullopt;
        return Stretch{starts(*anchor, in_minutes), ends(*until, in_minutes)};
      }
      case Window::Kind::within:
      case Window::Kind::for_at_least:
      case Window::Kind::starting_within:
      case Window::Kind::ending_within:
        return spanned(spec.duration, spec.side, *anchor, in_minutes, member);
    }
    return std::nullopt;
  }
};

// Of a window: each of its dates, those of its blackouts too.
template <typename Is>
bool all_anchors(const WindowSpec& spec, Is is) {
  return is(spec.anchor) && (spec.kind != Window::Kind::between || is(spec.until)) &&
         std::ranges::all_of(spec.blackouts, [&](const WindowSpec& b) { return all_anchors(b, is); });
}

bool by_screening_alone(const AnchorSpec& anchor) {
  return anchor.kind == AnchorSpec::Kind::screening;
}
bool by_screening(const AnchorSpec& anchor) {
  return by_screening_alone(anchor) || anchor.kind == AnchorSpec::Kind::fixed;
}

bool by_one_date(const WindowSpec& spec) {
  return spec.anchor.kind == AnchorSpec::Kind::date_fact && spec.kind != Window::Kind::between &&
         !spec.of_half_lives && spec.blackouts.empty();
}

// What the window depends on, whoever the patient is.
void note_anchors(const WindowSpec& spec, ResolvedWindow& w) {
  w.by_screening =
      !spec.of_half_lives && all_anchors(spec, [](const AnchorSpec& a) { return by_screening(a); });
  w.by_screening_alone =
      w.by_screening && all_anchors(spec, [](const AnchorSpec& a) { return by_screening_alone(a); });
  w.by_one_date = by_one_date(spec);
}

// What blackouts surely take away at the end is not asked about.
Tick last_asked(const ResolvedWindow& w) {
  Tick last = w.stretch.to.last;
  const auto takes_last = [&](const Stretch& out) { return out.from.last <= last && out.to.first >= last; };
  for (auto out = w.blackouts.begin(); out != w.blackouts.end();) {
    const bool takes = takes_last(*out);
    if (takes) last = out->from.last - 1;
    out = takes ? w.blackouts.begin() : out + 1;
  }
  return last;
}

void note_what_is_sure(const Evaluation& e, ResolvedWindow& w) {
  w.asked_to = w.known ? last_asked(w) : w.stretch.to.last;
  w.up_to_screening = w.known && w.asked_to <= screening_tick(e, w.in_minutes);
  w.screening = e.patient.screening;
  const bool plain = w.known && !w.in_minutes && !w.maybe_empty && w.blackouts.empty() &&
                     w.kind != Window::Kind::for_at_least;
  w.sure_from = plain ? w.stretch.from.last : 0;
  w.sure_to = plain ? w.stretch.to.first : -1;
}

void resolve(Evaluation& e, const WindowSpec& spec, const Class::Member* member, ResolvedWindow& made) {
  made.known = true;
  made.in_minutes = spec.in_hours;
  made.kind = spec.kind;
  made.blackouts.clear();
  const auto stretch = Resolve{e, spec, spec.in_hours, member}.stretch();
  made.known = stretch.has_value();
  if (stretch) made.stretch = *stretch;
  made.maybe_empty = spec.kind == Window::Kind::between && stretch && stretch->to.first < stretch->from.last;
  for (const WindowSpec& blackout : spec.blackouts) {
    const auto out = Resolve{e, blackout, spec.in_hours, member}.stretch();
    if (out) made.blackouts.push_back(*out);
    made.known &= out.has_value();
  }
  made.one_by_one = spec.kind != Window::Kind::for_at_least && !spec.of_half_lives;
  note_what_is_sure(e, made);
}

}  // namespace

void to_days(ResolvedWindow& w) {
  const auto day = [](TickRange t) {
    const auto one = [](Tick tick) {
      return tick == kLongAgo || tick == kFarAhead ? tick : Tick{day_at(tick, true)};
    };
    return TickRange{one(t.first), one(t.last)};
  };
  w.stretch = {day(w.stretch.from), day(w.stretch.to)};
  w.asked_to = day({w.asked_to, w.asked_to}).last;
  for (Stretch& b : w.blackouts) b = {day(b.from), day(b.to)};
  w.in_minutes = false;
}

std::optional<Tick> before(const DurationSpec& duration, Tick tick, bool in_minutes,
                           const Class::Member* member) {
  return end_of(duration, tick, -1, in_minutes, member);
}

std::optional<Tick> after(const DurationSpec& duration, Tick tick, bool in_minutes,
                          const Class::Member* member) {
  return end_of(duration, tick, 1, in_minutes, member);
}

bool is_clock(const DurationSpec& duration) {
  return std::ranges::any_of(duration.parts, [](const DurationSpec::Part& part) {
    return part.unit == DurationUnit::minutes || part.unit == DurationUnit::hours;
  });
}

std::optional<Stretch> spanned(const DurationSpec& duration, Side side, const When& anchor, bool in_minutes,
                               const Class::Member* member) {
  const auto moved = [&](TickRange from, int direction) -> std::optional<TickRange> {
    const auto first = end_of(duration, from.first, direction, in_minutes, member);
    const auto last = end_of(duration, from.last, direction, in_minutes, member);
    if (!first || !last) return std::nullopt;
    return TickRange{*first, *last};
  };
  // Days and longer take the anchor's day whole.
  const bool clock = is_clock(duration);
  const TickRange low = clock ? ticks_of(anchor, in_minutes) : starts(anchor, in_minutes);
  const TickRange high = clock ? ticks_of(anchor, in_minutes) : ends(anchor, in_minutes);
  const auto back = side == Side::after ? low : moved(low, -1);
  const auto ahead = side == Side::before ? high : moved(high, 1);
  if (!back || !ahead) return std::nullopt;
  return Stretch{*back, *ahead};
}

void resolve(Evaluation& e, WindowId id, ResolvedWindow& window) {
  const bool is_of_model = window.epoch >= e.scratch.since;
  window.epoch = e.scratch.epoch;
  if (id != kNone) {
    const WindowSpec& spec = e.model.windows[id];
    if (!is_of_model) note_anchors(spec, window);
    const auto day = window.by_screening  ? e.patient.screening
                     : window.by_one_date ? day_of(e, spec.anchor)
                                          : std::nullopt;
    if (day && is_of_model && day == window.day) {
      if (window.screening != e.patient.screening) note_what_is_sure(e, window);
      return;
    }
    window.day = day;
    return resolve(e, spec, nullptr, window);
  }
  window.by_screening = window.by_screening_alone = true;
  window.day = e.patient.screening;
  window.kind = Window::Kind::ever;
  window.stretch = {{kLongAgo, kLongAgo}, ticks_of(*e.patient.screening, false)};
  note_what_is_sure(e, window);
}

const ResolvedWindow& window_in_half_lives(Evaluation& e, WindowId id, const Class::Member* member) {
  resolve(e, e.model.windows[id], member, e.scratch.one_record);
  return e.scratch.one_record;
}

}  // namespace crit
