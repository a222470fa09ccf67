// Lines of patients and cases from their trees.
#pragma once

#include "grammar/lines.hpp"
#include "grammar/patient_text.hpp"
#include "grammar/tree.hpp"

namespace crit {

// A fault of a line: the fact that it is about and what is wrong, without any value.
Diagnostic patient_fault(Span, std::string_view what, std::string_view wrong);

void build_patient_head(const Source&, const std::vector<Line>&, const Tree&, PatientBlock&);
void build_patient_line(const Source&, const std::vector<Line>&, const Tree&, PatientBlock&);

}  // namespace crit
