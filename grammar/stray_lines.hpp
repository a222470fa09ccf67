// Lines of a file of patients or cases that are in no block, to what is told of them.
#pragma once

#include "grammar/patient_text.hpp"

namespace crit {

// Of what is in no patient and no case.
Diagnostic outside(Span, std::string message);

// A line that belongs nowhere, and the lines below it up to the next block: whose they are nobody knows.
struct Stray {
  Span span = {};
  size_t line = 0;  // 0: there is none
  size_t below = 0;
  bool starts_block = false;  // but for the blanks before it
};

// One mistake, and whoever stands above has no verdict: his lines may go on behind it.
void tell_stray(const Source&, const Stray&, ParsedPatients&);

}  // namespace crit
