// Whom a condition asks for: `sex = female`, in whatever form.
#include "tools/lint/sexes.hpp"

namespace crit {

namespace {

Sex sex_named(std::string_view word) {
  return word == "female" ? Sex::female : word == "male" ? Sex::male : Sex::unsaid;
}

bool is_sex(const ExprPtr& e) {
  const auto* subject = e ? std::get_if<Records>(&e->node) : nullptr;
  return subject && subject->name.text == "sex";
}

Sex sex_named(const ExprPtr& e) {
  const auto* value = e ? std::get_if<Records>(&e->node) : nullptr;
  return value ? sex_named(value->name.text) : Sex::unsaid;
}

// `sex = female`, `sex != male`.
Sex sex_compared(const Comparison& c) {
  if (c.operands.size() != 2 || !is_sex(c.operands[0])) return Sex::unsaid;
  const Sex named = sex_named(c.operands[1]);
  if (c.ops[0] == CompareOp::equal) return named;
  return c.ops[0] == CompareOp::not_equal ? other(named) : Sex::unsaid;
}

Sex sex_asked(const LintInput& input, const Expr& e, int depth) {
  if (const auto* c = std::get_if<Comparison>(&e.node)) return sex_compared(*c);
  if (const auto* is = std::get_if<Is>(&e.node))
    return is->kind == Is::Kind::value && is_sex(is->operand) ? sex_named(is->value) : Sex::unsaid;
  if (const auto* m = std::get_if<Membership>(&e.node)) {
    if (!is_sex(m->operand) || m->values.size() != 1) return Sex::unsaid;
    const Sex named = sex_named(m->values[0]);
    return m->negated ? other(named) : named;
  }
  if (const auto* paren = std::get_if<Paren>(&e.node); paren && paren->inner)
    return sex_asked(input, *paren->inner, depth);
  if (const auto* negation = std::get_if<Not>(&e.node); negation && negation->operand)
    return other(sex_asked(input, *negation->operand, depth));
  if (const auto* list = std::get_if<ListOf>(&e.node))
    return list->quantifier == Quantifier::none && list->items.size() == 1 && list->items[0]
               ? other(sex_asked(input, *list->items[0], depth))
               : Sex::unsaid;
  const auto* named = std::get_if<Records>(&e.node);
  const Define* define = named && depth < kMostDefinitions ? definition_of(input, named->name.text) : nullptr;
  return define && define->value ? sex_asked(input, *define->value, depth + 1) : Sex::unsaid;
}

}  // namespace

Sex other(Sex sex) {
  return sex == Sex::female ? Sex::male : sex == Sex::male ? Sex::female : Sex::unsaid;
}
std::string_view name_of(Sex sex) {
  return sex == Sex::female ? "women" : "men";
}

Sex sex_asked(const LintInput& input, const Expr& e) {
  return sex_asked(input, e, 0);
}

}  // namespace crit
