// Observations, and the components of panels, to results and answers.
#include <algorithm>

#include "interpreter/fhir_answers.hpp"
#include "interpreter/fhir_records_parts.hpp"

namespace crit {

namespace {

bool is_no_result(const FhirResource& o) {
  return is_one_of(o.status, {"registered", "cancelled", "entered-in-error"});
}

// What is not yet signed, or whose status nobody knows, leaves open what it would decide.
bool is_certain(const FhirResource& o) {
  return is_one_of(o.status, {"final", "amended", "corrected"});
}

constexpr std::string_view kUcum = "http://unitsofmeasure.org";

// The code where it is UCUM's, otherwise the words beside it. `(score)` is what some systems make of
// `{score}`.
std::string unit_of(const FhirQuantity& q) {
  std::string unit(q.code.empty() || (q.system != kUcum && !q.unit.empty()) ? q.unit : q.code);
  if (unit.size() > 2 && unit.front() == '(' && unit.back() == ')' &&
      unit.find_first_of("()/*.^", 1) == unit.size() - 1) {
    unit.front() = '{';
    unit.back() = '}';
  }
  return unit;
}

// One range for everybody; of several, some of them for others, nobody knows which is meant.
const FhirRange* range_of(const FhirResult& result) {
  const FhirRange* found = nullptr;
  for (const FhirRange& range : result.ranges) {
    if (!range.is_normal) continue;
    if (found || !range.for_all) return nullptr;
    found = &range;
  }
  return found;
}

struct Limits {
  std::string upper_unit, lower_unit;
  void set(NewRecord& made, const FhirResult& result) {
    const FhirRange* range = range_of(result);
    if (!range) return;
    if (range->high && !range->high->number.empty()) {
      made.set(Field::upper, range->high->number, Cell::Kind::number);
      made.set(Field::upper_unit, upper_unit = unit_of(*range->high));
    }
    if (range->low && !range->low->number.empty()) {
      made.set(Field::lower, range->low->number, Cell::Kind::number);
      made.set(Field::lower_unit, lower_unit = unit_of(*range->low));
    }
  }
};

// The key of a value that is no number: it must not be taken as if it were not there.
std::string_view unreadable_value(const FhirResult& result) {
  if (!result.other_value.empty()) return result.other_value;
  if (result.yes) return "valueBoolean";
  return result.answer.codings.empty() && result.answer.text.empty() ? "" : "valueCodeableConcept";
}

bool add_result(FhirReading& r, const FhirResource& o, const FhirResult& result, NamedFact* fact,
                std::string_view date) {
  NewRecord made;
  std::string value, unit;
  Limits limits;
  if (result.quantity && !result.quantity->number.empty()) {
    value = result.quantity->comparator;
    value += result.quantity->number;
    unit = unit_of(*result.quantity);
  } else {
    value = result.text.empty() ? unreadable_value(result) : result.text;
  }
  if (value.empty()) return false;
  made.set(Field::value, value);
  made.set(Field::unit, unit);
  made.set(Field::date, date);
  made.unconfirmed = !is_certain(o);
  made.has_modifier = result.has_modifier;
  limits.set(made, result);
  hold_record(r, o, fact, made);
  return true;
}

bool add_answer(FhirReading& r, const FhirResource& o, const FhirResult& result, NamedFact* fact,
                std::string_view date) {
  NewRecord made;
  std::string word;
  if (kind_of(*fact) == FactKind::choice) {
    const Fact& choice = *fact->readings.front().fact;
    made.unconfirmed = is_not_known(result) && !choice.values.empty();
    word = made.unconfirmed ? choice.values.front() : choice_of(result, choice);
    made.set(Field::value, word);
  } else if (is_not_known(result)) {
    made.says(true);
    made.unconfirmed = true;
  } else if (const auto yes = yes_or_no_of(result)) {
    made.says(*yes);
  } else {
    made.set(Field::value, word = words_of_answer(result));
  }
  if (made.parts.empty()) return false;
  made.unconfirmed |= !is_certain(o);
  made.has_modifier = result.has_modifier;
  made.set(Field::date, date);
  hold_record(r, o, fact, made);
  return true;
}

bool add_one(FhirReading& r, const FhirResource& o, const FhirResult& result, std::string_view date) {
  constexpr uint32_t kAsked = kinds({FactKind::measure, FactKind::choice, FactKind::flag});
  bool used = false;
  for (NamedFact* fact : facts_of(r, o, result.code, kAsked)) {
    if (fact->readings.front().is_age) continue;
    const bool is_measure = kind_of(*fact) == FactKind::measure;
    used |= is_measure ? add_result(r, o, result, fact, date) : add_answer(r, o, result, fact, date);
  }
  return used;
}

}  // namespace

FhirOutcome add_observation(FhirReading& r, const FhirResource& o) {
  if (o.is_of_other || is_no_result(o)) return {false, true};
  // What is collected over some time is there at its end.
  const std::string_view date = local_time(!o.when.empty() ? o.when : !o.end.empty() ? o.end : o.start);
  FhirOutcome outcome;
  if (has_value(o.result) || !o.result.interpretation.empty() || o.components.empty())
    outcome.used |= add_one(r, o, o.result, date);
  for (const FhirResult& component : o.components) outcome.used |= add_one(r, o, component, date);
  return outcome;
}

}  // namespace crit
