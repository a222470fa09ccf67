// Records of conditions, drugs and events: is there one in the window, and how many.
#include <algorithm>
#include <utility>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

// Whether a record of this fact is one of the class; unknown where it is of something wider.
Truth is_of(const Class& of, FactId fact) {
  if (of.set.has(fact)) return Truth::yes;
  return std::ranges::find(of.ancestors, fact) != of.ancestors.end() ? Truth::unknown : Truth::no;
}

Truth with_holds(Evaluation& e, NodeId with, uint32_t record) {
  if (with == kNone) return Truth::yes;
  const uint32_t outer = std::exchange(e.record, record);
  const Truth t = truth_of(e, with);
  e.record = outer;
  return t;
}

Truth in_window_of(Evaluation& e, WindowId id, const Record& record, FactKind kind,
                   const Class::Member* member) {
  const ResolvedWindow& window = window_for(e, id, member);
  return in_window(window, extent_of(record, kind, member, window.in_minutes));
}

Truth excepted(Evaluation& e, const RecordsOf::Exception& x, uint32_t r, FactKind kind,
               const Class::Member* member) {
  const Record& record = e.patient.records[r];
  Truth t = Truth::no;
  for (ClassId id : x.classes) t = t | is_of(e.model.classes[id], record.fact);
  if (t != Truth::no && x.window != kNone) t = t & in_window_of(e, x.window, record, kind, member);
  if (t != Truth::no) t = t & with_holds(e, x.with, r);
  return t;
}

// True where `up` is above `fact` among the members of the class.
bool is_above(const Model& model, const Class& of, FactId up, FactId fact, int depth = 0) {
  if (depth > kMaxDepth) return false;
  for (const std::string& parent : model.fact(fact).parents) {
    if (parent == model.fact(up).name) return true;
    for (const Class::Member& m : of.members)
      if (model.fact(m.fact).name == parent && is_above(model, of, up, m.fact, depth + 1)) return true;
  }
  return false;
}

// A name beside a member of its own may mean that very member. The certain ones are in Scratch::certain.
void drop_wider(Evaluation& e, const Class& of, Tally& tally) {
  const auto& certain = e.scratch.certain;
  for (uint32_t place : certain) {
    if (!of.members[place].has_members) continue;
    const bool beside = std::ranges::any_of(certain, [&](uint32_t other) {
      return other != place && is_above(e.model, of, of.members[place].fact, of.members[other].fact);
    });
    tally.certain -= beside;
    tally.possible += beside;
  }
}

struct Counting {
  Evaluation& e;
  const RecordsOf& q;
  const Class& of;
  Tally tally = {};
  bool wider = false;  // a certain record of a member that has members itself

  // By records.
  void each_record(const Class::Member& member) {
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next) {
      if (e.patient.records[r].says == Says::no) continue;
      const Truth t = match_of(e, q, r, &member, true);
      tally.certain += t == Truth::yes;
      tally.possible += t == Truth::unknown;
    }
  }

  // By names: several records of one name are one, but for names that do not say which.
  void each_name(uint32_t place) {
    const Class::Member& member = of.members[place];
    uint32_t matching = 0;
    Truth best = Truth::no;
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next) {
      if (e.patient.records[r].says == Says::no) continue;
      const Truth t = match_of(e, q, r, &member, true);
      best = best | t;
      matching += t != Truth::no;
    }
    if (member.has_members && matching > 1) tally.possible += matching - 1;
    tally.possible += best == Truth::unknown;
    if (best != Truth::yes) return;
    ++tally.certain;
    wider |= member.has_members;
    e.scratch.certain.push_back(place);
  }

  // A record of something wider may be of this class.
  void each_ancestor_record() {
    for (FactId ancestor : of.ancestors) {
      for (uint32_t r = e.patient.first(ancestor); r != kNone; r = e.patient.records[r].next) {
        if (e.patient.records[r].says == Says::no) continue;
        tally.possible += match_of(e, q, r, nullptr, true) != Truth::no;
      }
    }
  }

  Tally count() {
    const bool by_name = of.kind != FactKind::event;
    e.scratch.certain.clear();
    for_each_named(e, of, [&](uint32_t place) {
      if (by_name)
        each_name(place);
      else
        each_record(of.members[place]);
      return false;
    });
    if (wider && tally.certain > 1) drop_wider(e, of, tally);
    each_ancestor_record();
    return tally;
  }
};

// `for at least D`: which records together last unbroken over the window. All of them where one is asked for,
// those of one name where names are counted, one where events are.
struct Lasting {
  Evaluation& e;
  const RecordsOf& q;
  const Class& of;
  const ResolvedWindow& window;
  std::vector<Cover>& together;
  Tally tally = {};

  void close() {
    if (together.empty()) return;
    const Truth t = window.known ? covers(together, window.stretch) : Truth::unknown;
    tally.certain += t == Truth::yes;
    tally.possible += t == Truth::unknown;
    together.clear();
  }

  // Several records of a name that does not say which may be of several.
  void close_name(uint32_t place) {
    if (of.members[place].has_members && together.size() > 1)
      tally.possible += static_cast<uint32_t>(together.size() - 1);
    const uint32_t before = tally.certain;
    close();
    if (tally.certain > before) e.scratch.certain.push_back(place);
  }

  void add(FactId fact, const Class::Member* member, bool alone) {
    for (uint32_t r = e.patient.first(fact); r != kNone; r = e.patient.records[r].next) {
      if (e.patient.records[r].says == Says::no) continue;
      const Truth t = match_of(e, q, r, member, false);
      if (t == Truth::no) continue;
      together.push_back({extent_of(e.patient.records[r], of.kind, member, window.in_minutes), t});
      if (alone) close();
    }
  }

  Tally count() {
    together.clear();
    e.scratch.certain.clear();
    const bool all = q.count == Records::Count::some || q.count == Records::Count::no;
    const bool alone = of.kind == FactKind::event && !all;
    for_each_named(e, of, [&](uint32_t place) {
      add(of.members[place].fact, &of.members[place], alone);
      if (!all && !alone) close_name(place);
      return false;
    });
    drop_wider(e, of, tally);
    for (FactId ancestor : of.ancestors) add(ancestor, nullptr, !all);
    close();
    return tally;
  }
};

}  // namespace

Truth match_of(Evaluation& e, const RecordsOf& q, uint32_t r, const Class::Member* member,
               bool check_window) {
  const FactKind kind = e.model.classes[q.of].kind;
  Truth t = member && !e.patient.records[r].unconfirmed ? Truth::yes : Truth::unknown;
  if (check_window) t = t & in_window_of(e, q.window, e.patient.records[r], kind, member);
  if (t != Truth::no) t = t & with_holds(e, q.with, r);
  for (const RecordsOf::Exception& x : q.exceptions) {
    if (t == Truth::no) return t;
    t = t & !excepted(e, x, r, kind, member);
  }
  return t;
}

bool is_denied(const Evaluation& e, const Class& of, Tick up_to, bool in_minutes) {
  if (!e.patient.denials) return false;
  const Tick screening = screening_tick(e, in_minutes);
  const auto denied = [&](FactId fact) {
    if (e.patient.denies(fact) && up_to <= screening) return true;
    for (uint32_t r = e.patient.first(fact); r != kNone; r = e.patient.records[r].next) {
      const Record& record = e.patient.records[r];
      if (record.says != Says::no) continue;
      // Said on a day, it holds up to that day.
      const Tick until = record.has_start ? ticks_of(record.start, in_minutes).first : screening;
      if (up_to <= until) return true;
    }
    return false;
  };
  return denied(of.fact) || std::ranges::any_of(of.ancestors, denied);
}

bool is_closed(Evaluation& e, const Class& of, const ResolvedWindow& window) {
  if (!window.known) return false;
  const Tick last = window.stretch.to.last;
  if (e.patient.is_complete(of.part) && last <= screening_tick(e, window.in_minutes)) return true;
  return is_denied(e, of, last, window.in_minutes);
}

Truth reaches(uint32_t n, const Tally& tally) {
  if (tally.certain >= n) return Truth::yes;
  return tally.closed && uint64_t{tally.certain} + tally.possible < n ? Truth::no : Truth::unknown;
}

namespace {

// The window that nothing may be added in. Null where that is not one window: how far half-lives reach is
// each drug's own, unless they reach back, since they then end at the anchor.
const ResolvedWindow* window_to_close(Evaluation& e, const RecordsOf& q) {
  if (q.window == kNone || !e.model.windows[q.window].of_half_lives) return &window_of(e, q.window);
  if (e.model.windows[q.window].side != Side::before) return nullptr;
  const Class::Member any_drug{e.model.classes[q.of].fact, {}, Rational(1), false};
  return &window_for(e, q.window, &any_drug);
}

// Whether there is one: the first that surely is settles it, and nothing is counted.
Truth is_some(Evaluation& e, const RecordsOf& q) {
  const Class& of = e.model.classes[q.of];
  Truth found = Truth::no;
  const auto look_at = [&](FactId fact, const Class::Member* member) {
    for (uint32_t r = e.patient.first(fact); r != kNone && found != Truth::yes; r = e.patient.records[r].next)
      if (e.patient.records[r].says != Says::no) found = found | match_of(e, q, r, member, true);
    return found == Truth::yes;
  };
  for_each_named(e, of, [&](uint32_t place) { return look_at(of.members[place].fact, &of.members[place]); });
  if (found == Truth::yes) return found;
  for (const FactId ancestor : of.ancestors) look_at(ancestor, nullptr);
  const ResolvedWindow& window = window_of(e, q.window);
  if (!is_closed(e, of, window)) return Truth::unknown;
  if (found == Truth::no) return found;
  return is_denied(e, of, window.stretch.to.last, window.in_minutes) ? Truth::no : found;
}

// Each record is in its window or not, whatever there is beside it and whichever drug it is of.
bool looks_at_each(const Model& model, WindowId id) {
  if (id == kNone) return true;
  const WindowSpec& window = model.windows[id];
  return window.kind != Window::Kind::for_at_least && !window.of_half_lives;
}

}  // namespace

bool is_closed(Evaluation& e, const RecordsOf& q) {
  const ResolvedWindow* const window = window_to_close(e, q);
  return window && is_closed(e, e.model.classes[q.of], *window);
}

Tally tally_of(Evaluation& e, const RecordsOf& q) {
  const Class& of = e.model.classes[q.of];
  const bool lasts = q.window != kNone && e.model.windows[q.window].kind == Window::Kind::for_at_least;
  Tally tally;
  if (of.kin.meets(e.patient.recorded()))
    tally = lasts ? Lasting{e, q, of, window_of(e, q.window), e.scratch.together}.count()
                  : Counting{e, q, of}.count();
  const ResolvedWindow* const window = window_to_close(e, q);
  tally.closed = window && is_closed(e, of, *window);
  if (tally.closed && tally.possible > 0 && is_denied(e, of, window->stretch.to.last, window->in_minutes))
    tally.possible = 0;
  return tally;
}

Truth records_truth(Evaluation& e, const RecordsOf& q) {
  const bool quick = looks_at_each(e.model, q.window);
  if (q.count == Records::Count::some && quick) return is_some(e, q);
  if (q.count == Records::Count::no && quick) return !is_some(e, q);
  const Tally tally = tally_of(e, q);
  switch (q.count) {
    case Records::Count::some:
      return reaches(1, tally);
    case Records::Count::no:
      return !reaches(1, tally);
    case Records::Count::at_least:
      return reaches(q.n, tally);
    case Records::Count::at_most:
      return !reaches(q.n + 1, tally);
    case Records::Count::exactly:
      return reaches(q.n, tally) & !reaches(q.n + 1, tally);
  }
  return Truth::unknown;
}

}  // namespace crit
