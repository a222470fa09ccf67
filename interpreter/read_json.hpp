// JSON text to patients: an object, an array of objects, or an object a line.
//
// By simdjson, because reading decides the speed of a run: of all parsers it is the fastest that is kept well
// and in the distributions, and On-Demand builds no tree, so that numbers are still text when they come here
// and are read exactly. It indexes one patient at a time: the text is split into lines or elements before, so
// that one that is broken does not take its neighbours along.
#pragma once

#include <string_view>

#include "interpreter/input.hpp"
#include "interpreter/intake.hpp"
#include "interpreter/patient_pieces.hpp"

namespace crit {

// One object a line (NDJSON). False: the receiver asked to stop.
bool read_ndjson(Intake&, Input&);

// An array of objects, or objects one after the other that are spread over lines.
bool read_json(Intake&, Input&);
std::unique_ptr<PatientPieces> json_pieces(Input&);

// Whether a text that begins with `{` holds an object a line. Needs the first two lines, as far as they are
// there.
bool has_an_object_a_line(std::string_view text);

}  // namespace crit
