// Rows to records in the hold: by the code, by the fact that the whole table tells of, and by columns.
#include "interpreter/read_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/hold.hpp"
#include "interpreter/read_csv_parts.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

constexpr uint32_t kLasting = kinds({FactKind::condition, FactKind::drug, FactKind::event});
constexpr uint32_t kToldByRow = kLasting | kinds({FactKind::flag});
constexpr uint32_t kToldByValue = kToldByRow | kinds({FactKind::measure, FactKind::choice});

// The character between cells that the first line has most of.
char separator_of(std::string_view line) {
  constexpr std::string_view kSeparators = "\t;,";
  return *std::ranges::max_element(kSeparators, {}, [&](char c) { return std::ranges::count(line, c); });
}

std::string shown_columns(const std::vector<std::string_view>& names) {
  constexpr size_t kMost = 20;
  const size_t shown = std::min(names.size(), kMost);
  return fmt::format("`{}`{}",
                     fmt::join(names.begin(), names.begin() + static_cast<ptrdiff_t>(shown), "`, `"),
                     names.size() > kMost ? ", ..." : "");
}

// Columns of one table, by the header.
using Index = std::optional<size_t>;
struct Columns {
  std::array<Index, kTableCells> cells;
  std::array<Index, kFields> fields;
  std::vector<size_t> facts;  // by TableMapping::facts
};

Index index_of(const std::vector<std::string>& header, const std::optional<Named>& column) {
  if (!column) return std::nullopt;
  const auto found = std::ranges::find(header, column->text);
  if (found == header.end()) return std::nullopt;
  return static_cast<size_t>(found - header.begin());
}

Columns columns_of(const TableMapping& m, const std::vector<std::string>& header) {
  Columns made;
  for (size_t c = 0; c < kTableCells; ++c) made.cells[c] = index_of(header, m.cells[c]);
  for (size_t f = 0; f < kFields; ++f) made.fields[f] = index_of(header, m.fields[f]);
  for (const TableFact& fact : m.facts) made.facts.push_back(index_of(header, fact.column).value_or(0));
  return made;
}

// What codes of these systems tell of, where a row is all that there is.
Part part_of(const TableMapping& m) {
  if (!m[TableCell::code] || m[Field::value]) return Part::none;
  return m.system == CodeSystem::rxnorm ? Part::drugs : Part::conditions;
}

OriginId origin_of(Holding& run, const TableMapping& m) {
  const uint32_t told = m[Field::value] ? kToldByValue : kToldByRow;
  const bool is_drug = m.system == CodeSystem::rxnorm;
  run.origins.push_back({m.file.text, is_drug ? kinds({FactKind::drug}) : told, part_of(m)});
  return static_cast<OriginId>(run.origins.size() - 1);
}

// As far as the minute: what databases write behind it is of many forms.
std::string when_text(std::string_view text) {
  constexpr size_t kToMinutes = 16;
  return std::string(text.substr(0, kToMinutes));
}

struct TableReading {
  Intake& in;
  Holding& run;
  const TableMapping& mapping;
  const Columns& columns;
  const OriginId origin;
  CsvRow row = {};
  HeldPatient* patient = nullptr;

  std::string_view cell(Index column) const { return column ? trimmed(row.cells[*column]) : ""; }
  std::string_view cell(TableCell c) const { return cell(columns.cells[size_t(c)]); }
  std::string_view cell(Field f) const { return cell(columns.fields[size_t(f)]); }
};

std::string_view word_for(const TableWords& words, std::string_view text) {
  const auto found = words.find(text);
  return found == words.end() ? text : std::string_view(found->second);
}

// The cells of one record, as they are put into the hold.
struct RecordCells {
  std::vector<std::pair<Field, std::string>> cells;
  void set(Field field, std::string_view text) {
    if (!text.empty()) cells.emplace_back(field, text);
  }
};

// The days of what lasts. A table that says when something ended says when it began, too, whatever that
// column is called; an empty end is no end.
void set_days(const TableReading& r, FactKind kind, RecordCells& to) {
  const std::string date = when_text(r.cell(Field::date)), start = when_text(r.cell(Field::start)),
                    end = when_text(r.cell(Field::end));
  if (!(kLasting >> unsigned(kind) & 1)) return to.set(Field::date, date.empty() ? start : date);
  if (!r.mapping[Field::start] && !r.mapping[Field::end]) return to.set(Field::date, date);
  to.set(Field::start, start.empty() ? date : start);
  to.set(Field::end, end);
}

bool is_zero(std::string_view text) {
  const auto number = Rational::parse(text);
  return number && number->sign() == 0;
}

// From 0 to 0 is how systems write that there is no range.
void set_limits(const TableReading& r, RecordCells& to) {
  if (is_zero(r.cell(Field::lower)) && is_zero(r.cell(Field::upper))) return;
  for (const Field field : {Field::lower, Field::upper}) to.set(field, r.cell(field));
}

// A value as the fact has it: of a choice, in the declaration's own letters.
std::string_view value_of(const NamedFact& fact, std::string_view text) {
  if (kind_of(fact) != FactKind::choice) return text;
  const std::string* value = value_in_any_case(*fact.readings.front().fact, text);
  return value ? std::string_view(*value) : text;
}

void hold_row(TableReading& r, NamedFact& fact, const RecordCells& made) {
  HeldRecord& record = r.patient->records.emplace_back();
  record.fact = &fact;
  record.origin = r.origin;
  record.file = r.run.lines.file();
  record.line = static_cast<uint32_t>(r.row.line);
  record.first_cell = static_cast<uint32_t>(r.patient->cells.size());
  for (const auto& [field, text] : made.cells) {
    const Cell cell = csv_cell(text);
    r.run.lines.add_cell(*r.patient, record, static_cast<uint8_t>(field), cell.kind, cell.text);
  }
  r.run.lines.count(sizeof record);
}

// A fact that the row's code names, or that the whole table tells of.
void add_by_row(TableReading& r, NamedFact& fact, std::string_view value) {
  const FactKind kind = kind_of(fact);
  RecordCells made;
  made.set(Field::value, value.empty() && kind == FactKind::flag ? "yes" : value_of(fact, value));
  if (kind != FactKind::date) set_days(r, kind, made);
  if (kind == FactKind::measure) {
    made.set(Field::unit, r.cell(Field::unit));
    made.set(Field::lab, r.cell(Field::lab));
    set_limits(r, made);
  }
  if (kind == FactKind::drug && !r.cell(Field::dose).empty()) {
    made.set(Field::dose, r.cell(Field::dose));
    made.set(Field::unit, r.cell(Field::unit));
  }
  if (kind == FactKind::judgement) made.set(Field::by, r.cell(Field::by));
  hold_row(r, fact, made);
}

// What a row's code means; a row without one is known by its text.
HeldCode& row_code(TableReading& r) {
  const std::string_view text = r.cell(TableCell::code), name = r.cell(TableCell::name);
  if (text.empty()) return code_of(r.in, {}, {}, {}, name);
  const std::string_view system = r.mapping.system ? name_of(*r.mapping.system) : "";
  return code_of(r.in, system, r.mapping.system, text, name);
}

bool has_code_or_name(const TableReading& r) {
  return !r.cell(TableCell::code).empty() || !r.cell(TableCell::name).empty();
}

// What became of a row.
struct RowOutcome {
  bool used = false;      // a record came of it
  bool unmapped = false;  // it is counted among what has no name
};

RowOutcome add_by_code(TableReading& r, std::string_view value) {
  HeldCode& code = row_code(r);
  const uint32_t asked = value.empty() ? kToldByRow : kToldByValue;
  RowOutcome outcome;
  for (NamedFact* fact : code.facts) {
    if (!(asked >> unsigned(kind_of(*fact)) & 1) || fact->readings.front().is_age) continue;
    add_by_row(r, *fact, value);
    outcome.used = true;
  }
  // A result without a value says nothing, whatever its code is.
  if (!outcome.used && (code.facts.empty() || !r.mapping[Field::value])) {
    count_unmapped(code, r.origin);
    ++r.patient->unmapped[size_t(r.run.origins[r.origin].part)];
    outcome.unmapped = true;
  }
  return outcome;
}

bool add_by_columns(TableReading& r) {
  bool used = false;
  for (size_t i = 0; i < r.mapping.facts.size(); ++i) {
    const TableFact& fact = r.mapping.facts[i];
    const std::string_view value = word_for(fact.words, r.cell(r.columns.facts[i]));
    NamedFact& name = named(r.in, fact.fact.text);
    if (value.empty() || name.readings.empty()) continue;
    RecordCells made;
    made.set(Field::value, value_of(name, value));
    made.set(Field::unit, fact.unit);
    if (kind_of(name) != FactKind::date) set_days(r, kind_of(name), made);
    hold_row(r, name, made);
    used = true;
  }
  return used;
}

// A day that a patient has one of: two rows must not say two.
void set_day(TableReading& r, std::string_view& day, const std::string& said, const std::string& where) {
  if (!day.empty() && day != said)
    return r.patient->faults.push_back({kNoFact, "this row gives another day than one before it", where});
  day = r.run.lines.keep(said);
}

void add_person(TableReading& r, const std::string& where) {
  HeldPatient& p = *r.patient;
  if (const auto day = r.cell(TableCell::screening); !day.empty())
    set_day(r, p.screening, std::string(day), where);
  const auto died = r.cell(TableCell::died);
  if (died.empty()) return;
  p.is_dead = true;
  set_day(r, p.death, when_text(died), where);
}

bool has_person(const TableMapping& m) {
  return m[TableCell::screening] || m[TableCell::died];
}

void add_row(TableReading& r, size_t width) {
  Origin& origin = r.run.origins[r.origin];
  const std::string where = fmt::format("{}:{}", r.run.lines.file_name(), r.row.line);
  const Index who = r.columns.cells[size_t(TableCell::patient)];
  const std::string_view id = *who < r.row.cells.size() ? trimmed(r.row.cells[*who]) : "";
  std::string problem = problem_of(r.row, width);
  if (id.empty()) {
    if (problem.empty()) problem = "the row names no patient";
    return r.in.broken({kNoFact, std::move(problem), where});
  }
  r.patient = &r.run.lines.patient_named(id);
  if (!r.patient->has_resource) {
    r.patient->has_resource = true;
    r.patient->file = r.run.lines.file();
    r.patient->line = static_cast<uint32_t>(r.row.line);
  }
  r.patient->complete |= r.in.complete_together;
  ++origin.read;
  if (!problem.empty()) ++origin.passed;
  if (!problem.empty()) return r.patient->faults.push_back({kNoFact, std::move(problem), where});
  add_person(r, where);
  const std::string_view value = word_for(r.mapping.words, r.cell(Field::value));
  RowOutcome outcome;
  if (r.mapping[TableCell::code] && has_code_or_name(r)) outcome = add_by_code(r, value);
  outcome.used |= has_person(r.mapping);
  if (r.mapping.fact && (value.empty() ? !r.mapping[Field::value] : true)) {
    NamedFact& fact = named(r.in, r.mapping.fact->text);
    if (!fact.readings.empty()) add_by_row(r, fact, value);
    outcome.used = true;
  }
  outcome.used |= add_by_columns(r);
  // Of what the row is nothing says, and yet something is recorded.
  if (r.mapping[TableCell::code] && !has_code_or_name(r) && !outcome.used) outcome = add_by_code(r, value);
  origin.used += outcome.used;
  // A row with a result of no value, or with nothing in its columns.
  origin.passed += !outcome.used && !outcome.unmapped;
}

}  // namespace

std::vector<std::string> table_header(Input& input) {
  if (begin_file(input) == PatientForm::empty) return {};
  CsvRow row;
  row.separator = separator_of(input.ahead().substr(0, input.ahead().find('\n')));
  if (!next_row(input, kMaxPatientBytes, row)) return {};
  return csv_header(row);
}

std::vector<Diagnostic> missing_columns(const TableMapping& m, const std::vector<std::string>& header) {
  std::vector<Diagnostic> found;
  const std::vector<std::string_view> names(header.begin(), header.end());
  const auto look = [&](const Named& column) {
    if (std::ranges::find(header, column.text) != header.end()) return;
    const std::string_view near = nearest_of(names, column.text);
    Diagnostic d;
    d.span = column.span;
    d.message = fmt::format("`{}` has no column `{}`", m.file.text, column.text);
    d.help = near.empty() ? fmt::format("its columns are {}", shown_columns(names))
                          : fmt::format("did you mean `{}`?", near);
    found.push_back(std::move(d));
  };
  for (const auto& column : m.cells)
    if (column) look(*column);
  for (const auto& column : m.fields)
    if (column) look(*column);
  for (const TableFact& fact : m.facts) look(fact.column);
  return found;
}

void read_table(Intake& in, Input& input, const TableMapping& mapping) {
  Holding& run = holding(in);
  run.lines.begin_file(input.name());
  if (begin_file(input) == PatientForm::empty) return;
  const char separator = separator_of(input.ahead().substr(0, input.ahead().find('\n')));
  CsvRow first;
  first.separator = separator;
  if (!next_row(input, kMaxPatientBytes, first)) return;
  const std::vector<std::string> header = csv_header(first);
  if (const auto missing = missing_columns(mapping, header); !missing.empty())
    return in.broken({kNoFact, missing.front().message, input.name()});
  const Columns columns = columns_of(mapping, header);
  TableReading reading{in, run, mapping, columns, origin_of(run, mapping)};
  reading.row.separator = separator;
  while (next_row(input, kMaxPatientBytes, reading.row)) {
    if (!has_room_to_hold(in, fmt::format("{}:{}", input.name(), reading.row.line))) return;
    add_row(reading, header.size());
  }
}

}  // namespace crit
