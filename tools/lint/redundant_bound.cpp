// Finds a bound of a value beside a tighter one of the same value.
#include <fmt/format.h>

#include "tools/lint/logic.hpp"
#include "tools/lint/logic_bounds.hpp"
#include "tools/lint/text_bound.hpp"

namespace crit {

namespace {

// A bound as it stands, or as a `not` turns it round: `not (age < 16 years)`.
struct Held : BoundOn {
  NodeId negation = kNone;

  NodeId shown() const { return negation == kNone ? node : negation; }
};

std::vector<Held> held_by(const Model& model, NodeId node) {
  std::vector<Held> held;
  for (const BoundOn& b : bounds_of(model, node)) held.push_back({b});
  const auto* no = std::get_if<Negation>(&model.nodes[node].what);
  if (!no) return held;
  const std::vector<BoundOn> denied = bounds_of(model, no->operand);
  // Of three sides either may fail.
  if (denied.size() != 1 || std::get<Compare>(model.nodes[no->operand].what).count != 2) return held;
  held.push_back({denied[0], node});
  held.back().op = opposite(denied[0].op);
  return held;
}

// The bounds of an `and` or an `or`, of those inside it too that join by the same word. `whole` has no outer
// one.
template <typename List>
void gather(const Model& model, NodeId node, std::vector<Held>& bounds) {
  const std::vector<Held> own = held_by(model, node);
  // Under `or` a comparison of three sides is one arm, and not two.
  if (std::is_same_v<List, AllOf> || own.size() == 1) bounds.insert(bounds.end(), own.begin(), own.end());
  if (const auto* list = std::get_if<List>(&model.nodes[node].what))
    for (uint32_t part : model.list(list->nodes)) gather<List>(model, part, bounds);
}

bool same_side(const BoundOn& a, const BoundOn& b) {
  return (is_upper(a) && is_upper(b)) || (is_lower(a) && is_lower(b));
}

// An age in years and in months, a dose in grams and in milligrams: two values to the solver, which knows how
// they go together.
bool is_one_in_two_units(const Model& model, ValueId a, ValueId b) {
  const Value &first = model.values[a].what, &second = model.values[b].what;
  if (const auto* age = std::get_if<AgeAt>(&first)) {
    const auto* other = std::get_if<AgeAt>(&second);
    const auto today = AnchorSpec::Kind::screening;
    return other && age->anchor.kind == today && other->anchor.kind == today;
  }
  const auto *dose = std::get_if<DoseValue>(&first), *other = std::get_if<DoseValue>(&second);
  return dose && other && dose->of == other->of && dose->over == other->over &&
         dose->window == other->window && dose->factors == other->factors;
}

Claim is_met(const Held& b) {
  using enum Claim::Kind;
  return b.negation == kNone ? Claim{link_yes, b.node, b.link} : Claim{yes, b.negation};
}
Claim is_not_met(const Held& b) {
  using enum Claim::Kind;
  return b.negation == kNone ? Claim{not_link_yes, b.node, b.link} : Claim{not_yes, b.negation};
}

// The first bound holds wherever the second does.
bool follows(Proofs& proofs, const Held& first, const Held& second) {
  return !never(proofs, {is_met(second)}) && never(proofs, {is_met(second), is_not_met(first)});
}

struct Find {
  const LintInput& input;
  Findings& findings;
  uint32_t criterion;
  bool is_or;

  void report(NodeId idle, NodeId deciding) const {
    Clause shown, beside;
    shown.node = idle;
    beside.node = deciding;
    shown.criterion = beside.criterion = criterion;
    // The very same limit a second time is repeated-condition's.
    if (quoted(input, shown) == quoted(input, beside) &&
        told_by(input, "repeated-condition", place_of(input, shown)))
      return;
    Diagnostic d;
    d.span = place_of(input, shown);
    d.message = fmt::format("{} decides nothing beside {}", quoted(input, shown), quoted(input, beside));
    d.help = is_or ? "delete it, or correct the limit that is wrong: `or` already allows the wider one"
                   : "delete it, or correct the limit that is wrong: `and` already asks for the tighter one";
    findings.push_back(std::move(d));
  }

  void among(const std::vector<Held>& bounds) const {
    Proofs& proofs = *proofs_of(input);
    std::vector<bool> idle(bounds.size());
    for (size_t i = bounds.size(); i-- > 0;)
      for (size_t j = 0; j < bounds.size() && !idle[i]; ++j) {
        const Held &a = bounds[i], &b = bounds[j];
        if (i == j || idle[j] || a.node == b.node || !same_side(a, b)) continue;
        if (!same_value(*proofs.solver, a.subject, b.subject) &&
            !is_one_in_two_units(input.model, a.subject, b.subject))
          continue;
        idle[i] = is_or ? follows(proofs, b, a) : follows(proofs, a, b);
        if (idle[i]) report(a.shown(), b.shown());
      }
  }
};

// Ordered choices: `ECOG <= 2 and ECOG <= 1`. All of a scale, as in `ECOG >= 0`, is said for the reader.
template <typename List>
void gather_choices(const Model& model, NodeId node, std::vector<NodeId>& nodes) {
  if (const auto* one = std::get_if<OneOf>(&model.nodes[node].what)) {
    const Fact& fact = model.fact(model.refs[one->ref].fact);
    const uint64_t whole = fact.values.size() >= 64 ? ~uint64_t{0} : (uint64_t{1} << fact.values.size()) - 1;
    if (fact.ordered && one->values != whole) nodes.push_back(node);
  }
  if (const auto* list = std::get_if<List>(&model.nodes[node].what))
    for (uint32_t part : model.list(list->nodes)) gather_choices<List>(model, part, nodes);
}

void among_choices(const Find& find, const Model& model, const std::vector<NodeId>& nodes) {
  std::vector<bool> idle(nodes.size());
  for (size_t i = nodes.size(); i-- > 0;)
    for (size_t j = 0; j < nodes.size() && !idle[i]; ++j) {
      const OneOf &a = std::get<OneOf>(model.nodes[nodes[i]].what),
                  &b = std::get<OneOf>(model.nodes[nodes[j]].what);
      if (i == j || idle[j] || a.ref != b.ref) continue;
      // A stage without its part may be among the values of one and not of the other.
      const OneOf &narrow = find.is_or ? a : b, &wide = find.is_or ? b : a;
      idle[i] = (narrow.values & ~wide.values) == 0 && (narrow.maybe & ~(wide.values | wide.maybe)) == 0;
      if (idle[i]) find.report(nodes[i], nodes[j]);
    }
}

template <typename List>
void look(const LintInput& input, const Clause& clause, bool is_or, Findings& findings) {
  std::vector<Held> bounds;
  std::vector<NodeId> choices;
  gather<List>(input.model, clause.node, bounds);
  gather_choices<List>(input.model, clause.node, choices);
  const Find find{input, findings, clause.criterion, is_or};
  find.among(bounds);
  among_choices(find, input.model, choices);
}

template <typename List>
bool is_outermost(const Model& model, const Clause& clause) {
  return std::holds_alternative<List>(model.nodes[clause.node].what) &&
         (clause.parent == kNone || !std::holds_alternative<List>(model.nodes[clause.parent].what));
}

void run(const LintInput& input, Findings& findings) {
  Proofs* proofs = proofs_of(input);
  if (!proofs) return;
  for (const Clause& clause : proofs->clauses) {
    if (is_outermost<AllOf>(input.model, clause) && !never_met(input, clause.node))
      look<AllOf>(input, clause, false, findings);
    if (is_outermost<AnyOf>(input.model, clause) && !always_met(input, clause.node))
      look<AnyOf>(input, clause, true, findings);
  }
}

}  // namespace

extern const LintRule kRedundantBound;
const LintRule kRedundantBound{"redundant-bound",
                               LintGroup::logic,
                               Severity::warning,
                               "a limit beside a tighter one of the same value",
                               "One of the two limits decides nothing. Mostly one of them should have been "
                               "of another value, or has a wrong digit.",
                               R"(trial T1 "example"

include I1 "Age at least 18 years, weight at least 16 kg"
  age >= 18 years and age >= 16 years
)",
                               R"(trial T1 "example"

include I1 "Age at least 18 years, weight at least 16 kg"
  age >= 18 years and weight >= 16 kg
)",
                               run};

}  // namespace crit
