// Orders, statements and administrations of drugs, and vaccinations, to when a drug was taken and how much a
// day.
#include <algorithm>

#include "interpreter/fhir_records_parts.hpp"
#include "interpreter/units.hpp"

namespace crit {

namespace {

// Times a day by the codes of HL7's TimingAbbreviation, hours between two doses by those that say hours.
struct TimingRow {
  std::string_view code;
  Rational a_day;
};
const TimingRow kTimings[] = {{"QD", 1},
                              {"AM", 1},
                              {"PM", 1},
                              {"BED", 1},
                              {"BID", 2},
                              {"TID", 3},
                              {"QID", 4},
                              {"Q1H", 24},
                              {"Q2H", 12},
                              {"Q3H", 8},
                              {"Q4H", 6},
                              {"Q6H", 4},
                              {"Q8H", 3},
                              {"QOD", Rational(1, 2)},
                              {"WK", Rational(1, 7)}};

struct UnitRow {
  std::string_view unit;
  Rational days;
};
// Not months and years: they have no number of days.
const UnitRow kPeriodUnits[] = {{"min", Rational(1, 1440)}, {"h", Rational(1, 24)}, {"d", 1}, {"wk", 7}};

std::optional<Rational> times_a_day(const FhirDosage& d) {
  if (d.frequency.empty() && d.period.empty()) {
    const auto row = std::ranges::find(kTimings, d.code, &TimingRow::code);
    if (row == std::end(kTimings)) return std::nullopt;
    return row->a_day;
  }
  const auto unit = std::ranges::find(kPeriodUnits, d.period_unit, &UnitRow::unit);
  const auto period = Rational::parse(d.period);
  const auto frequency = Rational::parse(d.frequency.empty() ? "1" : d.frequency);
  if (unit == std::end(kPeriodUnits) || !period || period->sign() <= 0 || !frequency) return std::nullopt;
  return *frequency / (*period * unit->days);
}

struct DailyDose {
  std::string dose, unit;
};

// Of one plain instruction in a unit of mass, amount or activity. Tablets and puffs hold nobody knows what.
std::optional<DailyDose> daily_dose(const FhirResource& m) {
  if (m.dosages.size() != 1) return std::nullopt;
  const FhirDosage& d = m.dosages.front();
  // Several times of a day that no frequency counts, or another one.
  if (d.times_of_day > 1 && d.frequency != std::to_string(d.times_of_day)) return std::nullopt;
  if (!d.is_plain || d.as_needed || !d.dose || !d.dose->comparator.empty()) return std::nullopt;
  const auto number = Rational::parse(d.dose->number);
  const auto often = times_a_day(d);
  const std::string_view unit = d.dose->code.empty() ? d.dose->unit : d.dose->code;
  if (!number || number->sign() < 0 || !often || unit.empty() || unit.size() > kMaxNameBytes)
    return std::nullopt;
  const auto parsed = parse_unit(unit);
  if (!parsed || parsed->is_number()) return std::nullopt;
  const Decimal text = (*number * *often).to_decimal();
  if (!text.exact) return std::nullopt;
  return DailyDose{text.text, std::string(unit) + "/d"};
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

// From when to when: by the period that is told, otherwise by that of the instruction, otherwise from the day
// of the order on. Of what has ended on a day that nobody told, only the first day is known.
void set_days(NewRecord& made, const FhirResource& m, Course course) {
  std::string_view start = m.start, end = m.end;
  if (start.empty()) start = m.when;
  if (m.type == FhirType::medication_request && m.dosages.size() == 1) {
    start = m.dosages.front().start;
    // What was broken off did not last as long as was planned.
    end = is_one_of(m.status, {"stopped", "on-hold"}) ? std::string_view() : m.dosages.front().end;
  }
  const bool is_recorded_only = start.empty() && m.type == FhirType::medication_statement;
  if (start.empty()) start = m.recorded;
  start = local_time(start);
  end = local_time(end);
  if (!end.empty()) {
    made.set(Field::start, start);
    made.set(Field::end, end);
  } else if (course != Course::ended) {
    made.set(Field::start, start);
    made.began_before = is_recorded_only && !start.empty();
  } else {
    made.set(Field::date, start);
  }
}

}  // namespace

FhirOutcome add_drug(FhirReading& r, const FhirResource& m) {
  const Course course = course_of(m);
  if (course == Course::none) return {false, true};
  NewRecord made;
  set_days(made, m, course);
  made.unconfirmed = course == Course::not_known;
  // What is given once is no dose of every day.
  const auto dose = m.type == FhirType::medication_administration || made.unconfirmed
                        ? std::optional<DailyDose>()
                        : daily_dose(m);
  if (dose) {
    made.set(Field::dose, dose->dose);
    made.set(Field::unit, dose->unit);
  }
  if (!m.medication.starts_with('#') && !m.medication.empty()) {
    made.medication = m.medication;
    hold_record(r, m, nullptr, made);
    return {true, false};
  }
  const FhirConcept* drug = &m.result.code;
  for (const FhirResource& inner : m.contained)
    if (inner.id == id_of_reference(m.medication) && !m.medication.empty()) drug = &inner.result.code;
  const auto facts = facts_of(r, m, *drug, kinds({FactKind::drug}));
  for (NamedFact* fact : facts) {
    // A dose of two drugs together is the dose of neither.
    if (facts.size() > 1 && dose)
      std::erase_if(made.parts, [](const NewRecord::Part& part) {
        return part.place == uint8_t(Field::dose) || part.place == uint8_t(Field::unit);
      });
    hold_record(r, m, fact, made);
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
