// How far a window at the end reaches: `A and B within D`, `A * age <= 5 U/L within D`.
#include <fmt/format.h>

#include "interpreter/checker.hpp"

namespace crit {

namespace {

// currently, ever and `for at least` say themselves what they hold for.
bool is_plain_window(const Window& w) {
  switch (w.kind) {
    case Window::Kind::currently:
    case Window::Kind::ever:
    case Window::Kind::for_at_least:
      return false;
    case Window::Kind::within:
    case Window::Kind::before:
    case Window::Kind::after:
    case Window::Kind::on:
    case Window::Kind::between:
    case Window::Kind::starting_within:
    case Window::Kind::ending_within:
      return true;
  }
  return true;
}

const Window* window_at_end(const Checker& c, const Expr& e) {
  if (const auto* windowed = std::get_if<Windowed>(&e.node)) {
    const Expr& inner = *windowed->inner;
    // After a list in parentheses it is said what it holds for.
    if (std::holds_alternative<ListOf>(inner.node) || std::holds_alternative<Paren>(inner.node))
      return nullptr;
    return windowed->window.get();
  }
  if (const auto* n = std::get_if<Not>(&e.node)) return window_at_end(c, *n->operand);
  if (const auto* records = std::get_if<Records>(&e.node))
    return records->exceptions.empty() && !compares_between(c, *records) ? records->window.get() : nullptr;
  return trailing_window(e);
}

struct TakesWindow {
  Checker& c;

  bool any(const std::vector<ExprPtr>& list) const {
    for (const ExprPtr& e : list)
      if ((*this)(*e)) return true;
    return false;
  }

  bool operator()(const Expr& e) const { return std::visit(*this, e.node); }
  bool operator()(const Records& r) const {
    if ((r.window && !compares_between(c, r)) || is_age(c, r.name)) return false;
    if (const auto found = c.definitions.find(r.name.text); found != c.definitions.end()) return false;
    const FactId id = fact_named(c.schema, c.scope, r.name.text);
    if (id == kNoFact) return false;
    switch (c.schema.facts[id].kind) {
      case FactKind::measure:
      case FactKind::condition:
      case FactKind::drug:
      case FactKind::event:
        return true;
      case FactKind::flag:
      case FactKind::choice:
      case FactKind::judgement:
      case FactKind::date:
        return false;
    }
    return false;
  }
  bool operator()(const Comparison& x) const {
    for (const ExprPtr& e : x.operands)
      if (trailing_window(*e)) return false;
    return any(x.operands);
  }
  bool operator()(const Windowed&) const { return false; }
  bool operator()(const Selection& s) const { return !s.window && (*this)(*s.of); }
  bool operator()(const Paren& p) const { return (*this)(*p.inner); }
  bool operator()(const Not& n) const { return (*this)(*n.operand); }
  bool operator()(const Negative& n) const { return (*this)(*n.operand); }
  bool operator()(const Arithmetic& a) const { return (*this)(*a.left) || (*this)(*a.right); }
  bool operator()(const Call& x) const { return any(x.arguments); }
  bool operator()(const Logic& l) const { return any(l.operands); }
  bool operator()(const ListOf& l) const { return any(l.items); }
  bool operator()(const Between& b) const { return (*this)(*b.operand); }
  bool operator()(const Membership& m) const { return (*this)(*m.operand); }
  bool operator()(const Is& i) const { return (*this)(*i.operand); }
  bool operator()(const If& i) const {
    return (*this)(*i.condition) || (*this)(*i.then_branch) || (i.else_branch && (*this)(*i.else_branch));
  }
  bool operator()(const Broken&) const { return false; }
  bool operator()(const Quantity&) const { return false; }
  bool operator()(const DateLiteral&) const { return false; }
  bool operator()(const YesNo&) const { return false; }
  bool operator()(const Limit&) const { return false; }
  bool operator()(const Stable&) const { return false; }
  bool operator()(const Judgement&) const { return false; }
  bool operator()(const DoseOf&) const { return false; }
};

}  // namespace

const Window* trailing_window(const Expr& e) {
  if (const auto* records = std::get_if<Records>(&e.node)) return records->window.get();
  if (const auto* x = std::get_if<Comparison>(&e.node)) return trailing_window(*x->operands.back());
  if (const auto* a = std::get_if<Arithmetic>(&e.node)) return trailing_window(*a->right);
  return nullptr;
}

std::optional<WindowId> window_or(Checker& c, const Window* own, WindowId around, const Context& context) {
  return own ? check_window(c, *own, context) : std::optional(around);
}

bool would_take_window(Checker& c, const Expr& e) {
  return TakesWindow{c}(e);
}

bool window_reads_two_ways(Checker& c, const Logic& logic) {
  const Window* window = window_at_end(c, *logic.operands.back());
  if (!window || !is_plain_window(*window)) return false;
  for (size_t i = 0; i + 1 < logic.operands.size(); ++i) {
    const Expr& operand = *logic.operands[i];
    if (!TakesWindow{c}(operand)) continue;
    const std::string when = print(*window);
    std::string all, last = print(*logic.operands.back());
    for (const ExprPtr& o : logic.operands) all += (all.empty() ? "" : ", ") + print(*o);
    for (std::string* text : {&all, &last}) {
      if (text->ends_with(when)) text->resize(text->size() - when.size());
      while (!text->empty() && text->back() == ' ') text->pop_back();
    }
    report(c, "unsaid-window", window->span,
           fmt::format("`{}` may hold for the last part only, or for all parts", when),
           fmt::format("for all: `{} ({}) {}`\nfor the last only, in parentheses: `({} {})`",
                       logic.op == LogicOp::logic_and ? "all of" : "any of", all, when, last, when));
    return true;
  }
  return false;
}

}  // namespace crit
