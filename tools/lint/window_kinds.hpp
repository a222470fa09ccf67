// Windows of the length that the protocol's words have, and of another kind, side, anchor or fact.
#pragma once

#include "tools/lint/mentions.hpp"

namespace crit {

// The dates that the windows of the file count from, by name.
std::vector<std::string> anchors_of(const LintInput&);

// Only what the words say otherwise for sure.
void find_other_windows(const CriterionWords&, const Criterion&, const std::vector<std::string>& anchors,
                        Findings&);

// `within` where the words tell of a beginning.
void find_unsaid_starts(const CriterionWords&, const Criterion&, Findings&);

}  // namespace crit
