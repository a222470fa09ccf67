// Wide CSV: the columns are planned once, from the header; then each row fills the records of one patient.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/csv_plan.hpp"
#include "interpreter/read_value.hpp"

namespace crit {

namespace {

void fill(const CsvGroup& group, const CsvRow& row, RawRecord& raw) {
  raw.clear();
  for (const CsvGroup::Column& column : group.columns) {
    const std::string_view text = row.cells[column.cell];
    if (text.empty()) continue;
    if (column.field) {
      const bool says = read_padded_csv_cell(text, raw.cells[size_t(*column.field)]);
      raw.present |= uint32_t{says} << unsigned(*column.field);
    } else if (Cell cell; read_padded_csv_cell(text, cell)) {
      raw.attributes.push_back({column.attribute, cell});
    }
  }
}

// Those of the header. A row's own unit comes first.
void set_units(const CsvGroup& group, RawRecord& raw) {
  for (const CsvGroup::Column& column : group.columns) {
    const auto unit = column.unit_into;
    if (!column.unit.empty() && unit && raw.has(*column.field) &&
        raw[*column.field].kind == Cell::Kind::text && !raw.has(*unit))
      raw.set(*unit, {Cell::Kind::text, column.unit});
  }
}

bool is_yes_or_no_alone(const RawRecord& raw) {
  const Cell::Kind kind = raw[Field::value].kind;
  return raw.present == 1u << unsigned(Field::value) && raw.attributes.empty() &&
         (kind == Cell::Kind::yes || kind == Cell::Kind::no);
}

// The next line of the input where it is a row that is plain.
bool read_next_plain(Intake& in, Input& input, CsvPlan& plan, RawRecord& raw) {
  if (plan.steps.empty()) return false;
  std::string_view line = input.ahead();
  const size_t end = line.find('\n');
  if (end == line.npos || !read_plain_row(in, plan, line.substr(0, end), raw)) return false;
  input.skip(end + 1);
  return true;
}

}  // namespace

void add_group(Intake& in, const CsvGroup& group, RawRecord& raw, std::string_view where) {
  if (group.has_units) set_units(group, raw);
  const RecordPlace place{where, group.name};
  if (group.fact->lasts && is_yes_or_no_alone(raw))
    add_yes_or_no(in, *group.fact, raw[Field::value].kind == Cell::Kind::yes, place);
  else if (raw.present || !raw.attributes.empty())
    add_csv_record(in, *group.fact, raw, place);
}

bool read_any_row(Intake& in, const CsvPlan& plan, const CsvRow& row, RawRecord& raw) {
  const std::string& where = in.patient->where;
  const std::string problem = problem_of(row, plan.columns);
  if (row.cells.size() <= plan.patient) {
    in.broken({kNoFact, problem, where});
    return false;
  }
  set_part(in, PatientPart::patient, trimmed(row.cells[plan.patient]), where);
  if (!problem.empty()) {
    add_fault(in, kNoFact, problem, where);
    return true;
  }
  for (const CsvPlan::PartColumn& column : plan.parts)
    if (const auto cell = trimmed(row.cells[column.cell]); !cell.empty())
      set_part_of_cell(in, column.part, cell, where);
  for (const CsvGroup& group : plan.groups) {
    fill(group, row, raw);
    add_group(in, group, raw, where);
  }
  return true;
}

bool read_wide_csv(Intake& in, Input& input, const std::vector<std::string>& header) {
  CsvPlan plan = plan_columns(in, header);
  CsvRow row;
  RawRecord raw;
  std::string where = fmt::format("{}:", input.name());
  const size_t prefix = where.size();
  const auto begin = [&](uint64_t line) {
    where.resize(prefix);
    where += fmt::format_int(line).c_str();
    begin_patient(in, where);
  };
  for (;;) {
    begin(input.line());
    if (!read_next_plain(in, input, plan, raw)) {
      if (!next_row(input, kMaxPatientBytes, row)) return true;
      begin(row.line);
      if (!read_any_row(in, plan, row, raw)) continue;
    }
    if (!finish_patient(in)) return false;
  }
}

}  // namespace crit
