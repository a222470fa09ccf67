// Plain text to the numbers in it, in digits (`1,500`, `0.7`) and in words ("three", "half", "one third").
#pragma once

#include <vector>

#include "interpreter/rational.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

struct ScannedNumber {
  size_t begin = 0, end = 0;  // in PlainText
  Rational value;
  int decimals = 0;  // digits after the point
  bool in_words = false;
  bool in_name = false;  // part of a word: `FEV1`, `COVID-19`, `95th`
};

std::vector<ScannedNumber> scan_numbers(const PlainText&);

}  // namespace crit
