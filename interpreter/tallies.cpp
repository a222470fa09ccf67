// Records of conditions, drugs and events: how many there certainly are, and how many more there may be.
#include <algorithm>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

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
    for (const Class::Member& wider : of.wider) {
      for (uint32_t r = e.patient.first(wider.fact); r != kNone; r = e.patient.records[r].next) {
        if (e.patient.records[r].says == Says::no) continue;
        tally.possible += match_of(e, q, r, &wider, true) != Truth::no;
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
    for (const Class::Member& wider : of.wider) add(wider.fact, &wider, !all);
    close();
    return tally;
  }
};

// The window that nothing may be added in. How far half-lives reach is each drug's own: where they reach back
// they end at the anchor, and otherwise the longest ends last. Null where that is not known.
const ResolvedWindow* window_to_close(Evaluation& e, const RecordsOf& q) {
  if (q.window == kNone || !e.model.windows[q.window].of_half_lives) return &window_of(e, q.window);
  const Class& of = e.model.classes[q.of];
  Class::Member any_drug{of.fact, {}, Rational(1), false};
  const bool reach_back = e.model.windows[q.window].side == Side::before;
  for (const Class::Member& member : of.members) {
    if (reach_back) break;
    if (!member.half_life_days) return nullptr;
    if (&member == &of.members.front() || *any_drug.half_life_days < *member.half_life_days)
      any_drug.half_life_days = member.half_life_days;
  }
  return &window_for(e, q.window, &any_drug);
}

}  // namespace

Truth reaches(uint32_t n, const Tally& tally) {
  if (tally.certain >= n) return Truth::yes;
  return tally.closed && uint64_t{tally.certain} + tally.possible < n ? Truth::no : Truth::unknown;
}

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
  if (tally.closed && tally.possible > 0 && is_denied(e, of, window->asked_to, window->in_minutes))
    tally.possible = 0;
  return tally;
}

}  // namespace crit
