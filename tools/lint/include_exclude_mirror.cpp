// Finds a condition that one criterion asks for and another excludes.
#include <fmt/format.h>

#include "tools/lint/logic.hpp"

namespace crit {

namespace {

void run(const LintInput& input, Findings& findings) {
  if (!proofs_of(input)) return;
  const auto& criteria = input.model.criteria;
  for (uint32_t j = 0; j < criteria.size(); ++j)
    for (uint32_t i = 0; i < criteria.size(); ++i) {
      if (!is_mirror(input, i, j)) continue;
      Clause excluded;
      excluded.node = criteria[j].condition;
      excluded.criterion = j;
      Diagnostic d;
      d.span = place_of(input, excluded);
      d.message = fmt::format("`{}` excludes what `{}` asks for: {}", criteria[j].id, criteria[i].id,
                              quoted(input, excluded));
      d.help = "one of the two is `include` for `exclude`, or is worded the other way round in the protocol";
      if (criteria[i].span.file == d.span.file) d.notes.push_back({criteria[i].span, "asked for here"});
      findings.push_back(std::move(d));
      break;
    }
}

}  // namespace

extern const LintRule kIncludeExcludeMirror;
const LintRule kIncludeExcludeMirror{"include-exclude-mirror",
                                     LintGroup::logic,
                                     Severity::error,
                                     "the same condition included and excluded",
                                     "An exclusion is often copied from the protocol's list with its `no` "
                                     "left out: then it excludes those that the trial "
                                     "is for.",
                                     R"(trial T1 "example"

include I1 "Age 18 years or more"
  age >= 18 years

exclude E1 "Adults, 18 years or more"
  age >= 18 years
)",
                                     R"(trial T1 "example"

include I1 "Age 18 years or more"
  age >= 18 years

exclude E1 "Heavier than 150 kg"
  weight > 150 kg
)",
                                     run};

}  // namespace crit
