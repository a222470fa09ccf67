// What one trial answers for one patient, and how each format writes it.
#pragma once

#include <array>
#include <span>
#include <string>

#include "interpreter/verdict.hpp"
#include "tools/console.hpp"

namespace crit {

struct Report {
  const Model& model;
  const Patient& patient;
  uint32_t arm = kNone;  // index into Model::arms; kNone: the trial has none, or nothing was decided
  const Verdict* verdict = nullptr;  // null: the patient could not be read, and `faults` say why
  std::span<const Fault> faults = {};
  bool in_no_arm = false;  // the trial has no arm of the patient's, whatever else is the matter
  Decision without = Decision::undetermined;  // the decision without the parts that are only assumed complete

  bool rests_on_assumption() const { return patient.assumed != 0 && verdict && verdict->decision != without; }
};

// The parts of the record that are assumed complete: `conditions, drugs`.
std::vector<std::string_view> assumed_parts(uint8_t parts);
// `assumed complete: conditions; 3 of 40 verdicts rest on it`
std::string words_of_assumption(uint8_t parts, uint64_t resting, uint64_t verdicts);
// The parts with the decision that there would be without, where it is another.
std::string assumption_of(const Report&);

// In the place of a count that is not made: of the records of a database.
inline constexpr uint32_t kNotCounted = ~uint32_t{0};
// What of the parts assumed complete has no name: `not mapped and so not looked at: conditions 5`; nothing
// where all of it has one.
using UnmappedParts = std::array<uint64_t, kPartCount>;
std::string words_of_unmapped(uint8_t assumed, const UnmappedParts&);
// The same at a patient, whom it may concern.
std::string unmapped_words_of(const Report&);

// The facts still needed; none where the verdict does not wait for any.
std::vector<std::string> needed_of(const Report&);

// For a person: the verdict, what is needed, then each criterion with the reason and the protocol's words.
void append_text(std::string&, const Report&, const Console&);

// An object on one line, without a line end.
void append_json(std::string&, const Report&);

// A part of a page that prints on paper of its own: each criterion as the protocol words it, with value,
// date, limit and outcome, and the place for the investigator's signature; and the page around such parts.
void append_checklist(std::string&, const Report&);
void append_checklists_begin(std::string&);
void append_checklists_end(std::string&);

// Quoted where that is needed, as RFC 4180 asks.
void append_csv_cell(std::string&, std::string_view text);

// What every row begins with: the trial, the patient, the arm and the day of screening.
void append_csv_subject(std::string&, const Report&);
// A row; and the header above the rows.
void append_csv(std::string&, const Report&);
void append_csv_header(std::string&);

}  // namespace crit
