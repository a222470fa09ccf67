// An age held against whole numbers, asked of many patients with one day of screening: the days of birth that
// meet it are found once, and each patient's is compared with them.
#pragma once

#include <optional>

#include "interpreter/plain_question.hpp"

namespace crit {

class PlainAge {
 public:
  // Nothing where the comparison is of anything else.
  static std::optional<PlainAge> of(const Model&, const Compare&, Day screening);

  static bool is_of_all() { return true; }

  // Open where the day of birth is not given, not certain, or not plausible.
  [[gnu::always_inline]] Quick ask(const Patient& patient) const {
    const uint32_t r = patient.first(birth_date_);
    if (r == kNone) return Quick::open;
    const Record& record = patient.records[r];
    if (record.next != kNone || !record.has_start || !record.start.is_day()) return Quick::open;
    const Day born = record.start.first_day;
    if (born < oldest_ || born > screening_) return Quick::open;
    return quick(from_ <= born && born <= to_);
  }

 private:
  FactId birth_date_ = kNoFact;
  Day screening_ = 0, oldest_ = 0;
  Day from_ = 0, to_ = 0;  // born on one of these days
};

}  // namespace crit
