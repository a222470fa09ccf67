// Dates as written in, ranges of days and minutes out; and the calendar arithmetic of windows and ages.
//
// A day is the number of days since 1970-01-01. A When is what a written date leaves possible: `2019-05` is
// the range of its 31 days. Nothing here reads a clock or a time zone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "interpreter/rational.hpp"

namespace crit {

using Day = int32_t;

struct Civil {
  int32_t year = 1970;
  int32_t month = 1;  // 1..12
  int32_t day = 1;    // 1..31
  friend bool operator==(const Civil&, const Civil&) = default;
};

Day to_day(Civil);  // the date must be real
Civil to_civil(Day);
int32_t days_in_month(int32_t year, int32_t month);

struct When {
  Day first_day = 0;
  Day last_day = 0;
  int16_t minute = -1;  // of the day; -1 when no time was written (or the day is not certain)

  bool is_day() const { return first_day == last_day; }
  bool has_time() const { return minute >= 0; }
  friend bool operator==(const When&, const When&) = default;
};

// `2019`, `2019-05`, `2025-03-01`, `2025-03-01T08:30`, `2025-03-01T08:30:00`; a real date of the years 1800
// to 2200. A time zone is refused: the hour meant at the clinic would be a guess. With `problem`, what is
// wrong in words.
std::optional<When> parse_when(std::string_view text, std::string* problem = nullptr);

std::string to_string(const When&);  // as written: year, month, day or minute; `A to B` for any other range
std::string day_to_string(Day);      // `2025-03-01`

// Minutes since 1970-01-01 of the earliest and the latest minute it may be.
int64_t first_minute(const When&);
int64_t last_minute(const When&);

enum class TimeUnit : uint8_t { minutes, hours, days, weeks, months, years };

// Named Period because the syntax tree has a Duration: the words that a Period is made from.
struct Period {
  int32_t count = 0;
  TimeUnit unit = TimeUnit::days;
  friend bool operator==(const Period&, const Period&) = default;
};

// 1.5 years is 18 months, 0.5 weeks nothing that a calendar has. Nothing for fractions that no smaller unit
// makes whole (days stay days, months stay months), for negative counts, and for more than 1000 years.
std::optional<Period> make_period(const Rational& count, TimeUnit unit);

// Minutes and hours are measured on the clock, longer units on the calendar.
inline bool is_clock_time(Period d) {
  return d.unit == TimeUnit::minutes || d.unit == TimeUnit::hours;
}
int64_t clock_minutes(Period);  // of minutes and hours; days and weeks count 24 h

// The same day of a later (or earlier) month; a day that the month lacks becomes its last day.
Day add_months(Day, int32_t months);

// Clock time moves a day by its whole days, rounded away from the day, so that the range always contains the
// window.
Day plus(Day, Period);
Day minus(Day, Period);

// Completed units between two days, 0 on the first one, negative when `at` is before `from`.
// Born on 29 February: the birthday of a common year is the 28th.
int32_t completed(Day from, Day at, TimeUnit unit);

std::string to_string(Period);       // `3 months`, `1 year`
std::string_view name_of(TimeUnit);  // `months`

}  // namespace crit
