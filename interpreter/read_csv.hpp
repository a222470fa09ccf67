// CSV to patients: a row a patient (wide) or a row a record (long), told apart by the header.
//
//   patient,screening,birth_date,sex,ALT [U/L],ALT ULN,ALT date,...
//   patient,fact,value,unit,date,end,lln,uln,...
//
// A wide file streams. The rows of a long one may come in any order, so that its text is held, up to
// kMaxHeldBytes.
#pragma once

#include "interpreter/input.hpp"
#include "interpreter/intake.hpp"

namespace crit {

// False: the receiver asked to stop.
bool read_csv(Intake&, Input&);

}  // namespace crit
