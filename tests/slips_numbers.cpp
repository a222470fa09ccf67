// Slips in the numbers of a condition: ten times the limit, digits swapped, another unit, a multiple of the
// limit of normal without it, the equal value in or out.
#include <algorithm>

#include "grammar/walk.hpp"
#include "grammar/words.hpp"
#include "tests/slips.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

// Units that one is mistaken for: the same quantity on another scale, or the neighbour on a form.
struct Mistaken {
  std::string_view unit;
  std::vector<std::string_view> others;
};
const Mistaken kMistaken[] = {
    {"mg/dL", {"mmol/L", "g/dL", "mg/L"}},
    {"g/dL", {"g/L", "mg/dL"}},
    {"g/L", {"g/dL", "mg/L"}},
    {"mg/L", {"mg/dL", "ug/L"}},
    {"ng/L", {"ug/L", "mg/L"}},
    {"mmol/L", {"mg/dL", "umol/L"}},
    {"umol/L", {"mg/dL", "mmol/L"}},
    {"mEq/L", {"mg/dL", "umol/L"}},
    {"10^9/L", {"/uL", "10^6/L", "10^12/L"}},
    {"/mm3", {"10^9/L", "/L"}},
    {"%", {"mmol/mol"}},
    {"kg", {"lb", "g"}},
    {"cm", {"mm", "m"}},
    {"m", {"cm", "km"}},
    {"mL", {"L", "uL"}},
    {"s", {"min", "ms"}},
    {"ms", {"s"}},
    {"h", {"min"}},
    {"mmHg", {"kPa"}},
    {"kg/m2", {"g/cm2", "kg/cm2"}},
    {"L/min", {"mL/min"}},
    {"mL/min/1.73m2", {"mL/min", "mL/s"}},
    {"mg/day", {"g/day", "mg", "mg/week"}},
    {"/week", {"/day", "/month"}},
    {"years", {"months", "weeks"}},
    {"months", {"years", "weeks"}},
    {"weeks", {"months", "days"}},
    {"days", {"weeks", "months"}},
};

// "2.5" is "25", "0.7" is "7".
std::string times_ten(std::string digits) {
  const size_t point = digits.find('.');
  if (point == std::string::npos) return digits + "0";
  std::swap(digits[point], digits[point + 1]);
  if (digits.back() == '.') digits.pop_back();
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits;
}

std::vector<Edits> with_digits_swapped(const Number& number) {
  std::vector<Edits> variants;
  size_t last = std::string::npos;  // the digit before
  for (size_t i = 0; i < number.digits.size(); ++i) {
    if (!is_digit(number.digits[i])) continue;
    std::string swapped = number.digits;
    if (last != std::string::npos) std::swap(swapped[last], swapped[i]);
    last = i;
    const bool leads_with_zero = swapped.size() > 1 && swapped[0] == '0' && swapped[1] != '.';
    if (swapped != number.digits && !leads_with_zero) variants.push_back({{number.span, swapped}});
  }
  return variants;
}

void add(Slip slip, Span at, std::vector<Edits> variants, std::vector<SlipPlace>& places) {
  if (!variants.empty()) places.push_back({slip, at, std::move(variants)});
}

void add_of_quantity(const Expr& e, const Quantity& q, std::vector<SlipPlace>& places) {
  add(Slip::limit_times_ten, e.span, {{{q.number.span, times_ten(q.number.digits)}}}, places);
  add(Slip::digits_swapped, e.span, with_digits_swapped(q.number), places);
  const auto known = std::ranges::find(kMistaken, q.unit.text, &Mistaken::unit);
  if (known == std::end(kMistaken) || q.predicted) return;
  std::vector<Edits> variants;
  for (std::string_view other : known->others) variants.push_back({{q.unit.span, std::string(other)}});
  add(Slip::unit_changed, e.span, std::move(variants), places);
}

std::string_view other_strictness(CompareOp op) {
  switch (op) {
    case CompareOp::less:
      return "<=";
    case CompareOp::less_equal:
      return "<";
    case CompareOp::greater:
      return ">=";
    case CompareOp::greater_equal:
      return ">";
    case CompareOp::equal:
    case CompareOp::not_equal:
      return {};
  }
  return {};
}

// `2.5*ULN` to `2.5` and `2.5 U/L`, in each comparison of a measure.
void add_limits_of_normal(const LintInput& input, const Expr& comparison, std::vector<SlipPlace>& places) {
  const Fact* fact = nullptr;
  for_each_expr(comparison, [&](const Expr& part) {
    if (const auto* name = std::get_if<Records>(&part.node); name && !fact)
      fact = fact_of(input, name->name.text);
  });
  for_each_expr(comparison, [&](const Expr& part) {
    const auto* product = std::get_if<Arithmetic>(&part.node);
    if (!product || product->op != ArithmeticOp::multiply || !product->left || !product->right) return;
    const auto* factor = std::get_if<Quantity>(&product->left->node);
    if (!factor || !std::holds_alternative<Limit>(product->right->node)) return;
    std::vector<Edits> variants = {{{part.span, factor->number.digits}}};
    if (fact) variants.push_back({{part.span, factor->number.digits + " " + fact->unit_text}});
    add(Slip::limit_of_normal_dropped, part.span, std::move(variants), places);
  });
}

}  // namespace

void add_number_slips(const LintInput& input, const Expr& e, std::vector<SlipPlace>& places) {
  if (const auto* quantity = std::get_if<Quantity>(&e.node)) add_of_quantity(e, *quantity, places);
  const auto* comparison = std::get_if<Comparison>(&e.node);
  if (!comparison) return;
  add_limits_of_normal(input, e, places);
  for (size_t i = 0; i < comparison->op_spans.size() && i < comparison->ops.size(); ++i)
    if (const std::string_view other = other_strictness(comparison->ops[i]); !other.empty())
      add(Slip::strictness, comparison->op_spans[i], {{{comparison->op_spans[i], std::string(other)}}},
          places);
}

}  // namespace crit
