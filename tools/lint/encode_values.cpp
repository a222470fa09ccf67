// The meaning of values for the solver: a number, and whether it is known.
#include <fmt/format.h>

#include "tools/lint/encode.hpp"

namespace crit {

namespace {

using z3::expr;
using z3::ite;

struct EncodeValue {
  Encoding& e;
  ValueId id;

  expr yes() const { return e.z.bool_val(true); }

  // The same expression is the same free number wherever it stands.
  Figure left_free(const std::string& key, const expr& known, const std::string& reason) const {
    const auto found = e.free_numbers.find(key);
    if (found != e.free_numbers.end()) return found->second;
    e.left_free.push_back({e.model.values[id].span, reason});
    const Figure made{real_named(e, key), known && bool_named(e, key + " has a value")};
    return e.free_numbers.emplace(key, made).first->second;
  }
  static std::string name_of(const Figure& n) { return fmt::format("{}", n.value.id()); }

  Figure operator()(const Literal& v) const { return {literal(e, v.number), yes()}; }
  Figure operator()(const ResultOf& v) const {
    const ResultVars& r = result_of(e, v.ref);
    return {r.value, r.known};
  }
  Figure operator()(const LimitOf& v) const {
    const ResultVars& r = result_of(e, v.ref);
    return v.upper ? Figure{r.upper, r.known && r.upper_known} : Figure{r.lower, r.known && r.lower_known};
  }
  Figure operator()(const RankOf& v) const {
    const ResultVars& r = result_of(e, v.ref);
    return {z3::to_real(r.value), r.known};
  }
  Figure operator()(const AgeAt& v) const {
    const expr born = known_named(e, e.model.fact(e.model.birth_date).name);
    if (v.anchor.kind != AnchorSpec::Kind::screening) {
      const Figure day = (*this)(DateOf{v.anchor});
      return left_free(fmt::format("age in {} on {}", spelling(v.unit), name_of(day)), born && day.known,
                       "it is the age on another day");
    }
    const expr age = whole_named(e, fmt::format("age in {}", spelling(v.unit)));
    e.ages.emplace(v.unit, age);
    return {z3::to_real(age), born};
  }
  Figure operator()(const DateOf& v) const {
    const AnchorSpec& at = v.date;
    switch (at.kind) {
      case AnchorSpec::Kind::screening:
        return {z3::to_real(whole_named(e, "screening")), yes()};
      case AnchorSpec::Kind::date_fact: {
        const std::string& name = e.model.fact(at.date).name;
        const Figure day{z3::to_real(whole_named(e, name)), known_named(e, name)};
        return e.dates.emplace(at.date, day).first->second;
      }
      case AnchorSpec::Kind::fixed: {
        const expr first = literal(e, Rational(at.fixed.first_day)),
                   last = literal(e, Rational(at.fixed.last_day));
        if (at.fixed.is_day()) return {first, yes()};
        const Figure some = left_free(to_string(at.fixed), yes(), "the date is not a day");
        e.axioms.push_back(some.value >= first && some.value <= last);
        return some;
      }
      case AnchorSpec::Kind::first_of:
      case AnchorSpec::Kind::last_of:
        return left_free(fmt::format("{} of class {}", int(at.kind), at.of), yes(),
                         "it is the day of a record");
    }
    return left_free("no date", yes(), "it is no date");
  }
  Figure operator()(const DoseValue& v) const {
    std::string key =
        fmt::format("dose of class {} over {} in window {}", v.of, v.over ? int(*v.over) : -1, v.window);
    for (const auto& factor : v.factors) key += factor ? " " + factor->to_fraction() : " none";
    const Figure dose{real_named(e, key), known_named(e, key)};
    if (e.doses.emplace(key, std::pair(v, dose)).second) e.axioms.push_back(dose.value >= 0);
    return {dose.value / literal(e, v.unit.factor), dose.known};
  }
  Figure operator()(const AttributeNumber& v) const {
    const Figure n = attribute_of(e, v.name);
    return {n.value * literal(e, v.factor), n.known};
  }
  Figure operator()(const RecordDose& v) const {
    const Figure n = attribute_of(e, "dose");
    return {n.value / literal(e, v.unit.factor), n.known};
  }
  Figure operator()(const Negated& v) const {
    const Figure n = figure_of(e, v.operand);
    return {-n.value, n.known};
  }
  Figure operator()(const Scaled& v) const {
    const Figure n = figure_of(e, v.operand);
    return {n.value * literal(e, v.scale.factor) + literal(e, v.scale.offset), n.known};
  }
  Figure operator()(const Binary& v) const {
    const Figure a = figure_of(e, v.left), b = figure_of(e, v.right);
    const expr known = a.known && b.known, y = b.value.simplify();
    const bool by_number = y.is_numeral(), zero = by_number && z3::eq(y, e.z.real_val(0).simplify());
    switch (v.op) {
      case ArithmeticOp::add:
        return {a.value + b.value, known};
      case ArithmeticOp::subtract:
        return {a.value - b.value, known};
      case ArithmeticOp::multiply:
        if (by_number || a.value.simplify().is_numeral()) return {a.value * b.value, known};
        break;
      case ArithmeticOp::divide:
        if (zero) return {a.value, e.z.bool_val(false)};
        if (by_number) return {a.value / b.value, known};
        break;
      case ArithmeticOp::power:
        break;
    }
    return left_free(fmt::format("{} {} {}", name_of(a), spelling(v.op), name_of(b)), known,
                     "it multiplies, divides or raises results by each other");
  }
  Figure operator()(const Applied& v) const {
    const auto arguments = e.model.list(v.arguments);
    Figure made = figure_of(e, arguments[0]);
    switch (v.function) {
      case Function::abs:
        return {ite(made.value >= 0, made.value, -made.value), made.known};
      case Function::min:
      case Function::max:
        for (size_t i = 1; i < arguments.size(); ++i) {
          const Figure next = figure_of(e, arguments[i]);
          const expr first =
              v.function == Function::min ? made.value <= next.value : made.value >= next.value;
          made = {ite(first, made.value, next.value), made.known && next.known};
        }
        return made;
      case Function::round:
      case Function::ln:
      case Function::exp:
        return left_free(fmt::format("{} {} {}", spelling(v.function), v.step.to_fraction(), name_of(made)),
                         made.known, fmt::format("`{}` is not calculated with", spelling(v.function)));
    }
    return made;
  }
  Figure operator()(const Picked& v) const {
    const Certain c = certain_of(e, v.condition);
    const Figure a = figure_of(e, v.then_value), b = figure_of(e, v.else_value);
    return {ite(c.yes, a.value, b.value), (c.yes && a.known) || (c.no && b.known)};
  }
  Figure operator()(const SameDay& v) const {
    const Figure n = figure_of(e, v.operand);
    std::string key = "same day";
    for (uint32_t ref : e.model.list(v.refs)) key += fmt::format(" {}", ref);
    return {n.value, n.known && known_named(e, key)};
  }
};

}  // namespace

Figure attribute_of(Encoding& e, const std::string& name) {
  const std::string of_record = fmt::format("{} of record {}", name, e.record);
  return {real_named(e, of_record), known_named(e, of_record)};
}

Figure figure_of(Encoding& e, ValueId id) {
  return std::visit(EncodeValue{e, id}, e.model.values[id].what);
}

}  // namespace crit
