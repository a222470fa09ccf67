// Visits the parts of an expression in the order written.
#include "grammar/walk.hpp"

namespace crit {

namespace {

struct Children {
  const std::function<void(const Expr&)>& f;

  void one(const ExprPtr& e) const {
    if (e) f(*e);
  }
  void all(const std::vector<ExprPtr>& list) const {
    for (const ExprPtr& e : list) one(e);
  }

  void operator()(const Broken&) const {}
  void operator()(const Quantity&) const {}
  void operator()(const DateLiteral&) const {}
  void operator()(const YesNo&) const {}
  void operator()(const Limit&) const {}
  void operator()(const Stable&) const {}
  void operator()(const Judgement&) const {}
  void operator()(const DoseOf&) const {}
  void operator()(const Records& r) const {
    one(r.with);
    for (const Exception& x : r.exceptions) one(x.with);
  }
  void operator()(const Negative& n) const { one(n.operand); }
  void operator()(const Arithmetic& a) const {
    one(a.left);
    one(a.right);
  }
  void operator()(const Call& c) const { all(c.arguments); }
  void operator()(const Selection& s) const { one(s.of); }
  void operator()(const Paren& p) const { one(p.inner); }
  void operator()(const Not& n) const { one(n.operand); }
  void operator()(const Logic& l) const { all(l.operands); }
  void operator()(const If& i) const {
    one(i.condition);
    one(i.then_branch);
    one(i.else_branch);
  }
  void operator()(const ListOf& l) const { all(l.items); }
  void operator()(const Comparison& c) const { all(c.operands); }
  void operator()(const Between& b) const {
    one(b.operand);
    one(b.low);
    one(b.high);
  }
  void operator()(const Membership& m) const {
    one(m.operand);
    all(m.values);
  }
  void operator()(const Is& i) const {
    one(i.operand);
    one(i.value);
  }
  void operator()(const Windowed& w) const { one(w.inner); }
};

}  // namespace

void for_each_child(const Expr& e, const std::function<void(const Expr&)>& f) {
  std::visit(Children{f}, e.node);
}

void for_each_expr(const Expr& e, const std::function<void(const Expr&)>& f) {
  f(e);
  for_each_child(e, [&](const Expr& child) { for_each_expr(child, f); });
}

}  // namespace crit
