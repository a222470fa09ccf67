// Finds two arms that exclude each other by one value, and a patient who fits both all the same.
//
// Arms without such a value are randomised, and everybody fits all of them. Two arms exclude each other by a
// value where the lower one ends at an upper limit, the higher one begins at a lower limit, and one of them
// is open at its far end: `age < 18` and `age >= 16`; not `18 <= age <= 50` and `age >= 18`, where one range
// lies in the other.
#include <fmt/format.h>

#include "tools/lint/logic.hpp"
#include "tools/lint/logic_bounds.hpp"
#include "tools/lint/logic_witness.hpp"
#include "tools/lint/text_bound.hpp"

namespace crit {

namespace {

using Kind = Claim::Kind;

// Within what an arm's own criteria keep one value.
struct Limits {
  std::optional<BoundOn> low, high;
  uint32_t low_criterion = 0, high_criterion = 0;
};

bool is_own(const Model& model, const CriterionModel& c, uint32_t arm) {
  return is_in(c, arm) && c.condition != kNone &&
         (~c.arms & ((uint64_t{1} << (model.arms.size() - 1) << 1) - 1)) != 0;
}

// What holds where the condition does not: each part of an `or` is turned round. Of three sides either may
// fail.
void add_denied(const Model& model, NodeId node, std::vector<BoundOn>& bounds) {
  const Condition& what = model.nodes[node].what;
  if (const auto* any = std::get_if<AnyOf>(&what))
    for (uint32_t part : model.list(any->nodes)) add_denied(model, part, bounds);
  const auto* compare = std::get_if<Compare>(&what);
  if (!compare || compare->count != 2) return;
  for (BoundOn b : bounds_of(model, node)) {
    b.op = opposite(b.op);
    bounds.push_back(b);
  }
}

std::vector<BoundOn> bounds_of_who_passes(const Model& model, const CriterionModel& c) {
  std::vector<BoundOn> bounds;
  if (c.include)
    bounds = bounds_joined(model, c.condition);
  else
    add_denied(model, c.condition, bounds);
  std::erase_if(bounds, [&](const BoundOn& b) { return !constant_of(model, b.limit); });
  return bounds;
}

struct Arms {
  const LintInput& input;
  const Model& model = input.model;

  std::vector<BoundOn> bounds(uint32_t arm) const {
    std::vector<BoundOn> all;
    for (const CriterionModel& c : model.criteria)
      if (is_own(model, c, arm))
        for (const BoundOn& b : bounds_of_who_passes(model, c)) all.push_back(b);
    return all;
  }

  Limits limits(uint32_t arm, ValueId subject) const {
    Limits found;
    for (uint32_t i = 0; i < model.criteria.size(); ++i) {
      const CriterionModel& c = model.criteria[i];
      if (!is_own(model, c, arm)) continue;
      for (const BoundOn& b : bounds_of_who_passes(model, c)) {
        if (!same_value(*proofs_of(input)->solver, b.subject, subject)) continue;
        if (is_lower(b) && !found.low) found.low = b, found.low_criterion = i;
        if (is_upper(b) && !found.high) found.high = b, found.high_criterion = i;
      }
    }
    return found;
  }

  Rational number(const std::optional<BoundOn>& b) const { return *constant_of(model, b->limit); }

  // The lower arm ends inside the higher one. Where they meet at one number, that is a boundary's finding.
  bool reach_over(const Limits& lower, const Limits& higher) const {
    if (!lower.high || !higher.low || (lower.low && higher.high)) return false;
    if (lower.low && number(lower.low) >= number(higher.low)) return false;
    if (higher.high && number(higher.high) <= number(lower.high)) return false;
    return number(lower.high) > number(higher.low);
  }

  std::string words_of(const Clause& limit) const {
    return quoted(input, limit) + (model.criteria[limit.criterion].include ? "" : " excluded");
  }

  void report(uint32_t lower, uint32_t higher, const Limits& low, const Limits& high,
              Findings& findings) const {
    Claims claims;
    std::vector<Expected> expected;
    for (uint32_t i = 0; i < model.criteria.size(); ++i) {
      const CriterionModel& c = model.criteria[i];
      if (c.condition == kNone || (!is_in(c, lower) && !is_in(c, higher))) continue;
      claims.push_back({Kind::passes, i});
      const bool own = is_own(model, c, lower) || is_own(model, c, higher);
      if (own && c.when == kNone) expected.push_back({c.condition, truth(c.include)});
    }
    const auto patient = witness(input, claims, expected);
    if (!patient) return;
    Clause first, second;
    first.node = low.high->node;
    second.node = high.low->node;
    first.criterion = low.high_criterion;
    second.criterion = high.low_criterion;
    Diagnostic d;
    d.span = place_of(input, second);
    d.message = fmt::format("a patient may fit both arm `{}` ({}) and arm `{}` ({})", model.arms[lower],
                            words_of(first), model.arms[higher], words_of(second));
    d.help = fmt::format("let one arm begin where the other ends\nfor example:\n{}", *patient);
    findings.push_back(std::move(d));
  }

  void look(uint32_t lower, uint32_t higher, Findings& findings) const {
    for (const BoundOn& b : bounds(lower)) {
      if (!is_upper(b)) continue;
      const Limits low = limits(lower, b.subject), high = limits(higher, b.subject);
      if (reach_over(low, high)) return report(lower, higher, low, high, findings);
    }
  }
};

void run(const LintInput& input, Findings& findings) {
  if (!proofs_of(input) || input.model.arms.size() < 2) return;
  const Arms arms{input};
  for (uint32_t a : arms_of(input.model))
    for (uint32_t b : arms_of(input.model))
      if (a != b) arms.look(a, b, findings);
}

}  // namespace

extern const LintRule kArmOverlap;
const LintRule kArmOverlap{
    "arm-overlap",
    LintGroup::logic,
    Severity::warning,
    "a patient who fits two arms that exclude each other by a value",
    "Which arm such a patient goes to is then decided at the site, patient by patient.",
    R"(trial T1 "example"
  arms child, adult

include I1 "Children: below 18 years"
  arms child
  age < 18 years

include I2 "Adults: 16 years or more"
  arms adult
  age >= 16 years
)",
    R"(trial T1 "example"
  arms child, adult

include I1 "Children: below 18 years"
  arms child
  age < 18 years

include I2 "Adults: 18 years or more"
  arms adult
  age >= 18 years
)",
    run};

}  // namespace crit
