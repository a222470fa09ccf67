// A month that a rule compares with is a whole one: `consent <= 2025-02` holds to its last day, `< 2025-02`
// to the day before its first, and `= 2025-02` on each of its days.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/checker.hpp"

namespace crit {

namespace {

std::optional<When> written_month(const Expr& e) {
  const auto* date = std::get_if<DateLiteral>(&e.node);
  const auto when = date ? parse_when(date->date.text) : std::nullopt;
  return when && !when->is_day() ? when : std::nullopt;
}

ExprPtr written_day(const Expr& month, Day day) {
  auto made = std::make_unique<Expr>();
  made->span = month.span;
  made->node = DateLiteral{DateText{day_to_string(day), month.span}};
  return made;
}

// The day beside which the sign says what it says beside the month, which stands on its right.
Day day_beside(CompareOp op, const When& month) {
  const bool from_end = op == CompareOp::less_equal || op == CompareOp::greater;
  return from_end ? month.last_day : month.first_day;
}

bool asks_equal(CompareOp op) {
  return op == CompareOp::equal || op == CompareOp::not_equal;
}

NodeId compare_equal(Checker& c, const Expr& e, const Expr& other, CompareOp op, const Expr& month,
                     const Context& context) {
  const When days = *written_month(month);
  const ExprPtr first = written_day(month, days.first_day), last = written_day(month, days.last_day);
  const NodeId inside = compare(c, e, {first.get(), &other, last.get()},
                                {CompareOp::less_equal, CompareOp::less_equal}, context);
  return op == CompareOp::equal ? inside : add(c, Negation{inside}, e.span);
}

}  // namespace

std::optional<NodeId> compare_months(Checker& c, const Expr& e, std::vector<const Expr*> operands,
                                     const std::vector<CompareOp>& ops, const Context& context) {
  const auto is_month = [](const Expr* operand) { return written_month(*operand).has_value(); };
  const auto months = std::ranges::count_if(operands, is_month);
  if (months == 0 || static_cast<size_t>(months) == operands.size()) return std::nullopt;
  if (operands.size() == 3 && is_month(operands[1])) {  // it is held against by either sign
    const NodeId left = compare(c, e, {operands[0], operands[1]}, {ops[0]}, context);
    const NodeId right = compare(c, e, {operands[1], operands[2]}, {ops[1]}, context);
    return add(c, AllOf{add_children(c, {left, right})}, e.span);
  }
  if (asks_equal(ops[0])) {
    const bool on_left = is_month(operands[0]);
    return compare_equal(c, e, *operands[on_left ? 1 : 0], ops[0], *operands[on_left ? 0 : 1], context);
  }
  std::vector<ExprPtr> days;
  for (size_t i = 0; i < operands.size(); ++i) {
    const auto month = written_month(*operands[i]);
    if (!month) continue;
    const CompareOp op = i == 0 ? turned(ops[0]) : ops[i - 1];
    days.push_back(written_day(*operands[i], day_beside(op, *month)));
    operands[i] = days.back().get();
  }
  return compare(c, e, std::move(operands), ops, context);
}

bool is_month_written(const AnchorSpec& anchor) {
  return anchor.kind == AnchorSpec::Kind::fixed && !anchor.fixed.is_day();
}

void report_several_days(Checker& c, const DateText& written, const When& days, std::string_view one) {
  report(c, "unsaid-window", written.span,
         fmt::format("`{}` has several days, and {} one", written.text, one),
         fmt::format("write `{}` or `{}`", day_to_string(days.first_day), day_to_string(days.last_day)));
}

bool counts_from_month(Checker& c, const Anchor& written, const AnchorSpec& anchor) {
  if (!is_month_written(anchor)) return false;
  report_several_days(c, written.date, anchor.fixed, "a period is counted from");
  return true;
}

}  // namespace crit
