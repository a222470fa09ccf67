// What the fuzz targets share: bytes as a file, a small trial to read its patients by, and the walk to the
// verdict.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "grammar/characters.hpp"
#include "interpreter/model.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/verdict.hpp"

namespace crit {

inline constexpr std::string_view kFuzzTrial = R"(trial T "fuzz"
  arms A, B
measure enzyme "enzyme" in U/L
  loinc 1742-6, 718-7
measure lung "lung volume" in L, percent of predicted
condition growth "growth" with intent (curative, palliative)
  icd10 C00-C97, E11
condition skin_growth "growth of the skin" is growth with depth in mm
drug steroid "steroid"
  rxnorm 8640, 6809
event stay "stay" with reason (lung, other), ward yes/no, given steroid, remark
flag gravid "gravid"
  snomed 72892002
choice colour "colour" (red, green)
  loinc 72166-2
date visit "visit"
include I1 "x"
  all of (enzyme <= 2.5*ULN, 30% <= lung <= 80%) within 3 months
exclude E1 "x"
  growth within 5 years except (skin_growth) with (intent = curative)
exclude E2 "x"
  at least 2 stay with (reason = lung) within 2 weeks before visit or (gravid and colour = red)
exclude E3 "x"
  dose of steroid > 10 mg/day
exclude E4 "x"
  judgement
)";

inline std::string_view text_of_bytes(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline bool is_text(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    if (!c.valid) return false;
    at += c.length;
  }
  return true;
}

// The small trial, checked.
struct FuzzRules {
  const Source source{"fuzz.crit", std::string(kFuzzTrial), 0};
  const Parsed parsed = parse(source);
  Schema schema = {};
  const Checked checked = check(parsed.trial, schema);
};

// Reads the bytes by a reader, and decides every patient that comes of them.
template <class Read>
void fuzz_reader(const uint8_t* data, size_t size, Read read) {
  FuzzRules rules;
  const Model& model = rules.checked.model;
  Verdict verdict;
  Intake in(rules.schema);
  in.broken = [](const Fault&) {};
  in.each = [&](const Patient& patient) {
    if (patient.id.empty() || !is_text(patient.id) || !is_text(patient.arm)) std::abort();
    if (refusal(model, patient)) return true;
    if (const auto arms = arms_for(model, patient.arm))
      for (const uint32_t arm : *arms) evaluate(model, patient, arm, verdict);
    return true;
  };
  Input input = Input::of_text("fuzz", text_of_bytes(data, size));
  read(in, input);
}

}  // namespace crit
