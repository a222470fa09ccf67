// Cuts at line ends; where a cell may hold a line end, behind the last whole row.
#include "interpreter/patient_lines.hpp"

#include "interpreter/read_csv_parts.hpp"
#include "interpreter/read_json.hpp"
#include "interpreter/read_patients.hpp"

namespace crit {

namespace {

// The bytes of the whole lines at the front; 0: there is none.
size_t whole_lines(std::string_view text, bool is_all) {
  if (is_all) return text.size();
  const size_t end = text.rfind('\n');
  return end == text.npos ? 0 : end + 1;
}

size_t whole_rows(std::string_view text, bool is_all) {
  if (text.find('"') == text.npos) return whole_lines(text, is_all);
  CsvRow row;
  size_t rows = 0;
  while (rows < text.size() && split_row(text.substr(rows), is_all, row)) rows += row.bytes;
  return rows;
}

}  // namespace

std::optional<PatientLines> patient_lines(Input& input) {
  const PatientForm form = begin_file(input);
  if (form == PatientForm::ndjson) return PatientLines{};
  CsvRow row;
  if (form != PatientForm::csv || !split_row(input.ahead(), input.at_end(), row)) return std::nullopt;
  PatientLines lines{true, csv_header(row)};
  if (!problem_of_header(lines.header, row).empty() || is_long_csv(lines.header)) return std::nullopt;
  input.skip(row.bytes);
  return lines;
}

bool next_piece(Input& input, const PatientLines& lines, size_t bytes, Piece& piece) {
  for (;; bytes *= 2) {
    while (input.ahead().size() < bytes && input.read_more(bytes)) {
    }
    const size_t whole = lines.is_csv ? whole_rows(input.ahead(), input.is_whole())
                                      : whole_lines(input.ahead(), input.is_whole());
    if (whole > 0) {
      piece.line = input.line();
      piece.text = input.ahead().substr(0, whole);
      input.skip(whole);
      return true;
    }
    if (input.at_end() || bytes > kMaxPatientBytes / 2) return false;
  }
}

bool read_piece(Intake& in, const std::string& file, const PatientLines& lines, const Piece& piece) {
  Input input = Input::of_text(file, piece.text, piece.line);
  return read_rest(in, input, lines);
}

bool read_rest(Intake& in, Input& input, const PatientLines& lines) {
  return lines.is_csv ? read_wide_csv(in, input, lines.header) : read_ndjson(in, input);
}

}  // namespace crit
