// The header's names to groups of columns.
#include "interpreter/csv_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/read_record_parts.hpp"
#include "interpreter/read_value.hpp"

namespace crit {

namespace {

CsvGroup& group_of(Intake& in, CsvPlan& plan, std::string_view name) {
  const auto found = std::ranges::find(plan.groups, name, &CsvGroup::name);
  if (found != plan.groups.end()) return *found;
  CsvGroup& made = plan.groups.emplace_back();
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

// A name that nobody declares may be one; that is told.
bool may_be_measure(const CsvGroup& group) {
  return group.fact->readings.empty() ||
         std::ranges::any_of(group.fact->readings,
                             [](const ReadingOfName& r) { return r.kind == FactKind::measure; });
}

// `ALT [U/L]` or `ALT`. A second result of one name, in another unit, is a record of its own with the same
// other columns.
void plan_value(Intake& in, CsvPlan& plan, CsvGroup::Column column, std::string_view name) {
  CsvGroup* group = &group_of(in, plan, name);
  if (group->has_value && may_be_measure(*group) && !column.unit.empty()) {
    group = &plan.groups.emplace_back();
    group->name = name;
    group->fact = &named(in, name);
  }
  group->has_value = true;
  group->columns.push_back(std::move(column));
}

void plan_column(Intake& in, CsvPlan& plan, size_t cell, std::string_view header) {
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
  if (blank == name.npos)
    return plan_value(in, plan, {std::string(header), cell, Field::value, {}, std::string(unit), Field::unit},
                      name);
  const std::string_view text = name.substr(blank + 1);
  const auto field = csv_field_named(text);
  CsvGroup& group = group_of(in, plan, trimmed(name.substr(0, blank)));
  // A unit that no field takes stays in its name, and so is met as no such field.
  if (!unit.empty() && field && !unit_field(field))
    group.columns.push_back({std::string(header), cell, std::nullopt, fmt::format("{} [{}]", text, unit)});
  else
    group.columns.push_back(
        {std::string(header), cell, field, std::string(text), std::string(unit), unit_field(field)});
}

// Further values of a name share its other columns.
void share_columns(CsvPlan& plan) {
  for (CsvGroup& group : plan.groups) {
    for (const CsvGroup& other : plan.groups)
      if (&other != &group && other.name == group.name)
        for (const CsvGroup::Column& column : other.columns)
          if (column.field == Field::value) group.other_values.push_back(column.cell);
    const CsvGroup& first = *std::ranges::find(plan.groups, group.name, &CsvGroup::name);
    if (&first == &group) continue;
    for (const CsvGroup::Column& column : first.columns)
      if (column.field != Field::value) group.columns.push_back(column);
  }
}

bool has_answer(const CsvGroup& group) {
  const auto& readings = group.fact->readings;
  uint32_t answers = bits({Field::value, Field::dose, Field::predicted});
  if (std::ranges::any_of(readings, [](const ReadingOfName& r) { return r.fields & bits({Field::start}); }))
    answers |= bits({Field::date, Field::start, Field::end});
  return readings.empty() || std::ranges::any_of(group.columns, [&](const CsvGroup::Column& c) {
           return !c.field || (answers >> unsigned(*c.field) & 1);
         });
}

bool is_plain(const CsvGroup& group) {
  uint32_t said = 0;
  for (const CsvGroup::Column& column : group.columns) {
    const uint32_t here = (column.field ? 1u << unsigned(*column.field) : 0) |
                          (column.unit.empty() || !column.unit_into ? 0 : 1u << unsigned(*column.unit_into));
    if (said & here) return false;
    said |= here;
  }
  return group.other_values.empty() && group.has_answer;
}

void finish(CsvPlan& plan) {
  share_columns(plan);
  for (CsvGroup& group : plan.groups) {
    group.has_answer = has_answer(group);
    group.is_plain = is_plain(group);
  }
}

bool stands_together(const CsvGroup& group) {
  for (size_t i = 1; i < group.columns.size(); ++i)
    if (group.columns[i].cell != group.columns[0].cell + i) return false;
  return true;
}

// `,false,` in the columns `asthma start,asthma`.
std::string denial_of(const CsvGroup& group) {
  std::string text;
  for (const CsvGroup::Column& column : group.columns) {
    if (column.field == Field::value) text += "false";
    text += ',';
  }
  return group.fact->lasts && group.has_value ? text : std::string();
}

void plan_steps(CsvPlan& plan) {
  if (plan.columns == 1) return;  // where a blank line is no row
  std::vector<std::optional<CsvPlan::Step>> by_cell(plan.columns);
  by_cell[plan.patient] = CsvPlan::Step{.part = PatientPart::patient};
  for (const CsvPlan::PartColumn& column : plan.parts)
    by_cell[column.cell] = CsvPlan::Step{.part = column.part};
  for (size_t i = 0; i < plan.groups.size(); ++i) {
    const CsvGroup& group = plan.groups[i];
    if (!group.is_plain || !stands_together(group) || group.fact->readings.empty()) return;
    CsvPlan::Step step{.part = {}, .group = i, .fact = group.fact, .denial = denial_of(group)};
    step.blank_bytes = group.columns.size() <= 8 ? group.columns.size() : 0;
    step.blank = Beginning(std::string(step.blank_bytes, ','));
    by_cell[group.columns[0].cell] = std::move(step);
  }
  for (auto& step : by_cell)
    if (step) plan.steps.push_back(std::move(*step));
}

}  // namespace

CsvPlan plan_columns(Intake& in, const std::vector<std::string>& header) {
  CsvPlan plan;
  plan.columns = header.size();
  for (size_t cell = 0; cell < header.size(); ++cell) plan_column(in, plan, cell, header[cell]);
  finish(plan);
  plan_steps(plan);
  return plan;
}

}  // namespace crit
