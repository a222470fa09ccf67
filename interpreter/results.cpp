// A name to the results it may mean: the latest (or earliest) in its window, or all of them; and each one's
// value.
#include <algorithm>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

// First and last minute that a result may be of: times tell two results of one day apart.
struct Moment {
  int64_t first, last;
  bool dated;
};
Moment moment(const Record& record) {
  if (!record.has_start) return {0, 0, false};
  return {first_minute(record.start), last_minute(record.start), true};
}

// Keeps of pool[first..] those that may be the latest (or the earliest): none is certainly beyond them.
void keep_outermost(Evaluation& e, size_t first, bool latest) {
  auto& pool = e.scratch.pool;
  const auto best = outermost(e, std::span(pool).subspan(first), latest);
  const auto beaten = [&](const Candidate& c) { return !may_be_outermost(e, c, best, latest); };
  pool.erase(std::remove_if(pool.begin() + static_cast<std::ptrdiff_t>(first), pool.end(), beaten),
             pool.end());
}

// The value as written, with its bound, in the unit it was written in.
Amount as_written(const Record& record) {
  switch (record.bound) {
    case Bound::exact:
      return exactly(record.value);
    case Bound::less:
      return at_most(record.value, Edge::open);
    case Bound::less_equal:
      return at_most(record.value);
    case Bound::greater:
      return at_least(record.value, Edge::open);
    case Bound::greater_equal:
      return at_least(record.value);
  }
  return {};
}

// The records that a name may mean; true where it may mean none.
template <typename Each>
bool each_meant(Evaluation& e, RefId id, Each each) {
  if (e.patient.first(e.model.refs[id].fact) == kNone) return true;
  if (const Record* sole = sole_record(e, id)) {
    each(*sole);
    return false;
  }
  const Candidates& found = candidates_of(e, id);
  for (const Candidate& c : list(e, found)) each(e.patient.records[c.record]);
  return found.maybe_none;
}

}  // namespace

void find_candidates(Evaluation& e, RefId id) {
  const Ref& ref = e.model.refs[id];
  Candidates& found = e.scratch.candidates[id];
  auto& pool = e.scratch.pool;
  found = {e.scratch.epoch, static_cast<uint32_t>(pool.size()), 0, true};
  const uint32_t first = e.patient.first(ref.fact);
  if (first == kNone) return;
  const ResolvedWindow& window = window_of(e, ref.window);
  for (uint32_t r = first; r != kNone; r = e.patient.records[r].next) {
    const Record& record = e.patient.records[r];
    if (!in_series(e, ref, record)) continue;
    const Truth in = in_window(window, moment_of(record, window.in_minutes));
    if (in == Truth::no) continue;
    pool.push_back({r, in});
    if (in == Truth::yes) found.maybe_none = false;
  }
  if (chooses(ref) && pool.size() - found.first > 1)
    keep_outermost(e, found.first, ref.selector == Selector::latest);
  found.count = static_cast<uint32_t>(pool.size()) - found.first;
}

std::optional<int64_t> outermost(const Evaluation& e, std::span<const Candidate> all, bool latest) {
  std::optional<int64_t> best;
  for (const Candidate& c : all) {
    const Moment m = moment(e.patient.records[c.record]);
    if (!m.dated || c.in_window != Truth::yes) continue;
    const int64_t at = latest ? m.first : m.last;
    if (!best || (latest ? at > *best : at < *best)) best = at;
  }
  return best;
}

bool may_be_outermost(const Evaluation& e, const Candidate& c, std::optional<int64_t> best, bool latest) {
  const Moment m = moment(e.patient.records[c.record]);
  return !best || !m.dated || (latest ? m.last >= *best : m.first <= *best);
}

std::span<const Candidate> list(const Evaluation& e, const Candidates& found) {
  return {e.scratch.pool.data() + found.first, found.count};
}

Amount result_of(Evaluation& e, const Ref& ref, const Record& record) {
  if (ref.of_predicted) {
    if (record.unit && record.unit->of_predicted) return record.has_value ? as_written(record) : Amount{};
    return exactly(*e.patient.details[record.details].predicted);
  }
  if (!record.has_value || (record.unit && !record.unit->convertible)) return {};
  const Fact& fact = e.model.fact(ref.fact);
  Amount value = as_written(record);
  if (record.unit && !record.unit->identity) value = scaled(value, record.unit->scale);
  if (!fact.plausible_low && !fact.plausible_high) return value;
  return within(value, fact.plausible_low, fact.plausible_high);
}

Amount computed_of(Evaluation& e, const Ref& ref) {
  const Fact& fact = e.model.fact(ref.fact);
  return within(amount_of(e, ref.formula), fact.plausible_low, fact.plausible_high);
}

Truth one_of(Evaluation& e, const OneOf& q) {
  bool some_in = false, some_out = false, open = false;
  open |= each_meant(e, q.ref, [&](const Record& record) {
    if (record.word >= 64 || q.maybe >> record.word & 1)
      open = true;
    else if (q.values >> record.word & 1)
      some_in = true;
    else
      some_out = true;
  });
  if (open || some_in == some_out) return Truth::unknown;
  return truth(some_in);
}

Truth answer_of(Evaluation& e, RefId id) {
  bool yes = false, no = false, open = false;
  open |= each_meant(e, id, [&](const Record& record) {
    const bool is_signed = record.signed_by && record.has_start;
    open |= !is_signed && e.model.fact(record.fact).kind == FactKind::judgement;
    yes |= record.says == Says::yes;
    no |= record.says == Says::no;
  });
  if (open || yes == no) return Truth::unknown;
  return truth(yes);
}

Truth known(Evaluation& e, const IsKnown& q) {
  const Ref& ref = e.model.refs[q.ref];
  const Fact& fact = e.model.fact(ref.fact);
  if (fact.kind == FactKind::date)
    return truth(day_of(e, {AnchorSpec::Kind::date_fact, ref.fact, kNone, {}}).has_value());
  const Candidates found = candidates_of(e, q.ref);
  const bool is_computed = ref.formula != kNone && found.maybe_none;
  const Truth computed = is_computed ? computed_known(e, q) : Truth::no;
  bool yes = computed != Truth::no, no = found.maybe_none && computed != Truth::yes;
  for (const Candidate& c : list(e, found)) {
    const Record& record = e.patient.records[c.record];
    const bool usable = fact.kind != FactKind::measure || result_of(e, ref, record).known();
    const bool unsigned_answer = fact.kind == FactKind::judgement && (!record.signed_by || !record.has_start);
    (usable && !unsigned_answer ? yes : no) = true;
    if (record.unconfirmed) yes = no = true;
  }
  if (yes && no) return Truth::unknown;
  return truth(yes);
}

namespace {

Truth is_between(const Amount& value, const LimitFound& lower, const LimitFound& upper) {
  if (!value.known()) return Truth::unknown;
  const auto side = [&](const LimitFound& limit, CompareOp op) {
    return limit.from == Limits::no_such_end ? Truth::yes : compare(value, op, limit.amount);
  };
  return side(lower, CompareOp::greater_equal) & side(upper, CompareOp::less_equal);
}

}  // namespace

Truth is_normal(Evaluation& e, RefId id) {
  const Ref& ref = e.model.refs[id];
  const Candidates found = candidates_of(e, id);
  if (found.count == 0 && ref.formula != kNone)
    return is_between(computed_of(e, ref), limit_of_computed(e, id, false), limit_of_computed(e, id, true));
  if (found.maybe_none || found.count == 0) return Truth::unknown;
  std::optional<Truth> all;
  for (uint32_t i = 0; i < found.count; ++i) {
    const Record& record = e.patient.records[list(e, found)[i].record];
    const Truth here = is_between(result_of(e, ref, record), limit_of(e, ref, record, false),
                                  limit_of(e, ref, record, true));
    if (all && *all != here) return Truth::unknown;
    all = here;
  }
  return *all;
}

}  // namespace crit
