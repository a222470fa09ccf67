// Expressions in their one-line form: the parser's inverse, also used in messages and reports.
#include "grammar/print.hpp"

#include <fmt/format.h>

#include "grammar/words.hpp"

namespace crit {

namespace {

std::string anchor(const Anchor& a) {
  switch (a.kind) {
    case Anchor::Kind::named:
      return a.name.text;
    case Anchor::Kind::first:
      return fmt::format("first {}", a.name.text);
    case Anchor::Kind::last:
      return fmt::format("last {}", a.name.text);
    case Anchor::Kind::date:
      return a.date.text;
  }
  return "";
}

std::string with_anchor(Side side, const std::optional<Anchor>& a) {
  return a ? fmt::format(" {} {}", spelling(side), anchor(*a)) : "";
}

std::string joined(const std::vector<ExprPtr>& items, std::string_view between) {
  std::string out;
  for (const ExprPtr& item : items) {
    if (&item != &items.front()) out += between;
    out += print(*item);
  }
  return out;
}

std::string suffix(const ExprPtr& with, const WindowPtr& window) {
  std::string out;
  if (with) out += fmt::format(" with ({})", print(*with));
  if (window) out += fmt::format(" {}", print(*window));
  return out;
}

// Each node in one line.
struct OneLine {
  std::string operator()(const Broken&) const { return "..."; }
  std::string operator()(const Quantity& q) const {
    std::string out = q.number.digits;
    if (!q.unit.text.empty()) out += (q.blank ? " " : "") + q.unit.text;
    if (q.predicted) out += " predicted";
    if (q.of_earliest) out += " of the earliest";
    return out;
  }
  std::string operator()(const DateLiteral& d) const { return d.date.text; }
  std::string operator()(const YesNo& y) const { return y.yes ? "yes" : "no"; }
  std::string operator()(const Limit& l) const {
    return std::string(l.upper ? "ULN" : "LLN") + (l.of ? fmt::format(" of {}", l.of->text) : "");
  }
  std::string operator()(const Records& r) const {
    std::string out = print_records_head(r);
    for (const Exception& e : r.exceptions) out += fmt::format(" {}", print_exception(e));
    return out;
  }
  std::string operator()(const Stable& s) const {
    std::string within = s.percent ? fmt::format(" within {}%", s.percent->digits) : "";
    return fmt::format("{} stable{} for {}{}", s.name.text, within, print(s.duration),
                       with_anchor(Side::before, s.anchor));
  }
  std::string operator()(const Judgement& j) const {
    std::string out = "judgement";
    if (j.name) out += fmt::format(" {}", j.name->text);
    if (j.text)
      for (const std::string& piece : j.text->pieces) out += fmt::format(" {}", quoted(piece));
    return out;
  }
  std::string operator()(const Negative& n) const { return fmt::format("-{}", print(*n.operand)); }
  std::string operator()(const Arithmetic& a) const {
    return print(*a.left) + print_sign(a) + print(*a.right);
  }
  std::string operator()(const Call& c) const {
    return fmt::format("{}({})", spelling(c.function), joined(c.arguments, ", "));
  }
  std::string operator()(const Selection& s) const {
    return fmt::format("{} {}{}", spelling(s.selector), print(*s.of), suffix(nullptr, s.window));
  }
  std::string operator()(const DoseOf& d) const {
    return fmt::format("dose of {}{}{}", d.drug.text, d.as ? fmt::format(" as {}", d.as->text) : "",
                       suffix(nullptr, d.window));
  }
  std::string operator()(const Paren& p) const { return fmt::format("({})", print(*p.inner)); }
  std::string operator()(const Not& n) const { return fmt::format("not {}", print(*n.operand)); }
  std::string operator()(const Logic& l) const {
    return joined(l.operands, fmt::format(" {} ", spelling(l.op)));
  }
  std::string operator()(const If& i) const {
    std::string out = fmt::format("if {} then {}", print(*i.condition), print(*i.then_branch));
    return i.else_branch ? fmt::format("{} else {}", out, print(*i.else_branch)) : out;
  }
  std::string operator()(const ListOf& l) const {
    return fmt::format("{}({})", print_list_head(l), joined(l.items, ", "));
  }
  std::string operator()(const Comparison& c) const {
    std::string out = print(*c.operands.front());
    for (size_t i = 0; i < c.ops.size(); ++i)
      out += fmt::format(" {} {}", spelling(c.ops[i]), print(*c.operands[i + 1]));
    return out;
  }
  std::string operator()(const Between& b) const {
    return fmt::format("{} between {} and {}", print(*b.operand), print(*b.low), print(*b.high));
  }
  std::string operator()(const Membership& m) const {
    return fmt::format("{} {}in ({})", print(*m.operand), m.negated ? "not " : "", joined(m.values, ", "));
  }
  std::string operator()(const Is& i) const {
    return fmt::format("{} is {}", print(*i.operand), i.value ? print(*i.value) : i.word.text);
  }
  std::string operator()(const Windowed& w) const { return print(*w.inner) + " " + print(*w.window); }
};

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string print(const PlainDuration& d) {
  std::string unit(spelling(d.unit));
  if (d.count.digits == "1")
    unit = d.unit == DurationUnit::half_lives ? "half-life" : unit.substr(0, unit.size() - 1);
  return d.count.digits + " " + unit;
}

std::string print(const Duration& d) {
  if (d.kind == Duration::Kind::plain) return print(d.parts.front());
  std::string out = d.kind == Duration::Kind::longer_of ? "longer of (" : "shorter of (";
  for (const PlainDuration& part : d.parts) out += (&part == &d.parts.front() ? "" : ", ") + print(part);
  return out + ")";
}

std::string print(const Window& w) {
  std::string out(spelling(w.kind));
  switch (w.kind) {
    case Window::Kind::currently:
    case Window::Kind::ever:
      break;
    case Window::Kind::within:
      out += fmt::format(" {}{}", print(*w.duration), with_anchor(w.side, w.anchor));
      break;
    case Window::Kind::starting_within:
    case Window::Kind::ending_within:
      out += fmt::format(" within {}{}", print(*w.duration), with_anchor(w.side, w.anchor));
      break;
    case Window::Kind::for_at_least:
      out += fmt::format(" at least {}{}", print(*w.duration), with_anchor(w.side, w.anchor));
      break;
    case Window::Kind::before:
    case Window::Kind::after:
    case Window::Kind::on:
      out += fmt::format(" {}", anchor(*w.anchor));
      break;
    case Window::Kind::between:
      out += fmt::format(" {} and {}", anchor(*w.anchor), anchor(*w.until));
      break;
  }
  for (const Window& blackout : w.blackouts) out += fmt::format(" except {}", print(blackout));
  return out;
}

std::string print_records_head(const Records& r) {
  std::string count;
  switch (r.count) {
    case Records::Count::some:
      break;
    case Records::Count::no:
      count = "no ";
      break;
    case Records::Count::at_least:
      count = fmt::format("at least {} ", r.n->digits);
      break;
    case Records::Count::at_most:
      count = fmt::format("at most {} ", r.n->digits);
      break;
    case Records::Count::exactly:
      count = fmt::format("exactly {} ", r.n->digits);
      break;
  }
  return count + r.name.text + suffix(r.with, r.window);
}

std::string print_exception(const Exception& e) {
  return fmt::format("except ({}){}", print_names(e.names), suffix(e.with, e.window));
}

std::string print_exception_end(const Exception& e) {
  return suffix(e.with, e.window);
}

std::string print_names(const std::vector<Name>& names) {
  std::string out;
  for (const Name& name : names) out += (&name == &names.front() ? "" : ", ") + name.text;
  return out;
}

std::string print_list_head(const ListOf& l) {
  return std::string(spelling(l.quantifier)) + (l.n ? fmt::format(" {}", l.n->digits) : "") + " of ";
}

// `2.5*ULN`, `height^2`; blanks around all other signs.
std::string print_sign(const Arithmetic& a) {
  const auto* number = std::get_if<Quantity>(&a.left->node);
  bool close =
      a.op == ArithmeticOp::power || (a.op == ArithmeticOp::multiply && number && number->unit.text.empty() &&
                                      std::holds_alternative<Limit>(a.right->node));
  return close ? std::string(spelling(a.op)) : fmt::format(" {} ", spelling(a.op));
}

std::string print(const Expr& e) {
  return std::visit(OneLine{}, e.node);
}

}  // namespace crit
