// A value and the signs behind it: comparisons, and what people write for their signs.
#include <fmt/format.h>

#include "grammar/build.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

// `flare up to 3 months`: of records a window is meant. Empty: a limit is.
std::string window_meant(const Expr& left, CompareOp op, const Expr& right) {
  const auto* name = std::get_if<Records>(&left.node);
  const auto* period = std::get_if<Quantity>(&right.node);
  const bool may_be = name && period && is_upper_limit(op) && duration_unit(period->unit.text);
  return may_be && !same_word(name->name.text, "age") ? fmt::format("within {}", print(right)) : "";
}

void report_wrong_sign(Build& b, Span span, CompareOp op, const std::string& window) {
  std::string sign(spelling(op));
  const std::string help = window.empty()
                               ? fmt::format("write `{}`", sign)
                               : fmt::format("write `{}`, or `{}` where records are meant", sign, window);
  b.report("anticipated-mistake", span,
           fmt::format("`{}` is not how a comparison is written", text_of(b.source, span)), help,
           window.empty() ? std::optional(Fix{span, sign, true}) : std::nullopt);
}

// `for at least 3 months`, with nothing before it: `for` was read as the name.
bool is_window_alone(Build& b, const Expr& first, Span sign) {
  const auto* name = std::get_if<Records>(&first.node);
  if (!name || !same_word(name->name.text, "for")) return false;
  const Span span = join(first.span, sign);
  b.report("syntax", span, "a window, and nothing before it",
           fmt::format("write before it of what it is said: `NAME {} ...`", text_of(b.source, span)));
  return true;
}

int direction(CompareOp op) {
  switch (op) {
    case CompareOp::less:
    case CompareOp::less_equal:
      return -1;
    case CompareOp::greater:
    case CompareOp::greater_equal:
      return 1;
    case CompareOp::equal:
    case CompareOp::not_equal:
      return 0;
  }
  return 0;
}

// Both signs of a chain point the same way; `=` and `!=` stand alone.
bool refuse_chain(Build& b, const Comparison& c) {
  if (c.ops.size() < 2) return false;
  Span second = c.op_spans[1];
  if (c.ops.size() > 2) {
    b.report("type-mismatch", c.op_spans[2], "a third sign in one comparison",
             "join two comparisons with `and`");
    return true;
  }
  if (direction(c.ops[0]) == direction(c.ops[1]) && direction(c.ops[0]) != 0) return false;
  bool equal = direction(c.ops[0]) == 0 || direction(c.ops[1]) == 0;
  b.report("type-mismatch", second,
           equal ? std::string("a chain of comparisons with `=` or `!=`")
                 : fmt::format("the chain points both ways: `{}` and `{}`", spelling(c.ops[0]),
                               spelling(c.ops[1])),
           "write a chain as `5 <= x <= 10`, or join two comparisons with `and`");
  return true;
}

}  // namespace

ExprPtr build_chain(Build& b, Cursor& c, ExprPtr first) {
  Comparison chain;
  bool window_alone = false;
  Span span = first->span;
  chain.operands.push_back(std::move(first));
  while (c.is(Node::compare_tail) || c.is(Node::worded_tail)) {
    bool worded = c.is(Node::worded_tail);
    Cursor inner = c.children();
    c.advance();
    Span op_span = b.span(inner.node());
    std::string_view sign = b.text(inner.take());
    CompareOp op = worded ? worded_comparison(sign) : compare_op(sign).value_or(CompareOp::equal);
    const bool is_alone = worded && chain.ops.empty() && is_window_alone(b, *chain.operands.front(), op_span);
    window_alone |= is_alone;
    chain.operands.push_back(build_compared(b, inner));
    const std::string window =
        worded ? window_meant(*chain.operands.front(), op, *chain.operands.back()) : std::string();
    if (!is_alone && (worded || is_wrong_sign(sign))) report_wrong_sign(b, op_span, op, window);
    chain.told = chain.told || !window.empty();
    chain.ops.push_back(op);
    chain.op_spans.push_back(op_span);
    span = join(span, chain.operands.back()->span);
  }
  if (window_alone) return make_expr(Broken{}, span);
  if (refuse_chain(b, chain)) return make_expr(Broken{std::move(chain.operands)}, span);
  return make_expr(std::move(chain), span);
}

}  // namespace crit
