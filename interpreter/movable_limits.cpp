// Finds the limits below each criterion's `and`, `or` and `not`, and asks the evaluator again with an end of
// one of them moved.
#include "interpreter/movable_limits.hpp"

#include <algorithm>
#include <utility>

#include "interpreter/explanation.hpp"

namespace crit {

namespace {

// Days, years and grades come in steps: a share of them says nothing.
bool is_in_steps(const Value& value) {
  return std::holds_alternative<AgeAt>(value) || std::holds_alternative<DateOf>(value) ||
         std::holds_alternative<RankOf>(value);
}

Children add_list(Model& model, const std::vector<uint32_t>& list) {
  const Children made{static_cast<uint32_t>(model.children.size()), static_cast<uint32_t>(list.size())};
  model.children.insert(model.children.end(), list.begin(), list.end());
  return made;
}

// A limit to the same times `factor`: a tenth of a limit is a tenth of the number that the rule, or the
// laboratory, has in its own unit.
struct Moving {
  Model& model;
  const Rational& factor;
  ValueId subject;
  std::vector<uint32_t> picks = {};  // those that it made

  ValueId moved(ValueId id) {
    // A copy: what is added to the model must not move it away.
    const Value what = model.values[id].what;
    return std::visit([&](const auto& value) { return move(value, id); }, what);
  }

  ValueId add(Value what, ValueId like) {
    ValueNode made{std::move(what), model.values[like].span, model.values[like].unit, kNone};
    model.values.push_back(std::move(made));
    return static_cast<ValueId>(model.values.size() - 1);
  }
  ValueId times(ValueId id, const Rational& zero) {
    return add(Scaled{id, {factor, zero * (Rational(1) - factor)}}, id);
  }
  // Nothing where the value is no number of the rule.
  std::optional<ValueId> number_times(ValueId id, const Rational& by) {
    const auto* number = std::get_if<Literal>(&model.values[id].what);
    return number ? std::optional(add(Literal{number->number * by}, id)) : std::nullopt;
  }

  ValueId move(const Literal&, ValueId id) { return times(id, zero_of(id)); }
  // A product has its zero where the unit of the laboratory's limit has it.
  ValueId move(const LimitOf&, ValueId id) {
    return add(Binary{ArithmeticOp::multiply, add(Literal{factor}, id), id}, id);
  }
  ValueId move(const Scaled& v, ValueId id) { return add(Scaled{moved(v.operand), v.scale}, id); }
  ValueId move(const SameDay& v, ValueId id) { return add(SameDay{moved(v.operand), v.refs}, id); }
  ValueId move(const Negated& v, ValueId id) { return add(Negated{moved(v.operand)}, id); }
  ValueId move(const Picked& v, ValueId id) {
    const ValueId a = moved(v.then_value), b = moved(v.else_value);
    return picks.emplace_back(add(Picked{v.condition, a, b}, id));
  }
  ValueId move(const Applied& v, ValueId id) {
    if (v.function != Function::min && v.function != Function::max) return times(id, 0);
    std::vector<uint32_t> arguments;
    for (uint32_t i = 0; i < v.arguments.count; ++i)
      arguments.push_back(moved(model.children[v.arguments.first + i]));
    return add(Applied{v.function, add_list(model, arguments), v.step}, id);
  }
  ValueId move(const Binary& v, ValueId id) {
    const bool multiplies = v.op == ArithmeticOp::multiply, divides = v.op == ArithmeticOp::divide;
    if (v.op == ArithmeticOp::add || v.op == ArithmeticOp::subtract) {
      const ValueId left = moved(v.left);
      return add(Binary{v.op, left, moved(v.right)}, id);
    }
    if (multiplies || divides) {
      if (const auto left = number_times(v.left, factor)) return add(Binary{v.op, *left, v.right}, id);
      if (const auto right = number_times(v.right, divides ? Rational(1) / factor : factor))
        return add(Binary{v.op, v.left, *right}, id);
    }
    return times(id, 0);
  }
  template <typename Other>
  ValueId move(const Other&, ValueId id) {
    return times(id, 0);
  }

  // Where 0 of the unit that the rule has its limit in stands in the measure's own: a tenth of 53 mmol/mol of
  // HbA1c is no tenth of its 7%. Of a difference (`ULN + 5 mmol/mol`) it stands at 0.
  Rational zero_of(ValueId limit) const {
    const ValueNode& own = model.values[limit];
    const auto* result = std::get_if<ResultOf>(&model.values[subject].what);
    if (!result || own.written == kNone) return 0;
    const ValueNode& written = model.values[own.written];
    const auto* number = std::get_if<Literal>(&written.what);
    const Fact& fact = model.fact(model.refs[result->ref].fact);
    const auto unit = parse_unit(written.unit);
    const auto scale = unit ? fact_conversion(fact, *unit, fact.unit) : std::nullopt;
    if (!scale || !number) return 0;
    return (*scale)(number->number) == std::get<Literal>(own.what).number ? scale->offset : Rational(0);
  }
};

struct Looking {
  MovableLimits& to;
  Rational factors[2];  // up and down
  uint32_t criterion = 0;

  void look_at(NodeId id) {
    // A copy: what is added to the model must not move it away.
    const Condition what = to.model.nodes[id].what;
    std::visit([&](const auto& condition) { look(condition, id); }, what);
  }
  void look_at(Children nodes) {
    for (uint32_t i = 0; i < nodes.count; ++i) look_at(to.model.children[nodes.first + i]);
  }

  void look(const AllOf& q, NodeId) { look_at(q.nodes); }
  void look(const AnyOf& q, NodeId) { look_at(q.nodes); }
  void look(const CountOf& q, NodeId) { look_at(q.nodes); }
  void look(const Negation& q, NodeId) { look_at(q.operand); }
  void look(const OfOneDay& q, NodeId) { look_at(q.condition); }
  void look(const Choose& q, NodeId) {
    look_at(q.then_node);
    if (q.else_node != kNone) look_at(q.else_node);
  }
  void look(const Compare& q, NodeId id) {
    const size_t subject = subject_side(to.model, q);
    const auto subjects = subjects_of(to.model, q.values[subject]);
    if (subjects.empty() ||
        std::ranges::any_of(subjects, [&](ValueId v) { return is_in_steps(to.model.values[v].what); }))
      return;
    std::vector<Condition> moved;
    for (uint8_t side = 0; side < q.count; ++side)
      if (side != subject)
        for (const Rational& factor : factors) moved.push_back(with_moved(q, side, factor, subjects.front()));
    add(id, std::move(moved));
  }
  // ALT is normal, or above its upper limit by little; or normal, and below the limit by some; and so at the
  // lower one.
  void look(const IsNormal& q, NodeId id) {
    const NodeId normal = node(q, id);
    std::vector<Condition> moved;
    for (const bool upper : {true, false})
      for (const Rational& factor : factors) {
        const bool wider = (factor > Rational(1)) == upper;
        const NodeId beside = node(beside_limit(q.ref, upper, wider, factor), id);
        const Children both = add_list(to.model, {normal, beside});
        moved.push_back(wider ? Condition(AnyOf{both}) : Condition(AllOf{both}));
      }
    add(id, std::move(moved));
  }
  void look(const StableResult& q, NodeId id) {
    std::vector<Condition> moved;
    for (const Rational& factor : factors)
      moved.push_back(StableResult{q.ref, q.fraction * factor, q.window});
    add(id, std::move(moved));
  }
  // Nothing here has a limit of its own that could be moved.
  void look(const Constant&, NodeId) {}
  void look(const OneOf&, NodeId) {}
  void look(const Answer&, NodeId) {}
  void look(const IsKnown&, NodeId) {}
  void look(const ValueKnown&, NodeId) {}
  void look(const RecordsOf&, NodeId) {}
  void look(const StableDose&, NodeId) {}
  void look(const AttributeOneOf&, NodeId) {}
  void look(const AttributeYes&, NodeId) {}
  void look(const AttributeKnown&, NodeId) {}

  Moving moving(const Rational& factor, ValueId subject) { return {to.model, factor, subject}; }
  NodeId node(Condition what, NodeId like) {
    const Span span = to.model.nodes[like].span;
    to.model.nodes.push_back({std::move(what), span});
    return static_cast<NodeId>(to.model.nodes.size() - 1);
  }
  ValueId value(Value what) {
    to.model.values.push_back({std::move(what), {}, {}, kNone});
    return static_cast<ValueId>(to.model.values.size() - 1);
  }

  Compare with_moved(Compare q, uint8_t side, const Rational& factor, ValueId subject) {
    Moving m = moving(factor, subject);
    q.values[side] = m.moved(q.values[side]);
    if (!m.picks.empty()) {
      const auto known = to.model.list(q.picks);
      m.picks.insert(m.picks.begin(), known.begin(), known.end());
      q.picks = add_list(to.model, m.picks);
    }
    q.plain = {};  // which would stay where it is
    return q;
  }

  // `ULN < ALT <= 1.1*ULN` where the limit is wider, and `ALT <= 0.9*ULN` where it is not; the same from
  // below.
  Compare beside_limit(RefId ref, bool upper, bool wider, const Rational& factor) {
    const CompareOp inside = upper ? CompareOp::less_equal : CompareOp::greater_equal;
    const CompareOp outside = upper ? CompareOp::less : CompareOp::greater;
    const ValueId limit = value(LimitOf{ref, upper}), result = value(ResultOf{ref});
    const ValueId moved = moving(factor, result).moved(limit);
    Compare q;
    q.refs = add_list(to.model, {ref});
    q.count = wider ? 3 : 2;
    size_t side = 0;
    if (wider) {
      q.values[side] = limit;
      q.ops[side++] = outside;
    }
    q.values[side] = result;
    q.ops[side++] = inside;
    q.values[side] = moved;
    return q;
  }

  void add(NodeId id, std::vector<Condition> moved) {
    const Span span = to.model.nodes[id].span;
    const auto is_it = [&](const MovableLimit& limit) {
      return limit.criterion == criterion && limit.span == span &&
             limit.places.front().moved.size() == moved.size();
    };
    auto found = std::ranges::find_if(to.limits, is_it);
    if (found == to.limits.end()) found = to.limits.insert(found, {criterion, span, {}});
    if (std::ranges::find(found->places, id, &MovableLimit::Place::node) == found->places.end())
      found->places.push_back({id, std::move(moved)});
  }
};

}  // namespace

MovableLimits movable_limits(const Model& model, const Rational& share) {
  MovableLimits made{model, {}};
  Looking looking{made, {Rational(1) + share, Rational(1) - share}};
  for (uint32_t i = 0; i < model.criteria.size(); ++i) {
    looking.criterion = i;
    if (model.criteria[i].condition != kNone) looking.look_at(model.criteria[i].condition);
  }
  return made;
}

bool passes_when_moved(MovableLimits& all, uint32_t limit, const Patient& patient, uint32_t arm,
                       const Verdict& verdict) {
  MovableLimit& asked = all.limits[limit];
  const auto swap = [&](size_t way) {
    for (MovableLimit::Place& place : asked.places)
      std::swap(all.model.nodes[place.node].what, place.moved[way]);
  };
  for (size_t way = 0; way < asked.places.front().moved.size(); ++way) {
    swap(way);
    const Outcome outcome = evaluate_one(all.model, patient, arm, asked.criterion, verdict);
    swap(way);
    if (outcome == Outcome::pass) return true;
  }
  return false;
}

}  // namespace crit
