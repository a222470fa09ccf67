// The JSON object of one FHIR R4 resource to the few things in it that facts are made of, still as text.
// What they mean is said in fhir_records.
//
// FHIR calls one thing by many names (effectiveDateTime, performedDateTime, occurrenceDateTime): here it has
// one place. The texts point into the JSON, or into the parser's memory, until its next document.
#pragma once

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace crit {

enum class FhirType : uint8_t {
  other,  // a kind that says nothing that a fact is made of, such as Claim
  allergy_intolerance,
  bundle,
  condition,
  diagnostic_report,
  encounter,
  immunization,
  medication,
  medication_administration,
  medication_request,
  medication_statement,
  observation,
  patient,
  procedure
};
inline constexpr size_t kFhirTypes = 14;
FhirType fhir_type_named(std::string_view);
std::string_view name_of(FhirType);  // `MedicationRequest`

struct FhirCoding {
  std::string_view system, code, display;
};
struct FhirConcept {
  std::vector<FhirCoding> codings;
  std::string_view text;
};

struct FhirQuantity {
  std::string_view number, comparator, unit, system, code;
};

struct FhirRange {
  std::optional<FhirQuantity> low, high;
  bool is_normal = true;  // not a therapeutic or a critical one
  bool for_all = true;    // it names no kind of patient
};

// An observation or a component of one: what was observed, and the result.
struct FhirResult {
  FhirConcept code;
  std::optional<FhirQuantity> quantity;
  FhirConcept answer;
  std::string_view text;  // of a number that has no unit, too
  std::optional<bool> yes;
  std::string_view interpretation;  // its code, otherwise its text
  std::string_view other_value;     // the key of a value that no fact is made of, such as `valueRange`
  std::vector<FhirRange> ranges;
  bool has_modifier = false;
};

// Whether it has a `value[x]`.
bool has_value(const FhirResult&);

struct FhirDosage {
  bool as_needed = false;
  bool is_plain = true;  // neither ranges nor anything else that leaves the dose of a day open
  std::optional<FhirQuantity> dose;
  uint32_t times_of_day = 0;  // that are named, or meals
  std::string_view frequency, period, period_unit, code;
  std::string_view start, end;
  bool has_other_bounds = false;  // it ends after a time, or after so many doses, on a day that is not told
};

struct FhirResource {
  FhirType type = FhirType::other;
  std::string_view type_name, id, subject, status, intent, kind;  // kind: the field `type`
  std::string_view clinical, verification, severity;              // codes of a condition's states
  bool negated = false;                                           // doNotPerform
  FhirResult result;  // its `code` is that of every resource: the drug, the disease, the procedure
  std::vector<FhirResult> components;
  std::string_view when, start, end, recorded;
  std::string_view latest_onset;  // of an onset that is a period
  bool is_over = false;           // some abatement is told, be it without a date
  bool is_part = false;           // of another procedure or encounter
  bool is_of_other = false;       // of somebody else: a donor, an unborn child
  FhirConcept encounter_class;
  std::vector<std::string_view> categories;
  std::vector<FhirConcept> reasons;
  bool has_other_reasons = false;  // told by a reference to a condition, whose codes are not looked up
  std::string_view medication;     // a reference
  std::vector<FhirDosage> dosages;
  std::vector<std::string_view> results;  // references
  std::vector<FhirResource> contained;
  std::string_view birth_date, gender, death;
  bool is_dead = false;
  bool has_modifier = false;  // a modifierExtension, which may turn what it says into something else
  bool is_failure = false;    // an OperationOutcome: what the server was asked for is not all here
  bool is_page = false;       // a bundle that is one of several pages
  std::string_view total;     // of a search: how many resources match it on all pages
  bool is_doubled = false;    // a key stands twice: nobody knows which is meant
  uint64_t keys = 0;          // that were read, a bit a row of the table
  bool is_contained = false;  // which ends there: one that it contains itself is not read

  void clear();
};

// Reads one field of a resource. What FHIR does not know is passed over, and so is what has another type than
// FHIR says; only text that is no JSON is an error.
simdjson::error_code read_fhir_field(FhirResource&, std::string_view key, simdjson::ondemand::value&);
// All of them. Of a kind that says nothing the rest is not looked at.
simdjson::error_code read_fhir_resource(FhirResource&, simdjson::ondemand::value&);

}  // namespace crit
