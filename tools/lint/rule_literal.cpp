// A written number of a rule, with its sign, unit and the limit of normal that it multiplies.
#include "tools/lint/rule_numbers.hpp"

namespace crit {

namespace {

std::optional<RuleNumber> multiple_of(const Expr& e, const Arithmetic& product) {
  if (product.op != ArithmeticOp::multiply || !product.left || !product.right) return std::nullopt;
  const bool left = std::holds_alternative<Quantity>(product.left->node);
  const Expr& number = left ? *product.left : *product.right;
  const Expr& other = left ? *product.right : *product.left;
  if (!std::holds_alternative<Quantity>(number.node)) return std::nullopt;
  auto n = number_of(number);
  const auto* limit = std::get_if<Limit>(&other.node);
  if (!n || !limit) return n;
  n->of_limit = true;
  n->lower_limit = !limit->upper;
  if (n->unit_text == "%") n->value = n->value / 100;
  n->unit.reset();
  n->unit_text.clear();
  n->span = e.span;
  return n;
}

}  // namespace

std::optional<RuleNumber> number_of(const Expr& e) {
  if (const auto* paren = std::get_if<Paren>(&e.node))
    return paren->inner ? number_of(*paren->inner) : std::nullopt;
  if (const auto* product = std::get_if<Arithmetic>(&e.node)) return multiple_of(e, *product);
  if (const auto* negative = std::get_if<Negative>(&e.node)) {
    auto n = negative->operand ? number_of(*negative->operand) : std::nullopt;
    if (n) n->value = -n->value;
    return n;
  }
  if (const auto* limit = std::get_if<Limit>(&e.node))
    return RuleNumber{
        .value = 1, .of_limit = true, .lower_limit = !limit->upper, .limit_alone = true, .span = e.span};
  const auto* quantity = std::get_if<Quantity>(&e.node);
  if (!quantity) return std::nullopt;
  const auto value = Rational::parse(quantity->number.digits);
  if (!value) return std::nullopt;
  RuleNumber n{.value = *value, .unit_text = quantity->unit.text, .span = e.span};
  if (!n.unit_text.empty()) n.unit = parse_unit(n.unit_text);
  return n;
}

bool is_result(const Expr& e) {
  if (const auto* paren = std::get_if<Paren>(&e.node)) return paren->inner && is_result(*paren->inner);
  if (const auto* windowed = std::get_if<Windowed>(&e.node))
    return windowed->inner && is_result(*windowed->inner);
  if (const auto* selection = std::get_if<Selection>(&e.node))
    return selection->selector != Selector::change && selection->selector != Selector::total;
  return std::holds_alternative<Records>(e.node);
}

}  // namespace crit
