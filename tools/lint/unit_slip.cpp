// unit-slip: a limit that is plausible in another unit of the measure only.
#include <fmt/format.h>

#include "tools/lint/limits.hpp"
#include "tools/lint/text_match.hpp"

namespace crit {

namespace {

// Nothing where the number takes its unit from another one (`18 <= age <= 75 years`).
std::optional<Span> place_of_unit(const LintInput& input, const RuleNumber& n) {
  const auto size = static_cast<uint32_t>(n.unit_text.size());
  if (size == 0 || !text_of(input.source, n.span).ends_with(n.unit_text)) return std::nullopt;
  return Span{n.span.end - size, n.span.end, n.span.file};
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    const RuleReading reading = read_rule(input, criterion);
    for (const Implausible& limit : implausible_limits(input, criterion, reading)) {
      if (limit.in_unit.empty()) continue;
      const RuleNumber& n = *limit.number;
      const std::string digits = n.value.to_decimal(12).text;
      const std::string_view how = limit.may_result ? "hardly any" : "no";
      Diagnostic d = finding(n.span,
                             fmt::format("{} result of `{}` comes near `{}`; `{} {}` would be plausible", how,
                                         n.fact->name, shown(input, n), digits, limit.in_unit),
                             "write the unit that the number was meant in");
      if (const auto unit = place_of_unit(input, n)) d.fix = Fix{*unit, limit.in_unit, false};
      findings.push_back(std::move(d));
    }
  });
}

}  // namespace

extern const LintRule kUnitSlip{"unit-slip",
                                LintGroup::plausibility,
                                Severity::warning,
                                "a limit that is plausible only in another unit of the measure",
                                "Creatinine of 1.5 is usual in mg/dL and impossible in umol/L: the rule "
                                "would turn everybody away or nobody.",
                                R"(trial T1 "example"

include I1 "Creatinine at most 1.5"
  creatinine <= 1.5 umol/L
)",
                                R"(trial T1 "example"

include I1 "Creatinine at most 1.5"
  creatinine <= 1.5 mg/dL
)",
                                run};

}  // namespace crit
