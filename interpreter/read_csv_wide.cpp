// Wide CSV: the columns are planned once, from the header; then each row fills the records of one patient.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "interpreter/csv_plan.hpp"
#include "interpreter/read_record_parts.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/stray_words.hpp"

namespace crit {

namespace {

// The cells of a row that say something of a group, and what is wrong with them together.
struct Filling {
  Intake& in;
  const CsvGroup& group;
  const CsvRow& row;
  RawRecord& raw;
  std::array<const CsvGroup::Column*, kFields> by = {};  // who said it
  bool is_sound = true;

  void fault(const CsvGroup::Column& column, std::string_view words) {
    if (is_sound) add_fault_of(in, *group.fact, words, {in.patient->where, column.name});
    is_sound = false;
  }

  // In other words too: `10^9/L` and `10*9/L`, and `IU/L` where the measure says that it is `U/L`.
  bool is_same_unit(std::string_view a, std::string_view b) const {
    if (a == b) return true;
    const auto x = parse_unit(spelling_of_unit(in, a)), y = parse_unit(spelling_of_unit(in, b));
    return x && y && std::ranges::all_of(group.fact->readings, [&](const ReadingOfName& reading) {
             const auto scale = fact_conversion(*reading.fact, *x, *y);
             return scale && scale->factor == Rational(1) && scale->offset.is_zero();
           });
  }

  // A unit may be said by the header and by the row, and then it is one.
  void check_alone(const CsvGroup::Column& column, Field field, std::string_view text) {
    const CsvGroup::Column* const before = std::exchange(by[size_t(field)], &column);
    const bool is_unit = field != column.field || field == Field::unit;
    if (!before || (is_unit && is_same_unit(trimmed(raw[field].text), trimmed(text)))) return;
    fault(column, fmt::format("`{}` {}", before->name,
                              is_unit ? "says another unit: leave out the one that is wrong"
                                      : "is filled too, for the same thing: leave one of both empty"));
  }

  // A limit without a unit has that of its result. Told once, of the first of the results.
  void check_limits() {
    const auto is_filled = [&](size_t cell) { return !trimmed(row.cells[cell]).empty(); };
    const CsvGroup::Column* const own = by[size_t(Field::value)];
    const auto other = std::ranges::find_if(group.other_values, is_filled);
    if (!own || other == group.other_values.end()) return;
    for (const Field field : {Field::upper, Field::lower}) {
      const CsvGroup::Column* const limit = by[size_t(field)];
      if (!limit || !limit->unit.empty()) continue;
      if (own->cell < *other)
        fault(*limit,
              fmt::format("two results are given, and it is not said of which this is: {} with its unit",
                          kNameColumn));
      is_sound = false;
    }
  }

  // False where it is not said what is meant, which is told.
  bool fill() {
    raw.clear();
    const CsvGroup::Column* some = nullptr;
    for (const CsvGroup::Column& column : group.columns) {
      Cell cell;
      if (!read_padded_csv_cell(row.cells[column.cell], cell)) continue;
      some = &column;
      if (column.field) check_alone(column, *column.field, cell.text);
      if (column.has_unit_of(cell)) check_alone(column, *column.unit_into, column.unit);
      column.set(cell, raw);
    }
    if (some && !group.has_answer)
      fault(*some, fmt::format("this belongs to a value, and there is none: {} of the value `{}`",
                               kNameColumn, group.name));
    check_limits();
    return is_sound;
  }
};

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
  if (group.name.empty()) return std::string(kNamelessColumn);
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
    const size_t faults = in.patient->faults.size();
    if (Filling{in, group, row, raw}.fill())
      add_group(in, group, raw, where);
    else
      lay_to_header(in, group, faults);
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
