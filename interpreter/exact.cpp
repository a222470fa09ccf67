// The quick way to a value that is one exact number, and to comparisons of such values, as nearly all are: no
// interval is made for them, and of one result no others are tried. What this way cannot answer amount_of and
// compare_nodes do; where it answers, they say the same (tests/evaluate_property_test.cpp holds it to that).
#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

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
    const Record* meant = record_of(v.ref);
    if (!meant || !meant->has_value || meant->bound != Bound::exact) return nullptr;
    const Record& record = *meant;
    if (ref.of_predicted) return record.unit && record.unit->of_predicted ? usable(record.value) : nullptr;
    if (record.unit && !record.unit->convertible) return nullptr;
    const Rational* number = &record.value;
    if (record.unit && !record.unit->identity) number = &(room = record.unit->scale(record.value));
    const Fact& fact = e.model.fact(ref.fact);
    const bool below = fact.plausible_low && *number < *fact.plausible_low;
    const bool above = fact.plausible_high && *number > *fact.plausible_high;
    return below || above ? nullptr : usable(*number);
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
  const Value& what = e.model.values[id].what;
  const ExactNumber exact{e, found, other_room};
  // What most comparisons are of, without the call that std::visit makes.
  if (const auto* result = std::get_if<ResultOf>(&what)) return exact(*result);
  if (const auto* literal = std::get_if<Literal>(&what)) return exact(*literal);
  if (const auto* limit = std::get_if<LimitOf>(&what)) return exact(*limit);
  if (const auto* product = std::get_if<Binary>(&what)) return exact(*product);
  return std::visit(exact, what);
}

}  // namespace

const Rational* exact_number(Evaluation& e, ValueId id, Rational& room) {
  Found found;
  return ExactNumber{e, found, room}.number(id, room);
}

std::optional<Truth> compare_exactly(Evaluation& e, const Compare& q) {
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

}  // namespace crit
