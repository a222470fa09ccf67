// Which side of a comparison is the value and which the limit, and the numbers that stand in the rule itself.
#include "tools/lint/logic_bounds.hpp"

#include "interpreter/condition_parts.hpp"

namespace crit {

namespace {

struct ConstantOf {
  const Model& model;
  using Found = std::optional<Rational>;

  Found operator()(const Literal& v) const { return v.number; }
  Found operator()(const Negated& v) const {
    const Found n = constant_of(model, v.operand);
    return n ? Found(-*n) : std::nullopt;
  }
  Found operator()(const Scaled& v) const {
    const Found n = constant_of(model, v.operand);
    return n ? Found(v.scale(*n)) : std::nullopt;
  }
  Found operator()(const Binary& v) const {
    const Found a = constant_of(model, v.left), b = constant_of(model, v.right);
    if (!a || !b) return std::nullopt;
    switch (v.op) {
      case ArithmeticOp::add:
        return *a + *b;
      case ArithmeticOp::subtract:
        return *a - *b;
      case ArithmeticOp::multiply:
        return *a * *b;
      case ArithmeticOp::divide:
        return b->is_zero() ? std::nullopt : Found(*a / *b);
      case ArithmeticOp::power:
        return std::nullopt;
    }
    return std::nullopt;
  }
  template <typename Other>
  Found operator()(const Other&) const {
    return std::nullopt;
  }
};

// A number of the rule, or one of the reference limits, or made of them.
bool is_limit(const Model& model, ValueId id) {
  const Value& v = model.values[id].what;
  if (std::holds_alternative<LimitOf>(v) || constant_of(model, id)) return true;
  if (const auto* b = std::get_if<Binary>(&v)) return is_limit(model, b->left) && is_limit(model, b->right);
  if (const auto* n = std::get_if<Negated>(&v)) return is_limit(model, n->operand);
  if (const auto* s = std::get_if<Scaled>(&v)) return is_limit(model, s->operand);
  return false;
}

void append(std::vector<BoundOn>& all, const std::vector<BoundOn>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

bool is_upper(const BoundOn& b) {
  return b.op == CompareOp::less || b.op == CompareOp::less_equal;
}
bool is_lower(const BoundOn& b) {
  return b.op == CompareOp::greater || b.op == CompareOp::greater_equal;
}
bool is_strict(const BoundOn& b) {
  return b.op == CompareOp::less || b.op == CompareOp::greater;
}

std::optional<Rational> constant_of(const Model& model, ValueId id) {
  return std::visit(ConstantOf{model}, model.values[id].what);
}

std::vector<BoundOn> bounds_of(const Model& model, NodeId node) {
  std::vector<BoundOn> bounds;
  const auto* compare = std::get_if<Compare>(&model.nodes[node].what);
  if (!compare || compare->each != Compare::Each::none) return bounds;
  for (uint32_t link = 0; link + 1 < compare->count; ++link) {
    const ValueId left = compare->values[link], right = compare->values[link + 1];
    const CompareOp op = compare->ops[link];
    if (is_limit(model, left) == is_limit(model, right)) continue;
    if (is_limit(model, right))
      bounds.push_back({node, link, left, right, op});
    else
      bounds.push_back({node, link, right, left, turned(op)});
  }
  return bounds;
}

std::vector<BoundOn> bounds_joined(const Model& model, NodeId node) {
  std::vector<BoundOn> bounds = bounds_of(model, node);
  if (const auto* all = std::get_if<AllOf>(&model.nodes[node].what))
    for (uint32_t part : model.list(all->nodes)) append(bounds, bounds_joined(model, part));
  return bounds;
}

std::vector<BoundOn> bounds_within(const Model& model, NodeId node) {
  std::vector<BoundOn> bounds = bounds_of(model, node);
  for_each_part(model, model.nodes[node].what,
                [&](NodeId part) { append(bounds, bounds_within(model, part)); });
  return bounds;
}

FactId fact_of(const Model& model, ValueId id) {
  const Value& v = model.values[id].what;
  if (const auto* r = std::get_if<ResultOf>(&v)) return model.refs[r->ref].fact;
  if (std::holds_alternative<AgeAt>(v)) return model.birth_date;
  if (const auto* s = std::get_if<Scaled>(&v)) return fact_of(model, s->operand);
  return kNoFact;
}

}  // namespace crit
