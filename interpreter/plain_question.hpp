// Questions about one result or answer, asked of many patients: what most of them answer in a few steps, a
// comparison in the processor's own numbers. Where they are not sure of an answer they have none.
#pragma once

#include <cmath>

#include "interpreter/evaluation.hpp"

namespace crit {

// The only record of what is asked for, if it is surely in the window; null: there are several, or perhaps
// none that is meant.
[[gnu::always_inline]] inline const Record* plainly_meant(const Patient& patient, const Ref& ref,
                                                          const ResolvedWindow& window) {
  const Record& record = patient.records[patient.first(ref.fact)];
  if (record.next != kNone || !chooses(ref)) return nullptr;
  const bool is_meant = record.has_start
                            ? record.start.is_day() && surely_holds(window, record.start.first_day)
                            : ref.window == kNone;
  return is_meant ? &record : nullptr;
}

// Yes or no, of patients who have a record.
class PlainAnswer {
 public:
  PlainAnswer(Evaluation& e, RefId ref)
      : ref_(e.model.refs[ref]),
        window_(window_of(e, ref_.window)),
        is_judgement_(e.model.fact(ref_.fact).kind == FactKind::judgement) {}

  bool is_of_all() const { return window_.by_screening; }

  [[gnu::always_inline]] std::optional<Truth> ask(const Patient& patient) const {
    const Record* const record = plainly_meant(patient, ref_, window_);
    if (!record || record->says == Says::value) return std::nullopt;
    if (is_judgement_ && !(record->signed_by && record->has_start)) return std::nullopt;
    return truth(record->says == Says::yes);
  }

 private:
  const Ref& ref_;
  const ResolvedWindow& window_;
  const bool is_judgement_;
};

class PlainQuestion {
 public:
  // Of the patient who is asked, or of all with the same day of screening where is_of_all().
  PlainQuestion(Evaluation& e, const PlainComparison& q)
      : q_(q), ref_(e.model.refs[q.ref]), window_(window_of(e, ref_.window)) {}

  bool is_of_all() const { return window_.by_screening; }

  [[gnu::always_inline]] std::optional<Truth> ask(const Patient& patient) const {
    if (patient.first(ref_.fact) == kNone)
      return ref_.formula == kNone ? std::optional(Truth::unknown) : std::nullopt;
    const Record* const meant = plainly_meant(patient, ref_, window_);
    if (!meant || !is_as_asked(*meant)) return std::nullopt;
    const Record& record = *meant;
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
