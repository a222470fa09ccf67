// Finds exclusions that the inclusions leave nobody for.
#include <fmt/format.h>

#include "tools/lint/logic.hpp"

namespace crit {

namespace {

void run(const LintInput& input, Findings& findings) {
  if (!proofs_of(input)) return;
  for (uint32_t i = 0; i < input.model.criteria.size(); ++i) {
    Claims because;
    if (!never_fires(input, i, &because)) continue;
    const CriterionModel& c = input.model.criteria[i];
    Clause whole;
    whole.node = c.condition;
    whole.criterion = i;
    Diagnostic d;
    d.span = place_of(input, whole);
    d.message = fmt::format("`{}` excludes nobody: whoever passes {} does not meet {}", c.id,
                            names_of(input.model, because), quoted(input, whole));
    d.help =
        "delete it if the protocol only says it twice; otherwise look at its limit and at the inclusion's";
    findings.push_back(std::move(d));
  }
}

}  // namespace

extern const LintRule kExclusionNeverFires;
const LintRule kExclusionNeverFires{"exclusion-never-fires",
                                    LintGroup::logic,
                                    Severity::warning,
                                    "an exclusion that cannot apply to anybody who passes the inclusions",
                                    "It looks like protection and gives none. Either it says again what an "
                                    "inclusion says, or one of the two has the "
                                    "wrong limit.",
                                    R"(trial T1 "example"

include I1 "Men"
  sex = male

exclude E1 "Pregnancy"
  pregnant
)",
                                    R"(trial T1 "example"

include I1 "Adults, 18 years or more"
  age >= 18 years

exclude E1 "Pregnancy"
  pregnant
)",
                                    run};

}  // namespace crit
