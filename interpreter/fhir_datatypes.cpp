// Each data type by its keys; what else it has is passed over.
#include "interpreter/fhir_datatypes.hpp"

#include "interpreter/fhir_json.hpp"

namespace crit {

using simdjson::error_code;
using simdjson::ondemand::value;

namespace {

error_code read_coding(value& v, FhirCoding& into) {
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "system") return read_text_of(part, into.system);
    if (key == "code") return read_text_of(part, into.code);
    if (key == "display") return read_text_of(part, into.display);
    return simdjson::SUCCESS;
  });
}

error_code read_quantity(value& v, std::optional<FhirQuantity>& into) {
  FhirQuantity& q = into.emplace();
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "value") return read_number_of(part, q.number);
    if (key == "comparator") return read_text_of(part, q.comparator);
    if (key == "unit") return read_text_of(part, q.unit);
    if (key == "system") return read_text_of(part, q.system);
    if (key == "code") return read_text_of(part, q.code);
    return simdjson::SUCCESS;
  });
}

error_code read_range(value& v, FhirRange& into) {
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "low") return read_quantity(part, into.low);
    if (key == "high") return read_quantity(part, into.high);
    if (key == "appliesTo" || key == "age") into.for_all = false;
    if (key != "type") return simdjson::SUCCESS;
    std::string_view kind;
    SIMDJSON_TRY(read_state(part, kind));
    into.for_all &= kind.empty() || kind == "normal";
    return simdjson::SUCCESS;
  });
}

error_code read_yes(value& v, std::optional<bool>& into) {
  bool yes = false;
  SIMDJSON_TRY(read_yes_of(v, yes));
  into = yes;
  return simdjson::SUCCESS;
}

// Times of a day, meals and counts change nothing or are told beside a frequency; the others leave the dose
// of a day open.
error_code read_repeat(value& v, FhirDosage& d) {
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "frequency") return read_number_of(part, d.frequency);
    if (key == "period") return read_number_of(part, d.period);
    if (key == "periodUnit") return read_text_of(part, d.period_unit);
    if (key == "boundsPeriod") return read_period(part, d.start, d.end);
    if (key == "frequencyMax" || key == "periodMax" || key == "dayOfWeek") d.is_plain = false;
    return simdjson::SUCCESS;
  });
}

error_code read_timing(value& v, FhirDosage& d) {
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "repeat") return read_repeat(part, d);
    if (key == "code") return read_state(part, d.code);
    return simdjson::SUCCESS;
  });
}

error_code read_dose(value& v, FhirDosage& d) {
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "doseQuantity") return read_quantity(part, d.dose);
    if (key == "doseRange" || key == "rateRatio" || key == "rateRange" || key == "rateQuantity")
      d.is_plain = false;
    return simdjson::SUCCESS;
  });
}

}  // namespace

error_code read_state(value& v, std::string_view& into) {
  FhirConcept states;
  SIMDJSON_TRY(each_element(v, [&](value& one) {
    return each_field(one, [&](std::string_view key, value& part) {
      if (key == "code" && into.empty()) return read_text_of(part, into);
      if (key != "coding") return simdjson::SUCCESS;
      return each_element(part, [&](value& c) { return read_coding(c, states.codings.emplace_back()); });
    });
  }));
  if (into.empty() && !states.codings.empty()) into = states.codings.front().code;
  return simdjson::SUCCESS;
}

error_code read_concept(value& v, FhirConcept& into) {
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "text") return read_text_of(part, into.text);
    if (key != "coding") return simdjson::SUCCESS;
    return each_element(part, [&](value& c) { return read_coding(c, into.codings.emplace_back()); });
  });
}

error_code read_concepts(value& v, FhirConcept& into) {
  return each_element(v, [&](value& one) { return read_concept(one, into); });
}

error_code read_reference(value& v, std::string_view& into) {
  return each_field(v, [&](std::string_view key, value& part) {
    return key == "reference" ? read_text_of(part, into) : simdjson::SUCCESS;
  });
}

error_code read_period(value& v, std::string_view& start, std::string_view& end) {
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "start") return read_text_of(part, start);
    if (key == "end") return read_text_of(part, end);
    return simdjson::SUCCESS;
  });
}

error_code read_dosage(value& v, FhirDosage& d) {
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "asNeededBoolean") return read_yes_of(part, d.as_needed);
    if (key == "asNeededCodeableConcept") d.as_needed = true;
    if (key == "dose") return read_quantity(part, d.dose);
    if (key == "doseAndRate") return each_element(part, [&](value& one) { return read_dose(one, d); });
    if (key == "timing") return read_timing(part, d);
    return simdjson::SUCCESS;
  });
}

error_code read_result_field(FhirResult& r, std::string_view key, value& v, bool& known) {
  known = true;
  if (key == "code") return read_concept(v, r.code);
  if (key == "valueQuantity") return read_quantity(v, r.quantity);
  if (key == "valueCodeableConcept") return read_concept(v, r.answer);
  if (key == "valueString") return read_text_of(v, r.text);
  if (key == "valueInteger") return read_number_of(v, r.text);
  if (key == "interpretation") return read_state(v, r.interpretation);
  if (key == "valueBoolean") return read_yes(v, r.yes);
  if (key == "referenceRange")
    return each_element(v, [&](value& one) { return read_range(one, r.ranges.emplace_back()); });
  known = false;
  return simdjson::SUCCESS;
}

error_code read_component(value& v, FhirResult& r) {
  return each_field(v, [&](std::string_view key, value& part) {
    bool known = false;
    return read_result_field(r, key, part, known);
  });
}

}  // namespace crit
