// The unit of a written duration to the unit that the calendar counts in.
#pragma once

#include "grammar/ast.hpp"
#include "interpreter/calendar.hpp"

namespace crit {

// Of half-lives: days.
inline TimeUnit calendar_unit(DurationUnit unit) {
  switch (unit) {
    case DurationUnit::minutes:
      return TimeUnit::minutes;
    case DurationUnit::hours:
      return TimeUnit::hours;
    case DurationUnit::days:
      return TimeUnit::days;
    case DurationUnit::weeks:
      return TimeUnit::weeks;
    case DurationUnit::months:
      return TimeUnit::months;
    case DurationUnit::years:
      return TimeUnit::years;
    case DurationUnit::half_lives:
      return TimeUnit::days;
  }
  return TimeUnit::days;
}

}  // namespace crit
