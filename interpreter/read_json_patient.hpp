// One JSON object of a patient, as text, to the patient. For the readers of JSON files.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "interpreter/input.hpp"
#include "interpreter/intake.hpp"
#include "interpreter/read_record.hpp"
#include "interpreter/same_parts.hpp"

namespace crit {

static_assert(simdjson::SIMDJSON_PADDING <= kInputPadding);

inline constexpr size_t kMaxAttributes = 64;  // of a record, known or not

// The memory that is used again from patient to patient.
struct JsonParser {
  simdjson::ondemand::parser parser;
  std::string text;  // of a patient that is not plain, with what simdjson may read behind it
  RawRecord raw;
  NamedFact first;  // its `next` is the name that begins a patient's facts
  SameParts head;   // of plain JSON: from behind the identifier up to the facts, with the latter's key
};

// Reads the object into the patient that was begun. False, and the problem, where it is not the JSON of a
// patient at all. kInputPadding bytes behind the text may be read. `is_path`: faults go on from the patient's
// place with a JSON path.
bool read_json_patient(Intake&, JsonParser&, std::string_view text, bool is_path, std::string& problem);

}  // namespace crit
