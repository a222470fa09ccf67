// Which numbers of a protocol are none that a rule must have: parts of names, list marks, years, telephone
// numbers.
#pragma once

#include "tools/lint/scan_numbers.hpp"
#include "tools/lint/text_unit.hpp"

namespace crit {

// `after_name`: the number before this one belongs to a name ("type 1 or 2"), and only `or`, `and`, `/` stand
// between.
bool is_in_name(const PlainText&, const ScannedNumber&, const TextUnit&, bool after_name);

// "1 pack year = 20 cigarettes a day for 1 year": where the words end that say what one of something is; 0:
// the number begins no such words.
size_t end_of_definition(const PlainText&, const ScannedNumber&);

// Periods that no window of eligibility stands for: after the treatment, in the future, of a repeated
// procedure.
bool is_later_period(const PlainText&, const ScannedNumber&, const TextUnit&);

}  // namespace crit
