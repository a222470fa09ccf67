// The data types of FHIR that resources share: concepts, references, periods, quantities, results and
// dosages. For fhir_resource only.
#pragma once

#include "interpreter/fhir_resource.hpp"

namespace crit {

// The code of a concept, or of a coding: a state, such as `active`.
simdjson::error_code read_state(simdjson::ondemand::value&, std::string_view&);
// The codes of a field that is a coding or a concept, or several of them.
simdjson::error_code read_class(simdjson::ondemand::value&, FhirConcept&);
// A second concept of the same field goes behind the first.
simdjson::error_code read_concept(simdjson::ondemand::value&, FhirConcept&);
simdjson::error_code read_concepts(simdjson::ondemand::value&, std::vector<FhirConcept>&);
simdjson::error_code read_reference(simdjson::ondemand::value&, std::string_view&);
simdjson::error_code read_period(simdjson::ondemand::value&, std::string_view& start, std::string_view& end);
simdjson::error_code read_dosage(simdjson::ondemand::value&, FhirDosage&);
// A field of an observation or of a component; `known`: whether it is one of a result.
simdjson::error_code read_result_field(FhirResult&, std::string_view key, simdjson::ondemand::value&,
                                       bool& known);
// Whether there is a modifierExtension: nobody may take a thing with one as if it were not there.
simdjson::error_code read_modifier(simdjson::ondemand::value&, bool& is_there);
simdjson::error_code read_component(simdjson::ondemand::value&, FhirResult&);

}  // namespace crit
