// A row of the long form, a record of one patient, to that record: for long CSV, and for databases, whose
// extraction has the same columns.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/intake.hpp"
#include "interpreter/read_record.hpp"

namespace crit {

struct LongColumns {
  size_t patient = 0, fact = 0;
  struct Column {
    size_t cell;
    std::optional<Field> field;
    std::string_view name;
  };
  std::vector<Column> others;
  // With a column for the end and none for the start, a condition or drug starts on its date, and an empty
  // end is no end.
  bool date_is_start = false;
};

// The header must live as long as what is made of it.
LongColumns long_columns(std::span<const std::string> header);

// Adds the row to the patient that is being read. The cells must stay where they are as long as the patient
// is used. `raw`: memory that is used again.
void add_long_row(Intake&, const LongColumns&, std::span<const std::string_view> cells,
                  const std::string& where, RawRecord& raw);

}  // namespace crit
