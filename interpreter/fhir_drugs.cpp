// Orders, statements and administrations of drugs, and vaccinations, to when a drug was taken and how much a
// day.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/fhir_records_parts.hpp"
#include "interpreter/read_value.hpp"
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

// An instruction and the days that it is for.
struct Instruction {
  const FhirDosage* dosage = nullptr;  // null where there are several that may be of the same days
  std::string start, end;
  bool goes_on = true;  // where it has no end
};

Instruction made_of(const FhirDosage& d) {
  return {&d, std::string(local_time(d.start)), std::string(local_time(d.end)), !d.has_other_bounds};
}

// The day before a whole day; empty: it is none.
std::string day_before(std::string_view text) {
  When day;
  std::string problem;
  return read_when(text, day, problem) && day.is_day() ? day_to_string(day.first_day - 1) : std::string();
}

// What is taken one after the other, each from a day to another, as a dose that is tapered: where two share a
// day, it is the later's. False where some may be of the same days.
bool take_turns(std::vector<Instruction>& all) {
  std::ranges::stable_sort(all, {}, &Instruction::start);
  for (size_t i = 0; i < all.size(); ++i) {
    const bool is_last = i + 1 == all.size();
    if (all[i].start.empty() || (!is_last && all[i].end.empty())) return false;
    if (is_last || all[i].end < all[i + 1].start) continue;
    if (all[i].end != all[i + 1].start) return false;
    all[i].end = day_before(all[i].end);
    if (all[i].end < all[i].start) return false;
  }
  return true;
}

std::vector<Instruction> instructions(const FhirResource& m) {
  std::vector<Instruction> all;
  for (const FhirDosage& d : m.dosages) all.push_back(made_of(d));
  if (all.size() == 1) return all;
  if (m.type == FhirType::medication_request && !all.empty() && !is_stopped(m) && take_turns(all)) return all;
  // Together they go on as long as one of them does.
  Instruction together;
  together.goes_on = all.empty() || std::ranges::any_of(all, [](const Instruction& one) {
                       return one.goes_on && one.end.empty();
                     });
  return {together};
}

// From when to when: by the period that is told, otherwise by that of the instruction, otherwise from the day
// of the order on. Of what has ended on a day that nobody told, only the first day is known.
void set_days(NewRecord& made, const FhirResource& m, Course course, const Instruction& by) {
  std::string_view start = local_time(m.start), end = local_time(m.end);
  if (start.empty()) start = local_time(m.when);
  if (m.type == FhirType::medication_request && by.dosage) {
    start = by.start;
    // What was broken off did not last as long as was planned.
    end = is_stopped(m) ? std::string_view() : by.end;
  } else if (end.empty() && !is_stopped(m)) {
    end = by.end;
  }
  const bool is_recorded_only = start.empty() && m.type == FhirType::medication_statement;
  if (start.empty()) start = local_time(m.recorded);
  if (!end.empty()) {
    made.set(Field::start, start);
    made.set(Field::end, end);
  } else if (course != Course::ended && by.goes_on) {
    made.set(Field::start, start);
    made.began_before = is_recorded_only && !start.empty();
  } else {
    made.set(Field::date, start);
  }
}

// What tells the drug in the resource itself: a Medication in it, or its own code.
const FhirResource& teller_of_drug(const FhirResource& m) {
  for (const FhirResource& inner : m.contained)
    if (inner.id == id_of_reference(m.medication) && !m.medication.empty()) return inner;
  return m;
}

}  // namespace

FhirOutcome add_drug(FhirReading& r, const FhirResource& m) {
  const Course course = course_of(m);
  if (course == Course::none) return {false, true};
  const bool by_reference = !m.medication.starts_with('#') && !m.medication.empty();
  std::vector<NamedFact*> facts = {nullptr};
  if (!by_reference) facts = facts_of(r, m, teller_of_drug(m).result.code, kinds({FactKind::drug}));
  for (const Instruction& by : instructions(m)) {
    NewRecord made;
    set_days(made, m, course, by);
    made.unconfirmed = course == Course::not_known;
    made.has_modifier = teller_of_drug(m).has_modifier;
    if (by_reference) made.medication = m.medication;
    // What is given once is no dose of every day; a dose of two drugs together is the dose of neither.
    const bool has_dose =
        by.dosage && facts.size() == 1 && !made.unconfirmed && m.type != FhirType::medication_administration;
    const auto dose = has_dose ? regular_dose(*by.dosage) : std::optional<RegularDose>();
    if (dose) {
      made.set(Field::dose, dose->dose);
      made.set(Field::unit, dose->unit);
    }
    for (NamedFact* fact : facts) hold_record(r, m, fact, made);
  }
  return {!facts.empty(), false};
}

FhirOutcome add_immunization(FhirReading& r, const FhirResource& m) {
  if (is_one_of(m.status, {"not-done", "entered-in-error"})) return {false, true};
  const auto facts = facts_of(r, m, m.result.code, kinds({FactKind::drug}));
  for (NamedFact* fact : facts) {
    NewRecord made;
    // Given on one day, and on no other.
    made.set(Field::start, local_time(m.when));
    made.set(Field::end, local_time(m.when));
    made.unconfirmed = !is_one_of(m.status, {"completed"});
    hold_record(r, m, fact, made);
  }
  return {!facts.empty(), false};
}

}  // namespace crit
