// The lists and chains of a condition, and how they join their parts.
#include "tools/lint/list_parts.hpp"

#include <algorithm>

namespace crit {

const Expr& without_parentheses(const Expr& e) {
  const auto* paren = std::get_if<Paren>(&e.node);
  if (paren && paren->inner) return without_parentheses(*paren->inner);
  const auto* windowed = std::get_if<Windowed>(&e.node);
  return windowed && windowed->inner ? without_parentheses(*windowed->inner) : e;
}

Join join_at(const Expr& e) {
  if (const auto* logic = std::get_if<Logic>(&e.node))
    return logic->op == LogicOp::logic_and ? Join::all : Join::any;
  const auto* list = std::get_if<ListOf>(&e.node);
  if (list && list->quantifier == Quantifier::all) return Join::all;
  if (list && list->quantifier == Quantifier::any) return Join::any;
  return std::holds_alternative<Membership>(e.node) || std::holds_alternative<If>(e.node) || list
             ? Join::both
             : Join::none;
}

const std::vector<ExprPtr>* parts_of(const Expr& e) {
  if (const auto* logic = std::get_if<Logic>(&e.node)) return &logic->operands;
  if (const auto* list = std::get_if<ListOf>(&e.node)) return &list->items;
  return nullptr;
}

bool denies(const ExprPtr& part) {
  const Expr& e = without_parentheses(*part);
  const auto* records = std::get_if<Records>(&e.node);
  const auto* list = std::get_if<ListOf>(&e.node);
  return std::holds_alternative<Not>(e.node) || (records && records->count == Records::Count::no) ||
         (list && list->quantifier == Quantifier::none);
}

bool has_not(const std::vector<ExprPtr>& parts) {
  return std::ranges::any_of(
      parts, [](const ExprPtr& p) { return p && std::holds_alternative<Not>(without_parentheses(*p).node); });
}

bool are_denied_one_by_one(const Expr& e) {
  const std::vector<ExprPtr>* parts = parts_of(e);
  return parts && join_at(e) == Join::all &&
         std::ranges::count_if(*parts, [](const ExprPtr& p) { return p && denies(p); }) > 1;
}

}  // namespace crit
