// Questions about one result, answer or record, asked of many patients: what most of them answer in a few
// steps, a comparison in the processor's own numbers. Where they are not sure of an answer they have none.
#pragma once

#include <cmath>

#include "interpreter/evaluation.hpp"

namespace crit {

// What a quick question comes to, in bits that are gathered without asking which it is. Open: it is not sure.
enum class Quick : uint8_t { unknown = 0, no = 1, yes = 2, open = 4 };
inline Quick quick(bool holds) {
  return Quick(1 + holds);
}
inline Quick quick(Truth truth) {
  return truth == Truth::unknown ? Quick::unknown : quick(truth == Truth::yes);
}
inline Truth truth_of(Quick said) {
  return said == Quick::yes ? Truth::yes : said == Quick::no ? Truth::no : Truth::unknown;
}
// Those of many patients, by their places.
struct QuickTruths {
  Truths truths;
  Places open = 0;

  void set(uint32_t place, Quick said) {
    const Places bits = Places{uint8_t(said)};
    truths.no |= (bits & 1) << place;
    truths.yes |= (bits >> 1 & 1) << place;
    open |= bits >> 2 << place;
  }
};

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

// What is asked of one result or answer: of the patient who is asked, or of all with the same day of
// screening where is_of_all().
class PlainOfOne {
 public:
  bool is_of_all() const { return window_.by_screening; }

 protected:
  PlainOfOne(Evaluation& e, RefId ref) : ref_(e.model.refs[ref]), window_(window_of(e, ref_.window)) {}

  const Ref& ref_;
  const ResolvedWindow& window_;
};

// Yes or no, of patients who have a record.
class PlainAnswer : public PlainOfOne {
 public:
  PlainAnswer(Evaluation& e, RefId ref)
      : PlainOfOne(e, ref), is_judgement_(e.model.fact(ref_.fact).kind == FactKind::judgement) {}

  [[gnu::always_inline]] Quick ask(const Patient& patient) const {
    const Record* const record = plainly_meant(patient, ref_, window_);
    if (!record || record->says == Says::value || record->is_for_one_trial()) return Quick::open;
    if (is_judgement_ && !(record->signed_by && record->has_start)) return Quick::open;
    return quick(record->says == Says::yes);
  }

 private:
  const bool is_judgement_;
};

// Which of a choice's values, of patients who have a record.
class PlainChoice : public PlainOfOne {
 public:
  PlainChoice(Evaluation& e, const OneOf& q) : PlainOfOne(e, q.ref), q_(q) {}

  [[gnu::always_inline]] Quick ask(const Patient& patient) const {
    const Record* const record = plainly_meant(patient, ref_, window_);
    if (!record) return Quick::open;
    if (record->word >= 64 || q_.maybe >> record->word & 1) return Quick::unknown;
    return quick(q_.values >> record->word & 1);
  }

 private:
  const OneOf& q_;
};

// Bounds of a result.
class PlainQuestion : public PlainOfOne {
 public:
  PlainQuestion(Evaluation& e, const PlainComparison& q) : PlainOfOne(e, q.ref), q_(q) {}

  [[gnu::always_inline]] Quick ask(const Patient& patient) const {
    if (patient.first(ref_.fact) == kNone) return ref_.formula == kNone ? Quick::unknown : Quick::open;
    const Record* const meant = plainly_meant(patient, ref_, window_);
    if (!meant || !is_as_asked(*meant)) return Quick::open;
    const Record& record = *meant;
    const double result = number_in_unit(record);
    if (!(q_.surely_above < result && result < q_.surely_below)) return Quick::open;
    bool all = true;
    for (const PlainComparison::Bound& bound : q_.bounds) {
      const double number = number_of(bound, record, patient), above = result - number;
      if (!(std::abs(above) > kClose * std::abs(number))) return Quick::open;
      all &= above > 0 ? bound.if_above : bound.if_below;
    }
    return quick(all);
  }

 private:
  // An exact number in the unit that is asked for, or in a multiple of it.
  bool is_as_asked(const Record& record) const {
    if (!record.has_value || record.bound != Bound::exact) return false;
    if (ref_.of_predicted) return record.unit && record.unit->of_predicted;
    return !record.unit || (!record.unit->of_predicted && record.unit->convertible &&
                            (record.unit->identity || record.unit->scale.offset.is_zero()));
  }

  double number_in_unit(const Record& record) const {
    const double written = record.value.nearly();
    const bool is_kept = ref_.of_predicted || !record.unit || record.unit->identity;
    return is_kept ? written : written * record.unit->scale.factor.nearly();
  }

  // Nearly; not a number where the record has no such limit, or that would have to be converted.
  static double number_of(const PlainComparison::Bound& bound, const Record& record, const Patient& patient) {
    using Of = PlainComparison::Bound::Of;
    if (bound.of == Of::one) return bound.nearly;
    constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
    if (record.details == kNone || (record.unit && !record.unit->identity)) return kNoNumber;
    const Details& details = patient.details[record.details];
    const auto& limit = bound.of == Of::upper_limit ? details.upper : details.lower;
    return limit ? bound.nearly * limit->nearly() : kNoNumber;
  }

  const PlainComparison& q_;
};

}  // namespace crit
