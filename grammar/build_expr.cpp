// Conditions: comparisons with their windows, `not`, `if`, and chains of `and` and `or`.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "grammar/build.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

ExprPtr build_conditional(Build& b, Cursor& c, IfAt at);

bool ends_in_window(const Expr& e) {
  if (const auto* records = std::get_if<Records>(&e.node))
    return records->window && records->exceptions.empty();
  if (const auto* comparison = std::get_if<Comparison>(&e.node))
    return ends_in_window(*comparison->operands.back());
  if (const auto* between = std::get_if<Between>(&e.node)) return ends_in_window(*between->high);
  if (const auto* sum = std::get_if<Arithmetic>(&e.node)) return ends_in_window(*sum->right);
  if (const auto* selection = std::get_if<Selection>(&e.node)) return selection->window != nullptr;
  if (const auto* dose = std::get_if<DoseOf>(&e.node)) return dose->window != nullptr;
  return std::holds_alternative<Windowed>(e.node);
}

// `NYHA between II and III`: two names may be values of the choice, which the checker tells from days.
bool may_compare(const Expr& e) {
  const auto* records = std::get_if<Records>(&e.node);
  if (!records || records->window->kind != Window::Kind::between) return false;
  const auto named = [](const std::optional<Anchor>& a) { return a && a->kind == Anchor::Kind::named; };
  return named(records->window->anchor) && named(records->window->until);
}

template <typename... Parts>
ExprPtr refused(Span span, Parts... parts) {
  Broken made;
  (made.read.push_back(std::move(parts)), ...);
  std::erase(made.read, nullptr);
  return make_expr(std::move(made), span);
}

ExprPtr windowed(Build& b, Cursor& c, ExprPtr inner) {
  if (!c.is(Node::window)) return inner;
  WindowPtr window = build_window(b, c);
  Span span = join(inner->span, window->span);
  if (ends_in_window(*inner) && !may_compare(*inner)) {
    b.report("syntax", window->span, "a second window",
             "one window a fact; `except within ...` takes a part of it away");
    return refused(span, std::move(inner));
  }
  return make_expr(Windowed{std::move(inner), std::move(window)}, span);
}

ExprPtr build_between(Build& b, Cursor& c, ExprPtr operand) {
  Span span = join(operand->span, b.span(c.node()));
  Cursor inner = c.children();
  c.advance();
  ExprPtr low = build_part(b, inner);
  ExprPtr high = build_part(b, inner);
  return make_expr(Between{std::move(operand), std::move(low), std::move(high)}, span);
}

ExprPtr build_membership(Build& b, Cursor& c, ExprPtr operand) {
  Span span = join(operand->span, b.span(c.node()));
  Cursor inner = c.children();
  c.advance();
  Membership m{std::move(operand), false, {}};
  if (inner.is(Node::word)) {
    m.negated = true;
    inner.advance();
  }
  for (; inner.is(Node::part); inner.advance()) {
    Cursor value = inner.children();
    m.values.push_back(build_compared(b, value));
  }
  return make_expr(std::move(m), span);
}

struct IsWord {
  std::string_view text;
  Is::Kind kind;
  std::string_view opposite;  // how `is not` it is written
};
constexpr IsWord kIsWords[] = {{"known", Is::Kind::known, "is missing"},
                               {"missing", Is::Kind::missing, "is known"},
                               {"normal", Is::Kind::normal, ""}};

void report_is_not(Build& b, const Expr& operand, Span tail, Span value, const IsWord* known) {
  std::string right = known == nullptr          ? fmt::format("!= {}", text_of(b.source, value))
                      : known->opposite.empty() ? fmt::format("not {} is {}", print(operand), known->text)
                                                : std::string(known->opposite);
  const bool whole = known != nullptr && known->opposite.empty();  // `not` goes before the operand
  const Fix fix{whole ? join(operand.span, tail) : tail, right, true};
  b.report("anticipated-mistake", tail, fmt::format("`{}` is not how it is written", text_of(b.source, tail)),
           fmt::format("write `{}`", right), fix);
}

ExprPtr build_is(Build& b, Cursor& c, ExprPtr operand) {
  Span tail = b.span(c.node());
  Span span = join(operand->span, tail);
  Cursor inner = c.children();
  c.advance();
  bool negated = inner.is(Node::word);
  if (negated) inner.advance();
  Span value = b.span(inner.node());
  Is is{Is::Kind::value, std::move(operand), nullptr, {std::string(b.text(inner.node())), value}};
  const IsWord* known = nullptr;
  if (inner.is(Node::name))
    for (const IsWord& word : kIsWords)
      if (same_word(is.word.text, word.text)) known = &word;
  if (known != nullptr) {
    is.kind = known->kind;
    is.word.text = known->text;
  } else if (inner.is(Node::name)) {
    Records named;
    named.name = build_name(b, inner);
    is.value = make_expr(std::move(named), value);
  } else {
    is.value = inner.is(Node::quantity) ? build_quantity(b, inner) : build_compared(b, inner);
  }
  if (negated) {
    report_is_not(b, *is.operand, tail, value, known);
    return refused(span, std::move(is.operand));
  }
  return make_expr(std::move(is), span);
}

bool is_tail(const Cursor& c) {
  return c.is(Node::compare_tail) || c.is(Node::worded_tail) || c.is(Node::between_tail) ||
         c.is(Node::in_tail) || c.is(Node::is_tail);
}

ExprPtr build_tail(Build& b, Cursor& c, ExprPtr left) {
  if (c.is(Node::between_tail)) return build_between(b, c, std::move(left));
  if (c.is(Node::in_tail)) return build_membership(b, c, std::move(left));
  if (c.is(Node::is_tail)) return build_is(b, c, std::move(left));
  return is_tail(c) ? build_chain(b, c, std::move(left)) : std::move(left);
}

ExprPtr build_comparison(Build& b, Cursor& c) {
  ExprPtr left = windowed(b, c, build_sum(b, c));
  left = build_tail(b, c, std::move(left));
  if (is_tail(c)) {
    b.report("syntax", b.span(c.node()), "two comparisons without a word between them",
             "join them with `and`");
    while (is_tail(c)) c.advance();
    const Span span = left->span;
    left = refused(span, std::move(left));
  }
  return windowed(b, c, std::move(left));
}

ExprPtr build_unary(Build& b, Cursor& c, IfAt at) {
  if (c.is(Node::conditional)) return build_conditional(b, c, at);
  if (!c.is(Node::logical_not)) return build_comparison(b, c);
  Span span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  Span word = b.span(inner.node());
  if (inner.take().kind == Node::op)
    b.report("anticipated-mistake", word, "`!` is not how `not` is written", "write `not`",
             Fix{word, "not ", true});
  return make_expr(Not{build_unary(b, inner, IfAt::chained)}, span);
}

Joined build_joined(Build& b, Cursor& c, IfAt at) {
  Joined joined;
  joined.operands.push_back(build_unary(b, c, at));
  while (c.is(Node::logic_tail)) {
    Cursor inner = c.children();
    c.advance();
    Span span = b.span(inner.node());
    std::string_view sign = b.text(inner.take());
    LogicOp op = logic_op(sign).value_or(LogicOp::logic_and);
    std::string word(spelling(op));
    if (sign[0] == '&' || sign[0] == '|')
      b.report("anticipated-mistake", span, fmt::format("`{}` is not how `{}` is written", sign, word),
               fmt::format("write `{}`", word), Fix{span, word, true});
    joined.ops.push_back(op);
    joined.op_spans.push_back(span);
    joined.operands.push_back(build_unary(b, inner, IfAt::chained));
  }
  return joined;
}

ExprPtr join_up(Build& b, Joined joined) {
  if (joined.ops.empty()) return std::move(joined.operands.front());
  Span span = join(joined.operands.front()->span, joined.operands.back()->span);
  if (refuse_two_readings(b, joined)) return make_expr(Broken{std::move(joined.operands)}, span);
  return make_expr(Logic{joined.ops.front(), std::move(joined.operands)}, span);
}

// Children: the parts of the condition, of `then` and of `else`.
ExprPtr build_conditional(Build& b, Cursor& c, IfAt at) {
  Span span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  If result;
  result.condition = build_part(b, inner);
  std::vector<Joined> branches;
  for (; branches.size() < 2 && !inner.done(); inner.advance()) {
    Cursor content = inner.children();
    branches.push_back(build_joined(b, content, IfAt::chained));
  }
  for (const Joined& branch : branches) {
    if (branch.ops.empty()) continue;
    refuse_branches(b, *result.condition, branches.front(), branches.size() > 1 ? &branches[1] : nullptr);
    ExprPtr all = refused(span, std::move(result.condition));
    for (Joined& read : branches)
      std::ranges::move(read.operands, std::back_inserter(std::get<Broken>(all->node).read));
    return all;
  }
  if (!branches.empty()) result.then_branch = std::move(branches.front().operands.front());
  if (branches.size() > 1) result.else_branch = std::move(branches[1].operands.front());
  if (!result.else_branch && at != IfAt::include) {
    refuse_missing_else(b, result, at, span);
    return refused(span, std::move(result.condition), std::move(result.then_branch));
  }
  return make_expr(std::move(result), span);
}

}  // namespace

ExprPtr build_compared(Build& b, Cursor& c) {
  if (c.is(Node::yes_no)) {
    Span span = b.span(c.node());
    return make_expr(YesNo{build_yes(b, c)}, span);
  }
  return c.is(Node::conditional) ? build_conditional(b, c, IfAt::alone) : build_sum(b, c);
}

ExprPtr build_expression(Build& b, Cursor& c, bool whole) {
  return join_up(b, build_joined(b, c, whole ? IfAt::include : IfAt::alone));
}

ExprPtr build_part(Build& b, Cursor& c) {
  Cursor inner = c.children();
  c.advance();
  return build_expression(b, inner);
}

}  // namespace crit
