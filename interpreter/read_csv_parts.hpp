// What wide and long CSV have in common. For the readers of CSV.
#pragma once

#include <string_view>

#include "interpreter/csv_rows.hpp"
#include "interpreter/intake.hpp"
#include "interpreter/patient_pieces.hpp"
#include "interpreter/read_record.hpp"

namespace crit {

// Sets a part of the patient from its cell; the parts that are complete stand in one, with `;` between.
void set_part_of_cell(Intake&, PatientPart, std::string_view cell, std::string_view where);

// A cell by its text: yes, no, true and false; nothing where it is empty.
Cell csv_cell(std::string_view text);
// The same of a text behind which kInputPadding bytes may be read; a number or a day is known by then. False
// where the cell is empty.
bool read_padded_csv_cell(std::string_view text, Cell& into);

// The name of a column's field in any case: `ULN`, `date`.
std::optional<Field> csv_field_named(std::string_view name);

// Adds the record, unless its cells say nothing of its fact: an empty value is missing, beside a date it is a
// record.
void add_csv_record(Intake&, NamedFact&, const RawRecord&, const RecordPlace&);

// The cells of the header, trimmed; what is wrong with it, empty: nothing; and which of the two forms it
// begins.
std::vector<std::string> csv_header(const CsvRow&);
std::string problem_of_header(const std::vector<std::string>& header, const CsvRow&);
bool is_long_csv(const std::vector<std::string>& header);

// Both get the header's cells, trimmed.
bool read_wide_csv(Intake&, Input&, const std::vector<std::string>& header);
bool read_long_csv(Intake&, Input&, const std::vector<std::string>& header);
// The pieces of a long one, whose text is held; what belongs to no patient is told at once.
std::unique_ptr<PatientPieces> long_csv_pieces(Intake&, Input&, std::vector<std::string> header);

// What is wrong with the row as a whole; empty: nothing.
std::string problem_of(const CsvRow&, size_t columns);

}  // namespace crit
