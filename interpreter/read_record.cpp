// A record under each reading of its name: to the reader of its fact's kind, then its attributes, and its
// faults.
#include "interpreter/read_record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/read_record_parts.hpp"
#include "interpreter/stray_words.hpp"

namespace crit {

namespace {

constexpr std::array<std::string_view, kFields> kFieldNames{
    "value", "dose",     "unit",     "date",      "start", "end", "uln",
    "lln",   "uln_unit", "lln_unit", "predicted", "lab",   "by",  "suspected"};

}  // namespace

uint32_t fields_of(FactKind kind) {
  using enum Field;
  switch (kind) {
    case FactKind::measure:
      return bits({value, unit, date, upper, lower, upper_unit, lower_unit, predicted, lab, by});
    case FactKind::condition:
    case FactKind::event:
      return bits({value, date, start, end, suspected});
    case FactKind::drug:
      return bits({value, dose, unit, date, start, end});
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

namespace {

bool add_by_kind(const AddingRecord& a) {
  switch (a.reading.kind) {
    case FactKind::measure:
      return add_result(a);
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
  return false;
}

[[gnu::cold]] void add_fault_of(Intake& in, const ReadingOfName& reading, std::string_view problem,
                                const RecordPlace& place, std::string_view field) {
  const bool whole = field.empty() || field == name_of(Field::value);
  add_fault(in, reading.id,
            fmt::format("`{}`{}{}: {}", place.name, whole ? "" : " ", whole ? "" : field, problem),
            where(place, field));
}

bool is_full(Intake& in, const ReadingOfName& reading, const RecordPlace& place) {
  if (in.patient->records.size() < kMaxRecords) return false;
  add_fault_of(in, reading, "a patient has at most 50,000 records", place, "");
  return true;
}

// What the kind does not take as a field may be an attribute of that name.
void add_attributes(const AddingRecord& a) {
  const uint32_t others = a.raw.present & ~a.reading.fields;
  if (!others && a.raw.attributes.empty()) return;
  Record& r = a.patient().records.back();
  for (size_t f = 0; f < kFields; ++f)
    if (others >> f & 1) add_attribute(a, r, {kFieldNames[f], a.raw.cells[f]});
  for (const RawRecord::Named& named : a.raw.attributes) add_attribute(a, r, named);
}

// The fault that is added is told and stops no trial.
template <typename AddFault>
void warn(Intake& in, AddFault add_fault) {
  auto& faults = in.patient->faults;
  const size_t before = faults.size();
  if (std::ranges::count(faults, true, &Fault::warns) >= std::ptrdiff_t{kMaxFaults}) return;
  add_fault();
  if (faults.size() > before) faults.back().warns = true;
}

// A result in a unit that says nothing of its measure is as good as none: only the reasons of who is decided
// by it would say so.
void warn_of_unit(Intake& in, const NamedFact& name, const RecordPlace& place) {
  if (name.readings.size() != 1 || in.patient->records.empty()) return;
  const ReadingOfName& reading = name.readings.front();
  const Record& last = in.patient->records.back();
  if (last.fact != reading.id || reading.kind != FactKind::measure || !last.unit || last.unit->convertible)
    return;
  warn(in, [&] {
    add_fault_of(in, reading,
                 fmt::format("`{}` does not convert to `{}`, and this result stays unknown: mend the unit",
                             last.unit->unit, reading.fact->unit_text),
                 place, name_of(Field::unit));
  });
}

// A record under a name that nothing can be read under. An answer to another trial is no mistake.
void refuse(Intake& in, const NamedFact& name, const RawRecord& raw, const RecordPlace& place) {
  if (name.refusal != kOtherTrial) return add_fault_of(in, name, name.refusal, place);
  const Cell::Kind kind = raw[Field::value].kind;
  const bool is_answer = raw.has(Field::value) && (kind == Cell::Kind::yes || kind == Cell::Kind::no) &&
                         (raw.present & ~bits({Field::value, Field::date, Field::by})) == 0 &&
                         raw.attributes.empty();
  if (!is_answer) return add_fault_of(in, name, kUndeclared, place);
  warn(in, [&] { add_fault_of(in, name, name.refusal, place); });
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

bool AddingRecord::fault(std::string_view field, std::string_view problem) const {
  add_fault_of(in, reading, problem, place, field);
  return false;
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
  if (!name.refusal.empty()) return refuse(in, name, raw, place);
  for (ReadingOfName& reading : name.readings) {
    if (!reading.is_usable) continue;
    const AddingRecord a{in, reading, raw, place};
    if (!is_full(in, reading, place) && add_by_kind(a)) add_attributes(a);
  }
  warn_of_unit(in, name, place);
}

void add_yes_or_no(Intake& in, const NamedFact& name, bool yes, const RecordPlace& place) {
  for (const ReadingOfName& reading : name.readings) {
    if (!yes)
      in.patient->deny(reading.id);
    else if (!is_full(in, reading, place))
      in.patient->add(reading.id, Says::yes);
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
