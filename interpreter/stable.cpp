// Whether a drug's dose, or a measure's results, stay as they are.
#include <algorithm>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

Truth same_dose(const Record& a, const Record& b) {
  if (!a.has_value || !b.has_value || !a.unit || !b.unit) return Truth::unknown;
  const Amount left = dose_in(a, a.unit->parsed), right = dose_in(b, a.unit->parsed);
  return right.known() ? compare(left, CompareOp::equal, right) : Truth::unknown;
}

// One dose over the window: all records of one dose, or several that each last over all of it.
struct OneDose {
  const Record* first = nullptr;
  Truth same = Truth::yes, whole = Truth::yes;

  void take(const Record& record, Truth lasts_over_all) {
    if (first) same = same & same_dose(*first, record);
    if (!record.has_value)
      same = whole = Truth::unknown;
    else
      whole = whole & lasts_over_all;
    if (!first) first = &record;
  }
  Truth holds() const { return same | whole; }
  // Doses of one day add up: the sum changes where one of them begins or ends.
  void add_up(Truth overlap) { same = same & !overlap; }
};

// One drug, from D before the anchor to the anchor.
struct StableDrug {
  Evaluation& e;
  const Class::Member& member;
  ResolvedWindow window;

  template <typename Each>
  void each_record(Each each) const {
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next) {
      const Record& record = e.patient.records[r];
      if (record.says != Says::no)
        each(record, extent_of(record, FactKind::drug, &member, window.in_minutes));
    }
  }

  // Taken on the anchor's day.
  Truth current() const {
    ResolvedWindow day = window;
    day.stretch.from = window.stretch.to;
    Truth t = Truth::no;
    each_record([&](const Record&, const Extent& x) { t = t | in_window(day, x); });
    return t;
  }

  // Of two records in the window, for more than the day on which one ends and the next begins.
  Truth overlap() const {
    std::vector<std::pair<Extent, Truth>> seen;
    Truth found = Truth::no;
    each_record([&](const Record&, const Extent& x) {
      const Truth in = in_window(window, x);
      for (const auto& [y, y_in] : seen) {
        const bool may = x.start.first < y.end.last && y.start.first < x.end.last;
        const bool surely = x.start.last < y.end.first && y.start.last < x.end.first;
        found = found | (in & y_in & (surely ? Truth::yes : may ? Truth::unknown : Truth::no));
      }
      if (in != Truth::no) seen.emplace_back(x, in);
    });
    return found;
  }

  Truth one_dose() const {
    OneDose sure, all;
    ResolvedWindow whole = window;
    whole.kind = Window::Kind::for_at_least;
    each_record([&](const Record& record, const Extent& x) {
      const Truth in = in_window(window, x);
      if (in == Truth::yes) sure.take(record, in_window(whole, x));
      if (in != Truth::no) all.take(record, in_window(whole, x));
    });
    sure.add_up(overlap());
    all.add_up(overlap());
    if (sure.holds() == Truth::no) return Truth::no;
    return all.holds() == Truth::yes ? Truth::yes : Truth::unknown;
  }

  Truth holds(bool closed) const {
    std::vector<Cover>& together = e.scratch.together;
    together.clear();
    each_record([&](const Record&, const Extent& x) { together.push_back({x, Truth::yes}); });
    Truth unbroken = covers(together, window.stretch);
    if (unbroken == Truth::no && !closed) unbroken = Truth::unknown;
    return unbroken & one_dose();
  }
};

// No further from the earliest than this share of it; by their quotient, which names each of them once.
Truth is_near(const Amount& other, const Amount& earliest, const Rational& fraction) {
  if (compare(earliest, CompareOp::greater, exactly(0)) == Truth::yes) {
    const Amount share = arithmetic(ArithmeticOp::divide, other, earliest);
    return compare(share, CompareOp::greater_equal, exactly(Rational(1) - fraction)) &
           compare(share, CompareOp::less_equal, exactly(Rational(1) + fraction));
  }
  const Amount change = absolute(arithmetic(ArithmeticOp::subtract, other, earliest));
  return compare(change, CompareOp::less_equal,
                 arithmetic(ArithmeticOp::multiply, absolute(earliest), exactly(fraction)));
}

bool may_be_taken(Evaluation& e, const Class& of, const ResolvedWindow& window) {
  return std::ranges::any_of(of.ancestors, [&](FactId ancestor) {
    for (uint32_t r = e.patient.first(ancestor); r != kNone; r = e.patient.records[r].next) {
      const Record& record = e.patient.records[r];
      if (record.says == Says::no) continue;
      if (in_window(window, extent_of(record, of.kind, nullptr, window.in_minutes)) != Truth::no) return true;
    }
    return false;
  });
}

}  // namespace

bool may_take_part(Evaluation& e, const StableDose& q, const Record& record) {
  const auto anchor = day_of(e, q.anchor);
  const bool in_minutes = is_clock(q.duration);
  const auto stretch =
      anchor ? spanned(q.duration, Side::before, *anchor, in_minutes, nullptr) : std::optional<Stretch>();
  if (!stretch) return true;
  const Extent x = extent_of(record, FactKind::drug, nullptr, in_minutes);
  return x.start.first <= stretch->to.last && x.end.last >= stretch->from.first;
}

Truth stable_dose(Evaluation& e, const StableDose& q) {
  const Class& of = e.model.classes[q.of];
  const auto anchor = day_of(e, q.anchor);
  if (!anchor) return Truth::unknown;
  ResolvedWindow window;
  window.in_minutes = is_clock(q.duration);
  Truth taken = Truth::no, stable = Truth::yes;
  bool open = false, may_hold = false;
  // In half-lives each drug has a stretch of its own; they all end at the anchor.
  const auto of_all = spanned(q.duration, Side::before, *anchor, window.in_minutes, nullptr);
  window.stretch = of_all.value_or(Stretch{{}, ticks_of(*anchor, window.in_minutes)});
  const bool closed = is_closed(e, of, window);
  for_each_named(e, of, [&](uint32_t place) {
    const Class::Member& member = of.members[place];
    const auto stretch =
        of_all ? of_all : spanned(q.duration, Side::before, *anchor, window.in_minutes, &member);
    open |= !stretch;
    if (!stretch) return false;
    window.stretch = *stretch;
    const StableDrug drug{e, member, window};
    const Truth current = drug.current(), holds = drug.holds(closed);
    taken = taken | current;
    stable = stable & ((!current) | holds);
    may_hold |= (current & holds) != Truth::no;
    return false;
  });
  open |= may_be_taken(e, of, window);
  const Truth t = taken & stable;
  // Of a class every current member is asked: one that is not recorded may not be stable.
  if (t == Truth::yes) return open || (of.members.size() > 1 && !closed) ? Truth::unknown : Truth::yes;
  // Where none of them is both taken and stable, it is the one or the other that is lacking.
  if (!may_hold && closed && !open) return Truth::no;
  return taken == Truth::no ? Truth::unknown : t;
}

Truth stable_result(Evaluation& e, const StableResult& q) {
  const Ref& ref = e.model.refs[q.ref];
  const ResolvedWindow& window = window_of(e, q.window);
  std::vector<Candidate>& in = e.scratch.results;
  in.clear();
  for (uint32_t r = e.patient.first(ref.fact); r != kNone; r = e.patient.records[r].next) {
    const Record& record = e.patient.records[r];
    if (!in_series(e, ref, record)) continue;
    const Truth t = in_window(window, moment_of(record, window.in_minutes));
    if (t != Truth::no) in.push_back({r, t});
  }
  if (std::ranges::count(in, Truth::yes, &Candidate::in_window) < 2) return Truth::unknown;
  const auto value = [&](const Candidate& c) { return result_of(e, ref, e.patient.records[c.record]); };
  const auto earliest_end = outermost(e, in, false);
  std::optional<Truth> agreed;
  uint32_t tried = 0;
  for (const Candidate& first : in) {
    if (!may_be_outermost(e, first, earliest_end, false)) continue;
    if (++tried > kMostCombinations) return Truth::unknown;
    const Amount earliest = value(first);
    Truth here = Truth::yes;
    for (const Candidate& other : in) {
      if (other.record == first.record) continue;
      const Truth near = is_near(value(other), earliest, q.fraction);
      here = here & (other.in_window == Truth::yes ? near : near | Truth::unknown);
    }
    if (agreed && *agreed != here) return Truth::unknown;
    agreed = here;
  }
  return agreed.value_or(Truth::unknown);
}

}  // namespace crit
