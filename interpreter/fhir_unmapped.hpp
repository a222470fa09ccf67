// What the FHIR resources of a run had that no name of the vocabulary stands for: the codes, how often, and
// the name that comes nearest.
#pragma once

#include <string>
#include <vector>

#include "interpreter/fhir_hold.hpp"

namespace crit {

struct UnmappedCode {
  const FhirCode* code;
  FhirType type;
  uint64_t count;
  std::string nearest;  // empty: none is near
};

// By count, the most frequent first, then by code.
std::vector<UnmappedCode> unmapped_codes(const FhirRun&);

// The kinds of resource whose codes are conditions, drugs or events.
Part part_of(FhirType);
// How many resources of a part were not mapped.
uint64_t unmapped_of(const FhirRun&, Part);

// The name whose words share the most with the text: its own, its other names' or its description's.
std::string name_near(std::string_view text, FhirType);

}  // namespace crit
