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

struct Looking {
  MovableLimits& to;
  Rational share;
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
    MovableLimit limit{criterion, id, to.model.nodes[id].span, {}};
    for (uint8_t side = 0; side < q.count; ++side) {
      if (side == subject) continue;
      const Rational zero = zero_of(q.values[side], subjects.front());
      limit.moves.push_back({side, moved(q.values[side], Rational(1) + share, zero)});
      limit.moves.push_back({side, moved(q.values[side], Rational(1) - share, zero)});
    }
    std::get<Compare>(to.model.nodes[id].what).plain = {};  // which would stay where it is
    to.limits.push_back(std::move(limit));
  }
  // Nothing here has a limit of its own.
  void look(const Constant&, NodeId) {}
  void look(const OneOf&, NodeId) {}
  void look(const Answer&, NodeId) {}
  void look(const IsKnown&, NodeId) {}
  void look(const ValueKnown&, NodeId) {}
  void look(const IsNormal&, NodeId) {}
  void look(const RecordsOf&, NodeId) {}
  void look(const StableDose&, NodeId) {}
  void look(const StableResult&, NodeId) {}
  void look(const AttributeOneOf&, NodeId) {}
  void look(const AttributeYes&, NodeId) {}
  void look(const AttributeKnown&, NodeId) {}

  // Where 0 of the unit that the rule has its limit in stands in the measure's own: a tenth of 53 mmol/mol of
  // HbA1c is no tenth of its 7%.
  Rational zero_of(ValueId limit, ValueId subject) const {
    const ValueNode& own = to.model.values[limit];
    const auto* result = std::get_if<ResultOf>(&to.model.values[subject].what);
    if (!result || own.written == kNone) return 0;
    const Fact& fact = to.model.fact(to.model.refs[result->ref].fact);
    const auto unit = parse_unit(to.model.values[own.written].unit);
    const auto scale = unit ? fact_conversion(fact, *unit, fact.unit) : std::nullopt;
    return scale ? scale->offset : Rational(0);
  }

  ValueId moved(ValueId limit, const Rational& factor, const Rational& zero) {
    const Linear scale{factor, zero * (Rational(1) - factor)};
    ValueNode made{Scaled{limit, scale}, to.model.values[limit].span, to.model.values[limit].unit, kNone};
    to.model.values.push_back(std::move(made));
    return static_cast<ValueId>(to.model.values.size() - 1);
  }
};

}  // namespace

MovableLimits movable_limits(const Model& model, const Rational& share) {
  MovableLimits made{model, {}};
  Looking looking{made, share};
  for (uint32_t i = 0; i < model.criteria.size(); ++i) {
    looking.criterion = i;
    if (model.criteria[i].condition != kNone) looking.look_at(model.criteria[i].condition);
  }
  return made;
}

bool passes_when_moved(MovableLimits& all, uint32_t limit, const Patient& patient, uint32_t arm,
                       const Verdict& verdict) {
  const MovableLimit& asked = all.limits[limit];
  auto& comparison = std::get<Compare>(all.model.nodes[asked.comparison].what);
  for (const MovableLimit::Move& move : asked.moves) {
    const ValueId stands = std::exchange(comparison.values[move.side], move.moved);
    const Outcome outcome = evaluate_one(all.model, patient, arm, asked.criterion, verdict);
    comparison.values[move.side] = stands;
    if (outcome == Outcome::pass) return true;
  }
  return false;
}

}  // namespace crit
