// Long CSV: the text is held, each patient's rows are chained, and then one patient after the other is read.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "interpreter/long_row.hpp"
#include "interpreter/read_csv_parts.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/read_value.hpp"

namespace crit {

namespace {

static_assert(kMaxHeldBytes <= std::numeric_limits<uint32_t>::max());

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
Held hold_rows(Intake& in, Input& input, std::string_view text, const LongColumns& columns, size_t width) {
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

void add_row(Intake& in, const LongColumns& columns, CsvRow& row, const std::string& where, RawRecord& raw) {
  // The row's own memory is used again for the patient's next row.
  for (const uint32_t i : row.doubled) row.cells[i] = in.patient.keep(row.cells[i]);
  add_long_row(in, columns, row.cells, where, raw);
}

}  // namespace

bool read_long_csv(Intake& in, Input& input, const std::vector<std::string>& header) {
  const LongColumns columns = long_columns(header);
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
        add_row(in, columns, row, where, raw);
    }
    add_fault_of_cut(in, input);
    if (!finish_patient(in)) return false;
  }
  return true;
}

}  // namespace crit
