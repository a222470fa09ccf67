// What the two ways through a patient's JSON have in common: what becomes of a name, of a value alone, and of
// a part beside the facts. For these readers only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "interpreter/read_json_patient.hpp"

namespace crit {

struct JsonReading {
  Intake& in;
  JsonParser& parser;
  bool is_path;
  NamedFact* last = nullptr;
  uint32_t top_keys = 0;
};

// The keys beside the facts are the parts of a patient; this is one more.
inline constexpr std::string_view kFactsKey = "facts";

// The bit of a key beside the facts (nothing: the facts' own) in JsonReading::top_keys.
constexpr uint32_t top_key(std::optional<PatientPart> part) {
  constexpr unsigned kFactsBit = 31;
  return 1u << (part ? unsigned(*part) : kFactsBit);
}
// Notes the key. False where it was there before.
bool take_top_key(JsonReading&, std::optional<PatientPart>);
std::string place_beside_facts(const JsonReading&, std::string_view key);
// A part by its value; what cannot be one becomes a fault.
void set_part_of(JsonReading&, PatientPart, const Cell&);

// The fact whose name begins at `raw`, behind the quote, where it is one of those that mostly follow the name
// before; nullptr: it is none of them. kInputPadding bytes can be read.
NamedFact* guessed_name(JsonReading&, const char* raw);
// The fact of a key, and from now on the guess behind the name before it.
NamedFact& name_of_key(JsonReading&, std::string_view key);

// A value that stands for a whole record.
void add_cell(JsonReading&, NamedFact&, const Cell&, const RecordPlace&);

// The two ways: plain JSON alone, false where it is not, and then something of it may have been added; and
// any JSON, false and the problem where it is none.
bool read_plain_patient(JsonReading&, std::string_view text);
bool walk_json_patient(JsonReading&, std::string_view text, std::string& problem);

}  // namespace crit
