// The meaning of conditions for the solver, one case each; records are in encode_records.cpp, values in
// encode_values.cpp.
#include "tools/lint/encode.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crit {

namespace {

using z3::expr;
using z3::expr_vector;
using z3::implies;
using z3::ite;

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
    if (!c.unwritten.empty())
      return free_condition(e, "definition " + c.unwritten, e.model.nodes[id].span, "it is not yet written");
    return {e.z.bool_val(c.truth == Truth::yes), e.z.bool_val(c.truth == Truth::no)};
  }
  Certain operator()(const AllOf& c) const { return all(c.nodes); }
  Certain operator()(const AnyOf& c) const { return any(c.nodes); }
  Certain operator()(const Negation& c) const { return opposite(certain_of(e, c.operand)); }
  Certain operator()(const OfOneDay& c) const {
    const Certain own = certain_of(e, c.condition);
    const expr of_day = e.z.bool_const(fmt::format("one day of {}", c.condition).c_str());
    return {own.yes && of_day, own.no && of_day};
  }
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
    std::vector<expr> any, open;
    for (size_t i = 0; i < count; ++i) {
      if (c.values >> i & 1) any.push_back(r.value == int(i));
      if (c.maybe >> i & 1) open.push_back(r.value == int(i));
    }
    if (open.empty()) return when_known(r.known, any_of(e, any));
    // A stage without its part is one of its parts, among the values or not.
    const expr is_among = e.z.bool_const(fmt::format("part of {} among {}", c.ref, c.values).c_str());
    return when_known(r.known, any_of(e, any) || (any_of(e, open) && is_among));
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

  expr is_word(const Figure& attribute, const std::string& word) const {
    const size_t index = e.words.try_emplace(word, e.words.size()).first->second;
    return attribute.value == literal(e, Rational(static_cast<int64_t>(index)));
  }
  Certain operator()(const AttributeOneOf& c) const {
    const Figure word = attribute_of(e, "the word of " + c.name);
    std::vector<expr> meant, open;
    for (const std::string& w : c.words) meant.push_back(is_word(word, w));
    for (const std::string& w : c.possible) open.push_back(is_word(word, w));
    const expr yes = any_of(e, meant);
    return {word.known && yes, word.known && !yes && !any_of(e, open)};
  }
  Certain operator()(const AttributeYes& c) const {
    const Figure answer = attribute_of(e, "the answer to " + c.name);
    return when_known(answer.known, answer.value > 0);
  }
  Certain operator()(const AttributeKnown& c) const {
    return free_condition(e, fmt::format("{} of record {} is known", c.name, e.record),
                          e.model.nodes[id].span, "whether a record says it is not followed");
  }
};

}  // namespace

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
