// The quick way to a value that is one exact number, as nearly all are: no interval is made for it. What it
// cannot answer amount_of does; where it answers, amount_of says the same (tests/evaluate_property_test.cpp
// holds it to that).
#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

// Null where there is no quick way; otherwise the number, in `room` or where it is kept.
struct ExactNumber {
  Evaluation& e;
  Rational& room;

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
    const uint32_t r = chosen(e, v.ref);
    if (r == kNone) return nullptr;
    const Record& record = e.patient.records[r];
    if (!record.has_value || record.bound != Bound::exact) return nullptr;
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
    const uint32_t r = chosen(e, v.ref);
    if (r == kNone || e.patient.records[r].details == kNone) return nullptr;
    const Record& record = e.patient.records[r];
    const Details& details = e.patient.details[record.details];
    const auto& own = v.upper ? details.upper : details.lower;
    const bool as_written = e.model.refs[v.ref].of_predicted || !record.unit || record.unit->identity;
    return own && as_written ? usable(*own) : nullptr;
  }

  const Rational* operator()(const AgeAt& v) const { return take(age_at(e, v)); }
  const Rational* operator()(const DoseValue& v) const { return take(dose_of(e, v)); }

  const Rational* operator()(const Binary& v) const {
    Rational room_of_right;
    if (v.op == ArithmeticOp::power) return nullptr;
    const Rational* left = exact_number(e, v.left, room);
    const Rational* right = left ? exact_number(e, v.right, room_of_right) : nullptr;
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
    const Rational* operand = exact_number(e, v.operand, room);
    return operand ? usable(room = v.scale(*operand)) : nullptr;
  }

  template <typename Other>
  const Rational* operator()(const Other&) const {
    return nullptr;
  }
};

}  // namespace

const Rational* exact_number(Evaluation& e, ValueId id, Rational& room) {
  const Value& what = e.model.values[id].what;
  const ExactNumber exact{e, room};
  // What most comparisons are of, without the call that std::visit makes.
  if (const auto* result = std::get_if<ResultOf>(&what)) return exact(*result);
  if (const auto* literal = std::get_if<Literal>(&what)) return exact(*literal);
  if (const auto* limit = std::get_if<LimitOf>(&what)) return exact(*limit);
  if (const auto* product = std::get_if<Binary>(&what)) return exact(*product);
  return std::visit(exact, what);
}

}  // namespace crit
