// The meaning of conditions and values for the solver, one case each; records are in encode_records.cpp.
#include "tools/lint/encode.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crit {

namespace {

using z3::expr;
using z3::expr_vector;
using z3::implies;
using z3::ite;

// --- values
// --------------------------------------------------------------------------------------------------

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
    const expr age = whole_named(e, fmt::format("age in {}", spelling(v.unit)));
    e.ages.emplace(v.unit, age);
    return {z3::to_real(age), known_named(e, e.model.fact(e.model.birth_date).name)};
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
  Figure attribute(const std::string& name) const {
    const std::string of_record = fmt::format("{} of record {}", name, e.record);
    return {real_named(e, of_record), known_named(e, of_record)};
  }
  Figure operator()(const AttributeNumber& v) const {
    const Figure n = attribute(v.name);
    return {n.value * literal(e, v.factor), n.known};
  }
  Figure operator()(const RecordDose& v) const {
    const Figure n = attribute("dose");
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

// --- conditions
// ----------------------------------------------------------------------------------------------

expr holds(const expr& a, CompareOp op, const expr& b) {
  switch (op) {
    case CompareOp::less:
      return a < b;
    case CompareOp::less_equal:
      return a <= b;
    case CompareOp::greater:
      return a > b;
    case CompareOp::greater_equal:
      return a >= b;
    case CompareOp::equal:
      return a == b;
    case CompareOp::not_equal:
      return a != b;
  }
  return a == b;
}

struct EncodeCondition {
  Encoding& e;
  NodeId id;

  Certain all(Children nodes) const {
    std::vector<expr> yes, no;
    for (uint32_t node : e.model.list(nodes)) {
      const Certain c = certain_of(e, node);
      yes.push_back(c.yes);
      no.push_back(c.no);
    }
    return {all_of(e, yes), any_of(e, no)};
  }
  Certain any(Children nodes) const {
    std::vector<expr> yes, no;
    for (uint32_t node : e.model.list(nodes)) {
      const Certain c = certain_of(e, node);
      yes.push_back(c.yes);
      no.push_back(c.no);
    }
    return {any_of(e, yes), all_of(e, no)};
  }

  Certain operator()(const Constant& c) const {
    return {e.z.bool_val(c.truth == Truth::yes), e.z.bool_val(c.truth == Truth::no)};
  }
  Certain operator()(const AllOf& c) const { return all(c.nodes); }
  Certain operator()(const AnyOf& c) const { return any(c.nodes); }
  Certain operator()(const Negation& c) const { return opposite(certain_of(e, c.operand)); }
  static Certain opposite(const Certain& c) { return {c.no, c.yes}; }

  Certain operator()(const CountOf& c) const {
    expr_vector yes(e.z), maybe(e.z);
    for (uint32_t node : e.model.list(c.nodes)) {
      const Certain one = certain_of(e, node);
      yes.push_back(one.yes);
      maybe.push_back(!one.no);
    }
    const auto surely = [&](uint32_t n) {
      return n == 0 ? e.z.bool_val(true) : n > yes.size() ? e.z.bool_val(false) : z3::atleast(yes, n);
    };
    const auto fewer = [&](uint32_t n) {
      return n == 0 ? e.z.bool_val(false) : n > maybe.size() ? e.z.bool_val(true) : z3::atmost(maybe, n - 1);
    };
    const uint32_t more = c.n + 1;
    switch (c.quantifier) {
      case Quantifier::at_least:
        return {surely(c.n), fewer(c.n)};
      case Quantifier::at_most:
        return {fewer(more), surely(more)};
      case Quantifier::exactly:
        return {surely(c.n) && fewer(more), fewer(c.n) || surely(more)};
      case Quantifier::all:
        return all(c.nodes);
      case Quantifier::any:
        return any(c.nodes);
      case Quantifier::none:
        return opposite(any(c.nodes));
    }
    return all(c.nodes);
  }

  Certain operator()(const Choose& c) const {
    const Certain asked = certain_of(e, c.condition), a = certain_of(e, c.then_node);
    const Certain nothing{e.z.bool_val(true), e.z.bool_val(false)};
    const Certain b = c.else_node == kNone ? nothing : certain_of(e, c.else_node);
    return {(asked.yes && a.yes) || (asked.no && b.yes) || (a.yes && b.yes),
            (asked.yes && a.no) || (asked.no && b.no) || (a.no && b.no)};
  }

  Certain operator()(const Compare& c) const {
    if (c.each != Compare::Each::none) {
      const auto name = [&](ValueId v) { return figure_of(e, v).value.id(); };
      std::string key = fmt::format("each {}", int(c.each));
      for (uint32_t i = 0; i < c.count; ++i)
        key += fmt::format(" {} {}", name(c.values[i]), i ? int(c.ops[i - 1]) : 0);
      return free_condition(e, key, e.model.nodes[id].span, "each result is held against its own limit");
    }
    const Certain first = link_of(e, c, 0);
    if (c.count == 2) return first;
    const Certain second = link_of(e, c, 1);
    return {first.yes && second.yes, first.no || second.no};
  }

  Certain operator()(const OneOf& c) const {
    const ResultVars& r = result_of(e, c.ref);
    const size_t count = e.model.fact(e.model.refs[c.ref].fact).values.size();
    std::vector<expr> any;
    for (size_t i = 0; i < count; ++i)
      if (c.values >> i & 1) any.push_back(r.value == int(i));
    return when_known(r.known, any_of(e, any));
  }
  Certain operator()(const Answer& c) const {
    const ResultVars& r = result_of(e, c.ref);
    const Certain own = when_known(r.known, r.value);
    if (c.applies == kNone) return own;
    const Certain applies = certain_of(e, c.applies);
    return {applies.yes && own.yes, applies.no || own.no};
  }
  Certain operator()(const IsKnown& c) const {
    const Fact& fact = e.model.fact(e.model.refs[c.ref].fact);
    const std::string name = fact.kind == FactKind::date ? fact.name : known_name(c.ref);
    e.asked_known.insert(name);
    const expr known = known_named(e, name);
    return {known, !known};
  }
  Certain operator()(const ValueKnown& c) const {
    for (uint32_t ref : e.model.list(c.refs)) e.asked_known.insert(known_name(ref));
    e.asked_known.insert(e.model.fact(e.model.birth_date).name);
    const expr known = figure_of(e, c.value).known;
    return {known, !known};
  }
  Certain operator()(const IsNormal& c) const {
    const ResultVars& r = result_of(e, c.ref);
    const expr above = r.upper_known && r.value > r.upper, below = r.lower_known && r.value < r.lower;
    return {r.known && r.upper_known && r.lower_known && !above && !below, r.known && (above || below)};
  }
  Certain operator()(const RecordsOf& c) const { return records_of(e, c); }
  Certain operator()(const StableDose& c) const { return stable_dose_of(e, id, c); }
  Certain operator()(const StableResult& c) const {
    return free_condition(e, fmt::format("ref {} stable within {}", c.ref, c.fraction.to_fraction()),
                          e.model.nodes[id].span, "how results differ over time is not followed");
  }

  Figure attribute(const std::string& name) const { return EncodeValue{e, kNone}.attribute(name); }
  expr is_word(const Figure& attribute, const std::string& word) const {
    const size_t index = e.words.try_emplace(word, e.words.size()).first->second;
    return attribute.value == literal(e, Rational(static_cast<int64_t>(index)));
  }
  Certain operator()(const AttributeOneOf& c) const {
    const Figure word = attribute("the word of " + c.name);
    std::vector<expr> meant, open;
    for (const std::string& w : c.words) meant.push_back(is_word(word, w));
    for (const std::string& w : c.possible) open.push_back(is_word(word, w));
    const expr yes = any_of(e, meant);
    return {word.known && yes, word.known && !yes && !any_of(e, open)};
  }
  Certain operator()(const AttributeYes& c) const {
    const Figure answer = attribute("the answer to " + c.name);
    return when_known(answer.known, answer.value > 0);
  }
  Certain operator()(const AttributeKnown& c) const {
    return free_condition(e, fmt::format("{} of record {} is known", c.name, e.record),
                          e.model.nodes[id].span, "whether a record says it is not followed");
  }
};

}  // namespace

Figure figure_of(Encoding& e, ValueId id) {
  return std::visit(EncodeValue{e, id}, e.model.values[id].what);
}

Certain link_of(Encoding& e, const Compare& c, uint32_t link) {
  const Figure a = figure_of(e, c.values[link]), b = figure_of(e, c.values[link + 1]);
  return when_known(a.known && b.known, holds(a.value, c.ops[link], b.value));
}

Certain certain_of(Encoding& e, NodeId id) {
  const std::pair key(e.record, id);
  if (const auto found = e.conditions.find(key); found != e.conditions.end()) return found->second;
  return e.conditions.emplace(key, std::visit(EncodeCondition{e, id}, e.model.nodes[id].what)).first->second;
}

}  // namespace crit
