// The quick ways to a value that is one exact number, and to comparisons of such values, as nearly all are:
// no interval is made for them, and of one result no others are tried. What this way cannot answer amount_of
// and compare_nodes do; where it answers, they say the same (tests/evaluate_property_test.cpp holds it to
// that).
#include "interpreter/evaluation.hpp"
#include "interpreter/plain_question.hpp"

namespace crit {

namespace {

// Of a Fact or a PlainComparison.
template <typename What>
bool is_plausible(const What& what, const Rational& result) {
  return !(what.plausible_low && result < *what.plausible_low) &&
         !(what.plausible_high && result > *what.plausible_high);
}

// A result in the measure's own unit, or in per cent of predicted: where it is kept, or in `room`. Null where
// it is no exact number, or in another unit that says nothing of this one.
[[gnu::always_inline]] inline const Rational* result_in(const Record& record, bool of_predicted,
                                                        Rational& room) {
  if (!record.has_value || record.bound != Bound::exact) return nullptr;
  if (of_predicted) return record.unit && record.unit->of_predicted ? &record.value : nullptr;
  if (!record.unit || record.unit->identity) return &record.value;
  return record.unit->convertible ? &(room = record.unit->scale(record.value)) : nullptr;
}

// The record that a name was found to mean: its limits are asked for after its result.
struct Found {
  RefId id = kNone;
  const Record* record = nullptr;
};

// Null where there is no quick way; otherwise the number, in `room` or where it is kept.
struct ExactNumber {
  Evaluation& e;
  Found& found;
  Rational& room;

  const Rational* number(ValueId, Rational& other_room) const;

  const Record* record_of(RefId id) const {
    if (id == found.id) return found.record;
    found = {id, sole_record(e, id)};
    if (found.record) return found.record;
    const uint32_t r = chosen(e, id);
    if (r != kNone) found.record = &e.patient.records[r];
    return found.record;
  }

  static const Rational* usable(const Rational& number) { return number.too_large() ? nullptr : &number; }

  const Rational* take(const Amount& amount) const {
    if (amount.kind != Amount::Kind::exact) return nullptr;
    room = amount.low;
    return usable(room);
  }

  const Rational* operator()(const Literal& v) const { return usable(v.number); }

  const Rational* operator()(const ResultOf& v) const {
    const Ref& ref = e.model.refs[v.ref];
    if (e.note_reads || !chooses(ref)) return nullptr;
    const Record* record = record_of(v.ref);
    const Rational* number = record ? result_in(*record, ref.of_predicted, room) : nullptr;
    if (!number || (!ref.of_predicted && !is_plausible(e.model.fact(ref.fact), *number))) return nullptr;
    return usable(*number);
  }

  const Rational* operator()(const LimitOf& v) const {
    const Record* record = record_of(v.ref);
    if (!record || record->details == kNone) return nullptr;
    const Details& details = e.patient.details[record->details];
    const auto& own = v.upper ? details.upper : details.lower;
    const bool as_written = e.model.refs[v.ref].of_predicted || !record->unit || record->unit->identity;
    return own && as_written ? usable(*own) : nullptr;
  }

  const Rational* operator()(const AgeAt& v) const { return take(age_at(e, v)); }
  const Rational* operator()(const DoseValue& v) const { return take(dose_of(e, v)); }

  const Rational* operator()(const Binary& v) const {
    Rational room_of_right;
    if (v.op == ArithmeticOp::power) return nullptr;
    const Rational* left = number(v.left, room);
    const Rational* right = left ? number(v.right, room_of_right) : nullptr;
    if (!right) return nullptr;
    switch (v.op) {
      case ArithmeticOp::add:
        room = *left + *right;
        break;
      case ArithmeticOp::subtract:
        room = *left - *right;
        break;
      case ArithmeticOp::multiply:
        room = *left * *right;
        break;
      case ArithmeticOp::divide:
        room = *left / *right;
        break;
      case ArithmeticOp::power:
        return nullptr;
    }
    return usable(room);
  }

  const Rational* operator()(const Scaled& v) const {
    const Rational* operand = number(v.operand, room);
    return operand ? usable(room = v.scale(*operand)) : nullptr;
  }

  template <typename Other>
  const Rational* operator()(const Other&) const {
    return nullptr;
  }
};

const Rational* ExactNumber::number(ValueId id, Rational& other_room) const {
  return std::visit(ExactNumber{e, found, other_room}, e.model.values[id].what);
}

}  // namespace

const Rational* exact_number(Evaluation& e, ValueId id, Rational& room) {
  Found found;
  return ExactNumber{e, found, room}.number(id, room);
}

namespace {

// The number of the bound for this record. Null where the limit is not there, or would have to be converted.
const Rational* number_of(const Evaluation& e, const PlainComparison::Bound& bound, const Record& record,
                          Rational& room) {
  using Of = PlainComparison::Bound::Of;
  if (bound.of == Of::one) return &bound.number;
  if (record.details == kNone || (record.unit && !record.unit->identity)) return nullptr;
  const Details& details = e.patient.details[record.details];
  const auto& limit = bound.of == Of::upper_limit ? details.upper : details.lower;
  return limit ? &(room = bound.number * *limit) : nullptr;
}

// The same of a result that is close to a bound, or in another unit.
[[gnu::noinline]] std::optional<Truth> compare_closely(const Evaluation& e, const PlainComparison& q,
                                                       const Record& record) {
  Rational room, room_of_bound;
  const Rational* const result = result_in(record, e.model.refs[q.ref].of_predicted, room);
  if (!result || !is_plausible(q, *result)) return std::nullopt;
  Truth t = Truth::yes;
  for (const PlainComparison::Bound& bound : q.bounds) {
    const Rational* const number = number_of(e, bound, record, room_of_bound);
    if (!number) return std::nullopt;
    t = t & compare(*result, bound.op, *number);
  }
  return t;
}

// Of any values.
[[gnu::noinline]] std::optional<Truth> compare_numbers(Evaluation& e, const Compare& q) {
  Found found;
  Rational rooms[2];
  const ExactNumber exact{e, found, rooms[0]};
  const Rational* left = exact.number(q.values[0], rooms[0]);
  const Rational* right = left ? exact.number(q.values[1], rooms[1]) : nullptr;
  if (!right) return std::nullopt;
  const Truth t = compare(*left, q.ops[0], *right);
  if (q.count == 2 || t == Truth::no) return t;
  const Rational* last = exact.number(q.values[2], rooms[0]);
  return last ? std::optional(t & compare(*right, q.ops[1], *last)) : std::nullopt;
}

}  // namespace

std::optional<Truth> compare_exactly(Evaluation& e, const Compare& q) {
  if (q.plain.ref == kNone) return compare_numbers(e, q);
  if (e.scratch.choice[q.plain.ref] == kNone && !e.note_reads)
    if (const Quick said = PlainQuestion(e, q.plain).ask(e.patient); said != Quick::open)
      return truth_of(said);
  const Record* const record = sole_record(e, q.plain.ref);
  const auto t = record ? compare_closely(e, q.plain, *record) : std::nullopt;
  return t ? t : compare_numbers(e, q);
}

}  // namespace crit
