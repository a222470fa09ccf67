// FHIR R4 to patients: a Bundle, a resource alone, or a resource a line, as bulk exports have them.
//
// A bundle's patients are handed on at its end. The resources of lines belong to patients whose Patient may
// be in another file: they are held up to the end of the run (finish_held).
#pragma once

#include "interpreter/input.hpp"
#include "interpreter/intake.hpp"

namespace crit {

inline constexpr size_t kMaxBundleBytes = size_t{256} << 20;

// Whether a text that begins with `{` is FHIR: its object, or one in it, says what resource it is.
bool looks_like_fhir(std::string_view text);

// One document, or one a line. False: the receiver asked to stop.
bool read_fhir(Intake&, Input&);
bool read_fhir_lines(Intake&, Input&);

}  // namespace crit
