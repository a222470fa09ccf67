// Records of conditions, drugs and events: is there one in the window.
#include <algorithm>
#include <utility>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

// Whether a record of this fact is one of the class; unknown where it is of something wider, or of another
// class that has members in this one.
Truth is_of(const Class& of, FactId fact) {
  if (of.set.has(fact)) return Truth::yes;
  const auto is_among = [&](const std::vector<FactId>& facts) {
    return std::ranges::find(facts, fact) != facts.end();
  };
  return is_among(of.ancestors) || is_among(of.overlapping) ? Truth::unknown : Truth::no;
}

}  // namespace

Truth is_of_exception(const Evaluation& e, const RecordsOf::Exception& x, FactId fact) {
  Truth t = Truth::no;
  for (ClassId id : x.classes) t = t | is_of(e.model.classes[id], fact);
  return t;
}

namespace {

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
  Truth t = is_of_exception(e, x, record.fact);
  if (t != Truth::no && x.window != kNone) t = t & in_window_of(e, x.window, record, kind, member);
  if (t != Truth::no) t = t & with_holds(e, x.with, r);
  return t;
}

}  // namespace

Truth match_of(Evaluation& e, const RecordsOf& q, uint32_t r, const Class::Member* member,
               bool check_window) {
  const FactKind kind = e.model.classes[q.of].kind;
  Truth t = member->is_wider || e.patient.records[r].unconfirmed ? Truth::unknown : Truth::yes;
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
  const Tick last = window.asked_to;
  if (e.patient.is_complete(of.part) && last <= screening_tick(e, window.in_minutes)) return true;
  return is_denied(e, of, last, window.in_minutes);
}

namespace {

// The first record that surely is one settles it, and nothing is counted.
[[gnu::noinline]] Truth best_match(Evaluation& e, const RecordsOf& q, const Class& of,
                                   const ResolvedWindow& window) {
  Truth found = Truth::no;
  const bool by_window = q.with == kNone && q.exceptions.empty();  // alone
  const auto look_at = [&](FactId fact, const Class::Member* member) {
    for (uint32_t r = e.patient.first(fact); r != kNone && found != Truth::yes;
         r = e.patient.records[r].next) {
      const Record& record = e.patient.records[r];
      if (record.says == Says::no) continue;
      const bool plain = by_window && !member->is_wider && !record.unconfirmed;
      found = found | (plain ? in_window(window, extent_of(record, of.kind, member, window.in_minutes))
                             : match_of(e, q, r, member, true));
    }
    return found == Truth::yes;
  };
  for_each_named(e, of, [&](uint32_t place) { return look_at(of.members[place].fact, &of.members[place]); });
  for (const Class::Member& wider : of.wider) look_at(wider.fact, &wider);
  return found;
}

// Whether there is one, where each record is in the window or not, whatever there is beside it.
Truth is_some(Evaluation& e, const RecordsOf& q, const Class& of, const ResolvedWindow& window) {
  const Truth found = best_match(e, q, of, window);
  if (found == Truth::yes) return found;
  const bool complete = window.up_to_screening && e.patient.is_complete(of.part);
  if (!complete && !is_closed(e, of, window)) return Truth::unknown;
  if (found == Truth::no) return found;
  return is_denied(e, of, window.asked_to, window.in_minutes) ? Truth::no : found;
}

}  // namespace

Truth number_holds(const RecordsOf& q, const Tally& tally) {
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

Truth recorded_truth(Evaluation& e, const RecordsOf& q, const Class& of, const ResolvedWindow& window) {
  if (q.count == Records::Count::some) return is_some(e, q, of, window);
  if (q.count == Records::Count::no) return !is_some(e, q, of, window);
  return number_holds(q, tally_of(e, q));
}

Truth records_truth(Evaluation& e, const RecordsOf& q) {
  const Class& of = e.model.classes[q.of];
  const ResolvedWindow& window = window_of(e, q.window);
  if (!window.one_by_one) return number_holds(q, tally_of(e, q));
  if (of.kin.meets(e.patient.recorded())) return recorded_truth(e, q, of, window);
  const bool closed =
      window.up_to_screening && (e.patient.is_complete(of.part) || of.up.meets(e.patient.denied()));
  return number_holds(q, {0, 0, closed});
}

}  // namespace crit
