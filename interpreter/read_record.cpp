// A record's fields, by its fact's kind, to a Record of the patient.
#include "interpreter/read_record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/read_value.hpp"

namespace crit {

namespace {

constexpr std::array<std::string_view, kFields> kFieldNames{
    "value", "dose",     "unit",     "date",      "start", "end", "uln",
    "lln",   "uln_unit", "lln_unit", "predicted", "lab",   "by"};

constexpr uint32_t bits(std::initializer_list<Field> fields) {
  uint32_t made = 0;
  for (const Field f : fields) made |= 1u << unsigned(f);
  return made;
}

// The fields that a kind takes; any other is an attribute or a mistake.
constexpr uint32_t fields_of(FactKind kind) {
  using enum Field;
  switch (kind) {
    case FactKind::measure:
      return bits({value, unit, date, upper, lower, upper_unit, lower_unit, predicted, lab});
    case FactKind::condition:
      return bits({value, date, start, end});
    case FactKind::drug:
      return bits({value, dose, unit, date, start, end});
    case FactKind::event:
      return bits({value, date, start, end});
    case FactKind::flag:
      return bits({value, date});
    case FactKind::choice:
      return bits({value, date});
    case FactKind::judgement:
      return bits({value, date, by});
    case FactKind::date:
      return bits({value});
  }
  return 0;
}

bool is_number(const Cell& c) {
  return c.kind == Cell::Kind::number || c.kind == Cell::Kind::text;
}

// The unit of a cell; nullptr where it cannot be read, which is a fault.
const Conversion* unit_of(const AddingRecord& a, Field field, const Cell& c) {
  for (auto& memo : a.reading.units)
    if (memo.unit && memo.text == c.text) return memo.unit;
  if (c.kind != Cell::Kind::text || c.text.empty() || c.text.size() > kMaxNameBytes) {
    a.fault(field, "a unit is a text, such as `U/L`");
    return nullptr;
  }
  if (a.in.schema.conversions.size() >= kMaxUnits) {
    a.fault(field, "this run has had 10,000 different units: there can be no more");
    return nullptr;
  }
  const Conversion* unit = conversion_of(a.in.schema, a.fact().id, c.text);
  if (!unit) {
    const auto near = nearest_unit(c.text);
    a.fault(field, near ? fmt::format("this is not a known unit: did you mean `{}`?", *near)
                        : "this is not a known unit");
    return nullptr;
  }
  std::swap(a.reading.units[0], a.reading.units[1]);
  a.reading.units[0] = {std::string(c.text), unit};
  return unit;
}

bool read_when_cell(const AddingRecord& a, Field field, When& into, bool& given) {
  const Cell* c = a.cell(field);
  if (!c) return false;
  std::string problem = "a date is a text: YYYY-MM-DD, YYYY-MM or YYYY";
  const auto when = is_number(*c) ? read_when(c->text, problem) : std::nullopt;
  if (!when) {
    a.fault(field, problem);
    return false;
  }
  into = *when;
  given = true;
  return true;
}

bool ends_before_start(const When& start, const When& end) {
  if (end.last_day != start.first_day) return end.last_day < start.first_day;
  return start.has_time() && end.has_time() && end.minute < start.minute;
}

void read_dates(const AddingRecord& a, Record& r) {
  const bool on = read_when_cell(a, Field::date, r.start, r.has_start);
  if (on && a.cell(Field::start)) return a.fault(Field::date, "a record has a `date` or a `start`, not both");
  read_when_cell(a, Field::start, r.start, r.has_start);
  const bool ended = read_when_cell(a, Field::end, r.end, r.has_end);
  if (on && !ended && !a.cell(Field::end)) {
    r.end = r.start;
    r.has_end = r.single = true;
  }
  if (r.has_start && r.has_end && ends_before_start(r.start, r.end))
    a.fault(Field::end, "this is before the start");
}

std::optional<Rational> number_in(const AddingRecord& a, Field field) {
  const Cell* c = a.cell(field);
  if (!c) return std::nullopt;
  std::string problem = "this is not a number";
  auto number = is_number(*c) ? read_number(c->text, problem) : std::nullopt;
  if (!number) a.fault(field, problem);
  return number;
}

// A reference limit, in the result's unit.
std::optional<Rational> limit_in(const AddingRecord& a, Field field, Field unit_field, const Record& r) {
  auto limit = number_in(a, field);
  const Cell* c = a.cell(unit_field);
  if (!limit || !c) return limit;
  const Conversion* unit = unit_of(a, unit_field, *c);
  if (!unit || unit == r.unit) return limit;
  const Unit own = r.unit ? r.unit->parsed : Unit{};
  const auto scale = fact_conversion(a.fact(), unit->parsed, own);
  if (!scale) {
    a.fault(field, "this unit cannot be converted to the result's");
    return std::nullopt;
  }
  return (*scale)(*limit);
}

void read_limits(const AddingRecord& a, Record& r) {
  constexpr uint32_t any = bits({Field::upper, Field::lower, Field::predicted, Field::lab});
  if (!(a.raw.present & any)) return;
  Details& details = a.in.patient.details_of(r);
  details.upper = limit_in(a, Field::upper, Field::upper_unit, r);
  details.lower = limit_in(a, Field::lower, Field::lower_unit, r);
  if (const Cell* lab = a.cell(Field::lab)) {
    if (lab->kind == Cell::Kind::nested) a.fault(Field::lab, "the laboratory is a text");
    details.lab = lab->text;
  }
  if (!a.cell(Field::predicted)) return;
  if (!a.fact().percent_of_predicted) return a.fault(Field::predicted, "this measure has no predicted value");
  if (a.cell(Field::value)) details.predicted = number_in(a, Field::predicted);
}

bool needs_unit(const Fact& fact) {
  return !(fact.unit.is_number() && fact.unit.factor == 1);
}

void read_result_unit(const AddingRecord& a, Record& r) {
  if (const Cell* unit = a.cell(Field::unit))
    r.unit = unit_of(a, Field::unit, *unit);
  else if (!a.cell(Field::value))
    r.unit = unit_of(a, Field::predicted, Cell{Cell::Kind::text, "%"});
  else if (needs_unit(a.fact()))
    a.fault(Field::unit, fmt::format("a result needs its unit, such as `{}`", a.fact().unit_text));
}

void add_measure(const AddingRecord& a) {
  if (a.fact().standard && a.fact().name == "age")
    return a.fault("", "age is reckoned from `birth_date`: give that");
  const Field field = a.cell(Field::value) ? Field::value : Field::predicted;
  const Cell* c = a.cell(field);
  if (!c) {
    if (!a.raw.has(Field::value)) a.fault(Field::value, "the value is missing");
    return;
  }
  if (!is_number(*c)) return a.fault(field, "a result is a number");
  std::string problem;
  const auto result = read_bounded(trimmed(c->text), problem);
  if (!result) return a.fault(field, problem);
  Record& r = a.in.patient.add(a.fact().id);
  r.says = Says::value;
  r.has_value = true;
  r.value = result->number;
  r.bound = result->bound;
  read_result_unit(a, r);
  read_dates(a, r);
  read_limits(a, r);
}

// Yes, no, or nothing said (then a record is a yes).
std::optional<Says> read_yes_no(const AddingRecord& a, const Cell& c) {
  if (c.kind == Cell::Kind::yes) return Says::yes;
  if (c.kind == Cell::Kind::no) return Says::no;
  a.fault(Field::value, "this is neither yes nor no");
  return std::nullopt;
}

void read_dose(const AddingRecord& a, Record& r, Field field) {
  const auto dose = number_in(a, field);
  if (!dose) return;
  if (dose->sign() < 0) return a.fault(field, "a dose is not below 0");
  r.value = *dose;
  r.has_value = true;
  if (const Cell* unit = a.cell(Field::unit))
    r.unit = unit_of(a, Field::unit, *unit);
  else
    a.fault(Field::unit, "a dose needs its unit, such as `mg/day`");
}

// A condition, a drug or an event.
void add_lasting(const AddingRecord& a) {
  const bool is_drug = a.fact().kind == FactKind::drug;
  const Cell* value = a.cell(Field::value);
  // `null` alone, or a value of null with nothing else, says nothing.
  if (a.raw.has(Field::value) && !value && !a.cell(Field::date) && !a.cell(Field::start) &&
      !a.cell(Field::end))
    return;
  const bool value_is_dose = is_drug && value && is_number(*value);
  Says says = Says::yes;
  if (value && !value_is_dose) {
    const auto said = read_yes_no(a, *value);
    if (!said) return;
    says = *said;
  }
  Record& r = a.in.patient.add(a.fact().id);
  r.says = says;
  a.in.patient.denials |= says == Says::no;
  read_dates(a, r);
  if (value_is_dose && a.cell(Field::dose))
    a.fault(Field::dose, "a record has one dose");
  else if (value_is_dose || (is_drug && a.cell(Field::dose)))
    read_dose(a, r, value_is_dose ? Field::value : Field::dose);
}

// A flag, a judgement or a choice: the answer, and when it was given.
void add_answer(const AddingRecord& a) {
  const Cell* value = a.cell(Field::value);
  if (!value) {
    if (!a.raw.has(Field::value)) a.fault(Field::value, "the answer is missing");
    return;
  }
  const Fact& fact = a.fact();
  Says says = Says::value;
  uint32_t word = kNone;
  if (fact.kind == FactKind::choice) {
    const auto index = value_index(fact, value->text);
    if (!index)
      return a.fault(Field::value, fmt::format("the answer is one of {}", fmt::join(fact.values, ", ")));
    word = *index;
  } else {
    const auto said = read_yes_no(a, *value);
    if (!said) return;
    says = *said;
  }
  Record& r = a.in.patient.add(fact.id);
  r.says = says;
  r.word = word;
  read_dates(a, r);
  const Cell* by = a.cell(Field::by);
  if (!by) return;
  if (by->kind == Cell::Kind::nested) return a.fault(Field::by, "the name of who judged is a text");
  r.signed_by = !trimmed(by->text).empty();
  a.in.patient.details_of(r).by = by->text;
}

void add_date(const AddingRecord& a) {
  When when;
  bool given = false;
  if (!read_when_cell(a, Field::value, when, given)) {
    if (!a.raw.has(Field::value)) a.fault(Field::value, "the date is missing");
    return;
  }
  if (a.in.patient.first(a.fact().id) != kNone) return a.fault("", "this date is here twice");
  Record& r = a.in.patient.add(a.fact().id);
  r.says = Says::value;
  r.start = r.end = when;
  r.has_start = r.has_end = r.single = true;
}

void add_by_kind(const AddingRecord& a) {
  switch (a.fact().kind) {
    case FactKind::measure:
      return add_measure(a);
    case FactKind::condition:
    case FactKind::drug:
    case FactKind::event:
      return add_lasting(a);
    case FactKind::flag:
    case FactKind::judgement:
    case FactKind::choice:
      return add_answer(a);
    case FactKind::date:
      return add_date(a);
  }
}

// What the kind does not take as a field may be an attribute of that name.
void add_attributes(const AddingRecord& a) {
  const uint32_t others = a.raw.present & ~fields_of(a.fact().kind);
  if (!others && a.raw.attributes.empty()) return;
  Record& r = a.in.patient.records.back();
  for (size_t f = 0; f < kFields; ++f)
    if (others >> f & 1) add_attribute(a, r, kFieldNames[f], a.raw.cells[f]);
  for (const RawRecord::Named& named : a.raw.attributes) add_attribute(a, r, named.name, named.cell);
}

}  // namespace

std::string_view name_of(Field f) {
  return kFieldNames[size_t(f)];
}

std::optional<Field> field_named(std::string_view name) {
  const auto found = std::ranges::find(kFieldNames, name);
  if (found == kFieldNames.end()) return std::nullopt;
  return static_cast<Field>(found - kFieldNames.begin());
}

void AddingRecord::fault(std::string_view field, std::string_view problem) const {
  const bool whole = field.empty() || field == name_of(Field::value);
  add_fault(in, reading.fact->id,
            fmt::format("`{}`{}{}: {}", place.name, whole ? "" : " ", whole ? "" : field, problem),
            where(place, field));
}

std::string where(const RecordPlace& place, std::string_view field) {
  std::string made(place.patient);
  if (!place.is_path) return made;
  made += made.ends_with(']') ? "." : ": ";
  made += fmt::format("facts.{}", place.name);
  if (place.index >= 0) made += fmt::format("[{}]", place.index);
  if (!field.empty()) made += fmt::format(".{}", field);
  return made;
}

void add_record(Intake& in, NamedFact& name, const RawRecord& raw, const RecordPlace& place) {
  if (name.readings.empty()) return add_fault_of(in, name, name.unknown, place);
  for (ReadingOfName& reading : name.readings) {
    if (reading.fact->broken) continue;
    const AddingRecord a{in, reading, raw, place};
    const size_t before = in.patient.records.size();
    if (before >= kMaxRecords) return a.fault("", "a patient has at most 50,000 records");
    add_by_kind(a);
    if (in.patient.records.size() > before) add_attributes(a);
  }
}

void add_fault_of(Intake& in, const NamedFact& name, std::string_view problem, const RecordPlace& place,
                  std::string_view field) {
  const std::string message = fmt::format("`{}`: {}", place.name, problem);
  if (name.readings.empty()) add_fault(in, kNoFact, message, where(place, field));
  for (const ReadingOfName& reading : name.readings)
    add_fault(in, reading.fact->id, message, where(place, field));
}

}  // namespace crit
