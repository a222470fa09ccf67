// Whether a number of a rule and one of the protocol's words are the same amount, and the same comparison.
#pragma once

#include "tools/lint/protocol_text.hpp"
#include "tools/lint/rule_numbers.hpp"

namespace crit {

// Equal as written, or after conversion (90 g/L and 9 g/dL, 28 days and 4 weeks). A unit that only one of
// them has makes no difference.
bool same_amount(const RuleNumber&, const TextNumber&);

// Equal in another unit when rounded to the digits of the text: 160 mg/dL and "4.1 mmol/L" of LDL.
bool same_when_rounded(const RuleNumber&, const TextNumber&);

// "more than 2" beside `at least 3` of something that is counted: the limit of the text in the rule's number.
bool same_whole_limit(const RuleNumber&, const TextNumber&);

bool same_period(const RulePeriod&, const TextNumber&);

}  // namespace crit
