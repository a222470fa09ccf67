// repeated-condition: the same condition twice in one list, the same value on both sides.
#include "grammar/walk.hpp"
#include "tools/lint/wrong_measures.hpp"

namespace crit {

namespace {

void report_twice(const std::vector<ExprPtr>& parts, std::string_view what, Findings& findings) {
  for (size_t i = 0; i < parts.size(); ++i)
    for (size_t k = 0; k < i; ++k) {
      if (!parts[i] || !parts[k] || !same(*parts[i], *parts[k])) continue;
      Diagnostic d = finding(parts[i]->span, std::string(what), "one of the two was meant for another fact");
      d.notes.push_back({parts[k]->span, "the other one"});
      findings.push_back(std::move(d));
      break;
    }
}

void look_at(const Expr& e, Findings& findings) {
  if (const auto* logic = std::get_if<Logic>(&e.node))
    report_twice(logic->operands, "the same condition a second time", findings);
  if (const auto* list = std::get_if<ListOf>(&e.node))
    report_twice(list->items, "the same condition a second time", findings);
  if (const auto* comparison = std::get_if<Comparison>(&e.node))
    report_twice(comparison->operands, "a value compared with itself", findings);
  const auto* sum = std::get_if<Arithmetic>(&e.node);
  const bool takes_away = sum && (sum->op == ArithmeticOp::subtract || sum->op == ArithmeticOp::divide);
  if (takes_away && sum->left && sum->right && same(*sum->left, *sum->right))
    findings.push_back(
        finding(e.span, "the same value on both sides", "one of the two was meant for another fact"));
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    Findings found, wrong;
    const auto look = [&](const Expr& e) { look_at(e, found); };
    if (const Expr* when = when_of(criterion)) for_each_expr(*when, look);
    if (criterion.condition) for_each_expr(*criterion.condition, look);
    if (!found.empty()) find_wrong_measures(input, criterion, wrong);
    if (wrong.empty()) findings.insert(findings.end(), found.begin(), found.end());
  });
}

}  // namespace

extern const LintRule kRepeatedCondition{
    "repeated-condition",
    LintGroup::care,
    Severity::warning,
    "the same condition twice in one list, or a value beside itself",
    "The second one decides nothing: a line was copied, and the fact in it "
    "not changed. What was meant to stand there is missing.",
    R"(trial T1 "example"

exclude E1 "History of stroke, myocardial infarction or angina"
  any of (stroke, stroke, angina) ever
)",
    R"(trial T1 "example"

exclude E1 "History of stroke, myocardial infarction or angina"
  any of (stroke, myocardial_infarction, angina) ever
)",
    run};

}  // namespace crit
