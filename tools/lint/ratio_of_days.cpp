// ratio-of-days: a ratio of two results that may be of different days.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

// The measures of an expression whose day matters: a grown patient's height and the age are the same every
// day.
std::vector<const Name*> results_in(const LintInput& input, const Expr& e) {
  std::vector<const Name*> names;
  for_each_expr(e, [&](const Expr& part) {
    const auto* records = std::get_if<Records>(&part.node);
    const Fact* fact = records ? fact_of(input, records->name.text) : nullptr;
    if (fact && fact->kind == FactKind::measure && fact->name != "height" && fact->name != "age")
      names.push_back(&records->name);
  });
  return names;
}

// `AST / ALT <= 2 on screening`: what is said to be on a day is of that day.
std::vector<Span> of_one_day(const Expr& e) {
  std::vector<Span> spans;
  for_each_expr(e, [&](const Expr& part) {
    const auto* windowed = std::get_if<Windowed>(&part.node);
    if (windowed && windowed->window->kind == Window::Kind::on) spans.push_back(part.span);
  });
  return spans;
}

void look(const LintInput& input, const Expr& e, Findings& findings) {
  const std::vector<Span> one_day = of_one_day(e);
  for_each_expr(e, [&](const Expr& part) {
    const auto is_around = [&](Span span) {
      return span.begin <= part.span.begin && part.span.end <= span.end;
    };
    if (std::ranges::any_of(one_day, is_around)) return;
    const auto* ratio = std::get_if<Arithmetic>(&part.node);
    if (!ratio || ratio->op != ArithmeticOp::divide || !ratio->left || !ratio->right) return;
    const auto above = results_in(input, *ratio->left), below = results_in(input, *ratio->right);
    if (above.empty() || below.empty() || above[0]->text == below[0]->text) return;
    findings.push_back(
        finding(part.span,
                fmt::format("`{}` and `{}` may be results of different days", above[0]->text, below[0]->text),
                "put the ratio in a `define` with `same day`"));
  });
}

void run(const LintInput& input, Findings& findings) {
  for (const Statement& statement : input.trial.statements) {
    if (const auto* criterion = std::get_if<Criterion>(&statement.node); criterion && criterion->condition)
      look(input, *criterion->condition, findings);
    if (const auto* define = std::get_if<Define>(&statement.node);
        define && define->value && !define->same_day)
      look(input, *define->value, findings);
    const auto* declaration = std::get_if<Declaration>(&statement.node);
    const Fact* fact = declaration ? fact_of(input, declaration->name.text) : nullptr;
    if (fact && fact->declaration == declaration && fact->formula && !fact->same_day)
      look(input, *fact->formula, findings);
  }
}

}  // namespace

extern const LintRule kRatioOfDays{"ratio-of-days",
                                   LintGroup::plausibility,
                                   Severity::warning,
                                   "a ratio of results that may be of different days",
                                   "A ratio of January's and March's results is nobody's ratio.",
                                   R"(trial T1 "example"

include I1 "AST to ALT ratio at most 2"
  AST / ALT <= 2
)",
                                   R"(trial T1 "example"

define AST_ALT_ratio same day
  AST / ALT

include I1 "AST to ALT ratio at most 2"
  AST_ALT_ratio <= 2
)",
                                   run};

}  // namespace crit
