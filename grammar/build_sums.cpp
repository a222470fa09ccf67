// Values: operands, and sums, products and powers of them.
#include <fmt/format.h>

#include "grammar/build.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

ExprPtr build_call(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  Call call;
  call.name_span = b.span(inner.node());
  call.function = function(b.text(inner.take())).value_or(Function::min);
  while (inner.is(Node::part)) call.arguments.push_back(build_part(b, inner));
  return make_expr(std::move(call), span);
}

ExprPtr build_paren(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  return make_expr(Paren{build_expression(b, inner)}, span);
}

void build_items(Build& b, Cursor c, ListOf& list) {
  while (c.is(Node::part)) list.items.push_back(build_part(b, c));
}

// `all of (...)`
ExprPtr build_list(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  ListOf list{Quantifier::all, std::nullopt, {}};
  std::string_view word = b.text(inner.take());
  if (same_word(word, "any")) list.quantifier = Quantifier::any;
  if (same_word(word, "none")) list.quantifier = Quantifier::none;
  build_items(b, inner, list);
  return make_expr(std::move(list), span);
}

// `at least N of (...)` or `at least N NAME ...`; children: the word, the number, the list or the records.
ExprPtr build_count(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  std::string_view word = b.text(inner.take());
  bool least = same_word(word, "least"), most = same_word(word, "most");
  Number n = build_number(b, inner);
  if (inner.is(Node::list)) {
    Quantifier quantifier = least ? Quantifier::at_least : most ? Quantifier::at_most : Quantifier::exactly;
    ListOf list{quantifier, std::move(n), {}};
    build_items(b, inner.children(), list);
    return make_expr(std::move(list), span);
  }
  ExprPtr counted = build_records(b, inner);
  counted->span = span;
  if (auto* records = std::get_if<Records>(&counted->node)) {
    using Count = Records::Count;
    records->count = least ? Count::at_least : most ? Count::at_most : Count::exactly;
    records->n = std::move(n);
    return counted;
  }
  b.report("syntax", span, "a count before `stable`",
           "count with `at least N of (NAME stable for ..., ...)`");
  return make_expr(Broken{}, span);
}

ExprPtr build_selection(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  Selection s;
  s.selector = selector(b.text(inner.take())).value_or(Selector::latest);
  s.of = build_primary(b, inner);
  if (inner.is(Node::window)) s.window = build_window(b, inner);
  return make_expr(std::move(s), span);
}

ExprPtr build_dose(Build& b, Cursor& c) {
  ExprPtr dose = build_dose_of(b, c);
  if (!c.is(Node::window)) return dose;
  auto& d = std::get<DoseOf>(dose->node);
  d.window = build_window(b, c);
  dose->span = join(dose->span, d.window->span);
  return dose;
}

ExprPtr build_date_literal(Build& b, Cursor& c) {
  DateText date = build_date(b, c);
  Span span = date.span;
  return make_expr(DateLiteral{std::move(date)}, span);
}

ExprPtr arithmetic(Build& b, ArithmeticOp op, Span op_span, ExprPtr left, ExprPtr right) {
  Span span = join(left->span, right->span);
  if (++b.operators == kMaxOperators + 1)
    b.report("too-deep", op_span,
             fmt::format("more than {} signs of arithmetic in one condition", kMaxOperators));
  if (b.operators > kMaxOperators) return make_expr(Broken{}, span);
  return make_expr(Arithmetic{op, std::move(left), std::move(right), op_span}, span);
}

// A sign before something: `-3`, `-x^2`, which is -(x^2).
ExprPtr build_negative(Build& b, Cursor& c);

// `a ^ b ^ c` is a^(b^c); a sign holds for all that is right of it.
ExprPtr build_power(Build& b, Cursor& c) {
  ExprPtr base = c.is(Node::negative) ? build_negative(b, c) : build_primary(b, c);
  if (!c.is(Node::power_tail)) return base;
  Span op_span{c.node().begin, c.node().begin + 1, b.source.id};
  Cursor inner = c.children();
  c.advance();
  if (!inner.is(Node::negative)) {
    ExprPtr first = build_primary(b, inner);
    std::vector<ExprPtr> exponents;
    std::vector<Span> signs;
    exponents.push_back(std::move(first));
    while (c.is(Node::power_tail) && !c.children().is(Node::negative)) {
      signs.push_back({c.node().begin, c.node().begin + 1, b.source.id});
      Cursor next = c.children();
      c.advance();
      exponents.push_back(build_primary(b, next));
    }
    ExprPtr right = std::move(exponents.back());
    for (size_t i = signs.size(); i-- > 0;)
      right = arithmetic(b, ArithmeticOp::power, signs[i], std::move(exponents[i]), std::move(right));
    return arithmetic(b, ArithmeticOp::power, op_span, std::move(base), std::move(right));
  }
  ExprPtr right = build_negative(b, inner);
  return arithmetic(b, ArithmeticOp::power, op_span, std::move(base), std::move(right));
}

ExprPtr build_negative(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  return make_expr(Negative{build_power(b, inner)}, span);
}

ArithmeticOp arithmetic_op(std::string_view sign) {
  if (sign == "+") return ArithmeticOp::add;
  if (sign == "/") return ArithmeticOp::divide;
  return sign == "*" || sign == "×" ? ArithmeticOp::multiply : ArithmeticOp::subtract;
}

ExprPtr build_product(Build& b, Cursor& c) {
  ExprPtr left = build_power(b, c);
  while (c.is(Node::product_tail)) {
    Cursor inner = c.children();
    c.advance();
    Span op_span = b.span(inner.node());
    ArithmeticOp op = arithmetic_op(b.text(inner.take()));
    left = arithmetic(b, op, op_span, std::move(left), build_power(b, inner));
  }
  return left;
}

}  // namespace

ExprPtr build_primary(Build& b, Cursor& c) {
  if (c.is(Node::records)) return build_records(b, c);
  if (c.is(Node::quantity)) return build_quantity(b, c);
  if (c.is(Node::paren)) return build_paren(b, c);
  if (c.is(Node::limit)) return build_limit(b, c);
  if (c.is(Node::list)) return build_list(b, c);
  if (c.is(Node::count)) return build_count(b, c);
  if (c.is(Node::call)) return build_call(b, c);
  if (c.is(Node::selection)) return build_selection(b, c);
  if (c.is(Node::dose_of)) return build_dose(b, c);
  if (c.is(Node::judgement)) return build_judgement(b, c);
  if (c.is(Node::date)) return build_date_literal(b, c);
  Span span = c.done() ? Span{0, 0, b.source.id} : b.span(c.node());
  if (!c.done()) c.advance();
  return make_expr(Broken{}, span);
}

ExprPtr build_sum(Build& b, Cursor& c) {
  ExprPtr left = build_product(b, c);
  while (c.is(Node::sum_tail)) {
    Cursor inner = c.children();
    c.advance();
    Span op_span = b.span(inner.node());
    ArithmeticOp op = arithmetic_op(b.text(inner.take()));
    left = arithmetic(b, op, op_span, std::move(left), build_product(b, inner));
  }
  return left;
}

}  // namespace crit
