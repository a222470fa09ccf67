// A trial's conditions one by one, and the questions that several logic rules ask of them.
#include "tools/lint/logic.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crit {

namespace {

using Effect = Clause::Effect;

Effect opposite(Effect effect) {
  switch (effect) {
    case Effect::admits:
      return Effect::turns_away;
    case Effect::turns_away:
      return Effect::admits;
    case Effect::either:
      return Effect::either;
  }
  return effect;
}

struct ListClauses {
  const Model& model;
  std::vector<Clause>& clauses;
  Clause at;

  void add(NodeId node, NodeId parent, Effect effect) {
    Clause clause = at;
    clause.node = node;
    clause.parent = parent;
    clause.effect = effect;
    clauses.push_back(clause);
    ListClauses inside{model, clauses, clause};
    if (const auto* all = std::get_if<AllOf>(&model.nodes[node].what)) inside.each(all->nodes, effect);
    if (const auto* any = std::get_if<AnyOf>(&model.nodes[node].what)) inside.each(any->nodes, effect);
    if (const auto* no = std::get_if<Negation>(&model.nodes[node].what))
      inside.add(no->operand, node, opposite(effect));
    if (const auto* of_day = std::get_if<OfOneDay>(&model.nodes[node].what))
      inside.add(of_day->condition, node, effect);
    if (const auto* n = std::get_if<CountOf>(&model.nodes[node].what))
      inside.each(n->nodes, n->quantifier == Quantifier::at_least ? effect : Effect::either);
    if (const auto* choose = std::get_if<Choose>(&model.nodes[node].what)) {
      inside.add(choose->condition, node, Effect::either);
      inside.add(choose->then_node, node, effect);
      if (choose->else_node != kNone) inside.add(choose->else_node, node, effect);
    }
  }
  void each(Children nodes, Effect effect) {
    for (uint32_t node : model.list(nodes)) add(node, at.node, effect);
  }
};

constexpr std::string_view kMoreSpecific[] = {"sex-conflict", "implausible-limit", "unit-slip"};

bool overlap(Span a, Span b) {
  return a.file == b.file && a.begin < b.end && b.begin < a.end;
}

}  // namespace

Proofs* proofs_of(const LintInput& input) {
  if (input.has_errors) return nullptr;
  if (input.proofs) return input.proofs.get();
  const auto made = std::make_shared<Proofs>();
  made->solver = solver_for(input.model);
  if (!made->solver) return nullptr;
  for (uint32_t i = 0; i < input.model.criteria.size(); ++i) {
    const CriterionModel& c = input.model.criteria[i];
    Clause at;
    at.criterion = i;
    if (c.condition != kNone)
      ListClauses{input.model, made->clauses, at}.add(c.condition, kNone,
                                                      c.include ? Effect::admits : Effect::turns_away);
    at.in_when = true;
    if (c.when != kNone) ListClauses{input.model, made->clauses, at}.add(c.when, kNone, Effect::either);
  }
  input.proofs = made;
  return made.get();
}

bool never(Proofs& proofs, const Claims& claims) {
  return possible(*proofs.solver, claims) == Possible::no;
}

std::vector<uint32_t> arms_of(const Model& model) {
  if (model.arms.empty()) return {kNone};
  std::vector<uint32_t> arms;
  for (uint32_t arm = 0; arm < model.arms.size(); ++arm) arms.push_back(arm);
  return arms;
}

bool is_in(const CriterionModel& c, uint32_t arm) {
  return arm == kNone || (c.arms >> arm & 1);
}
bool share_an_arm(const CriterionModel& a, const CriterionModel& b) {
  return (a.arms & b.arms) != 0;
}

Claims others_pass(const LintInput& input, uint32_t criterion, uint32_t arm, Which which) {
  const auto& component = components(*proofs_of(input)->solver);
  Claims claims;
  for (uint32_t i = 0; i < input.model.criteria.size(); ++i) {
    const CriterionModel& c = input.model.criteria[i];
    if (i == criterion || component[i] != component[criterion] || c.condition == kNone || !is_in(c, arm))
      continue;
    if (which == Which::all || c.include) claims.push_back({Claim::Kind::passes, i});
  }
  return claims;
}

bool collide(const LintInput& input, uint32_t criterion, uint32_t arm) {
  Claims claims = others_pass(input, criterion, arm, Which::all);
  claims.push_back({Claim::Kind::passes, criterion});
  return never(*proofs_of(input), claims);
}

bool never_met(const LintInput& input, NodeId node) {
  return never(*proofs_of(input), {{Claim::Kind::yes, node}});
}

bool always_met(const LintInput& input, NodeId node) {
  return never(*proofs_of(input), {{Claim::Kind::known}, {Claim::Kind::not_yes, node}});
}

bool never_fires(const LintInput& input, uint32_t criterion, Claims* because) {
  Proofs& proofs = *proofs_of(input);
  const CriterionModel& c = input.model.criteria[criterion];
  if (c.include || c.condition == kNone) return false;
  Claims fires = {{Claim::Kind::yes, c.condition}};
  if (c.when != kNone) fires.push_back({Claim::Kind::yes, c.when});
  if (never(proofs, fires)) return false;
  for (uint32_t arm : arms_of(input.model)) {
    if (!is_in(c, arm)) continue;
    Claims claims = others_pass(input, criterion, arm, Which::includes);
    if (claims.empty() || never(proofs, claims)) return false;
    claims.insert(claims.end(), fires.begin(), fires.end());
    if (!never(proofs, claims)) return false;
    if (because) *because = collision(*proofs.solver, claims);
  }
  return true;
}

bool is_mirror(const LintInput& input, uint32_t include, uint32_t exclude) {
  Proofs& proofs = *proofs_of(input);
  const auto& component = components(*proofs.solver);
  const CriterionModel &in = input.model.criteria[include], &out = input.model.criteria[exclude];
  if (!in.include || out.include || component[include] != component[exclude] || !share_an_arm(in, out))
    return false;
  if (in.condition == kNone || out.condition == kNone) return false;
  const Claim passes_in{Claim::Kind::passes, include}, passes_out{Claim::Kind::passes, exclude};
  return never(proofs, {passes_in, passes_out}) && !never(proofs, {passes_in}) &&
         !never(proofs, {passes_out}) &&
         never(proofs, {{Claim::Kind::yes, in.condition}, {Claim::Kind::not_yes, out.condition}}) &&
         never(proofs, {{Claim::Kind::yes, out.condition}, {Claim::Kind::not_yes, in.condition}});
}

bool told_by(const LintInput& input, std::string_view name, Span span) {
  Proofs& proofs = *proofs_of(input);
  const auto [place, is_new] = proofs.told.try_emplace(std::string(name));
  const LintRule* rule = is_new ? lint_rule(name) : nullptr;
  if (rule && rule->run) {
    Findings found;
    rule->run(input, found);
    for (const Diagnostic& d : found) {
      place->second.push_back(d.span);
      // In a definition that the criterion names, where the condition itself stands.
      for (const auto& note : d.notes) place->second.push_back(note.span);
    }
  }
  return std::ranges::any_of(place->second, [&](Span told) { return overlap(told, span); });
}

bool told_by_another(const LintInput& input, Span span) {
  return std::ranges::any_of(kMoreSpecific,
                             [&](std::string_view name) { return told_by(input, name, span); });
}

Span place_of(const LintInput& input, const Clause& clause) {
  const Span span = input.model.nodes[clause.node].span;
  return span.file == input.source.id ? span : input.model.criteria[clause.criterion].span;
}

std::string quoted(const LintInput& input, const Clause& clause) {
  return quoted(input, input.model.nodes[clause.node].span);
}

std::string quoted(const LintInput& input, Span span) {
  if (span.file != input.source.id) return std::string(kTheCondition);
  constexpr size_t kMostBytes = 80;
  std::string words;
  bool in_text = false, in_comment = false;
  for (const char c : text_of(input.source, span)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    in_text ^= c == '"' && !in_comment;
    in_comment = c != '\n' && (in_comment || (c == '#' && !in_text));
    if (in_comment) continue;
    if (!blank || (!words.empty() && words.back() != ' ')) words += blank ? ' ' : c;
  }
  if (words.size() > kMostBytes) words = words.substr(0, words.rfind(' ', kMostBytes)) + " ...";
  return "`" + words + "`";
}

std::string joined(const std::vector<std::string>& names) {
  if (names.size() < 2) return names.empty() ? "" : names[0];
  const std::vector<std::string> first(names.begin(), names.end() - 1);
  return fmt::format("{} and {}", fmt::join(first, ", "), names.back());
}

std::string names_of(const Model& model, const Claims& claims) {
  std::vector<uint32_t> criteria;
  for (const Claim& claim : claims)
    if (claim.kind == Claim::Kind::passes) criteria.push_back(claim.of);
  std::ranges::sort(criteria);
  std::vector<std::string> names;
  for (uint32_t i : criteria) names.push_back(fmt::format("`{}`", model.criteria[i].id));
  return joined(names);
}

}  // namespace crit
