// unusual-direction: a limit on the side where the measure is seldom limited.
#include <fmt/format.h>

#include <set>

#include "tools/lint/limits.hpp"
#include "tools/lint/text_bound.hpp"

namespace crit {

namespace {

bool keeps_above(CompareOp op) {
  return op == CompareOp::greater || op == CompareOp::greater_equal;
}
bool keeps_below(CompareOp op) {
  return op == CompareOp::less || op == CompareOp::less_equal;
}

bool is_limit(const RuleNumber& n) {
  return n.fact && n.fact->kind == FactKind::measure && n.direct && n.op && !n.in_with && !n.either_way &&
         (keeps_above(*n.op) || keeps_below(*n.op));
}

// True where the trial keeps patients with results above the number.
bool keeps_above(const RuleNumber& n, bool include) {
  return keeps_above(include ? *n.op : opposite(*n.op));
}

void run(const LintInput& input, Findings& findings) {
  std::set<std::pair<const Fact*, bool>> sides;  // a measure that is limited on both is a range
  std::vector<std::pair<RuleNumber, bool>> limits;
  for_each_criterion(input, [&](const Criterion& criterion) {
    for (RuleNumber& n : read_rule(input, criterion).numbers) {
      if (!is_limit(n) || !n.fact->usual_above) continue;
      sides.emplace(n.fact, keeps_above(n, criterion.include));
      limits.emplace_back(std::move(n), criterion.include);
    }
  });
  for (const auto& [n, include] : limits) {
    const bool above = keeps_above(n, include);
    if (above == *n.fact->usual_above || sides.contains({n.fact, !above})) continue;
    findings.push_back(finding(n.span,
                               fmt::format("the rule keeps patients with `{}` {} the limit", n.fact->name,
                                           above ? "above" : "below"),
                               fmt::format("trials mostly keep those {}", above ? "below" : "above")));
  }
}

}  // namespace

extern const LintRule kUnusualDirection{
    "unusual-direction",
    LintGroup::plausibility,
    Severity::info,
    "a limit on the side where this measure is seldom limited",
    "`ALT >= 3*ULN` under include, or `<=` under exclude, is mostly a sign turned round.",
    R"(trial T1 "example"

include I1 "ALT and three times the upper limit of normal"
  ALT >= 3*ULN
)",
    R"(trial T1 "example"

include I1 "ALT and three times the upper limit of normal"
  ALT <= 3*ULN
)",
    run};

}  // namespace crit
