// Comparisons of doses, and stable doses, to what is the same for all patients of a batch.
#include "interpreter/plain_drug.hpp"

#include <cmath>
#include <limits>

namespace crit {

PlainCourse PlainCourse::of(const Patient& patient, const Class& drug, Tick from) {
  PlainCourse found;
  drug.set.for_each_in(patient.recorded(), [&](FactId fact, uint32_t rank) {
    const uint32_t place = drug.places[rank];
    const Record& record = patient.records[patient.first(fact)];
    const bool goes_on = record.has_start && record.start.is_day() && !record.has_end &&
                         !drug.members[place].acute && record.start.first_day <= from;
    const bool is_plain = record.next == kNone && record.says == Says::yes && goes_on;
    found = {&record, place, found.record || !is_plain};
    return found.open;
  });
  for (const FactId ancestor : drug.ancestors) found.open |= patient.first(ancestor) != kNone;
  found.open |= found.record && is_denied_plainly(patient, drug);
  return found;
}

std::optional<PlainDose> PlainDose::of(Evaluation& e, const Compare& q) {
  if (q.count != 2 || q.each != Compare::Each::none) return std::nullopt;
  const auto* left = std::get_if<DoseValue>(&e.model.values[q.values[0]].what);
  const auto* dose = left ? left : std::get_if<DoseValue>(&e.model.values[q.values[1]].what);
  const auto* bound = std::get_if<Literal>(&e.model.values[q.values[left ? 1 : 0]].what);
  const bool is_of_steady_days = dose && (dose->over == Selector::highest || dose->over == Selector::lowest);
  if (!is_of_steady_days || !bound) return std::nullopt;
  const ResolvedWindow& window = window_of(e, dose->window);
  if (!is_of_certain_days(window) || window.sure_from == kLongAgo || window.sure_to == kFarAhead)
    return std::nullopt;
  const CompareOp op = left ? q.ops[0] : turned(q.ops[0]);
  PlainDose made;
  made.dose_ = dose;
  made.class_ = &e.model.classes[dose->of];
  made.window_ = &window;
  made.bound_ = bound->number.nearly();
  made.if_below_ = compare(Rational(0), op, Rational(1)) == Truth::yes;
  made.if_above_ = compare(Rational(1), op, Rational(0)) == Truth::yes;
  return made;
}

double PlainDose::factor(const PlainCourse& course) const {
  const Conversion* const unit = course.record->unit;
  if (unit != last_unit_ || course.place != last_place_) {
    const auto found = factor_of_dose(*dose_, course.place, *unit);
    last_unit_ = unit;
    last_place_ = course.place;
    last_factor_ = found ? found->nearly() : std::numeric_limits<double>::quiet_NaN();
  }
  return last_factor_;
}

Quick PlainDose::ask(const Patient& patient) const {
  const PlainCourse course = PlainCourse::of(patient, *class_, window_->sure_from);
  if (course.open) return Quick::open;
  double dose = 0;
  if (course.record) {
    const Record& record = *course.record;
    if (!record.has_value || !record.unit || record.bound != Bound::exact) return Quick::open;
    dose = record.value.nearly() * factor(course);
  }
  const double above = dose - bound_;
  if (!(std::abs(above) > kClose * std::abs(bound_))) return Quick::open;
  // Where something may be missing it is so much at least.
  const bool is_closed =
      window_->up_to_screening && (patient.is_complete(class_->part) || is_denied_plainly(patient, *class_));
  if (above > 0) return quick(if_above_);
  return is_closed ? quick(if_below_) : Quick::unknown;
}

std::optional<PlainStable> PlainStable::of(Evaluation& e, const StableDose& q) {
  if (q.anchor.kind != AnchorSpec::Kind::screening || is_clock(q.duration)) return std::nullopt;
  const auto stretch = spanned(q.duration, Side::before, *e.patient.screening, false, nullptr);
  if (!stretch || stretch->from.first != stretch->from.last) return std::nullopt;
  PlainStable made;
  made.class_ = &e.model.classes[q.of];
  made.from_ = stretch->from.first;
  return made;
}

Quick PlainStable::ask(const Patient& patient) const {
  const PlainCourse course = PlainCourse::of(patient, *class_, from_);
  if (course.open || !course.record || !course.record->has_value) return Quick::open;
  // One that is not recorded may not be stable.
  const bool is_all = class_->members.size() == 1 || patient.is_complete(class_->part);
  return is_all ? Quick::yes : Quick::unknown;
}

}  // namespace crit
