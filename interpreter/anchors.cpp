// What a window is counted from to its day on this patient's calendar.
#include <algorithm>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

// The hull of a date's records; several that differ leave the day open between them.
[[gnu::always_inline]] inline std::optional<When> date_of(const Evaluation& e, FactId fact) {
  std::optional<When> made;
  for (uint32_t r = e.patient.first(fact); r != kNone; r = e.patient.records[r].next) {
    const Record& record = e.patient.records[r];
    if (!record.has_start) continue;
    if (!made) {
      made = record.start;
    } else if (*made != record.start) {
      made = When{std::min(made->first_day, record.start.first_day),
                  std::max(made->last_day, record.start.last_day), -1};
    }
  }
  return made;
}

// A minute where it is certain, otherwise whole days.
When when_of(TickRange minutes) {
  if (minutes.first == minutes.last) return when_of_minute(minutes.first);
  return {day_of_minute(minutes.first), day_of_minute(minutes.last), -1};
}

// The earliest start (or latest end) of the records of a class; nullopt where the record is not complete, has
// none, or leaves open whether there is an earlier (later) one.
std::optional<When> record_day(Evaluation& e, const Class& of, bool first) {
  if (!e.patient.is_complete(of.part)) return std::nullopt;
  for (FactId ancestor : of.ancestors)
    if (e.patient.first(ancestor) != kNone) return std::nullopt;
  std::optional<TickRange> made;
  std::vector<TickRange> possible;  // of records that may begin after screening, and then do not count
  const Tick screening = screening_tick(e, true);
  for (const Class::Member& member : of.members) {
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next) {
      const Record& record = e.patient.records[r];
      if (record.says == Says::no) continue;
      const Extent extent = extent_of(record, of.kind, &member, true);
      if (!extent.undated && extent.start.first > screening) continue;
      if (record.unconfirmed) return std::nullopt;
      const TickRange at = first ? extent.start : extent.end;
      if (at.first == kLongAgo || at.last == kFarAhead) return std::nullopt;
      if (extent.start.last > screening)
        possible.push_back(at);
      else if (!made)
        made = at;
      else if (first)
        made = TickRange{std::min(made->first, at.first), std::min(made->last, at.last)};
      else
        made = TickRange{std::max(made->first, at.first), std::max(made->last, at.last)};
    }
  }
  if (!made) return std::nullopt;
  for (const TickRange& at : possible) {
    if (first)
      made->first = std::min(made->first, at.first);
    else
      made->last = std::max(made->last, at.last);
  }
  return when_of(*made);
}

}  // namespace

namespace {

[[gnu::always_inline]] inline std::optional<When> recorded_day(Evaluation& e, const AnchorSpec& anchor) {
  switch (anchor.kind) {
    case AnchorSpec::Kind::screening:
      return e.patient.screening;
    case AnchorSpec::Kind::date_fact:
      return date_of(e, anchor.date);
    case AnchorSpec::Kind::first_of:
      return record_day(e, e.model.classes[anchor.of], true);
    case AnchorSpec::Kind::last_of:
      return record_day(e, e.model.classes[anchor.of], false);
    case AnchorSpec::Kind::fixed:
      return anchor.fixed;
  }
  return std::nullopt;
}

}  // namespace

std::optional<When> day_of(Evaluation& e, const AnchorSpec& anchor) {
  if (e.scratch.taken || e.scratch.inexact) return taken_or_noted(e, anchor, recorded_day(e, anchor));
  return recorded_day(e, anchor);
}

}  // namespace crit
