// The parts of the evaluator, for its own files: one patient under one model, and what each stage answers.
//
// windows: when a window is, and whether a record is in it. records: is there such a record, and how many.
// results: which results a name may mean, their value and limits. dose: what a day's dose is. stable: does it
// stay as it is. values: numbers. compare: comparisons, for every result that may be meant. conditions: the
// truth of a node. each_day: the same on each day of a date that is known to the month.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "interpreter/amount.hpp"
#include "interpreter/model.hpp"
#include "interpreter/scratch.hpp"
#include "interpreter/verdict.hpp"

namespace crit {

struct Evaluation {
  const Model& model;
  const Patient& patient;
  Scratch& scratch;
  uint32_t record = kNone;         // inside `with`: the record that is looked at
  bool note_reads = false;         // inside `same day`: note the results that are read
  bool may_be_of_one_day = false;  // some that are known were left out, since their days are not certain
};

// What the scratch holds of another model, or of too many walks, is forgotten.
[[gnu::cold]] void begin_anew(const Model&, Scratch&);
// A new walk: what the scratch holds of another patient is forgotten.
inline Evaluation begin_walk(const Model& model, const Patient& patient, Scratch& scratch) {
  scratch.pool.clear();
  if (++scratch.epoch == 0 || scratch.model != &model) begin_anew(model, scratch);
  return {model, patient, scratch};
}
// The last walk over the patient whose verdict it is, where nothing was walked since; otherwise a new one.
Evaluation go_on(const Model&, const Patient&, Scratch&);

// --- windows
// -------------------------------------------------------------------------------------------------

std::optional<When> day_of(Evaluation&, const AnchorSpec&);  // nullopt: not given, or not certain
// The same in a walk on one day of an inexact date, or in one that notes such dates.
std::optional<When> taken_or_noted(Evaluation&, const AnchorSpec&, const std::optional<When>& day);
void resolve(Evaluation&, WindowId, ResolvedWindow&);
// kNone: ever, up to screening. Resolved once a patient, or once for all that are screened on one day.
inline const ResolvedWindow& window_of(Evaluation& e, WindowId id) {
  ResolvedWindow& window = id == kNone ? e.scratch.ever : e.scratch.windows[id];
  if (window.epoch == e.scratch.epoch) return window;
  const bool holds =
      window.by_screening && window.epoch >= e.scratch.since && window.day == e.patient.screening;
  if (!holds) resolve(e, id, window);
  return window;
}
// The same for one record's drug, where the window is in half-lives.
const ResolvedWindow& window_in_half_lives(Evaluation&, WindowId, const Class::Member*);
inline const ResolvedWindow& window_for(Evaluation& e, WindowId id, const Class::Member* member) {
  const bool plain = id == kNone || !e.model.windows[id].of_half_lives;
  return plain ? window_of(e, id) : window_in_half_lives(e, id, member);
}
// So long before or after a moment; nullopt: in half-lives that are not known.
std::optional<Tick> before(const DurationSpec&, Tick, bool in_minutes, const Class::Member*);
std::optional<Tick> after(const DurationSpec&, Tick, bool in_minutes, const Class::Member*);
bool is_clock(const DurationSpec&);  // hours or minutes are in it
// The stretch of so long before, after, or to both sides of an anchor.
std::optional<Stretch> spanned(const DurationSpec&, Side, const When& anchor, bool in_minutes,
                               const Class::Member*);
inline TickRange ticks_of(const When& when, bool in_minutes) {
  if (in_minutes) return {first_minute(when), last_minute(when)};
  return {when.first_day, when.last_day};
}
inline Day day_of_minute(Tick minute) {
  constexpr Tick kADay = 1440;
  return static_cast<Day>(minute >= 0 ? minute / kADay : -((-minute + kADay - 1) / kADay));
}
// That minute of its day.
inline When when_of_minute(Tick minute) {
  const Day day = day_of_minute(minute);
  return {day, day, static_cast<int16_t>(minute - Tick{day} * 1440)};
}
Extent extent_of(const Record&, FactKind, const Class::Member*, bool in_minutes);
// Of a result or an answer.
inline Extent moment_of(const Record& record, bool in_minutes) {
  if (!record.has_start) return {{}, {}, true};
  const TickRange at = ticks_of(record.start, in_minutes);
  return {at, at, false};
}
Truth in_window(const ResolvedWindow&, const Extent&);
// The same of what is of one day, where the answer is plainly yes.
inline bool surely_holds(const ResolvedWindow& w, Day day) {
  return w.sure_from <= day && day <= w.sure_to;
}
void to_days(ResolvedWindow&);  // from minutes, outward
// The stretch without its blackouts, piece by piece until one will do (`piece` gives true). `wide`: every
// moment that may be in the window; otherwise those that are.
template <typename Piece>
bool for_each_piece(const ResolvedWindow&, bool wide, Piece piece);
// The last one of that day.
inline Tick screening_tick(const Evaluation& e, bool in_minutes) {
  const Day day = e.patient.screening->last_day;
  return in_minutes ? last_minute({day, day, -1}) : day;
}

// --- results
// -------------------------------------------------------------------------------------------------

void find_candidates(Evaluation&, RefId);
inline const Candidates& candidates_of(Evaluation& e, RefId id) {
  const Candidates& found = e.scratch.candidates[id];
  if (found.epoch != e.scratch.epoch) find_candidates(e, id);
  return found;
}
std::span<const Candidate> list(const Evaluation&, const Candidates&);
// Latest or earliest: one of its candidates is meant.
inline bool chooses(const Ref& ref) {
  return ref.selector == Selector::latest || ref.selector == Selector::earliest;
}
// An answer to the same question of another trial.
inline bool is_for_other_trial(const Evaluation& e, const Record& record) {
  return record.is_for_one_trial() && e.model.schema->scopes[record.word]->trial != e.model.trial;
}
// Whether a record belongs to the series that is asked for: per cent of predicted, or the measure's own unit;
// answers to this trial.
inline bool in_series(const Evaluation& e, const Ref& ref, const Record& record) {
  if (is_for_other_trial(e, record)) return false;
  const bool percent = record.unit && record.unit->of_predicted;
  if (!ref.of_predicted) return !percent;
  return percent || (record.details != kNone && e.patient.details[record.details].predicted.has_value());
}
// The minute that no latest result is before (no earliest is after), and whether a result may be that latest
// one.
std::optional<int64_t> outermost(const Evaluation&, std::span<const Candidate>, bool latest);
bool may_be_outermost(const Evaluation&, const Candidate&, std::optional<int64_t> best, bool latest);
// The record that is meant now; kNone: none.
inline uint32_t chosen(Evaluation& e, RefId id) {
  const Candidates& found = candidates_of(e, id);
  if (found.count == 0) return kNone;
  const uint32_t choice = e.scratch.choice[id];
  if (choice != kNone) return choice < found.count ? e.scratch.pool[found.first + choice].record : kNone;
  return found.count == 1 && !found.maybe_none ? e.scratch.pool[found.first].record : kNone;
}
// The record that is meant where this is quickly seen: the only one of its fact, of a day that is surely in
// the window, or of no day where none is asked for. Null: ask candidates_of.
[[gnu::always_inline]] inline const Record* sole_record(Evaluation& e, RefId id) {
  const Ref& ref = e.model.refs[id];
  const uint32_t r = e.patient.first(ref.fact);
  if (r == kNone || e.scratch.choice[id] != kNone || e.note_reads || !chooses(ref)) return nullptr;
  const Record& record = e.patient.records[r];
  if (record.next != kNone) return nullptr;
  if (record.has_start) {
    if (!record.start.is_day() || !surely_holds(window_of(e, ref.window), record.start.first_day))
      return nullptr;
  } else if (ref.window != kNone) {
    return nullptr;
  }
  return in_series(e, ref, record) ? &record : nullptr;
}
Amount result_of(Evaluation&, const Ref&, const Record&);  // missing: implausible, or not convertible
Amount computed_of(Evaluation&, const Ref&);  // by its formula; missing: what that needs, or implausible
enum class Limits : uint8_t { own, range, none_given, no_such_end };
struct LimitFound {
  Amount amount;
  Limits from = Limits::none_given;  // no_such_end: the range has an upper limit only, or a lower one only
};
LimitFound limit_of(Evaluation&, const Ref&, const Record&, bool upper);
// Of what is computed, which has no limits of its own, and is as of the day of screening.
Record computed_record(const Evaluation&, const Ref&);
LimitFound limit_of_computed(Evaluation&, RefId, bool upper);
std::optional<LimitFound> limit_in_ranges(Evaluation&, const Ref&, const Record&, bool upper);
// Where a limit is missing: the sex or the date of birth, not given, that the ranges go by; or kNoFact.
FactId lacking_for_range(Evaluation&, const Ref&, const Record&);
Amount selected(Evaluation&, RefId);  // highest, lowest, average, total, change
Truth is_normal(Evaluation&, RefId);
// The results that a condition reads, each once: those of a branch that is not taken are not among them.
std::vector<uint32_t> results_read(Evaluation&, NodeId condition);
Truth are_of_one_day(const Evaluation&, std::span<const uint32_t> records);

// --- values and comparisons
// ----------------------------------------------------------------------------------

Amount amount_of(Evaluation&, ValueId);
// The same for a value that is one exact number, where there is a quick way to it: the number where it is
// kept, or computed in `room`. Null: ask amount_of.
const Rational* exact_number(Evaluation&, ValueId, Rational& room);
Amount age_at(Evaluation&, const AgeAt&);  // missing: no birth date or anchor, or not plausible
Amount age_as_given(Evaluation&, const AgeAt&);
Amount completed_between(const When& from, const When& at, DurationUnit);
Amount dose_of(Evaluation&, const DoseValue&);
Amount dose_day_by_day(Evaluation&, const DoseValue&);             // the same, whatever the doses are
bool may_take_part(Evaluation&, const DoseValue&, const Record&);  // it may cover one of the dose's days
// In the value's unit, what one of the drug's own doses in that unit is: the drug is given by its place in
// the class. Nothing where they have no equivalent, or are not of one kind.
std::optional<Rational> factor_of_dose(const DoseValue&, size_t member, const Conversion& unit);
Amount dose_in(const Record&, const Unit&);  // one record's dose; missing: none, or not convertible
Truth compare_nodes(Evaluation&, const Compare&);
// The same of exact numbers where each name means one result, quickly; nothing: ask compare_in_every_way.
std::optional<Truth> compare_exactly(Evaluation&, const Compare&);
// The same whatever results the names may mean.
Truth compare_in_every_way(Evaluation&, const Compare&);
Truth value_known(Evaluation&, const ValueKnown&);
Truth computed_known(Evaluation&, const IsKnown&);  // by its formula alone
inline constexpr uint32_t kMostCombinations = 256;
bool too_many_combinations(Evaluation&, const Compare&);  // then the comparison is unknown
// --- records
// -------------------------------------------------------------------------------------------------

struct Match {
  Truth truth = Truth::no;
  const Class::Member* member = nullptr;  // null: the record is of an ancestor, which does not say its type
};
// Whether one record is such a record, its window left out where `window` is kNone and `check_window` false.
Truth match_of(Evaluation&, const RecordsOf&, uint32_t record, const Class::Member*, bool check_window);
Truth records_truth(Evaluation&, const RecordsOf&);
// The same of a patient who has a record of the class or of what is above it, where the window takes each
// record by itself.
Truth recorded_truth(Evaluation&, const RecordsOf&, const Class&, const ResolvedWindow&);
// The place of each member of the class that the patient has a record of; stops where `each` gives true. A
// class may have hundreds of members, and a patient has records of a few facts.
template <typename Each>
void for_each_named(const Evaluation&, const Class&, Each each);
// How many there certainly are, how many more there may be, and whether there can be no others.
struct Tally {
  uint32_t certain = 0, possible = 0;
  bool closed = false;
};
Tally tally_of(Evaluation&, const RecordsOf&);
Truth reaches(uint32_t n, const Tally&);             // at least n
Truth number_holds(const RecordsOf&, const Tally&);  // as many as are asked for
// Nothing beyond what is recorded can be there: a denial, or that part of the record is complete for the
// window.
bool is_closed(Evaluation&, const Class&, const ResolvedWindow&);
// The same of the records that are asked for, as in their Tally.
bool is_closed(Evaluation&, const RecordsOf&);
// Whether a record of this fact is of a kind that the exception is about.
Truth is_of_exception(const Evaluation&, const RecordsOf::Exception&, FactId);
bool is_denied(const Evaluation&, const Class&, Tick up_to, bool in_minutes);
// Unbroken over the window: of records that are certainly (yes) or possibly (unknown) meant.
Truth covers(std::vector<Cover>&, const Stretch&);
Truth stable_dose(Evaluation&, const StableDose&);
bool may_take_part(Evaluation&, const StableDose&, const Record&);  // in the time that it is asked for
Truth stable_result(Evaluation&, const StableResult&);

// --- conditions
// ----------------------------------------------------------------------------------------------

Truth truth_of(Evaluation&, NodeId);
Truth truth_by_hull(Evaluation&, NodeId);  // each end of a window by itself, where its anchor is not certain
// What an unknown condition comes to on each day that an inexact date may be which it counts from. Nothing:
// it does not come to the same, or there are several such dates.
struct OnEachDay {
  InexactDay date;
  Truth truth;
};
std::optional<OnEachDay> on_each_day(Evaluation&, NodeId);
bool may_count_from_date(const Evaluation&, NodeId);  // false: there can be none
Truth truth_on_all_days(Evaluation&, NodeId);
inline Truth settled_by_days(Evaluation& e, NodeId id, Truth by_hull) {
  if (by_hull != Truth::unknown || !may_count_from_date(e, id)) return by_hull;
  return truth_on_all_days(e, id);
}
// What a criterion comes to, by whether it applies and what its condition does (unknown where not asked).
inline Outcome outcome_of(const CriterionModel& criterion, uint32_t arm, Truth applies, Truth holds) {
  if (!is_of_arm(criterion, arm) || applies == Truth::no) return Outcome::not_applicable;
  const Truth passes = criterion.include ? holds : !holds;
  if (criterion.condition == kNone) return Outcome::unknown;
  if (passes == Truth::yes) return Outcome::pass;
  return passes == Truth::no && applies == Truth::yes ? Outcome::fail : Outcome::unknown;
}
Truth attribute_truth(Evaluation&, const AttributeOneOf&);
Truth attribute_truth(Evaluation&, const AttributeYes&);
Truth attribute_truth(Evaluation&, const AttributeKnown&);
const AttributeValue* attribute_of(const Evaluation&, uint32_t record, std::string_view name);
std::span<const AttributeValue> attributes_of(const Evaluation&, uint32_t record);
Truth answer_of(Evaluation&, RefId);  // a flag's or judgement's own answer
Truth one_of(Evaluation&, const OneOf&);
Truth known(Evaluation&, const IsKnown&);

// --- what is missing
// -----------------------------------------------------------------------------------------

std::vector<std::string> needed_by(Evaluation&, uint32_t criterion, Outcome);
NameList missing_in(Evaluation&, ValueId);
// The days that a window counts from and that are known to the month or year.
NameList inexact_days(Evaluation&, WindowId);
NameList missing_in(Evaluation&, const RecordsOf&, uint32_t record);

// --- the templates' bodies
// -----------------------------------------------------------------------------------------

template <typename Each>
void for_each_named(const Evaluation& e, const Class& of, Each each) {
  of.set.for_each_in(e.patient.recorded(), [&](FactId, uint32_t rank) { return each(of.places[rank]); });
}

template <typename Piece>
bool for_each_piece(const ResolvedWindow& w, bool wide, Piece piece) {
  const Tick last = wide ? w.stretch.to.last : w.stretch.to.first;
  Tick from = wide ? w.stretch.from.first : w.stretch.from.last;
  while (from <= last) {
    Tick to = last;
    bool taken_out = false;
    for (const Stretch& b : w.blackouts) {
      const Tick out_from = wide ? b.from.last : b.from.first, out_to = wide ? b.to.first : b.to.last;
      if (out_from > out_to || out_to < from) continue;
      if (out_from <= from) {
        from = out_to + 1;
        taken_out = true;
        break;
      }
      to = std::min(to, out_from - 1);
    }
    if (taken_out) continue;
    if (piece(from, to)) return true;
    from = to + 1;
  }
  return false;
}

}  // namespace crit
