// The text form of patients, parsed in grammar/, to Patients.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/patient_text.hpp"
#include "interpreter/input.hpp"
#include "interpreter/intake.hpp"

namespace crit {

// Reads the patients of a file; its cases are for read_cases. False: the receiver asked to stop.
bool read_text(Intake&, Input&);

// The blocks of a file by their identifiers, for `like`. A name that is there twice means its first block.
struct PatientBlocks {
  const Source& source;
  std::map<std::string_view, const PatientBlock*> patients;
  std::vector<uint32_t> line_ends;  // of the source, so that a place needs no count

  uint32_t line_of(const Span&) const;
  std::string where(const Span&) const;
};
PatientBlocks patient_blocks(const Source&, const ParsedPatients&);

// Fills the patient, which was begun, with the lines of a block over those of the one that it is like. The
// tree must stay as long as the patient is used.
void fill_patient(Intake&, const PatientBlocks&, const PatientBlock&);

}  // namespace crit
