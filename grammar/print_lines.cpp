// Long conditions over several lines: a list has an item a line, a chain an operand a line, an exception one.
#include <fmt/format.h>

#include "grammar/characters.hpp"
#include "grammar/print.hpp"
#include "grammar/walk.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

size_t column(const std::string& out) {
  size_t begin = out.rfind('\n');
  return count_characters(std::string_view(out).substr(begin == std::string::npos ? 0 : begin + 1));
}

void new_line(std::string& out, size_t indent) {
  out += fmt::format("\n{}", std::string(indent, ' '));
}

bool needs_lines(const Expr& e) {
  bool needs = false;
  for_each_expr(e, [&](const Expr& inner) {
    const auto* judgement = std::get_if<Judgement>(&inner.node);
    needs = needs || inner.trivia != nullptr ||
            (judgement && judgement->text && judgement->text->pieces.size() > 1);
  });
  return needs;
}

void comments_before(const Expr& e, size_t indent, std::string& out) {
  if (!e.trivia) return;
  for (const std::string& comment : e.trivia->before) {
    out += comment;
    new_line(out, indent);
  }
}

std::string remark(const Expr& e) {
  return e.trivia && !e.trivia->after.empty() ? fmt::format("  {}", e.trivia->after) : "";
}

// Items in parentheses, one a line; the opening one has been written.
void print_items(const std::vector<ExprPtr>& items, size_t indent, std::string& out) {
  for (const ExprPtr& item : items) {
    new_line(out, indent + 2);
    comments_before(*item, indent + 2, out);
    print_lines(*item, indent + 2, indent + 4, 1, out);
    if (&item != &items.back()) out += ",";
    out += remark(*item);
  }
  new_line(out, indent);
  out += ")";
}

struct ManyLines {
  size_t indent, chain, room;
  const std::string& line;  // the whole in one line, for what is never broken
  std::string& out;

  void inner(const Expr& e, size_t more_room = 0) const {
    print_lines(e, indent, indent + 2, room + more_room, out);
  }
  void operator()(const Logic& l) const {
    for (size_t i = 0; i < l.operands.size(); ++i) {
      const Expr& operand = *l.operands[i];
      if (i > 0) new_line(out, chain);
      comments_before(operand, chain, out);
      if (i > 0) out += std::string(spelling(l.op)) + " ";
      print_lines(operand, chain, chain + 2, i + 1 == l.operands.size() ? room : 0, out);
      out += remark(operand);
    }
  }
  void operator()(const ListOf& l) const {
    out += print_list_head(l) + "(";
    print_items(l.items, indent, out);
  }
  void operator()(const Membership& m) const {
    out += print(*m.operand) + (m.negated ? " not in (" : " in (");
    print_items(m.values, indent, out);
  }
  void operator()(const Windowed& w) const {
    std::string window = fmt::format(" {}", print(*w.window));
    inner(*w.inner, window.size());
    out += window;
  }
  void operator()(const Paren& p) const {
    out += "(";
    inner(*p.inner, 1);
    out += ")";
  }
  void operator()(const Not& n) const {
    out += "not ";
    inner(*n.operand);
  }
  void operator()(const If& i) const {
    out += "if ";
    print_lines(*i.condition, indent + 2, indent + 2, 0, out);
    new_line(out, indent + 2);
    out += "then ";
    print_lines(*i.then_branch, indent + 2, indent + 4, i.else_branch ? 0 : room, out);
    if (!i.else_branch) return;
    new_line(out, indent + 2);
    out += "else ";
    print_lines(*i.else_branch, indent + 2, indent + 4, room, out);
  }
  void operator()(const Comparison& c) const {
    out += print(*c.operands.front());
    for (size_t i = 0; i < c.ops.size(); ++i) {
      out += fmt::format(" {} ", std::string(spelling(c.ops[i])));
      print_lines(*c.operands[i + 1], indent, indent + 2, i + 1 == c.ops.size() ? room : 0, out);
    }
  }
  void operator()(const Arithmetic& a) const {
    if (a.op == ArithmeticOp::subtract) {  // which begins no line: there it is a pasted bullet
      inner(*a.left, 2);
      out += " -";
      new_line(out, indent + 2);
    } else if (a.op == ArithmeticOp::add) {
      inner(*a.left);
      new_line(out, indent + 2);
      out += "+ ";
    } else {
      inner(*a.left);
      out += print_sign(a);
    }
    print_lines(*a.right, indent + 2, indent + 4, room, out);
  }
  void operator()(const Records& r) const {
    out += print_records_head(r);
    for (const Exception& e : r.exceptions) {
      new_line(out, indent + 2);
      std::string whole = print_exception(e);
      if (indent + 2 + whole.size() + room <= kLineWidth) {
        out += whole;
        continue;
      }
      out += "except (";
      for (const Name& name : e.names) {
        new_line(out, indent + 4);
        out += name.text + (&name == &e.names.back() ? "" : ",");
      }
      new_line(out, indent + 2);
      out += fmt::format("){}", print_exception_end(e));
    }
  }
  void operator()(const Judgement& j) const {
    out += "judgement";
    if (j.name) out += fmt::format(" {}", j.name->text);
    if (!j.text) return;
    for (const std::string& piece : j.text->pieces) {
      if (&piece == &j.text->pieces.front())
        out += " ";
      else
        new_line(out, indent + 2);
      out += quoted(piece);
    }
  }
  void operator()(const Broken&) const { out += line; }
  void operator()(const Quantity&) const { out += line; }
  void operator()(const DateLiteral&) const { out += line; }
  void operator()(const YesNo&) const { out += line; }
  void operator()(const Limit&) const { out += line; }
  void operator()(const Stable&) const { out += line; }
  void operator()(const Negative&) const { out += line; }
  void operator()(const Call&) const { out += line; }
  void operator()(const Selection&) const { out += line; }
  void operator()(const DoseOf&) const { out += line; }
  void operator()(const Between&) const { out += line; }
  void operator()(const Is&) const { out += line; }
};

}  // namespace

void print_lines(const Expr& e, size_t indent, size_t chain, size_t room, std::string& out) {
  std::string line = print(e);
  bool fits = column(out) + count_characters(line) + room <= kLineWidth;
  if (fits && !needs_lines(e))
    out += line;
  else
    std::visit(ManyLines{indent, chain, room, line, out}, e.node);
}

}  // namespace crit
