// A number, a bounded result or a date as patient data writes it to its exact value, or what is wrong with
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "interpreter/calendar.hpp"
#include "interpreter/patient.hpp"
#include "interpreter/rational.hpp"

namespace crit {

// `62`, `-1.5`, `18e-1`. `problem` is set where nothing comes back; it never quotes the text, which may be
// anybody's data.
std::optional<Rational> read_number(std::string_view text, std::string& problem);

// `<5`, `>= 200`, `≤3`, or a number alone.
struct BoundedNumber {
  Bound bound = Bound::exact;
  Rational number;
};
bool read_bounded(std::string_view text, BoundedNumber& into, std::string& problem);

// A whole date is read here by hand, since it comes forty times a patient; the rest is parse_when's.
// `2025-03-01`; false for any other form, and for what may be no day: that is left to read_when and its
// words.
bool read_whole_date(std::string_view text, When& into);
bool read_day(const char* ten_bytes, Day& into);  // the same of ten bytes
bool read_when(std::string_view text, When& into, std::string& problem);

// Takes blanks and tabs off both ends.
std::string_view trimmed(std::string_view text);

}  // namespace crit
