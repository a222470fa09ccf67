// substage-left-out: a rule that takes a stage and leaves out its parts: `cancer_stage in (IIIC, IV)`, and a
// record of IVA.
#include <fmt/format.h>

#include <algorithm>

#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

void look(const LintInput& input, const Node& node, const OneOf& one, Findings& findings) {
  const Fact& fact = input.model.fact(input.model.refs[one.ref].fact);
  const auto taken = [&](size_t value) { return one.values >> value & 1; };
  std::vector<std::string> stages, parts;
  for (size_t stage = 0; stage < fact.values.size(); ++stage) {
    if (!taken(stage)) continue;
    const size_t before = parts.size();
    for (size_t part = 0; part < fact.values.size(); ++part)
      if (!taken(part) && is_part_of(fact.values[part], fact.values[stage]))
        parts.push_back(fact.values[part]);
    if (parts.size() > before) stages.push_back(fact.values[stage]);
  }
  if (parts.empty()) return;
  findings.push_back(finding(
      node.span,
      fmt::format("this takes {} of `{}` and leaves out {}", listed(stages), fact.name, listed(parts)),
      fact.ordered ? "add them; for a stage and all above write `>=`, for all below the next one `<`"
                   : "add them where they are meant too"));
}

// Of a list the checker has a node for each value up to it too.
bool is_first_of_list(const Model& model, const Node& node, const OneOf& one) {
  return std::ranges::any_of(model.nodes, [&](const Node& other) {
    const auto* more = std::get_if<OneOf>(&other.what);
    return more && more->ref == one.ref && other.span.begin == node.span.begin &&
           other.span.end > node.span.end;
  });
}

void run(const LintInput& input, Findings& findings) {
  for (const Node& node : input.model.nodes) {
    const auto* one = std::get_if<OneOf>(&node.what);
    if (one && node.span.file == input.source.id && !is_first_of_list(input.model, node, *one))
      look(input, node, *one, findings);
  }
}

}  // namespace

extern const LintRule kSubstageLeftOut{
    "substage-left-out",
    LintGroup::plausibility,
    Severity::warning,
    "a rule that takes a stage and leaves out its parts",
    "A record says IVA where the protocol says stage IV. They are two values of one choice, and the patient "
    "whose stage is known better would not pass.",
    R"(trial T1 "example"

include I1 "Stage IIIC or IV"
  cancer_stage in (IIIC, IV)
)",
    R"(trial T1 "example"

include I1 "Stage IIIC or IV"
  cancer_stage >= IIIC
)",
    run};

}  // namespace crit
