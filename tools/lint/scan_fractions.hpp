// Halves and thirds that the protocol's words add to a number or make one of: "one and a half years", "1 1/2
// years", "half a year".
#pragma once

#include <optional>

#include "interpreter/rational.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

// A part of one, and where the text goes on after it.
struct ScannedFraction {
  Rational value;
  size_t end = 0;
};

// What is added to a whole number that ends at `end`: "and a half", ` 1/2`.
std::optional<ScannedFraction> fraction_after(const PlainText&, size_t end);

// `1/2 year`, `2/3 of the ULN` at `begin`; `1/2` alone may be two grades, and `1/2 mg` two doses.
std::optional<ScannedFraction> fraction_alone(const PlainText&, size_t begin);

// The end of "half a" or "half of a" before a unit of time; `end` where no such words follow "half".
size_t end_of_half(const PlainText&, size_t end);

// The words from `begin` on are "a year and a half", of which "a" is a number.
bool is_one_and_a_half(const PlainText&, size_t begin);

// The end of the word of a multiple at `begin`, and the multiple: "triple the ULN"; not "triple therapy".
std::optional<ScannedFraction> multiple_in_words(const PlainText&, size_t begin);

}  // namespace crit
