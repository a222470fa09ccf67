// `A <= B <= C`, `between`, `in (...)`: words are told from numbers and dates, which are compared.
#include "interpreter/checker.hpp"

namespace crit {

namespace {

// Two sides: words first (sex = female, ward = yes), either way round, then numbers and dates.
NodeId compare_pair(Checker& c, const Expr& e, const Expr& left, CompareOp op, const Expr& right,
                    const Context& context) {
  if (const auto worded = check_worded(c, left, op, right, context)) return *worded;
  if (const auto worded = check_worded(c, right, turned(op), left, context)) return *worded;
  return compare(c, e, {&left, &right}, {op}, context);
}

}  // namespace

NodeId check_comparison(Checker& c, const Expr& e, const Comparison& x, const Context& outer) {
  if (pressure_as_ratio(c, e, x) || counted_by_sign(c, e, x)) return unknown_node(c, e.span);
  Context context = outer;
  if (const Window* window = trailing_window(*x.operands.back())) {
    const auto id = check_window(c, *window, outer);
    if (!id) return unknown_node(c, e.span);
    context.window = *id;
    context.of_comparison = true;
  }
  if (x.operands.size() == 2) return compare_pair(c, e, *x.operands[0], x.ops[0], *x.operands[1], context);
  const auto low = check_worded(c, *x.operands[1], turned(x.ops[0]), *x.operands[0], context);
  if (low) {
    const auto high = check_worded(c, *x.operands[1], x.ops[1], *x.operands[2], context);
    return add(c, AllOf{add_children(c, {*low, high ? *high : unknown_node(c, e.span)})}, e.span);
  }
  std::vector<const Expr*> operands;
  for (const ExprPtr& operand : x.operands) operands.push_back(operand.get());
  return compare(c, e, std::move(operands), x.ops, context);
}

NodeId check_between(Checker& c, const Expr& e, const Between& x, const Context& context) {
  const auto low = check_worded(c, *x.operand, CompareOp::greater_equal, *x.low, context);
  if (low) {
    const auto high = check_worded(c, *x.operand, CompareOp::less_equal, *x.high, context);
    return add(c, AllOf{add_children(c, {*low, high ? *high : unknown_node(c, e.span)})}, e.span);
  }
  return compare(c, e, {x.low.get(), x.operand.get(), x.high.get()},
                 {CompareOp::less_equal, CompareOp::less_equal}, context);
}

NodeId check_membership(Checker& c, const Expr& e, const Membership& x, const Context& context) {
  std::vector<uint32_t> any;
  std::optional<OneOf> choice;  // one set of values: two answers of one day may differ and both be in it
  std::optional<AttributeOneOf> words;
  for (const ExprPtr& value : x.values) {
    any.push_back(compare_pair(c, e, *x.operand, CompareOp::equal, *value, context));
    const Condition& made = c.model.nodes[any.back()].what;
    if (const auto* one = std::get_if<OneOf>(&made)) {
      if (!choice) choice = OneOf{one->ref, 0};
      choice->values |= one->values;
    } else if (const auto* word = std::get_if<AttributeOneOf>(&made)) {
      if (!words) words = AttributeOneOf{word->name, {}, {}};
      words->words.insert(words->words.end(), word->words.begin(), word->words.end());
      words->possible.insert(words->possible.end(), word->possible.begin(), word->possible.end());
    }
  }
  const NodeId made = choice  ? add(c, *choice, e.span)
                      : words ? add(c, *words, e.span)
                              : add(c, AnyOf{add_children(c, any)}, e.span);
  return x.negated ? add(c, Negation{made}, e.span) : made;
}

}  // namespace crit
