// state-in-window: `within` of what lasts from an operation on, as a transplant does.
#include <fmt/format.h>

#include <algorithm>

#include "tools/lint/fact_windows.hpp"

namespace crit {

namespace {

// Categories of ICD-10-CM that are states after an operation: acquired absence of limbs and organs,
// artificial openings, transplanted organs, implants and devices, other postprocedural states.
constexpr std::string_view kStates[] = {"Z89", "Z90", "Z93", "Z94", "Z95", "Z96", "Z97", "Z98"};

bool is_state(const LintInput& input, const Fact& fact) {
  const std::vector<CodeRange> codes =
      fact.kind == FactKind::condition ? icd10_of(input, fact) : std::vector<CodeRange>();
  return !codes.empty() && std::ranges::all_of(codes, [](const CodeRange& code) {
    return std::ranges::find(kStates, std::string_view(code.first).substr(0, 3)) != std::end(kStates);
  });
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (!criterion.condition) return;
    for_each_window(*criterion.condition, [&](const FactWindow& w) {
      if (!w.fact || !w.window || w.window->kind != Window::Kind::within || w.window->side == Side::after)
        return;
      const Fact* fact = fact_of(input, w.fact->text);
      if (!fact || !is_state(input, *fact)) return;
      findings.push_back(finding(
          w.fact->span,
          fmt::format("`{}` lasts from the operation on, so that whoever ever had it is in the window",
                      w.fact->text),
          fmt::format("for the day of the operation write `{} starting {}`", w.fact->text,
                      text_of(input.source, w.window->span))));
    });
  });
}

}  // namespace

extern const LintRule kStateInWindow{
    "state-in-window",
    LintGroup::time,
    Severity::warning,
    "`within` of a state that lasts from an operation on",
    "A transplant has a first day and no last one: `within 8 weeks` holds of a transplant of ten years ago "
    "too. "
    "The codes of states after an operation (ICD-10-CM Z89, Z90, Z93 to Z98) say which these are.",
    R"(trial T1 "example"

exclude E1 "Kidney transplant within 8 weeks"
  kidney_transplant within 8 weeks
)",
    R"(trial T1 "example"

exclude E1 "Kidney transplant within 8 weeks"
  kidney_transplant starting within 8 weeks
)",
    run};

}  // namespace crit
