// The values of a choice that a rule asks for, against those that the protocol's words name beside it.
#pragma once

#include "tools/lint/text_match.hpp"

namespace crit {

// Only where each has a value that the other lacks, and no word turns the text round.
void find_other_values(const LintInput&, const Criterion&, const TextMatch&, Findings&);

}  // namespace crit
