// Finds two bounds of one value that meet at a number which neither has, or both.
#include <fmt/format.h>

#include <algorithm>

#include "tools/lint/logic.hpp"
#include "tools/lint/logic_bounds.hpp"
#include "tools/lint/logic_witness.hpp"

namespace crit {

namespace {

using Kind = Claim::Kind;

// Two conditions between which a value decides: arms of an `or`, two `when`s. The conditions of `if ... else
// (if ... else ...)` are none: the last `else`, which must be written, takes what is in neither.
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
    d.help = fmt::format("write `{}` in one of them\nfor example:\n{}",
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
};

// To whom a criterion applies: its `when`, or the condition of an `if` without `else`.
NodeId applies_to(const Model& model, const CriterionModel& c) {
  if (c.when != kNone) return c.when;
  if (c.condition == kNone) return kNone;
  const auto* choose = std::get_if<Choose>(&model.nodes[c.condition].what);
  return choose && choose->else_node == kNone ? choose->condition : kNone;
}

// Criteria that apply on two sides of a limit.
void between_whens(const Find& find, const Model& model) {
  std::vector<uint32_t> bounded;
  std::vector<NodeId> besides;
  for (uint32_t i = 0; i < model.criteria.size(); ++i) {
    const NodeId node = applies_to(model, model.criteria[i]);
    if (node != kNone) besides.push_back(node);
    if (node != kNone && bounds_of(model, node).size() == 1) bounded.push_back(i);
  }
  for (size_t i = 0; i < bounded.size(); ++i)
    for (size_t j = i + 1; j < bounded.size(); ++j) {
      const CriterionModel &a = model.criteria[bounded[i]], &b = model.criteria[bounded[j]];
      if (!share_an_arm(a, b)) continue;
      find.look({applies_to(model, a), applies_to(model, b), bounded[i], bounded[j], besides});
    }
}

// What two arms ask for.
void between_arms(const Find& find, const Model& model) {
  std::vector<uint32_t> bounded;
  for (uint32_t i = 0; i < model.criteria.size(); ++i) {
    const CriterionModel& c = model.criteria[i];
    if (c.include && c.condition != kNone && !bounds_joined(model, c.condition).empty()) bounded.push_back(i);
  }
  for (size_t i = 0; i < bounded.size(); ++i)
    for (size_t j = i + 1; j < bounded.size(); ++j) {
      const CriterionModel &a = model.criteria[bounded[i]], &b = model.criteria[bounded[j]];
      if (!share_an_arm(a, b)) find.look({a.condition, b.condition, bounded[i], bounded[j], {}});
    }
}

void run(const LintInput& input, Findings& findings) {
  Proofs* proofs = proofs_of(input);
  if (!proofs) return;
  const Find find{input, findings};
  for (const Clause& clause : proofs->clauses) {
    if (const auto* any = std::get_if<AnyOf>(&input.model.nodes[clause.node].what)) find.arms(clause, *any);
  }
  between_whens(find, input.model);
  between_arms(find, input.model);
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
