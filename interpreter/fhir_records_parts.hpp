// What the files of fhir_records share.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "interpreter/fhir_records.hpp"

namespace crit {

// The facts of these kinds that a concept of the resource means, the narrowest of all its codes. Where there
// is none, that is counted under its first code and at the patient, but for `quietly`.
std::vector<NamedFact*> facts_of(FhirReading&, const FhirResource&, const FhirConcept&, uint32_t kinds,
                                 bool quietly = false);

// A record on its way into the hold: its cells point to texts that may go.
struct NewRecord {
  struct Part {
    uint8_t place;
    Cell::Kind kind;
    std::string_view text;
  };
  std::vector<Part> parts;
  bool unconfirmed = false, began_before = false;
  bool has_modifier = false;   // of the part of the resource that it comes of
  bool other_reasons = false;  // beside those that are set there may be others
  std::string_view medication;

  void set(Field field, std::string_view text, Cell::Kind kind = Cell::Kind::text) {
    if (!text.empty()) parts.push_back({static_cast<uint8_t>(field), kind, text});
  }
  void set(FhirAttribute attribute, std::string_view text) {
    if (!text.empty())
      parts.push_back({static_cast<uint8_t>(kFields + size_t(attribute)), Cell::Kind::text, text});
  }
  void says(bool yes) { set(Field::value, yes ? "yes" : "no", yes ? Cell::Kind::yes : Cell::Kind::no); }
};
void hold_record(FhirReading&, const FhirResource&, NamedFact*, const NewRecord&);
// Counts a code under which a resource says something that has no name, at its patient too.
void tell_unnamed(FhirReading&, const FhirResource&, HeldCode&);

// A date and time as they are written, the zone left out: it is the day at the place of care that counts.
std::string_view local_time(std::string_view);

// By kind of resource. True where a record came of it; `passed` where its state says that it does not count.
struct FhirOutcome {
  bool used = false, passed = false;
};
FhirOutcome add_observation(FhirReading&, const FhirResource&);
FhirOutcome add_condition(FhirReading&, const FhirResource&);
FhirOutcome add_allergy(FhirReading&, const FhirResource&);
FhirOutcome add_procedure(FhirReading&, const FhirResource&);
FhirOutcome add_encounter(FhirReading&, const FhirResource&);
FhirOutcome add_drug(FhirReading&, const FhirResource&);
FhirOutcome add_immunization(FhirReading&, const FhirResource&);

bool is_one_of(std::string_view, std::initializer_list<std::string_view>);

}  // namespace crit
