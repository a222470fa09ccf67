// A rule file in its canonical form: two blanks a level, long things over several lines, comments kept.
#include <fmt/format.h>

#include "grammar/print.hpp"
#include "grammar/print_field.hpp"

namespace crit {

namespace {

// Comments and blank lines; at most one blank line in a row, none at the start of the file.
void print_before(const std::vector<std::string>& lines, size_t indent, std::string& out) {
  for (const std::string& line : lines) {
    if (!line.empty())
      out += std::string(indent, ' ') + line;
    else if (out.empty() || out.ends_with("\n\n"))
      continue;
    out += "\n";
  }
}

void print_line(const Trivia& trivia, size_t indent, std::string_view content, std::string& out) {
  print_before(trivia.before, indent, out);
  out += std::string(indent, ' ');
  out += content;
  if (!trivia.after.empty()) out += fmt::format("  {}", trivia.after);
  out += "\n";
}

void print_condition(const ExprPtr& e, const Trivia& trivia, std::string& out) {
  if (!e) return;
  std::string content = "  ";
  print_lines(*e, 2, 2, 0, content);
  print_line(trivia, 2, std::string_view(content).substr(2), out);
}

void print_fields(const std::vector<CriterionField>& fields, bool before, std::string& out) {
  for (const CriterionField& field : fields)
    if (stands_before_condition(field) == before) print_line(field.trivia, 2, print_field(field), out);
}

// What stands below a statement's first line.
struct BodyPrinter {
  std::string& out;

  void operator()(const TrialStatement& t) const {
    for (const auto& [keyword, field_trivia] : t.field_trivia)
      print_line(field_trivia, 2, print_trial_field(t, keyword), out);
  }
  void operator()(const Criterion& c) const {
    print_fields(c.fields, true, out);
    print_condition(c.condition, c.condition_trivia, out);
    print_fields(c.fields, false, out);
  }
  void operator()(const Define& d) const {
    print_condition(d.value, d.value_trivia, out);
    print_fields(d.fields, false, out);
  }
  void operator()(const Declaration& d) const {
    for (const DeclarationField& field : d.fields) print_line(field.trivia, 2, print_field(field), out);
  }
  void operator()(const Range& r) const {
    if (r.from) print_line(r.from_trivia, 2, fmt::format("from {}", r.from->text), out);
    for (const RangeLine& line : r.lines) print_line(line.trivia, 2, print_range_line(line), out);
  }
  void operator()(const Use&) const {}
  void operator()(const BrokenStatement&) const {}
};

}  // namespace

std::string print(const Trial& trial) {
  std::string out;
  for (const Statement& s : trial.statements) {
    print_line(s.trivia, 0, print_head(s), out);
    std::visit(BodyPrinter{out}, s.node);
    print_before(s.end_comments, 2, out);
  }
  print_before(trial.end_comments, 0, out);
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace crit
