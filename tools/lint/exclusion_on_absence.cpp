// exclusion-on-absence: an exclusion that fires only where a record says that there is none.
#include <fmt/format.h>

#include "tools/lint/criteria.hpp"
#include "tools/lint/logic.hpp"

namespace crit {

namespace {

const Expr& without_parentheses(const Expr& e) {
  const auto* paren = std::get_if<Paren>(&e.node);
  return paren && paren->inner ? without_parentheses(*paren->inner) : e;
}

const Name* absent(const LintInput& input, const Expr& e) {
  if (const auto* records = std::get_if<Records>(&e.node)) {
    const bool denies = records->count == Records::Count::no || records->count == Records::Count::at_most;
    return denies ? &records->name : nullptr;
  }
  const auto* negation = std::get_if<Not>(&e.node);
  if (!negation || !negation->operand) return nullptr;
  const auto* flag = std::get_if<Records>(&without_parentheses(*negation->operand).node);
  const Fact* fact = flag ? fact_of(input, flag->name.text) : nullptr;
  return fact && fact->kind == FactKind::flag ? &flag->name : nullptr;
}

// Looks where a yes makes the exclusion fire: through `and`, `or`, lists and branches, not behind a `not`.
void look(const LintInput& input, const Expr& e, Findings& findings) {
  if (const Name* name = absent(input, e)) {
    findings.push_back(
        finding(e.span, fmt::format("the exclusion fires only where `{}` is known to be absent", name->text),
                "a patient whose record is incomplete stays unknown: declare what is wanted as a fact of "
                "its own, or say in an `allow` that the absence is recorded"));
    return;
  }
  const auto each = [&](const std::vector<ExprPtr>& list) {
    for (const ExprPtr& item : list)
      if (item) look(input, *item, findings);
  };
  if (const auto* paren = std::get_if<Paren>(&e.node); paren && paren->inner)
    look(input, *paren->inner, findings);
  if (const auto* windowed = std::get_if<Windowed>(&e.node); windowed && windowed->inner)
    look(input, *windowed->inner, findings);
  if (const auto* logic = std::get_if<Logic>(&e.node)) each(logic->operands);
  if (const auto* list = std::get_if<ListOf>(&e.node);
      list && (list->quantifier == Quantifier::all || list->quantifier == Quantifier::any ||
               list->quantifier == Quantifier::at_least))
    each(list->items);
  if (const auto* choice = std::get_if<If>(&e.node)) {
    if (choice->then_branch) look(input, *choice->then_branch, findings);
    if (choice->else_branch) look(input, *choice->else_branch, findings);
  }
}

// That it fires for nobody says more: the solver is asked where there is something to tell only.
bool is_told(const LintInput& input, const Criterion& criterion) {
  if (!proofs_of(input)) return false;
  const auto& criteria = input.model.criteria;
  for (uint32_t i = 0; i < criteria.size(); ++i)
    if (criteria[i].id == criterion.id.text) return never_fires(input, i);
  return false;
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (criterion.include || !criterion.condition) return;
    Findings own;
    look(input, *criterion.condition, own);
    if (own.empty() || is_told(input, criterion)) return;
    findings.insert(findings.end(), own.begin(), own.end());
  });
}

}  // namespace

extern const LintRule kExclusionOnAbsence{
    "exclusion-on-absence",
    LintGroup::missing_data,
    Severity::warning,
    "an exclusion by `no NAME`, `at most N NAME` or `not FLAG`, which an incomplete record never fires",
    "What is not recorded is unknown, not absent. Such an exclusion turns nobody away unless the site "
    "records that "
    "there is none.",
    R"(trial T1 "example"

exclude E1 "Not taking metformin"
  no metformin currently
)",
    R"(trial T1 "example"

flag without_metformin "does not take metformin"

exclude E1 "Not taking metformin"
  without_metformin
)",
    run};

}  // namespace crit
