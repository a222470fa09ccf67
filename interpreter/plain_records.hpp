// Records of one layout and one unit, whose numbers and days are known already, to the patient in one step:
// what depends on the layout alone is asked once, and not of each record.
#pragma once

#include "interpreter/read_record.hpp"

namespace crit {

struct PlainForm {
  enum class Of : uint8_t { nothing, result, answer, choice, beginning, course, date };
  Of of = Of::nothing;  // nothing: such a record is left to add_record
  FactId fact = kNoFact;
  const Conversion* unit = nullptr;  // of a result or a dose
  const Fact* chosen = nullptr;      // the choice that an answer is of
  uint32_t present = 0;              // the fields, as in RawRecord
};

// The form of a record that add_record has just added.
PlainForm plain_form(const NamedFact&, const RawRecord&);

// Adds a record of the form, whose cells are of the kinds of the record that the form is of, and known where
// those were. False, and nothing is added, where its values may be a fault; where this gives true, add_record
// would have added the same.
bool add_plainly(Patient&, const PlainForm&, const RawRecord&);

}  // namespace crit
