// Wide CSV: the columns are planned once, from the header; then each row fills the records of one patient.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/read_csv_parts.hpp"
#include "interpreter/read_value.hpp"

namespace crit {

namespace {

// The columns of one record: `ALT [U/L]`, `ALT ULN`, `ALT date`.
struct Group {
  NamedFact* fact = nullptr;
  std::string name;
  bool has_value = false;
  struct Column {
    size_t cell;
    std::optional<Field> field;
    std::string attribute;
    std::string unit = {};                          // of the header, `[U/L]`
    std::optional<Field> unit_into = std::nullopt;  // where that goes
  };
  std::vector<Column> columns;
  bool has_units = false;  // in its header
};

struct Plan {
  struct PartColumn {
    size_t cell;
    PatientPart part;
  };
  std::vector<PartColumn> parts;
  std::vector<Group> groups;
  size_t patient = 0;  // the cell of the identifier
};

Group& group_of(Intake& in, Plan& plan, std::string_view name) {
  const auto found = std::ranges::find(plan.groups, name, &Group::name);
  if (found != plan.groups.end()) return *found;
  Group& made = plan.groups.emplace_back();
  made.name = name;
  made.fact = &named(in, name);
  return made;
}

// Where a field's unit goes that stands in its header: `prednisone dose [mg/day]`, `ALT ULN [U/L]`.
std::optional<Field> unit_field(std::optional<Field> field) {
  if (field == Field::value || field == Field::dose) return Field::unit;
  if (field == Field::upper) return Field::upper_unit;
  if (field == Field::lower) return Field::lower_unit;
  return std::nullopt;
}

// `ALT [U/L]` or `ALT`. A second value of one name, in another unit, is a record of its own with the same
// other columns.
void plan_value(Intake& in, Plan& plan, size_t cell, std::string_view name, std::string_view unit) {
  Group* group = &group_of(in, plan, name);
  if (group->has_value) {
    group = &plan.groups.emplace_back();
    group->name = name;
    group->fact = &named(in, name);
  }
  group->has_value = true;
  group->columns.push_back({cell, Field::value, {}, std::string(unit), Field::unit});
}

void plan_column(Intake& in, Plan& plan, size_t cell, std::string_view header) {
  if (const auto part = patient_part_named(header)) {
    if (*part == PatientPart::patient)
      plan.patient = cell;
    else
      plan.parts.push_back({cell, *part});
    return;
  }
  std::string_view name = header, unit;
  if (const size_t bracket = header.find('['); bracket != header.npos && header.ends_with(']')) {
    unit = trimmed(header.substr(bracket + 1, header.size() - bracket - 2));
    name = trimmed(header.substr(0, bracket));
  }
  const size_t blank = name.rfind(' ');
  if (blank == name.npos) return plan_value(in, plan, cell, name, unit);
  const std::string_view text = name.substr(blank + 1);
  const auto field = csv_field_named(text);
  Group& group = group_of(in, plan, trimmed(name.substr(0, blank)));
  // A unit that nothing takes stays in the name, and so is met as no such field.
  if (!unit.empty() && !unit_field(field))
    group.columns.push_back({cell, std::nullopt, fmt::format("{} [{}]", text, unit)});
  else
    group.columns.push_back({cell, field, std::string(text), std::string(unit), unit_field(field)});
}

// Further values of a name share its date and laboratory.
void finish(Plan& plan) {
  for (Group& group : plan.groups) {
    const Group& first = *std::ranges::find(plan.groups, group.name, &Group::name);
    if (&first == &group) continue;
    for (const Group::Column& column : first.columns)
      if (column.field == Field::date || column.field == Field::lab) group.columns.push_back(column);
  }
  for (Group& group : plan.groups)
    group.has_units =
        std::ranges::any_of(group.columns, [](const Group::Column& c) { return !c.unit.empty(); });
}

void fill(const Group& group, const CsvRow& row, RawRecord& raw) {
  raw.clear();
  for (const Group::Column& column : group.columns) {
    const std::string_view text = row.cells[column.cell];
    if (text.empty()) continue;
    if (column.field) {
      const bool says = read_padded_csv_cell(text, raw.cells[size_t(*column.field)]);
      raw.present |= uint32_t{says} << unsigned(*column.field);
    } else if (Cell cell; read_padded_csv_cell(text, cell)) {
      raw.attributes.push_back({column.attribute, cell});
    }
  }
  if (!group.has_units) return;
  // A row's own unit comes first.
  for (const Group::Column& column : group.columns) {
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

void add(Intake& in, const Group& group, const RawRecord& raw, std::string_view where) {
  const RecordPlace place{where, group.name};
  if (group.fact->lasts && is_yes_or_no_alone(raw))
    add_yes_or_no(in, *group.fact, raw[Field::value].kind == Cell::Kind::yes, place);
  else if (raw.present || !raw.attributes.empty())
    add_csv_record(in, *group.fact, raw, place);
}

}  // namespace

bool read_wide_csv(Intake& in, Input& input, const std::vector<std::string>& header) {
  Plan plan;
  for (size_t cell = 0; cell < header.size(); ++cell) plan_column(in, plan, cell, header[cell]);
  finish(plan);

  CsvRow row;
  RawRecord raw;
  std::string where = fmt::format("{}:", input.name());
  const size_t prefix = where.size();
  while (next_row(input, kMaxPatientBytes, row)) {
    where.resize(prefix);
    where += fmt::format_int(row.line).c_str();
    begin_patient(in, where);
    const std::string problem = problem_of(row, header.size());
    if (row.cells.size() <= plan.patient) {
      in.broken({kNoFact, problem, where});
      continue;
    }
    set_part(in, PatientPart::patient, trimmed(row.cells[plan.patient]), where);
    if (!problem.empty()) {
      add_fault(in, kNoFact, problem, where);
    } else {
      for (const Plan::PartColumn& column : plan.parts)
        if (const auto cell = trimmed(row.cells[column.cell]); !cell.empty())
          set_part_of_cell(in, column.part, cell, where);
      for (const Group& group : plan.groups) {
        fill(group, row, raw);
        add(in, group, raw, where);
      }
    }
    if (!finish_patient(in)) return false;
  }
  return true;
}

}  // namespace crit
