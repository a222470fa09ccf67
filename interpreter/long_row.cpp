// The columns by their names; a row to a part of the patient, or to a record of its fact.
#include "interpreter/long_row.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/read_csv_parts.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/stray_words.hpp"

namespace crit {

namespace {

bool lasts(const NamedFact& fact) {
  if (fact.readings.empty()) return false;
  const FactKind kind = fact.readings.front().fact->kind;
  return kind == FactKind::condition || kind == FactKind::drug;
}

void fill(const LongColumns& columns, std::span<const std::string_view> cells, RawRecord& raw) {
  raw.clear();
  for (const LongColumns::Column& column : columns.others) {
    const Cell cell = csv_cell(cells[column.cell]);
    if (cell.kind == Cell::Kind::nothing) continue;
    if (column.field)
      raw.set(*column.field, cell);
    else
      raw.attributes.push_back({column.name, cell});
  }
}

// Of a part of the patient the value alone is read. Another day beside it is not taken for the value: it may
// be the day on which that was written down.
void read_part(Intake& in, const LongColumns& columns, std::span<const std::string_view> cells,
               PatientPart part, std::string_view where) {
  std::string_view value;
  for (const LongColumns::Column& column : columns.others)
    if (column.field == Field::value) value = trimmed(cells[column.cell]);
  std::vector<std::string> others;
  for (const LongColumns::Column& column : columns.others) {
    const auto cell = trimmed(cells[column.cell]);
    const bool is_same_day = column.field == Field::date && cell == value;
    if (column.field == Field::value || cell.empty() || is_same_day) continue;
    others.push_back(column.name.empty() ? "the column without a name" : fmt::format("`{}`", column.name));
  }
  if (!value.empty()) set_part_of_cell(in, part, value, where);
  if (others.empty()) return;
  const bool lacks_day = value.empty() && (part == PatientPart::screening || part == PatientPart::death);
  add_fault(in, kNoFact,
            fmt::format("`{}`: {} the column `value`, and leave {} empty", name_of(part),
                        lacks_day ? "write the day into" : "write it into", fmt::join(others, ", ")),
            where);
}

}  // namespace

LongColumns long_columns(std::span<const std::string> header) {
  LongColumns made;
  for (size_t cell = 0; cell < header.size(); ++cell) {
    if (header[cell] == "patient")
      made.patient = cell;
    else if (header[cell] == "fact")
      made.fact = cell;
    else
      made.others.push_back({cell, csv_field_named(header[cell]), header[cell]});
  }
  const auto has = [&](Field f) {
    return std::ranges::find(made.others, f, &LongColumns::Column::field) != made.others.end();
  };
  made.date_is_start = has(Field::date) && has(Field::end) && !has(Field::start);
  return made;
}

void add_long_row(Intake& in, const LongColumns& columns, std::span<const std::string_view> cells,
                  const std::string& where, RawRecord& raw) {
  const std::string_view name = trimmed(cells[columns.fact]);
  if (const auto part = patient_part_named(name); part && *part != PatientPart::patient)
    return read_part(in, columns, cells, *part, where);
  fill(columns, cells, raw);
  if (std::ranges::find(raw.attributes, std::string_view(), &RawRecord::Named::name) != raw.attributes.end())
    return add_fault_of(in, named(in, name), std::string(kNamelessColumn), {where, name});
  if (!raw.present && raw.attributes.empty()) return;
  if (name.empty()) return add_fault(in, kNoFact, "this row names no fact", where);
  NamedFact& fact = named(in, name);
  if (columns.date_is_start && lasts(fact) && raw.has(Field::date)) {
    raw.set(Field::start, raw[Field::date]);
    raw.unset(Field::date);
  }
  // A day without a value is met as such; in wide CSV several values share a column of days.
  const bool is_empty = raw.has(Field::date) && !raw.has(Field::value) && !raw.has(Field::predicted);
  if (is_empty && !fact.readings.empty() && !fact.lasts) return add_record(in, fact, raw, {where, name});
  add_csv_record(in, fact, raw, {where, name});
}

}  // namespace crit
