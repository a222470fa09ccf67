// Finds the quantities, results, limits and doses in a value, and which of them are factors.
#include "interpreter/scan_comparison.hpp"

#include "grammar/walk.hpp"

namespace crit {

namespace {

bool makes_factors(const Expr& e) {
  const auto* a = std::get_if<Arithmetic>(&e.node);
  return a && a->op != ArithmeticOp::add && a->op != ArithmeticOp::subtract;
}

void scan_result(const Expr& e, ComparisonScan& scan, bool is_factor) {
  scan.results.push_back(&e);
  if (!is_factor) scan.compared_results.push_back(&e);
}

}  // namespace

void scan_value(const Expr& e, ComparisonScan& scan, bool is_factor) {
  if (const auto* q = std::get_if<Quantity>(&e.node)) {
    scan.quantities.push_back(q);
    if (!is_factor) scan.compared_quantities.push_back(q);
  }
  if (const auto* l = std::get_if<Limit>(&e.node)) {
    if (l->of)
      scan.named_limits.push_back(l);
    else
      scan.bare_limit = l;
    scan.limit_span = e.span;
  }
  if (std::holds_alternative<DoseOf>(e.node)) scan.dose_is_factor |= is_factor;
  if (const auto* s = std::get_if<Selection>(&e.node)) {
    if (s->of && std::holds_alternative<DoseOf>(s->of->node)) scan.dose_is_factor |= is_factor;
    if (s->selector == Selector::change && !is_factor) {
      scan.change = s;
      scan.change_span = e.span;
    }
    return scan_result(e, scan, is_factor);
  }
  if (std::holds_alternative<Records>(e.node)) return scan_result(e, scan, is_factor);
  if (const auto* i = std::get_if<If>(&e.node)) {
    scan_value(*i->then_branch, scan, is_factor);
    if (i->else_branch) scan_value(*i->else_branch, scan, is_factor);
    return;
  }
  for_each_child(e, [&](const Expr& child) { scan_value(child, scan, is_factor || makes_factors(e)); });
}

}  // namespace crit
