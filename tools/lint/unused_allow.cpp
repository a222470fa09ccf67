// unused-allow: an `allow` or `query` that silences nothing; found by silence(), when all other rules have
// run.
#include "tools/lint/rule.hpp"

namespace crit {

extern const LintRule kUnusedAllow{
    "unused-allow",
    LintGroup::care,
    Severity::warning,
    "an `allow` that silences nothing",
    "It is left from an earlier rule, and would silence the next mistake of its kind.",
    R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years
  allow number-not-in-text "the sponsor's letter of 2025-03-01"
)",
    R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years
)",
    nullptr};

}  // namespace crit
