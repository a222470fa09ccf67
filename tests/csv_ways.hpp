// A row of wide CSV by the quick way through plain rows and by the way through any: for the test and the fuzz
// target that hold one against the other.
#pragma once

#include <string>
#include <string_view>

#include "interpreter/csv_plan.hpp"
#include "interpreter/input.hpp"
#include "tests/written_patient.hpp"

namespace crit {

// Both ways, each with what it remembers from patient to patient.
struct CsvWays {
  CsvWays(Schema& s, std::string_view header) : schema(s), plain_in(s), any_in(s) {
    any_in.broken = [](const Fault&) {};
    const std::string padded = std::string(header) + "\n" + std::string(kInputPadding, '0');
    split_row({padded.data(), header.size() + 1}, true, row);
    const std::vector<std::string> cells = csv_header(row);
    is_wide = problem_of_header(cells, row).empty() && !is_long_csv(cells);
    if (!is_wide) return;
    plain_plan = plan_columns(plain_in, cells);
    any_plan = plan_columns(any_in, cells);
  }

  Schema& schema;
  Intake plain_in, any_in;
  CsvPlan plain_plan, any_plan;
  bool is_wide = false;
  CsvRow row;
  RawRecord plain_raw, any_raw;
  size_t taken = 0;  // by the quick way

  // False where the quick way took what the other one reads differently.
  bool agree(std::string_view line) {
    line = line.substr(0, line.find('\n'));
    const std::string padded = std::string(line) + "\n" + std::string(kInputPadding, '0');
    const std::string_view text(padded.data(), line.size());
    if (plain_plan.steps.empty()) return true;
    begin_patient(plain_in, "f");
    if (!read_plain_row(plain_in, plain_plan, text, plain_raw)) return true;
    ++taken;
    begin_patient(any_in, "f");
    return split_row({padded.data(), line.size() + 1}, true, row) &&
           read_any_row(any_in, any_plan, row, any_raw) &&
           written(schema, *plain_in.patient) == written(schema, *any_in.patient);
  }
};

}  // namespace crit
