// What each kind of FHIR resource can tell of: the kinds of facts that its codes mean, and the part of the
// record.
#include "interpreter/fhir_records.hpp"

namespace crit {

namespace {

uint32_t kinds_told_by(FhirType type) {
  switch (type) {
    case FhirType::observation:
      return kinds({FactKind::measure, FactKind::choice, FactKind::flag});
    case FhirType::condition:
    case FhirType::allergy_intolerance:
      return kinds({FactKind::condition, FactKind::event, FactKind::flag});
    case FhirType::procedure:
    case FhirType::encounter:
      return kinds({FactKind::event, FactKind::flag});
    case FhirType::immunization:
    case FhirType::medication:
    case FhirType::medication_administration:
    case FhirType::medication_request:
    case FhirType::medication_statement:
      return kinds({FactKind::drug});
    case FhirType::bundle:
    case FhirType::diagnostic_report:
    case FhirType::patient:
    case FhirType::other:
      return 0;
  }
  return 0;
}

Part part_told_by(FhirType type) {
  switch (type) {
    case FhirType::condition:
    case FhirType::allergy_intolerance:
      return Part::conditions;
    case FhirType::immunization:
    case FhirType::medication:
    case FhirType::medication_administration:
    case FhirType::medication_request:
    case FhirType::medication_statement:
      return Part::drugs;
    case FhirType::procedure:
    case FhirType::encounter:
      return Part::events;
    case FhirType::observation:
    case FhirType::bundle:
    case FhirType::diagnostic_report:
    case FhirType::patient:
    case FhirType::other:
      return Part::none;
  }
  return Part::none;
}

}  // namespace

std::vector<Origin> fhir_origins() {
  std::vector<Origin> made;
  for (size_t i = 0; i < kFhirTypes; ++i) {
    const auto type = static_cast<FhirType>(i);
    made.push_back({std::string(name_of(type)), kinds_told_by(type), part_told_by(type)});
  }
  return made;
}

}  // namespace crit
