// A FHIR resource to what it says of a patient: which of its states count, which facts its codes are, and
// which of its dates are start and end.
#pragma once

#include "interpreter/fhir_resource.hpp"
#include "interpreter/hold.hpp"

namespace crit {

// Where the resources of a bundle or file go.
struct FhirReading {
  Intake& in;
  Holding& run;
  Hold& hold;
  bool unmapped = false;  // something of the resource at hand has no name

  // What a patient is complete in that something is said of here.
  uint8_t complete() const { return &hold == &run.lines ? in.complete_together : in.complete; }
};

// The kinds of resource, by FhirType.
std::vector<Origin> fhir_origins();

// Adds a resource. `full_url`: of its entry in a bundle, another name that references use; may be empty.
void add_resource(FhirReading&, const FhirResource&, std::string_view full_url);

}  // namespace crit
