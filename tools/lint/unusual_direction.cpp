// unusual-direction: a limit on the side where the measure is seldom limited.
#include <fmt/format.h>

#include <algorithm>

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

// `30% <= FVC <= 80%`: limited on both sides.
bool has_other_side(const RuleReading& reading, const RuleNumber& n) {
  return std::ranges::any_of(reading.numbers, [&](const RuleNumber& other) {
    return is_limit(other) && other.fact == n.fact && keeps_above(*other.op) != keeps_above(*n.op);
  });
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    const RuleReading reading = read_rule(input, criterion);
    for (const RuleNumber& n : reading.numbers) {
      if (!is_limit(n) || !n.fact->usual_above || has_other_side(reading, n)) continue;
      const bool above = keeps_above(criterion.include ? *n.op : opposite(*n.op));
      if (above == *n.fact->usual_above) continue;
      findings.push_back(finding(n.span,
                                 fmt::format("the rule keeps patients with `{}` {} the limit", n.fact->name,
                                             above ? "above" : "below"),
                                 fmt::format("trials mostly keep those {}", above ? "below" : "above")));
    }
  });
}

}  // namespace

extern const LintRule kUnusualDirection{
    "unusual-direction",
    LintGroup::plausibility,
    Severity::info,
    "a limit on the side where this measure is seldom limited",
    "`ALT >= 3*ULN` under include, or `<=` under exclude, is mostly a sign turned round.",
    R"(trial T1 "example"

include I1 "ALT within three times the upper limit of normal"
  ALT >= 3*ULN
)",
    R"(trial T1 "example"

include I1 "ALT within three times the upper limit of normal"
  ALT <= 3*ULN
)",
    run};

}  // namespace crit
