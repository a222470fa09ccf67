// A value of the model to the interval of numbers that it may be for this patient.
#include <algorithm>
#include <bit>

#include "interpreter/calendar_units.hpp"
#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

struct AmountOf {
  Evaluation& e;
  ValueId id;

  Amount operator()(const Literal& v) const { return exactly(v.number); }

  Amount operator()(const ResultOf& v) const {
    const Ref& ref = e.model.refs[v.ref];
    if (!chooses(ref) && e.scratch.choice[v.ref] == kNone) {
      const Amount made = selected(e, v.ref);
      if (e.note_reads) note_selected(ref, candidates_of(e, v.ref), made);
      return made;
    }
    const uint32_t record = chosen(e, v.ref);
    if (record == kNone) {
      const Candidates& found = candidates_of(e, v.ref);
      if (e.note_reads && e.scratch.choice[v.ref] == kNone) note_all(found);  // which it is is open
      const bool none = found.count == 0 || e.scratch.choice[v.ref] == found.count;
      return none && ref.formula != kNone ? computed_of(e, ref) : Amount{};
    }
    if (e.note_reads) e.scratch.read.push_back(record);
    return result_of(e, ref, e.patient.records[record]);
  }

  void note_all(const Candidates& found) const {
    for (const Candidate& c : list(e, found)) e.scratch.read.push_back(c.record);
  }
  // Of the highest and the lowest those that may be it, of an average, a sum and a change all.
  void note_selected(const Ref& ref, const Candidates& found, const Amount& made) const {
    const bool is_one = ref.selector == Selector::highest || ref.selector == Selector::lowest;
    for (const Candidate& c : list(e, found))
      if (!is_one ||
          compare(result_of(e, ref, e.patient.records[c.record]), CompareOp::equal, made) != Truth::no)
        e.scratch.read.push_back(c.record);
  }

  Amount operator()(const LimitOf& v) const {
    const uint32_t record = chosen(e, v.ref);
    if (record == kNone) return limit_of_computed(e, v.ref, v.upper).amount;
    return limit_of(e, e.model.refs[v.ref], e.patient.records[record], v.upper).amount;
  }

  Amount operator()(const RankOf& v) const {
    const uint32_t record = chosen(e, v.ref);
    if (record == kNone || e.patient.records[record].word == kNone) return {};
    const Fact& fact = e.model.fact(e.model.refs[v.ref].fact);
    const uint32_t word = e.patient.records[record].word;
    const uint64_t parts = parts_of(fact, word);
    return parts == 0 ? exactly(word) : between(word, static_cast<int64_t>(std::bit_width(parts)) - 1);
  }

  Amount operator()(const AgeAt& v) const { return age_at(e, v); }

  Amount operator()(const DateOf& v) const {
    const auto day = day_of(e, v.date);
    if (!day) return {};
    return day->is_day() ? exactly(day->first_day) : between(day->first_day, day->last_day);
  }

  Amount operator()(const DoseValue& v) const { return dose_of(e, v); }

  Amount operator()(const AttributeNumber& v) const {
    const AttributeValue* attribute = attribute_of(e, e.record, v.name);
    if (!attribute) return {};
    const auto number = attribute->number ? attribute->number : Rational::parse(attribute->word);
    return number ? exactly(*number * v.factor) : Amount{};
  }

  Amount operator()(const RecordDose& v) const {
    return e.record == kNone ? Amount{} : dose_in(e.patient.records[e.record], v.unit);
  }

  Amount operator()(const Negated& v) const { return negated(amount_of(e, v.operand)); }
  Amount operator()(const Binary& v) const {
    const Amount left = amount_of(e, v.left), right = amount_of(e, v.right);
    const Amount made = arithmetic(v.op, left, right);
    if (v.op != ArithmeticOp::multiply && v.op != ArithmeticOp::divide) return made;
    const Rational of_right = zero_of(v.right), of_left = zero_of(v.left);
    if (of_right.is_zero() && of_left.is_zero()) return made;
    const bool divides = v.op == ArithmeticOp::divide;
    if (is_number(v.right))
      return moved(made, divides ? arithmetic(v.op, exactly(1), right) : right, of_left);
    return is_number(v.left) && !divides ? moved(made, left, of_right) : Amount{};
  }

  // Where 0 of the unit that a result and its own limit are in stands in the measure's unit: twice a limit of
  // mmol/mol is not twice that limit in per cent.
  Rational zero_of(ValueId limit) const {
    const auto* of = std::get_if<LimitOf>(&e.model.values[limit].what);
    const uint32_t r = of && !e.model.refs[of->ref].of_predicted ? chosen(e, of->ref) : kNone;
    const Conversion* const unit = r == kNone ? nullptr : e.patient.records[r].unit;
    return unit && unit->convertible ? unit->scale.offset : Rational(0);
  }
  bool is_number(ValueId value) const { return std::holds_alternative<Literal>(e.model.values[value].what); }
  static Amount moved(const Amount& product, const Amount& factor, const Rational& zero) {
    return arithmetic(ArithmeticOp::add, product, scaled(factor, {-zero, zero}));
  }
  Amount operator()(const Scaled& v) const { return scaled(amount_of(e, v.operand), v.scale); }

  Amount operator()(const Applied& v) const {
    const auto arguments = e.model.list(v.arguments);
    Amount a = amount_of(e, arguments[0]);
    switch (v.function) {
      case Function::min:
        for (ValueId other : arguments.subspan(1)) a = lower_of(a, amount_of(e, other));
        return a;
      case Function::max:
        for (ValueId other : arguments.subspan(1)) a = higher_of(a, amount_of(e, other));
        return a;
      case Function::abs:
        return absolute(a);
      case Function::round:
        return rounded_to(a, v.step);
      case Function::ln:
        return logarithm(a);
      case Function::exp:
        return exponential(a);
    }
    return {};
  }

  Amount operator()(const Picked& v) const {
    const uint8_t said = e.scratch.branch[id] & 3;
    if (said != 0) return amount_of(e, said == 1 ? v.then_value : v.else_value);
    switch (truth_of(e, v.condition)) {
      case Truth::yes:
        return amount_of(e, v.then_value);
      case Truth::no:
        return amount_of(e, v.else_value);
      case Truth::unknown:
        break;
    }
    return hull(amount_of(e, v.then_value), amount_of(e, v.else_value));
  }

  Amount operator()(const SameDay& v) const {
    const bool outer = e.note_reads;
    const size_t first = e.scratch.read.size();
    e.note_reads = true;
    const Amount made = amount_of(e, v.operand);
    e.note_reads = outer;
    const Truth same = are_of_one_day(e, std::span(e.scratch.read).subspan(first));
    if (!outer) e.scratch.read.clear();
    e.may_be_of_one_day |= same == Truth::unknown && made.known();
    return same == Truth::yes ? made : Amount{};
  }
};

}  // namespace

Amount amount_of(Evaluation& e, ValueId id) {
  return std::visit(AmountOf{e, id}, e.model.values[id].what);
}

Amount completed_between(const When& from, const When& at, DurationUnit in) {
  const TimeUnit unit = calendar_unit(in);
  const int32_t most = completed(from.first_day, at.last_day, unit);
  if (from.is_day() && at.is_day()) return exactly(most);
  const int32_t least = completed(from.last_day, at.first_day, unit);
  return least == most ? exactly(most) : between(least, most);
}

namespace {

struct Life {
  std::optional<When> birth, at;
};

Life life_of(Evaluation& e, const AgeAt& v) {
  if (e.model.birth_date == kNoFact) return {};
  return {day_of(e, {AnchorSpec::Kind::date_fact, e.model.birth_date, kNone, {}}), day_of(e, v.anchor)};
}

Amount age_of(const Life& life, DurationUnit unit) {
  return life.birth && life.at ? completed_between(*life.birth, *life.at, unit) : Amount{};
}

}  // namespace

Amount age_as_given(Evaluation& e, const AgeAt& v) {
  return age_of(life_of(e, v), v.unit);
}

Amount age_at(Evaluation& e, const AgeAt& v) {
  const Life life = life_of(e, v);
  Amount age = age_of(life, v.unit);
  // Few years have so many days: nobody else's age is reckoned twice.
  constexpr int64_t kDays = 365;
  if (!age.known() || e.model.oldest == 0) return age;
  const auto& [birth, at] = life;
  if (at->first_day - birth->last_day <= kDays * e.model.oldest) return age;
  return completed(birth->last_day, at->first_day, TimeUnit::years) > e.model.oldest ? Amount{} : age;
}

}  // namespace crit
