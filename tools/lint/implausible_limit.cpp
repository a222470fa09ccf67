// implausible-limit: a limit that no plausible result of the measure can reach.
#include <fmt/format.h>

#include "tools/lint/limits.hpp"
#include "tools/lint/text_match.hpp"

namespace crit {

namespace {

std::string range_of(const Fact& fact) {
  const auto number = [](const std::optional<Rational>& value) {
    return value ? value->to_decimal(6).text : "...";
  };
  return fmt::format("{} to {}{}{}", number(fact.plausible_low), number(fact.plausible_high),
                     fact.unit_text == "1" ? "" : " ", fact.unit_text == "1" ? "" : fact.unit_text);
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    const RuleReading reading = read_rule(input, criterion);
    for (const Implausible& limit : implausible_limits(input, criterion, reading)) {
      if (!limit.in_unit.empty()) continue;  // unit-slip
      const RuleNumber& n = *limit.number;
      findings.push_back(
          finding(n.span, fmt::format("no result of `{}` comes near `{}`", n.fact->name, shown(input, n)),
                  fmt::format("results from {} are taken for plausible", range_of(*n.fact))));
    }
  });
}

}  // namespace

extern const LintRule kImplausibleLimit{"implausible-limit",
                                        LintGroup::plausibility,
                                        Severity::warning,
                                        "a limit outside the measure's plausible range",
                                        "Every patient is on one side of it, so that the criterion decides "
                                        "nothing: a digit too many, or the wrong measure.",
                                        R"(trial T1 "example"

include I1 "Adults"
  age >= 180 years
)",
                                        R"(trial T1 "example"

include I1 "Adults"
  age >= 18 years
)",
                                        run};

}  // namespace crit
