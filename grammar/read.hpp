// Runs the grammar over one part of a file of rules or patients: text to a flat tree, or the place where it
// stopped.
#pragma once

#include <optional>

#include "grammar/source.hpp"
#include "grammar/tree.hpp"

namespace crit {

enum class Part {
  head,
  condition,
  trial_field,
  criterion_field,
  define_field,
  declaration_field,
  range_field,
  patient_head,
  patient_line
};

struct Failure {
  uint32_t at = 0;
  std::string_view expected;  // in words; empty: nothing more was expected
  bool too_deep = false;
};

// Reads the bytes [begin, end). On failure the tree keeps what was read before it, its last nodes without an
// end.
std::optional<Failure> read_part(Part, const Source&, uint32_t begin, uint32_t end, Tree&);

// True where the text starts a field of a criterion (or a definition).
bool starts_field(std::string_view text, bool definition);

}  // namespace crit
