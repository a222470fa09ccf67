// The header of a wide CSV to a plan: which columns make a record, and what is in each. For the readers of
// wide CSV.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/plain_records.hpp"
#include "interpreter/read_csv_parts.hpp"
#include "interpreter/same_parts.hpp"
#include "interpreter/short_texts.hpp"

namespace crit {

// What a cell of a record's usual form has.
enum class CsvCell : uint8_t { empty, number, day, yes_or_no, text };

// The columns of one record: `ALT [U/L]`, `ALT ULN`, `ALT date`.
struct CsvGroup {
  NamedFact* fact = nullptr;
  std::string name;
  bool has_value = false;
  struct Column {
    std::string name;  // as the header has it
    size_t cell;
    std::optional<Field> field;
    std::string attribute;
    std::string unit = {};                          // of the header, `[U/L]`
    std::optional<Field> unit_into = std::nullopt;  // where that goes

    // Whether the header says the unit of what stands in the cell, which may be a word.
    bool has_unit_of(const Cell& found) const {
      return !unit.empty() && unit_into && found.kind == Cell::Kind::text;
    }
    void set(const Cell& found, RawRecord& raw) const {
      if (!field) return raw.attributes.push_back({attribute, found, unit});
      raw.set(*field, found);
      if (has_unit_of(found)) raw.set(*unit_into, {Cell::Kind::text, unit});
    }
  };
  std::vector<Column> columns;
  bool has_answer = true;  // some column may say that there is a record; true of a name that nobody declares
  bool is_plain = true;    // no two cells of a row can say the same of it
  // The cells of the other values of its name, which share the columns that are no value.
  std::vector<size_t> other_values;
};

struct CsvPlan {
  struct PartColumn {
    size_t cell;
    PatientPart part;
  };
  // The columns one behind the other, as a row is read from its beginning on: a part's, or all of a group.
  struct Step {
    std::optional<PatientPart> part;
    SameParts last = {};  // of `screening` and `complete`: what the last row had
    size_t group = 0;
    const NamedFact* fact = nullptr;  // of the group
    // How a row says that there is none; empty: it does not, or not so.
    std::string denial = {};
    Beginning begin_of_denial = Beginning(denial);
    // A row that says nothing of it: commas alone, of eight columns at most; nothing where there are more.
    Beginning blank = {};
    size_t blank_bytes = 0;
    // What most records are like: learned from the first, second, fourth, eighth... that is of no such form.
    PlainForm form = PlainForm();
    struct FormCell {
      Field field;
      CsvCell as;
    };
    std::vector<FormCell> cells = {};  // of the form, by column
    SameRecord same = {};              // of what is signed
    uint32_t others = 0;
  };
  std::vector<PartColumn> parts;
  std::vector<CsvGroup> groups;
  // None where a record's columns do not stand together or are not plain, or nobody declares a name.
  std::vector<Step> steps;
  size_t patient = 0;  // the cell of the identifier
  size_t columns = 0;
};

CsvPlan plan_columns(Intake&, const std::vector<std::string>& header);

// Adds what the row's cells say of the group; `raw` has them.
void add_group(Intake&, const CsvGroup&, RawRecord&, std::string_view where);

// A row to the patient, who has been begun. False where it has no cell for an identifier, which is told.
bool read_any_row(Intake&, const CsvPlan&, const CsvRow&, RawRecord&);

// A row of that plan to the patient, who has been begun, cell by cell as it is passed. False where it is not
// so plain: with quotes, with a fault, of another number of cells. Then the patient must be begun again, and
// the row be read as any other; where this gives true, that would have read the same. The line's end stands
// behind the line.
bool read_plain_row(Intake&, CsvPlan&, std::string_view line, RawRecord&);

}  // namespace crit
