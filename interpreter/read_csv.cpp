// The header of a CSV file, and what its two forms have in common.
#include "interpreter/read_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grammar/words.hpp"
#include "interpreter/read_csv_parts.hpp"
#include "interpreter/read_record_parts.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

constexpr size_t kMaxColumns = 4'096;

// Whether the text is a word of ASCII letters, in any case. The word is given in lower case.
bool is_word(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i)
    if ((text[i] | 0x20) != word[i]) return false;
  return true;
}

// The forms of a cell are functions of their own, since what one of them needs the others would pay for.

[[gnu::noinline]] bool read_other_cell(std::string_view text, Cell& into) {
  into = csv_cell(text);
  return into.kind != Cell::Kind::nothing;
}

bool read_day_cell(std::string_view text, Cell& into) {
  Day day = 0;
  if (!read_day(text.data(), day)) return read_other_cell(text, into);
  into = {Cell::Kind::text, text};
  into.known = Cell::Known::day;
  into.found = day;
  return true;
}

bool read_number_cell(std::string_view text, Cell& into) {
  const ShortNumber number = short_number(eight_bytes(text.data()));
  if (number.bytes != text.size()) return read_other_cell(text, into);
  into = {Cell::Kind::text, text};
  into.known = Cell::Known::number;
  into.decimals = number.decimals;
  into.found = number.digits;
  return true;
}

}  // namespace

namespace {

// Names of facts are told apart by case, and those of fields are not.
std::string column_as_read(const std::string& name) {
  if (csv_field_named(name)) return lower_case(name);
  const size_t blank = name.rfind(' ');
  if (blank == name.npos || !csv_field_named(name.substr(blank + 1))) return name;
  return name.substr(0, blank) + lower_case(name.substr(blank));
}

}  // namespace

std::vector<std::string> csv_header(const CsvRow& row) {
  std::vector<std::string> header;
  for (const std::string_view cell : row.cells) header.emplace_back(trimmed(cell));
  return header;
}

std::string problem_of_header(const std::vector<std::string>& header, const CsvRow& row) {
  if (!row.problem.empty()) return fmt::format("the header: {}", row.problem);
  if (header.size() > kMaxColumns) return "the header has more than 4,096 columns";
  if (std::ranges::find(header, "patient") == header.end()) {
    const bool has_semicolons = header.size() == 1 && header[0].find(';') != std::string::npos;
    return has_semicolons ? "the cells are separated by `;`: save the file with commas between them"
                          : "the header has no column `patient`";
  }
  std::set<std::string> seen;
  for (const std::string& name : header)
    if (!name.empty() && !seen.insert(column_as_read(name)).second)
      return fmt::format("the column `{}` is there twice", name);
  return {};
}

bool is_long_csv(const std::vector<std::string>& header) {
  return std::ranges::find(header, "fact") != header.end();
}

void set_part_of_cell(Intake& in, PatientPart part, std::string_view cell, std::string_view where) {
  if (part != PatientPart::complete) return set_part(in, part, cell, where);
  while (!cell.empty()) {
    const size_t end = std::min(cell.find(';'), cell.size());
    if (const auto one = trimmed(cell.substr(0, end)); !one.empty()) set_part(in, part, one, where);
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
}

Cell csv_cell(std::string_view text) {
  if (!text.empty() && (text.front() <= ' ' || text.back() <= ' ')) text = trimmed(text);
  if (text.empty()) return {};
  return {is_word(text, "no") || is_word(text, "false")   ? Cell::Kind::no
          : is_word(text, "yes") || is_word(text, "true") ? Cell::Kind::yes
                                                          : Cell::Kind::text,
          text};
}

bool read_padded_csv_cell(std::string_view text, Cell& into) {
  if (text.empty()) return false;
  if (static_cast<unsigned char>(text.front() - '0') <= 9)
    return text.size() == 10 ? read_day_cell(text, into) : read_number_cell(text, into);
  if (!is_same(text, "false")) return read_other_cell(text, into);
  into = {Cell::Kind::no, text};
  return true;
}

std::optional<Field> csv_field_named(std::string_view name) {
  return field_named(lower_case(name));
}

void add_csv_record(Intake& in, NamedFact& fact, const RawRecord& raw, const RecordPlace& place) {
  const bool has_answer = raw.present & bits({Field::value, Field::dose, Field::predicted});
  const bool has_date = raw.present & bits({Field::date, Field::start, Field::end});
  const bool lasting = !fact.readings.empty() && fact.readings.front().fields & bits({Field::start});
  if (has_answer || (lasting && has_date) || (fact.readings.empty() && (has_date || !raw.attributes.empty())))
    return add_record(in, fact, raw, place);
  if (raw.attributes.empty()) return;
  const std::string_view field = raw.attributes.front().name;
  if (lasting && std::ranges::all_of(field, is_name_byte))
    return add_fault_of(in, fact,
                        "an attribute is given, and neither a date nor `yes` that there is a record", place);
  const std::string column = fmt::format("{} {}", fact.name, field);
  add_fault_of(in, fact, words_for_stray(fact.name, field), {place.patient, column});
}

std::string problem_of(const CsvRow& row, size_t columns) {
  if (!row.problem.empty()) return std::string(row.problem);
  if (row.cells.size() == columns) return {};
  return fmt::format("the row has {} cells and the header {}", row.cells.size(), columns);
}

bool read_csv(Intake& in, Input& input) {
  CsvRow row;
  if (!next_row(input, kMaxPatientBytes, row)) return true;
  const std::vector<std::string> header = csv_header(row);
  if (std::string problem = problem_of_header(header, row); !problem.empty()) {
    in.broken({kNoFact, std::move(problem), fmt::format("{}:{}", input.name(), row.line)});
    return true;
  }
  return is_long_csv(header) ? read_long_csv(in, input, header) : read_wide_csv(in, input, header);
}

}  // namespace crit
