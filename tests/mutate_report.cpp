// Slips that were tried, to the table of how many each kind had and what caught them.
#include "tests/mutate_report.hpp"

#include <fmt/format.h>

namespace crit {

namespace {

std::string on_one_line(std::string text) {
  std::string line;
  for (char c : text)
    if (c != '\n' && !(c == ' ' && line.ends_with(' '))) line += c;
  return line.size() > 60 ? line.substr(0, 60) + "..." : line;
}

}  // namespace

void print_slip(const Mutant& m) {
  const Source source{m.trial->path, m.trial->text, 0};
  std::string change;
  for (const Edit& e : m.place.variants[m.variant])
    change += fmt::format("{}`{}` to `{}`", change.empty() ? "" : ", ",
                          on_one_line(std::string(text_of(source, e.span))), on_one_line(e.text));
  const std::string caught = m.rule.empty() ? "NOT CAUGHT" : m.by_solver ? m.rule + " (solver)" : m.rule;
  fmt::print("{}:{}: {}: {}: {}{}\n", m.trial->path, place_of(source, m.place.at.begin).line,
             kSlips[size_t(m.place.slip)], change, caught,
             m.rule.empty() && m.by_cases ? ", cases fail" : "");
}

namespace {

void add(Row& row, const Mutant& m) {
  ++row.slips;
  const bool caught = !m.rule.empty();
  row.refused += m.refused;
  row.solver += m.by_solver;
  row.rules += caught && !m.refused && !m.by_solver;
  row.cases += m.by_cases;
  row.either += caught || m.by_cases;
}

void print_row(std::string_view name, const Row& r) {
  fmt::print("{:<28}{:>6}{:>9}{:>7}{:>8}{:>7.1f}%{:>7.1f}%{:>7.1f}%\n", name, r.slips, r.refused, r.rules,
             r.solver, r.percent(r.lint()), r.percent(r.cases), r.percent(r.either));
}

}  // namespace

Row print_table(const std::vector<Mutant>& mutants) {
  fmt::print("{:<28}{:>6}{:>9}{:>7}{:>8}{:>8}{:>8}{:>8}\n", "slip", "tried", "refused", "rules", "solver",
             "lint", "cases", "either");
  Row all;
  for (size_t slip = 0; slip < kSlips.size(); ++slip) {
    Row row;
    for (const Mutant& m : mutants)
      if (m.place.slip == Slip(slip)) add(row, m);
    for (const Mutant& m : mutants)
      if (m.place.slip == Slip(slip)) add(all, m);
    print_row(kSlips[slip], row);
  }
  print_row("all", all);
  return all;
}

}  // namespace crit
