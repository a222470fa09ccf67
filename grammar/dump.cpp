// Statements as an indented list. Fields are listed in the canonical order, so that the formatter changes
// nothing.
#include <fmt/format.h>

#include "grammar/dump.hpp"

#include "grammar/print.hpp"
#include "grammar/print_field.hpp"

namespace crit {

namespace {

void dump_lines(std::string& out, size_t depth, std::string_view text) {
  for (size_t begin = 0; begin <= text.size();) {
    size_t end = std::min(text.find('\n', begin), text.size());
    dump_line(out, depth, text.substr(begin, end - begin));
    begin = end + 1;
  }
}

void dump_condition(std::string& out, const ExprPtr& e, const Trivia& trivia) {
  if (!e) return;
  dump_line(out, 1, "condition");
  dump(trivia, 2, out);
  dump(*e, 2, out);
}

// The expression inside a field, as a tree.
void dump_inner(std::string& out, const CriterionField& field) {
  if (const auto* when = std::get_if<WhenField>(&field.node)) dump(*when->condition, 2, out);
}

void dump_inner(std::string& out, const DeclarationField& field) {
  if (const auto* formula = std::get_if<FormulaField>(&field.node)) dump(*formula->value, 2, out);
  if (const auto* convert = std::get_if<ConvertField>(&field.node)) dump(*convert->right, 2, out);
}

template <typename Field>
void dump_field(std::string& out, const Field& field) {
  dump(field.trivia, 1, out);
  dump_lines(out, 1, print_field(field));
  dump_inner(out, field);
}

void dump_fields(std::string& out, const std::vector<CriterionField>& fields, bool before) {
  for (const CriterionField& field : fields)
    if (stands_before_condition(field) == before) dump_field(out, field);
}

struct BodyDump {
  std::string& out;

  void operator()(const TrialStatement& t) const {
    for (const auto& [keyword, trivia] : t.field_trivia) {
      dump(trivia, 1, out);
      dump_lines(out, 1, print_trial_field(t, keyword));
    }
  }
  void operator()(const Criterion& c) const {
    dump_fields(out, c.fields, true);
    dump_condition(out, c.condition, c.condition_trivia);
    dump_fields(out, c.fields, false);
  }
  void operator()(const Define& d) const {
    dump_condition(out, d.value, d.value_trivia);
    dump_fields(out, d.fields, false);
  }
  void operator()(const Declaration& d) const {
    if (d.broken) dump_line(out, 1, "broken");
    if (d.when) dump(*d.when, 2, out);
    for (const DeclarationField& field : d.fields) dump_field(out, field);
  }
  void operator()(const Range& r) const {
    if (r.from) dump(r.from_trivia, 1, out), dump_line(out, 1, fmt::format("from {}", r.from->text));
    for (const RangeLine& line : r.lines)
      dump(line.trivia, 1, out), dump_line(out, 1, print_range_line(line));
  }
  void operator()(const Use&) const {}
  void operator()(const BrokenStatement&) const { dump_line(out, 1, "broken"); }
};

}  // namespace

std::string dump(const Trial& trial) {
  std::string out;
  for (const Statement& s : trial.statements) {
    dump(s.trivia, 0, out);
    dump_lines(out, 0, print_head(s));
    std::visit(BodyDump{out}, s.node);
    for (const std::string& comment : s.end_comments)
      if (!comment.empty()) dump_line(out, 1, comment);
  }
  for (const std::string& comment : trial.end_comments)
    if (!comment.empty()) dump_line(out, 0, comment);
  return out;
}

bool same(const Expr& a, const Expr& b) {
  std::string left, right;
  dump(a, 0, left);
  dump(b, 0, right);
  return left == right;
}

bool same(const Trial& a, const Trial& b) {
  return dump(a) == dump(b);
}

}  // namespace crit
