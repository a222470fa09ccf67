// A comparison with bounds, asked of many patients: what most of them answer in a few steps, in the
// processor's own numbers. Where it is not sure of an answer it has none.
#pragma once

#include <cmath>

#include "interpreter/evaluation.hpp"

namespace crit {

class PlainQuestion {
 public:
  // Of the patient who is asked, or of all with the same day of screening where is_of_all().
  PlainQuestion(Evaluation& e, const PlainComparison& q)
      : q_(q), ref_(e.model.refs[q.ref]), window_(window_of(e, ref_.window)) {}

  bool is_of_all() const { return window_.by_screening; }

  [[gnu::always_inline]] std::optional<Truth> ask(const Patient& patient) const {
    const uint32_t r = patient.first(ref_.fact);
    if (r == kNone) return ref_.formula == kNone ? std::optional(Truth::unknown) : std::nullopt;
    const Record& record = patient.records[r];
    if (!is_meant(record) || !is_as_asked(record)) return std::nullopt;
    const double result = record.value.nearly();
    if (!(q_.surely_above < result && result < q_.surely_below)) return std::nullopt;
    bool all = true;
    for (const PlainComparison::Bound& bound : q_.bounds) {
      const double number = number_of(bound, record, patient), above = result - number;
      if (!(std::abs(above) > kClose * std::abs(number))) return std::nullopt;
      all &= above > 0 ? bound.if_above : bound.if_below;
    }
    return truth(all);
  }

 private:
  // The only one, and surely in the window.
  bool is_meant(const Record& record) const {
    if (record.next != kNone || !chooses(ref_)) return false;
    if (!record.has_start) return ref_.window == kNone;
    return record.start.is_day() && surely_holds(window_, record.start.first_day);
  }

  // An exact number in the unit that is asked for.
  bool is_as_asked(const Record& record) const {
    if (!record.has_value || record.bound != Bound::exact) return false;
    if (ref_.of_predicted) return record.unit && record.unit->of_predicted;
    return !record.unit || (record.unit->identity && !record.unit->of_predicted);
  }

  // Nearly; not a number where the record has no such limit.
  static double number_of(const PlainComparison::Bound& bound, const Record& record, const Patient& patient) {
    using Of = PlainComparison::Bound::Of;
    if (bound.of == Of::one) return bound.nearly;
    constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
    if (record.details == kNone) return kNoNumber;
    const Details& details = patient.details[record.details];
    const auto& limit = bound.of == Of::upper_limit ? details.upper : details.lower;
    return limit ? bound.nearly * limit->nearly() : kNoNumber;
  }

  const PlainComparison& q_;
  const Ref& ref_;
  const ResolvedWindow& window_;
};

}  // namespace crit
