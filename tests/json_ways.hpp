// A line of NDJSON by the quick way through plain JSON and by the walk through any: for the test and the fuzz
// target that hold one against the other.
#pragma once

#include <string>
#include <string_view>

#include "interpreter/input.hpp"
#include "interpreter/read_json_parts.hpp"
#include "tests/written_patient.hpp"

namespace crit {

// Both ways, each with what it remembers from patient to patient.
struct JsonWays {
  explicit JsonWays(Schema& s) : schema(s), plain_in(s), any_in(s) {}

  Schema& schema;
  Intake plain_in, any_in;
  JsonParser plain_parser, any_parser;
  size_t taken = 0;  // by the quick way

  // False where the quick way took what the other one reads differently.
  bool agree(std::string_view line) {
    const std::string padded = std::string(line) + std::string(kInputPadding, '\0');
    const std::string_view text(padded.data(), line.size());
    begin_patient(plain_in, "f");
    JsonReading plain{plain_in, plain_parser, true};
    if (!read_plain_patient(plain, text)) return true;
    ++taken;
    begin_patient(any_in, "f");
    JsonReading any{any_in, any_parser, true};
    std::string problem;
    return walk_json_patient(any, text, problem) &&
           written(schema, *plain_in.patient) == written(schema, *any_in.patient);
  }
};

}  // namespace crit
