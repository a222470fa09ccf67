// What the FHIR resources and tables of a run had that no name of the vocabulary stands for: the codes, how
// often, and the name that comes nearest.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "interpreter/hold.hpp"

namespace crit {

struct UnmappedCode {
  const HeldCode* code;
  const Origin* origin;
  uint64_t count;
  std::string nearest;  // empty: none is near
};

// By count, the most frequent first, then by code.
std::vector<UnmappedCode> unmapped_codes(const Holding&);

// How many resources and rows of a part were not mapped.
uint64_t unmapped_of(const Holding&, Part);
std::array<uint64_t, kPartCount> unmapped_parts(const Holding&);

// The name, of a fact of these kinds, whose words share the most with the text: its own, its other names' or
// its description's.
std::string name_near(std::string_view text, uint32_t kinds);

}  // namespace crit
