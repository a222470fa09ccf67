// Numbers with their units, and what people write instead: `2.5 x ULN`, `18-65`, `18+`, `18 years old`.
#include <fmt/format.h>

#include "grammar/build.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

// `1B` is a stage where it is written in one, as long as nobody measures in such a unit at a bedside.
bool is_part_of_stage(std::string_view unit) {
  constexpr std::string_view kParts = "ABCDbc";
  return unit.size() == 1 && kParts.find(unit[0]) != kParts.npos;
}

// `2.5 ULN`, `2.5 x ULN`
ExprPtr number_times_limit(Build& b, Number number, Cursor inner, Span span) {
  Span number_span = number.span;
  ExprPtr limit = build_limit(b, inner);
  std::string right = fmt::format("{}*{}", number.digits, text_of(b.source, limit->span));
  b.report(
      "anticipated-mistake", span, fmt::format("`*` is missing between `{}` and the limit", number.digits),
      fmt::format("write `{}`", right), Fix{span, right, text_of(b.source, number_span) == number.digits});
  ExprPtr left = make_expr(Quantity{.number = std::move(number), .unit = {}}, number_span);
  return make_expr(Arithmetic{ArithmeticOp::multiply, std::move(left), std::move(limit), span}, span);
}

ExprPtr wrong_range(Build& b, const Number& number, std::string_view rest, Span span) {
  size_t digits = rest.find_first_of("0123456789");
  std::string_view high = rest.substr(std::min(digits, rest.size()));
  b.report("anticipated-mistake", span, "a range with a dash",
           fmt::format("write `NAME between {} and {}`, with the unit at the end", number.digits, high));
  return make_expr(Broken{}, span);
}

void report_wrong_times(Build& b, Span letter, Span unit) {
  const char before = b.source.text[letter.begin - 1];
  const bool parted = before == ' ' || before == '\t';  // `5x10^3` would become `510^3`
  b.report("anticipated-mistake", letter, "`x` is no sign of multiplication",
           fmt::format("write `{}` after the number and a blank", text_of(b.source, unit)),
           Fix{{letter.begin, unit.begin, letter.file}, parted ? "" : " ", true});
}

}  // namespace

// Children: the number, then what came after it.
ExprPtr build_quantity(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  Quantity q{.number = build_number(b, inner), .unit = {}};
  std::optional<Span> times;
  while (!inner.done()) {
    Span at = b.span(inner.node());
    if (inner.is(Node::unit))
      q.unit = build_unit(b, inner);
    else if (inner.is(Node::wrong_limit))
      return number_times_limit(b, std::move(q.number), inner.children(), span);
    else if (inner.is(Node::wrong_range))
      return wrong_range(b, q.number, b.text(inner.node()), span);
    else if (inner.is(Node::wrong_plus)) {
      b.report("anticipated-mistake", span,
               fmt::format("`{}` is not how a limit is written", text_of(b.source, span)),
               fmt::format("write `>= {}` with the unit after it", q.number.digits));
      return make_expr(Broken{}, span);
    } else {
      if (inner.is(Node::predicted)) q.predicted = true;
      if (inner.is(Node::of_earliest)) q.of_earliest = true;
      if (inner.is(Node::wrong_times)) times = at;
      if (inner.is(Node::age_words))
        b.report("anticipated-mistake", at, fmt::format("`{}` is not needed", b.text(inner.node())),
                 fmt::format("write `{} {}`", q.number.digits, q.unit.text),
                 Fix{{q.unit.span.end, at.end, at.file}, "", true});
      inner.advance();
    }
  }
  if (times) report_wrong_times(b, *times, q.unit.span);
  if (same_word(q.unit.text, "percent")) q.unit.text = "%";  // which asks for per cent of predicted too
  const bool is_word = q.unit.span.begin == q.number.span.end && is_part_of_stage(q.unit.text);
  q.blank = !(q.unit.text.starts_with('%') || q.unit.text.starts_with('/') || is_word);
  return make_expr(std::move(q), span);
}

ExprPtr build_signed_quantity(Build& b, Cursor& c) {
  if (!c.is(Node::negative)) return build_quantity(b, c);
  Span span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  return make_expr(Negative{build_quantity(b, inner)}, span);
}

}  // namespace crit
