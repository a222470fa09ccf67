// Long CSV: the text is held, each patient's rows are chained, and then one patient after the other is read.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "interpreter/read_csv_parts.hpp"
#include "interpreter/read_value.hpp"

namespace crit {

namespace {

static_assert(kMaxHeldBytes <= std::numeric_limits<uint32_t>::max());

struct Columns {
  size_t patient = 0, fact = 0;
  struct Column {
    size_t cell;
    std::optional<Field> field;
    std::string_view name;
  };
  std::vector<Column> others;
  // With a column for the end and none for the start, a condition or drug starts on its date, and an empty
  // end is no end.
  bool date_is_start = false;
};

bool lasts(const NamedFact& fact) {
  if (fact.readings.empty()) return false;
  const FactKind kind = fact.readings.front().fact->kind;
  return kind == FactKind::condition || kind == FactKind::drug;
}

Columns columns_of(const std::vector<std::string>& header) {
  Columns made;
  for (size_t cell = 0; cell < header.size(); ++cell) {
    if (header[cell] == "patient")
      made.patient = cell;
    else if (header[cell] == "fact")
      made.fact = cell;
    else
      made.others.push_back({cell, csv_field_named(header[cell]), header[cell]});
  }
  const auto has = [&](Field f) {
    return std::ranges::find(made.others, f, &Columns::Column::field) != made.others.end();
  };
  made.date_is_start = has(Field::date) && has(Field::end) && !has(Field::start);
  return made;
}

// A row, by its place in the text that is held.
struct RowPlace {
  uint32_t offset = 0, line = 0;
  uint32_t next = kNone;  // the patient's next row
};

struct Held {
  std::vector<RowPlace> rows;
  struct PatientRows {
    uint32_t first = kNone, last = kNone;
  };
  std::vector<PatientRows> patients;  // in the order of their first rows
};

// Chains the rows of each patient; a row that names none is told at once.
Held hold_rows(Intake& in, Input& input, std::string_view text, const Columns& columns, size_t width) {
  Held held;
  std::unordered_map<std::string, uint32_t> index;
  CsvRow row;
  while (next_row(input, kMaxPatientBytes, row)) {
    const size_t offset = text.size() - input.ahead().size() - row.bytes;
    const std::string_view id = columns.patient < row.cells.size() ? trimmed(row.cells[columns.patient]) : "";
    if (id.empty()) {
      std::string problem = problem_of(row, width);
      if (problem.empty()) problem = "the row names no patient";
      in.broken({kNoFact, std::move(problem), fmt::format("{}:{}", input.name(), row.line)});
      continue;
    }
    const auto [place, is_new] =
        index.try_emplace(std::string(id), static_cast<uint32_t>(held.patients.size()));
    if (is_new) held.patients.emplace_back();
    const auto number = static_cast<uint32_t>(held.rows.size());
    held.rows.push_back({static_cast<uint32_t>(offset), static_cast<uint32_t>(row.line), kNone});
    Held::PatientRows& rows = held.patients[place->second];
    (rows.first == kNone ? rows.first : held.rows[rows.last].next) = number;
    rows.last = number;
  }
  return held;
}

struct ReadRow {
  Intake& in;
  const Columns& columns;
  const std::string& where;
  CsvRow& row;
  RawRecord& raw;

  void operator()() const {
    const std::string_view name = trimmed(row.cells[columns.fact]);
    if (const auto part = patient_part_named(name); part && *part != PatientPart::patient)
      return read_part(*part);
    fill();
    if (!raw.present && raw.attributes.empty()) return;
    NamedFact& fact = named(in, name);
    if (columns.date_is_start && lasts(fact) && raw.has(Field::date)) {
      raw.set(Field::start, raw[Field::date]);
      raw.unset(Field::date);
    }
    add_csv_record(in, fact, raw, {where, name});
  }

  void read_part(PatientPart part) const {
    for (const Columns::Column& column : columns.others)
      if (column.field == Field::value)
        if (const auto cell = trimmed(row.cells[column.cell]); !cell.empty())
          set_part_of_cell(in, part, cell, where);
  }

  void fill() const {
    raw.clear();
    // The row's own memory is used again for the patient's next row.
    for (const uint32_t i : row.doubled) row.cells[i] = in.patient.keep(row.cells[i]);
    for (const Columns::Column& column : columns.others) {
      const Cell cell = csv_cell(row.cells[column.cell]);
      if (cell.kind == Cell::Kind::nothing) continue;
      if (column.field)
        raw.set(*column.field, cell);
      else
        raw.attributes.push_back({column.name, cell});
    }
  }
};

}  // namespace

bool read_long_csv(Intake& in, Input& input, const std::vector<std::string>& header) {
  const Columns columns = columns_of(header);
  const auto text = input.rest(kMaxHeldBytes);
  if (!text) {
    in.broken({kNoFact, "a CSV file with a row a record may have 1 GiB; split it by patients", input.name()});
    return true;
  }
  const Held held = hold_rows(in, input, *text, columns, header.size());
  CsvRow row;
  RawRecord raw;
  for (const Held::PatientRows& rows : held.patients) {
    begin_patient(in, fmt::format("{}:{}", input.name(), held.rows[rows.first].line));
    for (uint32_t number = rows.first; number != kNone; number = held.rows[number].next) {
      const RowPlace& place = held.rows[number];
      const std::string where = fmt::format("{}:{}", input.name(), place.line);
      split_row(text->substr(place.offset), true, row);
      if (number == rows.first)
        set_part(in, PatientPart::patient, trimmed(row.cells[columns.patient]), where);
      const std::string problem = problem_of(row, header.size());
      if (!problem.empty())
        add_fault(in, kNoFact, problem, where);
      else
        ReadRow{in, columns, where, row, raw}();
    }
    if (!finish_patient(in)) return false;
  }
  return true;
}

}  // namespace crit
