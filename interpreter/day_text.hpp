// A day to its text, by the day that was asked before: nearly all patients of a run have one day of
// screening.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "interpreter/calendar.hpp"

namespace crit {

class DayText {
 public:
  // As to_string() gives it; stays until the next.
  std::string_view of(const When& when) {
    if (when_ == when) return text_;
    text_ = to_string(when);
    when_ = when;
    return text_;
  }

 private:
  std::optional<When> when_;
  std::string text_;
};

}  // namespace crit
