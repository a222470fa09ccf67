// Finds two bounds of one value that meet at a number which neither has, or both.
#include <fmt/format.h>

#include <algorithm>

#include "tools/lint/logic.hpp"
#include "tools/lint/logic_bounds.hpp"
#include "tools/lint/logic_witness.hpp"

namespace crit {

namespace {

using Kind = Claim::Kind;

// Two conditions between which a value decides: arms of an `or`, the conditions of an `if ... else if`, two
// `when`s.
struct Pair {
  NodeId first, second;
  uint32_t criterion, other;    // in which they stand
  std::vector<NodeId> besides;  // others that the value may fall into instead
};

// Bounds that point away from each other at one limit.
bool meet(Solver& solver, const BoundOn& a, const BoundOn& b) {
  const bool apart = (is_upper(a) && is_lower(b)) || (is_lower(a) && is_upper(b));
  return apart && is_strict(a) == is_strict(b) && same_value(solver, a.subject, b.subject) &&
         same_value(solver, a.limit, b.limit);
}

struct Find {
  const LintInput& input;
  Findings& findings;

  std::string words(NodeId node, uint32_t criterion) const {
    Clause clause;
    clause.node = node;
    clause.criterion = criterion;
    return quoted(input, clause);
  }

  // The value is in none of the pair's conditions, nor in those besides.
  bool is_gap(const Pair& pair, const Claim& at_limit) const {
    const auto reached = [&](NodeId node) {
      return !never(*proofs_of(input), {at_limit, {Kind::yes, node}});
    };
    return !reached(pair.first) && !reached(pair.second) && std::ranges::none_of(pair.besides, reached);
  }

  void report(const Pair& pair, const BoundOn& a, const BoundOn& b, const std::string& patient) const {
    Clause clause;
    clause.node = b.node;
    clause.criterion = pair.other;
    Diagnostic d;
    d.span = place_of(input, clause);
    const std::string two =
        fmt::format("{} and {}", words(a.node, pair.criterion), words(b.node, pair.other));
    d.message = is_strict(a) ? fmt::format("the equal value is in neither of {}", two)
                             : fmt::format("the equal value is in both of {}", two);
    d.help = fmt::format("write `{}` in one of them\nfor example: {}",
                         is_strict(a) ? "<=` or `>=" : "<` or `>", patient);
    findings.push_back(std::move(d));
  }

  void between(const Pair& pair, const BoundOn& a, const BoundOn& b) const {
    Proofs& proofs = *proofs_of(input);
    if (!meet(*proofs.solver, a, b)) return;
    const Claim at_limit{Kind::equal, a.subject, a.limit};
    std::optional<std::string> patient;
    if (is_strict(a)) {
      if (!is_gap(pair, at_limit)) return;
      patient = witness(input, {at_limit}, {{a.node, Truth::no}, {b.node, Truth::no}});
    } else {
      const Claims both = {at_limit, {Kind::yes, pair.first}, {Kind::yes, pair.second}};
      if (never(proofs, both)) return;
      patient = witness(input, both, {{a.node, Truth::yes}, {b.node, Truth::yes}});
    }
    if (patient) report(pair, a, b, *patient);
  }

  void look(const Pair& pair) const {
    for (const BoundOn& a : bounds_joined(input.model, pair.first))
      for (const BoundOn& b : bounds_joined(input.model, pair.second)) between(pair, a, b);
  }

  void arms(const Clause& clause, const AnyOf& any) const {
    if (always_met(input, clause.node)) return;
    const auto nodes = input.model.list(any.nodes);
    for (size_t i = 0; i < nodes.size(); ++i)
      for (size_t j = i + 1; j < nodes.size(); ++j)
        look({nodes[i], nodes[j], clause.criterion, clause.criterion, {nodes.begin(), nodes.end()}});
  }

  // `if A then ... else if B then ...`: B is asked of those who are not in A, so that nothing is in both.
  void chain(const Clause& clause, const Choose& choose) const {
    if (choose.else_node == kNone) return;
    const auto* next = std::get_if<Choose>(&input.model.nodes[choose.else_node].what);
    if (!next) return;
    const Pair pair{choose.condition, next->condition, clause.criterion, clause.criterion, {}};
    for (const BoundOn& a : bounds_of(input.model, pair.first))
      for (const BoundOn& b : bounds_of(input.model, pair.second))
        if (is_strict(a)) between(pair, a, b);
  }
};

// To whom a criterion applies: its `when`, or the condition of an `if` without `else`.
NodeId applies_to(const Model& model, const CriterionModel& c) {
  if (c.when != kNone) return c.when;
  if (c.condition == kNone) return kNone;
  const auto* choose = std::get_if<Choose>(&model.nodes[c.condition].what);
  return choose && choose->else_node == kNone ? choose->condition : kNone;
}

// Criteria that apply on two sides of a limit, and criteria of two arms.
void between_criteria(const Find& find, const Model& model) {
  const auto& criteria = model.criteria;
  for (uint32_t i = 0; i < criteria.size(); ++i)
    for (uint32_t j = i + 1; j < criteria.size(); ++j) {
      const NodeId first = applies_to(model, criteria[i]), second = applies_to(model, criteria[j]);
      const bool share = share_an_arm(criteria[i], criteria[j]);
      if (share && first != kNone && second != kNone && bounds_of(model, first).size() == 1 &&
          bounds_of(model, second).size() == 1) {
        std::vector<NodeId> besides;
        for (const CriterionModel& c : criteria)
          if (const NodeId node = applies_to(model, c); node != kNone) besides.push_back(node);
        find.look({first, second, i, j, besides});
      }
      const bool include = criteria[i].include && criteria[j].include;
      if (!share && include && criteria[i].condition != kNone && criteria[j].condition != kNone)
        find.look({criteria[i].condition, criteria[j].condition, i, j, {}});
    }
}

void run(const LintInput& input, Findings& findings) {
  Proofs* proofs = proofs_of(input);
  if (!proofs) return;
  const Find find{input, findings};
  for (const Clause& clause : proofs->clauses) {
    if (const auto* any = std::get_if<AnyOf>(&input.model.nodes[clause.node].what)) find.arms(clause, *any);
    if (const auto* choose = std::get_if<Choose>(&input.model.nodes[clause.node].what))
      find.chain(clause, *choose);
  }
  between_criteria(find, input.model);
}

}  // namespace

extern const LintRule kBoundaryGap;
const LintRule kBoundaryGap{"boundary-gap",
                            LintGroup::logic,
                            Severity::warning,
                            "two limits that meet at a value which neither of them has, or both",
                            "Patients at the limit are there from the first week: with `< 18` beside `> 18` "
                            "nothing is said of those of 18 years, "
                            "with `<= 18` beside `>= 18` two rules are.",
                            R"(trial T1 "example"

include I1 "Age < 18 years and weight at least 20 kg, or age > 18 years and weight at least 50 kg"
  (age < 18 years and weight >= 20 kg) or (age > 18 years and weight >= 50 kg)
)",
                            R"(trial T1 "example"

include I1 "Age < 18 years and weight at least 20 kg, or age ≥ 18 years and weight at least 50 kg"
  (age < 18 years and weight >= 20 kg) or (age >= 18 years and weight >= 50 kg)
)",
                            run};

}  // namespace crit
