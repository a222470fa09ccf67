// One walk over the object: each key has a row in a table that says where its value goes.
#include "interpreter/fhir_resource.hpp"

#include <algorithm>

#include "interpreter/fhir_datatypes.hpp"
#include "interpreter/fhir_json.hpp"

namespace crit {

namespace {

using simdjson::error_code;
using simdjson::ondemand::value;

constexpr std::array<std::string_view, kFhirTypes> kTypeNames{"",
                                                              "AllergyIntolerance",
                                                              "Bundle",
                                                              "Condition",
                                                              "DiagnosticReport",
                                                              "Encounter",
                                                              "Immunization",
                                                              "Medication",
                                                              "MedicationAdministration",
                                                              "MedicationRequest",
                                                              "MedicationStatement",
                                                              "Observation",
                                                              "Patient",
                                                              "Procedure"};
static_assert(std::ranges::is_sorted(kTypeNames));

// Whether a reference such as `Group/1` says that it is to something else than a patient.
bool is_of_other_kind(std::string_view reference) {
  const size_t end = reference.substr(0, reference.find("/_history/")).rfind('/');
  if (end == reference.npos) return false;
  const size_t begin = reference.substr(0, end).rfind('/') + 1;  // npos + 1: the beginning
  const std::string_view kind = reference.substr(begin, end - begin);
  return kind != "Patient" && !kind.empty() && kind.front() >= 'A' && kind.front() <= 'Z';
}

error_code read_abatement(FhirResource& r, value& v) {
  r.is_over = true;
  std::string_view start;
  return first_of(v) == '{' ? read_period(v, start, r.end) : read_text_of(v, r.end);
}

template <std::string_view FhirResource::*field>
error_code text(FhirResource& r, value& v) {
  return read_text_of(v, r.*field);
}
template <std::string_view FhirResource::*field>
error_code state(FhirResource& r, value& v) {
  const bool is_told = first_of(v) != 'n';  // null
  SIMDJSON_TRY(read_state(v, r.*field));
  // One without a code, as where the reason stands why there is none.
  if (is_told && (r.*field).empty()) r.*field = "unknown";
  return simdjson::SUCCESS;
}
template <std::string_view FhirResource::*field>
error_code reference(FhirResource& r, value& v) {
  return read_reference(v, r.*field);
}
// A group or a device of the same number is no patient.
error_code subject(FhirResource& r, value& v) {
  SIMDJSON_TRY(read_reference(v, r.subject));
  r.is_of_other |= is_of_other_kind(r.subject);
  return simdjson::SUCCESS;
}
error_code span(FhirResource& r, value& v) {
  return read_period(v, r.start, r.end);
}
template <bool FhirResource::*field>
error_code told(FhirResource& r, value&) {
  r.*field = true;
  return simdjson::SUCCESS;
}
error_code code(FhirResource& r, value& v) {
  return read_concept(v, r.result.code);
}
error_code dosage(FhirResource& r, value& v) {
  return each_element(v, [&](value& one) { return read_dosage(one, r.dosages.emplace_back()); });
}

// Of an OperationOutcome. Its words are not told: they may name a patient.
error_code issue(FhirResource& r, value& v) {
  return each_element(v, [&](value& one) {
    std::string_view severity;
    SIMDJSON_TRY(each_field(one, [&](std::string_view key, value& part) {
      return key == "severity" ? read_text_of(part, severity) : simdjson::SUCCESS;
    }));
    r.is_failure |= severity == "error" || severity == "fatal";
    return simdjson::SUCCESS;
  });
}

// Of a bundle. The links of a patient are to others of the same person, and have no relation.
error_code link(FhirResource& r, value& v) {
  return each_element(v, [&](value& one) {
    std::string_view relation;
    SIMDJSON_TRY(each_field(one, [&](std::string_view key, value& part) {
      return key == "relation" ? read_text_of(part, relation) : simdjson::SUCCESS;
    }));
    r.is_page |= relation == "next" || relation == "previous" || relation == "prev";
    return simdjson::SUCCESS;
  });
}

struct Row {
  std::string_view key;
  error_code (*read)(FhirResource&, value&);
};

constexpr Row kRows[] = {
    {"abatementAge", told<&FhirResource::is_over>},
    {"abatementDateTime", read_abatement},
    {"abatementPeriod", read_abatement},
    {"abatementRange", told<&FhirResource::is_over>},
    {"abatementString", told<&FhirResource::is_over>},
    {"authoredOn", text<&FhirResource::recorded>},
    {"birthDate", text<&FhirResource::birth_date>},
    {"category",
     [](FhirResource& r, value& v) {
       if (first_of(v) != '[') return simdjson::SUCCESS;
       return each_element(v, [&](value& one) { return read_text_of(one, r.categories.emplace_back()); });
     }},
    {"class", [](FhirResource& r, value& v) { return read_class(v, r.encounter_class); }},
    {"clinicalStatus", state<&FhirResource::clinical>},
    {"component",
     [](FhirResource& r, value& v) {
       return each_element(v, [&](value& one) { return read_component(one, r.components.emplace_back()); });
     }},
    {"contained",
     [](FhirResource& r, value& v) {
       if (r.is_contained) return simdjson::SUCCESS;
       return each_element(v, [&](value& one) {
         FhirResource& inner = r.contained.emplace_back();
         inner.is_contained = true;
         return read_fhir_resource(inner, one);
       });
     }},
    {"dateAsserted", text<&FhirResource::recorded>},
    {"deceasedBoolean", [](FhirResource& r, value& v) { return read_yes_of(v, r.is_dead); }},
    {"deceasedDateTime",
     [](FhirResource& r, value& v) {
       r.is_dead = true;
       return read_text_of(v, r.death);
     }},
    {"diagnosis", told<&FhirResource::has_other_reasons>},
    {"doNotPerform", [](FhirResource& r, value& v) { return read_yes_of(v, r.negated); }},
    {"dosage", dosage},
    {"dosageInstruction", dosage},
    {"effectiveDateTime", text<&FhirResource::when>},
    {"effectiveInstant", text<&FhirResource::when>},
    {"effectivePeriod", span},
    {"focus", told<&FhirResource::is_of_other>},
    {"gender", text<&FhirResource::gender>},
    {"id", text<&FhirResource::id>},
    {"intent", text<&FhirResource::intent>},
    {"issue", issue},
    {"link", link},
    {"medicationCodeableConcept", code},
    {"medicationReference", reference<&FhirResource::medication>},
    {"modifierExtension", [](FhirResource& r, value& v) { return read_modifier(v, r.has_modifier); }},
    {"occurrenceDateTime", text<&FhirResource::when>},
    {"onsetDateTime", text<&FhirResource::when>},
    {"onsetPeriod", [](FhirResource& r, value& v) { return read_period(v, r.when, r.latest_onset); }},
    {"partOf", told<&FhirResource::is_part>},
    {"patient", subject},
    {"performedDateTime", text<&FhirResource::when>},
    {"performedPeriod", span},
    {"period", span},
    {"reasonCode", [](FhirResource& r, value& v) { return read_concepts(v, r.reasons); }},
    {"reasonReference", told<&FhirResource::has_other_reasons>},
    {"recordedDate", text<&FhirResource::recorded>},
    {"resourceType",
     [](FhirResource& r, value& v) {
       SIMDJSON_TRY(read_text_of(v, r.type_name));
       r.type = fhir_type_named(r.type_name);
       return simdjson::SUCCESS;
     }},
    {"result",
     [](FhirResource& r, value& v) {
       return each_element(v, [&](value& one) { return read_reference(one, r.results.emplace_back()); });
     }},
    {"severity", state<&FhirResource::severity>},
    {"status", text<&FhirResource::status>},
    {"subject", subject},
    {"total", [](FhirResource& r, value& v) { return read_number_of(v, r.total); }},
    {"type", text<&FhirResource::kind>},
    {"vaccineCode", code},
    {"verificationStatus", state<&FhirResource::verification>},
};
static_assert(std::ranges::is_sorted(kRows, {}, &Row::key));

// By a key's first letter, the first row that may have it: most keys of a resource have no row.
constexpr auto kFirstRows = [] {
  std::array<uint8_t, 257> first{};
  for (size_t letter = 0; letter < first.size(); ++letter)
    first[letter] = static_cast<uint8_t>(std::ranges::count_if(
        kRows, [&](const Row& row) { return static_cast<unsigned char>(row.key[0]) < letter; }));
  return first;
}();

const Row* row_of(std::string_view key) {
  const size_t letter = key.empty() ? 0 : static_cast<unsigned char>(key[0]);
  for (size_t r = kFirstRows[letter]; r < kFirstRows[letter + 1]; ++r)
    if (is_same(kRows[r].key, key)) return &kRows[r];
  return nullptr;
}

}  // namespace

FhirType fhir_type_named(std::string_view name) {
  const auto found = std::ranges::lower_bound(kTypeNames, name);
  if (found == kTypeNames.end() || *found != name) return FhirType::other;
  return static_cast<FhirType>(found - kTypeNames.begin());
}

std::string_view name_of(FhirType type) {
  return kTypeNames[size_t(type)];
}

void FhirResource::clear() {
  // The lists that nearly every resource has keep their memory.
  std::vector<FhirCoding> codings = std::move(result.code.codings);
  codings.clear();
  *this = {};
  result.code.codings = std::move(codings);
}

bool has_value(const FhirResult& result) {
  return result.quantity || !result.answer.codings.empty() || !result.answer.text.empty() ||
         !result.text.empty() || result.yes || !result.other_value.empty();
}

error_code read_fhir_field(FhirResource& r, std::string_view key, value& v) {
  const Row* row = row_of(key);
  if (!row) {
    bool known = false;
    r.is_doubled |= key.starts_with("value") && has_value(r.result);
    return read_result_field(r.result, key, v, known);
  }
  static_assert(std::size(kRows) <= 64);
  const uint64_t bit = uint64_t{1} << (row - kRows);
  r.is_doubled |= (r.keys & bit) != 0;
  r.keys |= bit;
  return row->read(r, v);
}

error_code read_fhir_resource(FhirResource& r, value& v) {
  if (first_of(v) != '{') return simdjson::SUCCESS;
  simdjson::ondemand::object object;
  SIMDJSON_TRY(v.get_object().get(object));
  for (auto item : object) {
    if (item.error()) return item.error();
    simdjson::ondemand::field& field = value_of(item);
    std::string_view key;
    SIMDJSON_TRY(text_of_key(field, key));
    SIMDJSON_TRY(read_fhir_field(r, key, field.value()));
    // The whole resource is left here, which skips it quickly: bills are half of what hospitals export.
    const bool may_fail = r.type_name == "OperationOutcome";
    if (r.type == FhirType::other && !r.type_name.empty() && !may_fail) return simdjson::SUCCESS;
  }
  return simdjson::SUCCESS;
}

}  // namespace crit
