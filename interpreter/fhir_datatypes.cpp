// Each data type by its keys; what else it has is passed over.
#include "interpreter/fhir_datatypes.hpp"

#include <algorithm>

#include "interpreter/fhir_json.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

using simdjson::error_code;
using simdjson::ondemand::value;

namespace {

constexpr std::string_view kModifier = "modifierExtension";

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
    if (key == "appliesTo" || key == "age" || key == kModifier) into.for_all = false;
    if (key != "type") return simdjson::SUCCESS;
    std::string_view kind;
    SIMDJSON_TRY(read_state(part, kind));
    into.is_normal = kind.empty() || same_in_any_case(kind, "normal");
    return simdjson::SUCCESS;
  });
}

error_code read_yes(value& v, std::optional<bool>& into) {
  bool yes = false;
  SIMDJSON_TRY(read_yes_of(v, yes));
  into = yes;
  return simdjson::SUCCESS;
}

// Times of a day and meals are told beside a frequency, and where there are several they may stand for it;
// the others leave the dose of a day open.
error_code read_repeat(value& v, FhirDosage& d) {
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "frequency") return read_number_of(part, d.frequency);
    if (key == "period") return read_number_of(part, d.period);
    if (key == "periodUnit") return read_text_of(part, d.period_unit);
    if (key == "boundsPeriod") return read_period(part, d.start, d.end);
    if (key == "boundsDuration" || key == "boundsRange" || key == "count" || key == "countMax")
      d.has_other_bounds = true;
    if (key == "frequencyMax" || key == "periodMax" || key == "dayOfWeek") d.is_plain = false;
    if (key != "timeOfDay" && key != "when") return simdjson::SUCCESS;
    uint32_t times = 0;
    SIMDJSON_TRY(each_element(part, [&](value&) {
      ++times;
      return simdjson::SUCCESS;
    }));
    d.times_of_day = std::max(d.times_of_day, times);
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
  if (d.dose) d.is_plain = false;  // of two doses nobody knows which is taken
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "doseQuantity") return read_quantity(part, d.dose);
    if (key == "doseRange" || key == "rateRatio" || key == "rateRange" || key == "rateQuantity")
      d.is_plain = false;
    return simdjson::SUCCESS;
  });
}

}  // namespace

// FHIR's own code, where a hospital's stands beside it; a word alone, as FHIR 3 has it; otherwise its text.
error_code read_state(value& v, std::string_view& into) {
  if (first_of(v) == '"') return read_text_of(v, into);
  FhirConcept states;
  SIMDJSON_TRY(read_class(v, states));
  const auto is_of_hl7 = [](const FhirCoding& c) {
    return c.system.find("hl7.org") != c.system.npos && !c.code.empty();
  };
  const auto own = std::ranges::find_if(states.codings, is_of_hl7);
  if (own != states.codings.end())
    into = own->code;
  else if (!states.codings.empty() && !states.codings.front().code.empty())
    into = states.codings.front().code;
  else
    into = states.text;
  return simdjson::SUCCESS;
}

error_code read_class(value& v, FhirConcept& into) {
  return each_element(v, [&](value& one) {
    FhirCoding alone;
    SIMDJSON_TRY(each_field(one, [&](std::string_view key, value& part) {
      if (key == "system") return read_text_of(part, alone.system);
      if (key == "code") return read_text_of(part, alone.code);
      if (key == "display") return read_text_of(part, alone.display);
      if (key == "text") return read_text_of(part, into.text);
      if (key != "coding") return simdjson::SUCCESS;
      return each_element(part, [&](value& c) { return read_coding(c, into.codings.emplace_back()); });
    }));
    if (!alone.code.empty() || !alone.display.empty()) into.codings.push_back(alone);
    return simdjson::SUCCESS;
  });
}

error_code read_concept(value& v, FhirConcept& into) {
  return each_field(v, [&](std::string_view key, value& part) {
    if (key == "text") return read_text_of(part, into.text);
    if (key != "coding") return simdjson::SUCCESS;
    return each_element(part, [&](value& c) { return read_coding(c, into.codings.emplace_back()); });
  });
}

error_code read_concepts(value& v, std::vector<FhirConcept>& into) {
  return each_element(v, [&](value& one) { return read_concept(one, into.emplace_back()); });
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
    if (key == kModifier) d.is_plain = false;
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
  constexpr std::string_view kOthers[] = {"valueDateTime", "valuePeriod",      "valueRange",
                                          "valueRatio",    "valueSampledData", "valueTime"};
  const auto other = std::ranges::find(kOthers, key);
  known = other != std::end(kOthers);
  if (known) r.other_value = *other;
  return simdjson::SUCCESS;
}

error_code read_modifier(value& v, bool& is_there) {
  return each_element(v, [&](value&) {
    is_there = true;
    return simdjson::SUCCESS;
  });
}

error_code read_component(value& v, FhirResult& r) {
  return each_field(v, [&](std::string_view key, value& part) {
    bool known = false;
    if (key == kModifier) return read_modifier(part, r.has_modifier);
    return read_result_field(r, key, part, known);
  });
}

}  // namespace crit
