// Orders, statements and administrations of drugs, and vaccinations, to when a drug was taken and how much a
// day.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/fhir_records_parts.hpp"
#include "interpreter/units.hpp"

namespace crit {

namespace {

// By the codes of HL7's TimingAbbreviation, of which some say the hours between two doses.
struct TimingRow {
  std::string_view code;
  Rational times;
  std::string_view per = "d";
};
const TimingRow kTimings[] = {
    {"QD", 1},      {"AM", 1},   {"PM", 1},  {"BED", 1}, {"BID", 2}, {"TID", 3}, {"QID", 4},
    {"Q1H", 24},    {"Q2H", 12}, {"Q3H", 8}, {"Q4H", 6}, {"Q6H", 4}, {"Q8H", 3}, {"QOD", Rational(1, 2)},
    {"WK", 1, "wk"}};

struct UnitRow {
  std::string_view unit;
  Rational number;
  std::string_view of;  // in these
};
// Not months and years: they have no number of days.
const UnitRow kPeriodUnits[] = {
    {"min", Rational(1, 1440), "d"}, {"h", Rational(1, 24), "d"}, {"d", 1, "d"}, {"wk", 1, "wk"}};

// Times in a number of days: of what is taken weekly a dose of one day has no end of digits.
struct Rhythm {
  Rational times;
  std::string_view per;  // as a unit
};

std::optional<Rhythm> rhythm_of(const FhirDosage& d) {
  if (d.frequency.empty() && d.period.empty()) {
    const auto row = std::ranges::find(kTimings, d.code, &TimingRow::code);
    if (row == std::end(kTimings)) return std::nullopt;
    return Rhythm{row->times, row->per};
  }
  const auto unit = std::ranges::find(kPeriodUnits, d.period_unit, &UnitRow::unit);
  const auto period = Rational::parse(d.period);
  const auto frequency = Rational::parse(d.frequency.empty() ? "1" : d.frequency);
  if (unit == std::end(kPeriodUnits) || !period || period->sign() <= 0 || !frequency) return std::nullopt;
  return Rhythm{*frequency / (*period * unit->number), unit->of};
}

struct RegularDose {
  std::string dose, unit;
};

// Of a plain instruction in a unit of mass, amount or activity. Tablets and puffs hold nobody knows what.
std::optional<RegularDose> regular_dose(const FhirDosage& d) {
  // Several times of a day that no frequency counts, or another one.
  if (d.times_of_day > 1 && d.frequency != std::to_string(d.times_of_day)) return std::nullopt;
  if (!d.is_plain || d.as_needed || !d.dose || !d.dose->comparator.empty()) return std::nullopt;
  const auto number = Rational::parse(d.dose->number);
  const auto often = rhythm_of(d);
  const std::string_view unit = d.dose->code.empty() ? d.dose->unit : d.dose->code;
  if (!number || number->sign() < 0 || !often || unit.empty() || unit.size() > kMaxNameBytes)
    return std::nullopt;
  const auto parsed = parse_unit(unit);
  if (!parsed || parsed->is_number()) return std::nullopt;
  const Decimal text = (*number * often->times).to_decimal();
  if (!text.exact) return std::nullopt;
  return RegularDose{text.text, fmt::format("{}/{}", unit, often->per)};
}

bool is_an_order(const FhirResource& m) {
  return !m.negated && !is_one_of(m.intent, {"proposal", "plan", "option"});
}

enum class Course { none, goes_on, ended, not_known };

Course course_of(const FhirResource& m) {
  const std::string_view s = m.status;
  if (m.type == FhirType::medication_administration)
    return is_one_of(s, {"completed", "in-progress", "on-hold", "stopped"}) ? Course::ended
           : is_one_of(s, {"not-done", "entered-in-error"})                 ? Course::none
                                                                            : Course::not_known;
  if (m.type == FhirType::medication_request && !is_an_order(m)) return Course::none;
  if (s == "active" || s == "recorded") return Course::goes_on;
  if (is_one_of(s, {"completed", "stopped", "on-hold"})) return Course::ended;
  const bool never = is_one_of(s, {"draft", "cancelled", "entered-in-error", "intended", "not-taken"});
  return never ? Course::none : Course::not_known;
}

bool is_stopped(const FhirResource& m) {
  return is_one_of(m.status, {"stopped", "on-hold"});
}

// From when to when: by the period that is told, otherwise by that of the instruction, otherwise from the day
// of the order on. Of what has ended on a day that nobody told, only the first day is known.
void set_days(NewRecord& made, const FhirResource& m, Course course, const FhirDosage* dosage) {
  std::string_view start = m.start, end = m.end;
  if (start.empty()) start = m.when;
  if (m.type == FhirType::medication_request && dosage) {
    start = dosage->start;
    // What was broken off did not last as long as was planned.
    end = is_stopped(m) ? std::string_view() : dosage->end;
  }
  const bool is_recorded_only = start.empty() && m.type == FhirType::medication_statement;
  if (start.empty()) start = m.recorded;
  start = local_time(start);
  end = local_time(end);
  const bool goes_on = course != Course::ended && std::ranges::none_of(m.dosages, [](const FhirDosage& d) {
                         return d.has_other_bounds || !d.end.empty();
                       });
  if (!end.empty()) {
    made.set(Field::start, start);
    made.set(Field::end, end);
  } else if (goes_on) {
    made.set(Field::start, start);
    made.began_before = is_recorded_only && !start.empty();
  } else {
    made.set(Field::date, start);
  }
}

// One instruction, or what is taken one after the other, each from a day to another: a dose that is tapered.
// Null where there are several that may be of the same days.
std::vector<const FhirDosage*> instructions(const FhirResource& m) {
  if (m.dosages.size() == 1) return {&m.dosages.front()};
  const bool in_turn =
      m.type == FhirType::medication_request && !m.dosages.empty() && !is_stopped(m) &&
      std::ranges::all_of(m.dosages, [](const FhirDosage& d) { return !d.start.empty() && !d.end.empty(); });
  std::vector<const FhirDosage*> all;
  for (const FhirDosage& d : m.dosages)
    if (in_turn) all.push_back(&d);
  if (all.empty()) all.push_back(nullptr);
  return all;
}

// The drug that is told in the resource itself.
const FhirConcept& drug_of(const FhirResource& m) {
  for (const FhirResource& inner : m.contained)
    if (inner.id == id_of_reference(m.medication) && !m.medication.empty()) return inner.result.code;
  return m.result.code;
}

}  // namespace

FhirOutcome add_drug(FhirReading& r, const FhirResource& m) {
  const Course course = course_of(m);
  if (course == Course::none) return {false, true};
  const bool by_reference = !m.medication.starts_with('#') && !m.medication.empty();
  std::vector<NamedFact*> facts = {nullptr};
  if (!by_reference) facts = facts_of(r, m, drug_of(m), kinds({FactKind::drug}));
  for (const FhirDosage* dosage : instructions(m)) {
    NewRecord made;
    set_days(made, m, course, dosage);
    made.unconfirmed = course == Course::not_known;
    if (by_reference) made.medication = m.medication;
    // What is given once is no dose of every day; a dose of two drugs together is the dose of neither.
    const bool has_dose =
        dosage && facts.size() == 1 && !made.unconfirmed && m.type != FhirType::medication_administration;
    const auto dose = has_dose ? regular_dose(*dosage) : std::optional<RegularDose>();
    if (dose) {
      made.set(Field::dose, dose->dose);
      made.set(Field::unit, dose->unit);
    }
    for (NamedFact* fact : facts) hold_record(r, m, fact, made);
  }
  return {!facts.empty(), false};
}

FhirOutcome add_immunization(FhirReading& r, const FhirResource& m) {
  if (m.status != "completed") return {false, true};
  const auto facts = facts_of(r, m, m.result.code, kinds({FactKind::drug}));
  for (NamedFact* fact : facts) {
    NewRecord made;
    // Given on one day, and on no other.
    made.set(Field::start, local_time(m.when));
    made.set(Field::end, local_time(m.when));
    hold_record(r, m, fact, made);
  }
  return {!facts.empty(), false};
}

}  // namespace crit
