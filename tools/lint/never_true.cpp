// Finds conditions that no patient can meet.
#include <fmt/format.h>

#include "tools/lint/logic.hpp"

namespace crit {

namespace {

// The parts of `A and B` that cannot hold together: those that are enough.
std::vector<NodeId> colliding_parts(Proofs& proofs, const Model& model, NodeId node) {
  const auto* all = std::get_if<AllOf>(&model.nodes[node].what);
  if (!all) return {};
  Claims claims;
  for (uint32_t part : model.list(all->nodes)) claims.push_back({Claim::Kind::yes, part});
  std::vector<NodeId> parts;
  for (const Claim& claim : collision(*proofs.solver, claims)) parts.push_back(claim.of);
  return parts;
}

std::string consequence(const CriterionModel& c, const Clause& whole) {
  if (whole.in_when) return fmt::format("`{}` never applies", c.id);
  return c.include ? fmt::format("`{}` admits nobody", c.id) : fmt::format("`{}` excludes nobody", c.id);
}

// Down to the part that nobody meets, where `and` has one.
Clause narrowed(const LintInput& input, Clause clause) {
  while (const auto* all = std::get_if<AllOf>(&input.model.nodes[clause.node].what)) {
    const Clause outer = clause;
    for (uint32_t part : input.model.list(all->nodes))
      if (clause.node == outer.node && never_met(input, part)) clause.node = part;
    if (clause.node == outer.node) break;
  }
  return clause;
}

// Whoever the criterion applies to cannot meet it: `when sex = male` and `pregnant`.
void look_at_when(const LintInput& input, Proofs& proofs, uint32_t i, Findings& findings) {
  const CriterionModel& c = input.model.criteria[i];
  if (c.when == kNone || c.condition == kNone) return;  // not yet written: there is nothing to meet
  if (never_met(input, c.when) || never_met(input, c.condition)) return;
  if (!never(proofs, {{Claim::Kind::yes, c.when}, {Claim::Kind::yes, c.condition}})) return;
  Clause condition, when;
  condition.node = c.condition;
  when.node = c.when;
  condition.criterion = when.criterion = i;
  if (told_by_another(input, place_of(input, condition))) return;
  Diagnostic d;
  d.span = place_of(input, condition);
  d.message = fmt::format("nobody whom `{}` applies to can meet {}, so that it {}", c.id,
                          quoted(input, condition), c.include ? "admits none of them" : "excludes nobody");
  d.help = fmt::format("{} and {} do not go together: is one of them a slip?", quoted(input, when),
                       quoted(input, condition));
  findings.push_back(std::move(d));
}

void run(const LintInput& input, Findings& findings) {
  Proofs* proofs = proofs_of(input);
  if (!proofs) return;
  for (uint32_t i = 0; i < input.model.criteria.size(); ++i) look_at_when(input, *proofs, i, findings);
  for (const Clause& whole : proofs->clauses) {
    if (whole.parent != kNone || !never_met(input, whole.node)) continue;
    const Clause clause = narrowed(input, whole);
    if (told_by_another(input, place_of(input, clause))) continue;
    Diagnostic d;
    d.span = place_of(input, clause);
    d.message = fmt::format("no patient can meet {}, so that {}", quoted(input, clause),
                            consequence(input.model.criteria[whole.criterion], whole));
    std::vector<std::string> words;
    for (NodeId part : colliding_parts(*proofs, input.model, clause.node)) {
      Clause shown = clause;
      shown.node = part;
      words.push_back(quoted(input, shown));
    }
    d.help = words.size() < 2
                 ? "look at the limit, the unit and the direction of the comparison"
                 : fmt::format("{} do not go together: is one of them, or `and`, a slip?", joined(words));
    findings.push_back(std::move(d));
  }
}

}  // namespace

extern const LintRule kNeverTrue;
const LintRule kNeverTrue{
    "never-true",
    LintGroup::logic,
    Severity::error,
    "a condition that no patient can meet",
    "An inclusion that nobody can meet closes the trial without a word, and an exclusion that nobody can "
    "meet protects "
    "nobody. Mostly an `and` stands where `or` was meant, a `<` where `>` was, or a digit is missing.",
    R"(trial T1 "example"

include I1 "HbA1c above 9% or below 6%"
  HbA1c > 9% and HbA1c < 6%
)",
    R"(trial T1 "example"

include I1 "HbA1c above 9% or below 6%"
  HbA1c > 9% or HbA1c < 6%
)",
    run};

}  // namespace crit
