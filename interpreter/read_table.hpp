// A hospital's table, with columns of its own, to what its rows say of patients. What a column is stands in
// the site's settings and comes here as a TableMapping. The rows of all tables of a run are held, joined by
// patient, up to finish_patients.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "interpreter/codes.hpp"
#include "interpreter/input.hpp"
#include "interpreter/intake.hpp"
#include "interpreter/read_record.hpp"

namespace crit {

// A name in the settings, with its place there.
struct Named {
  std::string text;
  Span span;
};

// What a table's words stand for: `M` for `male`. A word that stands for nothing is as an empty cell.
using TableWords = std::map<std::string, std::string, std::less<>>;

// A column that holds one fact.
struct TableFact {
  Named fact, column;
  std::string unit;
  TableWords words;
};

// What a column holds that is no field of a record.
enum class TableCell : uint8_t { patient, screening, died, code, name };
inline constexpr size_t kTableCells = 5;

struct TableMapping {
  Named file;        // as it is written
  std::string path;  // where that is
  bool skip = false;
  std::array<std::optional<Named>, kTableCells> cells;
  std::array<std::optional<Named>, kFields> fields;
  std::optional<CodeSystem> system;  // of the codes; nothing: the hospital's own
  std::optional<Named> fact;         // what each row is, where the table has no codes
  TableWords words;
  std::vector<TableFact> facts;

  const std::optional<Named>& operator[](TableCell c) const { return cells[size_t(c)]; }
  const std::optional<Named>& operator[](Field f) const { return fields[size_t(f)]; }
};

// The cells of the header, by which the rest is split; empty: the file has none.
std::vector<std::string> table_header(Input&);
// The columns that the table does not have.
std::vector<Diagnostic> missing_columns(const TableMapping&, const std::vector<std::string>& header);

// Holds what the rows say. A table without the columns that it should have is refused.
void read_table(Intake&, Input&, const TableMapping&);

}  // namespace crit
