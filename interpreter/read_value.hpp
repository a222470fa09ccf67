// A number, a bounded result or a date as patient data writes it to its exact value, or what is wrong with
// it.
#pragma once

#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "interpreter/calendar.hpp"
#include "interpreter/patient.hpp"
#include "interpreter/rational.hpp"
#include "interpreter/short_texts.hpp"

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

inline constexpr int32_t kFirstYear = 1800, kLastYear = 2200;  // of those that parse_when reads
// The day on which each month begins, from January of the first year on, and the day behind the last.
using FirstDays = std::array<Day, (kLastYear - kFirstYear + 1) * 12 + 1>;
extern const FirstDays kFirstDays;

// The same of ten bytes.
inline bool read_day(const char* text, Day& into) {
  uint64_t digits = 0;
  uint16_t of_day = 0;
  std::memcpy(&of_day, text + 8, sizeof of_day);
  of_day ^= 0x3030;
  if (!is_year_and_month(text, digits) || (((of_day + 0x7676) | of_day) & 0x8080)) return false;
  const uint64_t pairs = digits * 10 + (digits >> 8);  // each byte with the one behind it
  const auto pair = [&](int at) { return static_cast<int32_t>(pairs >> at * 8 & 0xff); };
  const int32_t year = pair(0) * 100 + pair(2), month = pair(5), day = (of_day & 0xff) * 10 + (of_day >> 8);
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1) return false;
  const auto at = static_cast<size_t>((year - kFirstYear) * 12 + month - 1);
  into = kFirstDays[at] + day - 1;
  return into < kFirstDays[at + 1];
}

bool read_when(std::string_view text, When& into, std::string& problem);

// Takes blanks and tabs off both ends.
std::string_view trimmed(std::string_view text);

}  // namespace crit
