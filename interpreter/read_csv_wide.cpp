// Wide CSV: the columns are planned once, from the header; then each row fills the records of one patient.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/csv_plan.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/stray_words.hpp"

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
      raw.attributes.push_back({column.attribute, cell, column.unit});
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

// `ALT` of `ALT [U/L]`; empty: the header has the unit, or a column for it.
std::string column_without_unit(const CsvGroup& group) {
  std::string name;
  for (const CsvGroup::Column& column : group.columns) {
    const bool has_unit = column.unit_into == Field::unit && !column.unit.empty();
    if (has_unit || column.field == Field::unit) return {};
    if (column.field == Field::value) name = group.name;
    if (column.field == Field::dose) name = group.name + " dose";
  }
  return name;
}

// The words for what each patient has who has something in the group's columns; empty: it is the row's own.
std::string words_for_header(const CsvGroup& group, std::string_view message) {
  if (patient_part_named(group.name) && group.fact->readings.empty())
    return fmt::format("`{} {}`: {} `{}`", group.name, group.columns.front().attribute, kNameColumn,
                       group.name);
  const size_t needs = message.find(kNeedsUnit);
  const std::string column = needs == message.npos ? std::string() : column_without_unit(group);
  if (column.empty()) return {};
  const std::string_view unit = message.substr(needs + kNeedsUnit.size());
  return fmt::format("`{0}`: {1} `{0} [{2}]`, with its unit", column, kNameColumn,
                     unit.substr(0, unit.find('`')));
}

// `ALT [foo]`, where the header alone says the unit; empty: it does not.
std::string column_with_unit(const CsvGroup& group) {
  std::string name;
  for (const CsvGroup::Column& column : group.columns) {
    if (column.field == Field::unit) return {};
    if (column.unit_into == Field::unit && !column.unit.empty())
      name = fmt::format("{}{} [{}]", group.name, column.field == Field::dose ? " dose" : "", column.unit);
  }
  return name;
}

// What is wrong with a column's name stands in the first line, and is of all rows.
[[gnu::cold]] void lay_to_header(Intake& in, const CsvGroup& group, size_t first) {
  for (size_t i = first; i < in.patient->faults.size(); ++i) {
    Fault& fault = in.patient->faults[i];
    if (std::string words = words_for_header(group, fault.message); !words.empty())
      fault.message = std::move(words);
    const std::string of_unit = fmt::format("`{}` unit: ", group.name), column = column_with_unit(group);
    const bool has_unit = !column.empty() && fault.message.starts_with(of_unit);
    if (has_unit) {
      fault.message = fmt::format("`{}`: {}", column, fault.message.substr(of_unit.size()));
      if (!fault.warns) fault.message += fmt::format(": {} with the right one", kNameColumn);
    }
    if (has_unit || is_of_name(fault.message))
      fault.where = fault.where.substr(0, fault.where.rfind(':')) + ":1";
  }
}

}  // namespace

void add_group(Intake& in, const CsvGroup& group, RawRecord& raw, std::string_view where) {
  if (group.has_units) set_units(group, raw);
  const RecordPlace place{where, group.name};
  const size_t faults = in.patient->faults.size();
  if (group.fact->lasts && is_yes_or_no_alone(raw))
    add_yes_or_no(in, *group.fact, raw[Field::value].kind == Cell::Kind::yes, place);
  else if (raw.present || !raw.attributes.empty())
    add_csv_record(in, *group.fact, raw, place);
  if (in.patient->faults.size() > faults) lay_to_header(in, group, faults);
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
