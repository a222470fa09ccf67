// The quick way to a value that is one exact number, as nearly all are: no interval is made for it. What it
// cannot answer amount_of does; where it answers, amount_of says the same (tests/evaluate_property_test.cpp
// holds it to that).
#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

struct ExactNumber {
  Evaluation& e;
  Rational& into;

  bool take(const Rational& number) const {
    into = number;
    return !into.too_large();
  }

  bool take(const Amount& amount) const { return amount.kind == Amount::Kind::exact && take(amount.low); }

  bool operator()(const Literal& v) const { return take(v.number); }

  bool operator()(const ResultOf& v) const {
    const Ref& ref = e.model.refs[v.ref];
    if (e.note_reads || !chooses(ref)) return false;
    const uint32_t r = chosen(e, v.ref);
    if (r == kNone) return false;
    const Record& record = e.patient.records[r];
    if (!record.has_value || record.bound != Bound::exact) return false;
    if (ref.of_predicted) return record.unit && record.unit->of_predicted && take(record.value);
    if (record.unit && !record.unit->convertible) return false;
    take(record.unit && !record.unit->identity ? record.unit->scale(record.value) : record.value);
    const Fact& fact = e.model.fact(ref.fact);
    const bool below = fact.plausible_low && into < *fact.plausible_low;
    const bool above = fact.plausible_high && into > *fact.plausible_high;
    return !below && !above && !into.too_large();
  }

  bool operator()(const LimitOf& v) const {
    const uint32_t r = chosen(e, v.ref);
    if (r == kNone || e.patient.records[r].details == kNone) return false;
    const Record& record = e.patient.records[r];
    const Details& details = e.patient.details[record.details];
    const auto& own = v.upper ? details.upper : details.lower;
    const bool as_written = e.model.refs[v.ref].of_predicted || !record.unit || record.unit->identity;
    return own && as_written && take(*own);
  }

  bool operator()(const AgeAt& v) const { return take(age_at(e, v)); }
  bool operator()(const DoseValue& v) const { return take(dose_of(e, v)); }

  bool operator()(const Binary& v) const {
    Rational right;
    if (v.op == ArithmeticOp::power || !exact_number(e, v.left, into) || !exact_number(e, v.right, right))
      return false;
    switch (v.op) {
      case ArithmeticOp::add:
        return take(into + right);
      case ArithmeticOp::subtract:
        return take(into - right);
      case ArithmeticOp::multiply:
        return take(into * right);
      case ArithmeticOp::divide:
        return take(into / right);
      case ArithmeticOp::power:
        break;
    }
    return false;
  }

  bool operator()(const Scaled& v) const { return exact_number(e, v.operand, into) && take(v.scale(into)); }

  template <typename Other>
  bool operator()(const Other&) const {
    return false;
  }
};

}  // namespace

bool exact_number(Evaluation& e, ValueId id, Rational& into) {
  const Value& what = e.model.values[id].what;
  const ExactNumber exact{e, into};
  // What most comparisons are of, without the call that std::visit makes.
  if (const auto* result = std::get_if<ResultOf>(&what)) return exact(*result);
  if (const auto* literal = std::get_if<Literal>(&what)) return exact(*literal);
  if (const auto* limit = std::get_if<LimitOf>(&what)) return exact(*limit);
  return std::visit(exact, what);
}

}  // namespace crit
