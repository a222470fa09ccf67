// The daily dose of a drug and its members: on a day, or the highest, lowest or total over a window.
#include <algorithm>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

constexpr int64_t kSecondsADay = 86'400;

// Base units of `to` in one of `from`; nothing where they are not of one kind. `days`: a dose a day into its
// total.
std::optional<Rational> ratio(const Unit& from, const Unit& to, bool days) {
  auto dimension = from.dimension;
  if (days) dimension[size_t(Base::time)] += 1;
  if (dimension != to.dimension || from.kinds != to.kinds) return std::nullopt;
  const Rational factor = from.factor / to.factor;
  return days ? factor * Rational(kSecondsADay) : factor;
}

Amount as_written(const Record& record) {
  switch (record.bound) {
    case Bound::exact:
      return exactly(record.value);
    case Bound::less:
    case Bound::less_equal:
      return between(0, record.value);
    case Bound::greater:
    case Bound::greater_equal:
      return at_least(record.value);
  }
  return {};
}

}  // namespace

std::optional<Rational> factor_of_dose(const DoseValue& v, size_t member, const Conversion& unit) {
  const auto equivalent = v.factors.empty() ? std::optional<Rational>(1) : v.factors[member];
  const auto in_unit = ratio(unit.parsed, v.unit, v.over == Selector::total);
  if (!equivalent || !in_unit) return std::nullopt;
  return *equivalent * *in_unit;
}

namespace {

// How the doses of the days become one number: the least and the most that it may be.
struct Fold {
  std::optional<Selector> how;
  Rational low, high;
  bool some = false, unbounded = false;

  // `most`: no number where a record of no known dose may cover the day.
  void take(const Rational& least, const std::optional<Rational>& most, int64_t days) {
    if (how == Selector::total) {
      low += least * Rational(days);
      if (most) high += *most * Rational(days);
      unbounded |= !most;
    } else {
      // On one day that is not certain: the least of the days, the most of them.
      if (!some || (how == Selector::highest ? low < least : least < low)) low = least;
      const bool lowest = how == Selector::lowest;
      const bool first = !some || (lowest && unbounded);
      if (most && (first || (lowest ? *most < high : high < *most))) high = *most;
      unbounded = lowest ? first && !most : unbounded || !most;
    }
    some = true;
  }
};

struct Doses {
  Evaluation& e;
  const DoseValue& v;
  const Class& of;
  std::vector<DoseStep>& steps;

  Amount one_dose(const Record& record, size_t member) const {
    if (!record.has_value || !record.unit) return {};
    const auto factor = factor_of_dose(v, member, *record.unit);
    return factor ? scaled(as_written(record), {*factor, 0}) : Amount{};
  }

  void add(const Record& record, const Class::Member* member, const Amount& dose) {
    if (record.says == Says::no) return;
    const Extent x = extent_of(record, FactKind::drug, member, false);
    const bool unbounded = !dose.known() || dose.high_edge == Edge::infinite;
    const Rational low = dose.known() ? dose.low : Rational(0);
    const Rational high = unbounded ? Rational(0) : dose.kind == Amount::Kind::exact ? dose.low : dose.high;
    if (member && !x.undated && x.start.last <= x.end.first) {
      steps.push_back({x.start.last, low, 0, 0});
      steps.push_back({x.end.first + 1, -low, 0, 0});
    }
    steps.push_back({x.start.first, 0, high, unbounded});
    steps.push_back({x.end.last + 1, 0, -high, -int{unbounded}});
  }

  void collect() {
    steps.clear();
    const auto records = [&](FactId fact, const auto& each) {
      for (uint32_t r = e.patient.first(fact); r != kNone; r = e.patient.records[r].next)
        each(e.patient.records[r]);
    };
    for_each_named(e, of, [&](uint32_t i) {
      records(of.members[i].fact, [&](const Record& r) { add(r, &of.members[i], one_dose(r, i)); });
      return false;
    });
    for (FactId ancestor : of.ancestors) records(ancestor, [&](const Record& r) { add(r, nullptr, {}); });
    std::ranges::sort(steps, {}, &DoseStep::day);
  }

  void fold(Fold& folded, Tick from, Tick to) const {
    Rational low, high;
    int unbounded = 0;
    size_t next = 0;
    while (from <= to) {
      for (; next < steps.size() && steps[next].day <= from; ++next) {
        low += steps[next].low;
        high += steps[next].high;
        unbounded += steps[next].unbounded;
      }
      const Tick until = next < steps.size() ? std::min(to, steps[next].day - 1) : to;
      folded.take(low, unbounded == 0 ? std::optional(high) : std::nullopt, until - from + 1);
      from = until + 1;
    }
  }

  Fold folded(const ResolvedWindow& window, bool wide) const {
    Fold made{v.over, 0, 0};
    for_each_piece(window, wide, [&](Tick from, Tick to) {
      fold(made, from, to);
      return false;
    });
    return made;
  }

  // A course that surely reaches into the window has its dose on one of the days there, whichever it is.
  Rational reached(const ResolvedWindow& window) const {
    Rational most = 0;
    for_each_named(e, of, [&](uint32_t i) {
      for (uint32_t r = e.patient.first(of.members[i].fact); r != kNone; r = e.patient.records[r].next) {
        const Record& record = e.patient.records[r];
        const Extent x = extent_of(record, FactKind::drug, &of.members[i], false);
        if (record.says == Says::no || in_window(window, x) != Truth::yes) continue;
        const Amount dose = one_dose(record, i);
        if (dose.known() && most < dose.low) most = dose.low;
      }
      return false;
    });
    return most;
  }

  // Where the window's days are not certain: the least of those that are, the most of those that may be.
  Amount answer(const ResolvedWindow& window, bool closed) const {
    const Fold wide = folded(window, true);
    const bool certain = window.stretch.from.first == window.stretch.from.last &&
                         window.stretch.to.first == window.stretch.to.last && window.blackouts.empty();
    const Fold narrow = certain || !v.over ? wide : folded(window, false);
    if (!wide.some) return v.over == Selector::total && closed ? exactly(0) : Amount{};
    const bool lowest = v.over == Selector::lowest;
    Rational low = lowest ? wide.low : narrow.some ? narrow.low : Rational(0);
    const Fold& most = lowest ? narrow : wide;
    if (v.over == Selector::highest && (most.unbounded || low < most.high))
      low = std::max(low, reached(window));
    if (!closed || !most.some || most.unbounded) return at_least(low);
    return low == most.high ? exactly(low) : between(low, most.high);
  }
};

// The window in whole days: back to the first dose where it has no beginning.
bool in_days(Evaluation& e, const DoseValue& v, ResolvedWindow& window, const std::vector<DoseStep>& steps) {
  if (!v.over) {
    const auto day = v.window == kNone ? e.patient.screening : day_of(e, e.model.windows[v.window].anchor);
    if (!day) return false;
    window.stretch = {ticks_of(*day, false), ticks_of(*day, false)};
    window.blackouts.clear();
    return true;
  }
  if (window.in_minutes) to_days(window);
  Stretch& s = window.stretch;
  if (s.to.last == kFarAhead) return false;
  if (s.from.first == kLongAgo) {
    const Tick first = steps.empty() ? s.to.first : std::min(steps.front().day, s.to.first);
    s.from = {first, first};
    return first != kLongAgo;
  }
  // `total` leaves out the first day, so that 4 weeks are 28 days.
  if (v.over == Selector::total) s.from = {s.from.first + 1, s.from.last + 1};
  return true;
}

}  // namespace

Amount dose_in(const Record& record, const Unit& unit) {
  if (!record.has_value || !record.unit) return {};
  const auto factor = ratio(record.unit->parsed, unit, false);
  return factor ? scaled(as_written(record), {*factor, 0}) : Amount{};
}

namespace {

// The only record that there is of a class, and the place of its member. Null: none, or several.
struct Course {
  const Record* record = nullptr;
  uint32_t place = 0;
  bool several = false;
};

Course only_course(const Evaluation& e, const Class& of) {
  Course found;
  for_each_named(e, of, [&](uint32_t place) {
    const Record& record = e.patient.records[e.patient.first(of.members[place].fact)];
    found = {&record, place, found.record || record.next != kNone};
    return found.several;
  });
  const auto has_record = [&](FactId ancestor) { return e.patient.first(ancestor) != kNone; };
  found.several |= std::ranges::any_of(of.ancestors, has_record);
  return found;
}

// The highest or lowest dose where each day has the same: no record, or one that lasts over the whole window.
std::optional<Amount> steady_dose(Evaluation& e, const DoseValue& v, const ResolvedWindow& window) {
  const Stretch& s = window.stretch;
  const bool whole_days = window.known && !window.in_minutes && window.blackouts.empty() &&
                          s.from.first != kLongAgo && s.from.last <= s.to.first && s.to.last != kFarAhead;
  if (!whole_days || (v.over != Selector::highest && v.over != Selector::lowest)) return std::nullopt;
  const Class& of = e.model.classes[v.of];
  const Course only = only_course(e, of);
  if (only.several) return std::nullopt;
  Amount dose = exactly(0);
  if (only.record) {
    const Extent x = extent_of(*only.record, FactKind::drug, &of.members[only.place], false);
    const bool lasts = !x.undated && x.start.last <= s.from.first && x.end.first >= s.to.last;
    if (!lasts || only.record->says == Says::no || is_denied(e, of, s.to.last, false)) return std::nullopt;
    dose = Doses{e, v, of, e.scratch.steps}.one_dose(*only.record, only.place);
    if (dose.kind != Amount::Kind::exact) return std::nullopt;
  }
  return is_closed(e, of, window) ? dose : at_least(dose.low);
}

}  // namespace

Amount dose_of(Evaluation& e, const DoseValue& v) {
  const auto steady = steady_dose(e, v, window_of(e, v.window));
  return steady ? *steady : dose_day_by_day(e, v);
}

Amount dose_day_by_day(Evaluation& e, const DoseValue& v) {
  const Class& of = e.model.classes[v.of];
  ResolvedWindow window = window_of(e, v.window);
  if (!window.known) return {};
  Doses doses{e, v, of, e.scratch.steps};
  doses.collect();
  if (!in_days(e, v, window, doses.steps)) return {};
  if (is_denied(e, of, window.asked_to, false)) doses.steps.clear();
  return doses.answer(window, is_closed(e, of, window));
}

bool may_take_part(Evaluation& e, const DoseValue& v, const Record& record) {
  ResolvedWindow window = window_of(e, v.window);
  const Extent x = extent_of(record, FactKind::drug, nullptr, false);
  // Without a beginning the window goes back to the record's own.
  const std::vector<DoseStep> own{{x.start.first, 0, 0, 0}};
  if (!window.known || !in_days(e, v, window, own)) return true;
  return x.start.first <= window.stretch.to.last && x.end.last >= window.stretch.from.first;
}

}  // namespace crit
