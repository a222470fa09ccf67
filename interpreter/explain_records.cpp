// Records in words: those that count, those that may, and what the record says where there are none.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/explanation.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

struct Sorted {
  std::vector<uint32_t> certain, possible, excluded;
  bool of_wider = false;  // some of the possible ones do not say their type
};

Sorted sorted(Evaluation& e, const RecordsOf& q) {
  const Class& of = e.model.classes[q.of];
  const bool lasts = q.window != kNone && e.model.windows[q.window].kind == Window::Kind::for_at_least;
  Sorted made;
  const auto look = [&](FactId fact, const Class::Member* member) {
    for (uint32_t r = e.patient.first(fact); r != kNone; r = e.patient.records[r].next) {
      if (e.patient.records[r].says == Says::no) continue;
      const Truth t = match_of(e, q, r, member, true);
      made.of_wider |= member->is_wider && t != Truth::no;
      // Records that last on together decide, whichever of them covers how much.
      (lasts || t == Truth::no ? made.excluded : t == Truth::yes ? made.certain : made.possible).push_back(r);
    }
  };
  for (const Class::Member& member : of.members) look(member.fact, &member);
  for (const Class::Member& wider : of.wider) look(wider.fact, &wider);
  if (lasts) std::swap(made.certain, made.excluded);
  return made;
}

// A record of the class, or of something wider.
const Class::Member* member_of(Evaluation& e, const RecordsOf& q, uint32_t r) {
  const Class& of = e.model.classes[q.of];
  const FactId fact = e.patient.records[r].fact;
  const auto member = std::ranges::find(of.members, fact, &Class::Member::fact);
  return member == of.members.end() ? &*std::ranges::find(of.wider, fact, &Class::Member::fact) : &*member;
}

// `: within 12 weeks, from 2024-12-07 to 2025-03-01`, behind records that are in a window of certain days.
std::string days_of_window(Evaluation& e, const RecordsOf& q, const std::vector<uint32_t>& records) {
  if (q.window == kNone) return {};
  const WindowSpec& spec = e.model.windows[q.window];
  const bool of_each = spec.of_half_lives && records.size() > 1;
  const bool plain = spec.kind == Window::Kind::ever || spec.kind == Window::Kind::currently;
  const ResolvedWindow& w = window_for(e, q.window, member_of(e, q, records.front()));
  if (of_each || plain || !w.known || w.in_minutes || !w.blackouts.empty()) return {};
  const auto day = [](const TickRange& end) {
    const bool is_day = end.first == end.last && end.first != kLongAgo && end.first != kFarAhead;
    return is_day ? day_to_string(static_cast<Day>(end.first)) : std::string();
  };
  const std::string from = day(w.stretch.from), to = day(w.stretch.to);
  if (from.empty() && to.empty()) return {};
  return fmt::format(": {},{}{}", spec.words, from.empty() ? "" : " from " + from,
                     to.empty()     ? " on"
                     : from.empty() ? " up to " + to
                                    : " to " + to);
}

// Where the record is, against the window: yes where there is none.
Truth place_of(Evaluation& e, const RecordsOf& q, uint32_t r) {
  const Class& of = e.model.classes[q.of];
  const Class::Member* known = member_of(e, q, r);
  const ResolvedWindow& window = window_for(e, q.window, known);
  return in_window(window, extent_of(e.patient.records[r], of.kind, known, window.in_minutes));
}

// Whether the window hangs on the drug's half-life alone, which nobody has declared.
bool lacks_half_life(Evaluation& e, const RecordsOf& q, FactId drug) {
  if (q.window == kNone || !e.model.windows[q.window].of_half_lives) return false;
  const auto& members = e.model.classes[q.of].members;
  const auto member = std::ranges::find(members, drug, &Class::Member::fact);
  const bool declared = member != members.end() && member->half_life_days;
  return !declared && missing_anchors(e, e.model.windows[q.window]).empty();
}

// Why a record only may count: its dates, an attribute or an anchor that is missing, or its exact kind.
std::string doubt(Telling& to, const RecordsOf& q, uint32_t r, bool of_wider) {
  Evaluation& e = to.e;
  if (e.patient.records[r].unconfirmed) return "it is not confirmed";
  const std::string& name = e.model.fact(e.model.classes[q.of].fact).name;
  NameList lacking = missing_in(e, q, r);
  std::erase(lacking, name);
  const NameList inexact = inexact_days(e, q.window);
  std::erase_if(lacking,
                [&](std::string_view one) { return std::ranges::find(inexact, one) != inexact.end(); });
  // `ACE_inhibitor` where one of them is asked, `beta blockers` where `beta_blocker` is.
  NameList given;
  for (const std::string_view one : lacking)
    if (one.starts_with(name + ".") && attribute_of(e, r, one.substr(name.size() + 1))) given.push_back(one);
  if (!lacking.empty() && given.size() == lacking.size())
    return fmt::format("whether {} is what is asked is not certain", joined(given, ", "));
  if (!lacking.empty()) return fmt::format("{} is not given", joined(lacking, ", "));
  const FactId fact = e.patient.records[r].fact;
  const bool is_open = place_of(e, q, r) == Truth::unknown;
  if (is_open && lacks_half_life(e, q, fact))
    return fmt::format("the half-life of {} is not declared, and `{}` counts in it", e.model.fact(fact).name,
                       e.model.windows[q.window].words);
  if (is_open) return fmt::format("it is not certain that it is {}", place_words(e, q.window));
  return of_wider ? fmt::format("whether it is {} is not said", name) : "it may be one of the exceptions";
}

bool is_excepted(Evaluation& e, RecordsOf q, uint32_t r) {
  q.exceptions.clear();
  const Class::Member* member = member_of(e, q, r);
  return !member->is_wider && match_of(e, q, r, member, true) != Truth::no;
}

// Why records do not count: not in the window, excepted, or not such records.
void tell_excluded(Telling& to, const RecordsOf& q, const std::vector<uint32_t>& records) {
  std::vector<uint32_t> outside, excepted, others;
  for (uint32_t r : records) {
    const bool in = place_of(to.e, q, r) != Truth::no;
    (!in ? outside : is_excepted(to.e, q, r) ? excepted : others).push_back(r);
  }
  const auto say_of = [&](const std::vector<uint32_t>& list, const std::string& what) {
    if (!list.empty())
      say(to,
          fmt::format("{} {} {}", records_words(to, list, false, &q), list.size() == 1 ? "is" : "are", what));
  };
  say_of(others, "of another kind than is asked");
  say_of(excepted, "excepted");
  say_of(outside, "not " + place_words(to.e, q.window));
}

std::string_view denial_by(const Evaluation& e, const Class& of) {
  const auto denied = [&](FactId fact) {
    if (e.patient.denies(fact)) return true;
    for (uint32_t r = e.patient.first(fact); r != kNone; r = e.patient.records[r].next)
      if (e.patient.records[r].says == Says::no) return true;
    return false;
  };
  if (denied(of.fact)) return e.model.fact(of.fact).name;
  for (FactId ancestor : of.ancestors)
    if (denied(ancestor)) return e.model.fact(ancestor).name;
  return {};
}

// The day on which a window that goes beyond the screening will be over.
std::string later_end(Evaluation& e, const RecordsOf& q) {
  const ResolvedWindow& w = window_of(e, q.window);
  const Tick end = w.asked_to;
  if (!w.known || w.in_minutes || end == kFarAhead || end <= screening_tick(e, false)) return {};
  return fmt::format(", and this window ends on {}: decide again on that day",
                     day_to_string(static_cast<Day>(end)));
}

// What else there may be: nothing where the record says so or is complete.
void tell_rest(Telling& to, const RecordsOf& q, const Tally& tally, bool some) {
  Evaluation& e = to.e;
  const Class& of = e.model.classes[q.of];
  if (const std::string_view denied = denial_by(e, of); !denied.empty() && tally.closed)
    return say(to, fmt::format("the record says: no {}", denied));
  const bool ever = q.window == kNone || e.model.windows[q.window].kind == Window::Kind::ever;
  if (!some) {
    const std::string window = ever ? "" : " " + window_words(e, q.window);
    say(to, fmt::format("no {} is recorded{}", e.model.fact(of.fact).name, window));
  }
  const bool complete = e.patient.is_complete(of.part);
  const bool assumed = complete && (e.patient.assumed >> unsigned(of.part) & 1);
  say(to, fmt::format("{} are {}", name_of(of.part),
                      tally.closed ? assumed ? "assumed complete" : "complete"
                      : complete   ? "complete up to screening only" + later_end(e, q)
                                   : "not declared complete"));
}

void tell_anchors(Telling& to, const RecordsOf& q) {
  Evaluation& e = to.e;
  // How far half-lives reach is each drug's own, so that such a window is never known for all.
  if (q.window == kNone || (window_of(e, q.window).known && !e.model.windows[q.window].of_half_lives)) return;
  const auto anchors = missing_anchors(e, e.model.windows[q.window]);
  if (anchors.empty()) return;
  say(to, fmt::format("{}: {} is not given, and `{}` counts from it",
                      e.model.fact(e.model.classes[q.of].fact).name, joined(anchors, ", "),
                      e.model.windows[q.window].words));
}

// Records that last on together: whether they do, over all of the window.
void tell_lasting(Telling& to, const RecordsOf& q, const std::vector<uint32_t>& records, Truth truth) {
  const std::string_view how = truth == Truth::yes  ? ""
                               : truth == Truth::no ? ": not"
                                                    : ": it is not certain that it is";
  const std::string window = truth == Truth::yes ? "" : " " + window_words(to.e, q.window);
  say(to, fmt::format("{}{}{}", records_words(to, records, true, &q), how, window));
}

}  // namespace

void tell_records(Telling& to, const RecordsOf& q) {
  Evaluation& e = to.e;
  tell_anchors(to, q);
  const Tally tally = tally_of(e, q);
  const Sorted found = sorted(e, q);
  const bool counts = q.count != Records::Count::some && q.count != Records::Count::no;
  const bool lasts = q.window != kNone && e.model.windows[q.window].kind == Window::Kind::for_at_least;
  const bool open = records_truth(e, q) == Truth::unknown;
  if (lasts && !found.certain.empty()) {
    tell_lasting(to, q, found.certain, reaches(1, tally));
  } else if (!found.certain.empty()) {
    const std::string number =
        counts ? fmt::format("{} of {}: ", tally.certain, e.model.fact(e.model.classes[q.of].fact).name) : "";
    say(to, number + records_words(to, found.certain, true, &q) + days_of_window(e, q, found.certain));
  }
  if (!found.possible.empty() && (counts || tally.certain == 0))
    say(to, fmt::format("{}: {}", records_words(to, found.possible, true, &q),
                        doubt(to, q, found.possible.front(), found.of_wider)));
  if (found.certain.empty()) tell_excluded(to, q, found.excluded);
  const bool none = found.certain.empty() && found.possible.empty();
  if (!none || !found.excluded.empty()) tell_of_patient(to, q.with);
  if (none || (open && !tally.closed)) tell_rest(to, q, tally, !none || !found.excluded.empty());
}

void tell_attribute(Telling& to, std::string_view name) {
  const AttributeValue* attribute = attribute_of(to.e, to.e.record, name);
  if (attribute)
    say(to, fmt::format("{} {}", name, attribute->word));
  else
    say(to, fmt::format("{} is not given", name));
}

}  // namespace crit
