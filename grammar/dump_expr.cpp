// Expressions as an indented list, a node a line.
#include <fmt/format.h>

#include "grammar/dump.hpp"
#include "grammar/print.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

struct ExprDump {
  size_t depth;
  std::string& out;

  void line(std::string_view text) const { dump_line(out, depth, text); }
  void under(std::string_view label, const Expr& e) const {
    dump_line(out, depth + 1, label);
    dump(e, depth + 2, out);
  }
  void all(const std::vector<ExprPtr>& items) const {
    for (const ExprPtr& item : items) dump(*item, depth + 1, out);
  }
  void window(const WindowPtr& w) const {
    if (w) dump(*w, depth + 1, out);
  }

  void operator()(const Broken&) const { line("broken"); }
  void operator()(const Quantity& q) const { line(fmt::format("quantity {}", print(Expr{q, {}}))); }
  void operator()(const DateLiteral& d) const { line(fmt::format("date {}", d.date.text)); }
  void operator()(const YesNo& y) const { line(y.yes ? "yes" : "no"); }
  void operator()(const Limit& l) const { line(fmt::format("limit {}", print(Expr{l, {}}))); }
  void operator()(const Records& r) const {
    Records bare{r.count, r.n, r.name, nullptr, nullptr, {}};
    line(fmt::format("records {}", print_records_head(bare)));
    if (r.with) under("with", *r.with);
    window(r.window);
    for (const Exception& e : r.exceptions) {
      dump_line(out, depth + 1, fmt::format("except {}", print_names(e.names)));
      if (e.with) dump(*e.with, depth + 2, out);
      if (e.window) dump(*e.window, depth + 2, out);
    }
  }
  void operator()(const Stable& s) const { line(fmt::format("stable {}", print(Expr{s, {}}))); }
  void operator()(const Judgement& j) const {
    line("judgement" + (j.name ? fmt::format(" {}", j.name->text) : ""));
    if (j.text)
      for (const std::string& piece : j.text->pieces) dump_line(out, depth + 1, quoted(piece));
  }
  void operator()(const Negative& n) const { line("negative"), dump(*n.operand, depth + 1, out); }
  void operator()(const Arithmetic& a) const {
    line(spelling(a.op));
    dump(*a.left, depth + 1, out);
    dump(*a.right, depth + 1, out);
  }
  void operator()(const Call& c) const {
    line(fmt::format("call {}", spelling(c.function))), all(c.arguments);
  }
  void operator()(const Selection& s) const {
    line(spelling(s.selector));
    dump(*s.of, depth + 1, out);
    window(s.window);
  }
  void operator()(const DoseOf& d) const {
    line("dose of " + d.drug.text + (d.as ? fmt::format(" as {}", d.as->text) : ""));
    window(d.window);
  }
  void operator()(const Paren& p) const { line("paren"), dump(*p.inner, depth + 1, out); }
  void operator()(const Not& n) const { line("not"), dump(*n.operand, depth + 1, out); }
  void operator()(const Logic& l) const { line(spelling(l.op)), all(l.operands); }
  void operator()(const If& i) const {
    line("if");
    dump(*i.condition, depth + 1, out);
    under("then", *i.then_branch);
    if (i.else_branch) under("else", *i.else_branch);
  }
  void operator()(const ListOf& l) const { line(print_list_head(l)), all(l.items); }
  void operator()(const Comparison& c) const {
    std::string signs;
    for (CompareOp op : c.ops) signs += fmt::format(" {}", spelling(op));
    line(fmt::format("compare{}", signs));
    all(c.operands);
  }
  void operator()(const Between& b) const {
    line("between");
    dump(*b.operand, depth + 1, out);
    dump(*b.low, depth + 1, out);
    dump(*b.high, depth + 1, out);
  }
  void operator()(const Membership& m) const {
    line(m.negated ? "not in" : "in");
    dump(*m.operand, depth + 1, out);
    all(m.values);
  }
  void operator()(const Is& i) const {
    line(fmt::format("is {}", i.word.text));
    dump(*i.operand, depth + 1, out);
    if (i.value) under("value", *i.value);
  }
  void operator()(const Windowed& w) const {
    line("windowed"), dump(*w.inner, depth + 1, out), window(w.window);
  }
};

}  // namespace

void dump_line(std::string& out, size_t depth, std::string_view line) {
  out.append(2 * depth, ' ');
  out += line;
  while (out.ends_with(' ')) out.pop_back();
  out += '\n';
}

void dump(const Window& w, size_t depth, std::string& out) {
  dump_line(out, depth, fmt::format("window {}", print(w)));
}

void dump(const Trivia& t, size_t depth, std::string& out) {
  for (const std::string& comment : t.before)
    if (!comment.empty()) dump_line(out, depth, comment);
  if (!t.after.empty()) dump_line(out, depth, fmt::format("after {}", t.after));
}

void dump(const Expr& e, size_t depth, std::string& out) {
  if (e.trivia) dump(*e.trivia, depth, out);
  std::visit(ExprDump{depth, out}, e.node);
}

}  // namespace crit
