// NDJSON and wide CSV are cut at line ends; where a cell may hold a line end, behind the last whole row.
#include "interpreter/patient_pieces.hpp"

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

class Lines : public PatientPieces {
 public:
  // With the header of CSV, which the pieces do not have; without one it is NDJSON.
  explicit Lines(Input& input, std::vector<std::string> header = {})
      : input_(input), header_(std::move(header)) {}

  // None, too, where the next line is longer than a piece may be.
  bool next(size_t bytes, Piece& piece) override {
    for (;; bytes *= 2) {
      while (input_.ahead().size() < bytes && input_.read_more(bytes)) {
      }
      const std::string_view text = input_.ahead();
      const bool is_all = input_.is_whole();
      const size_t whole = header_.empty() ? whole_lines(text, is_all) : whole_rows(text, is_all);
      if (whole > 0) {
        piece.line = input_.line();
        piece.text.assign(text, 0, whole).append(kInputPadding, '\0');
        input_.skip(whole);
        return true;
      }
      if (input_.at_end() || bytes > kMaxPatientBytes / 2) return false;
    }
  }

  bool read(Intake& in, const Piece& piece) const override {
    const auto text = std::string_view(piece.text).substr(0, piece.text.size() - kInputPadding);
    Input input = Input::over(input_.name(), text, piece.line);
    return read(in, input);
  }

  bool read_rest(Intake& in) override { return read(in, input_); }

 private:
  bool read(Intake& in, Input& input) const {
    return header_.empty() ? read_ndjson(in, input) : read_wide_csv(in, input, header_);
  }

  Input& input_;
  const std::vector<std::string> header_;
};

}  // namespace

std::unique_ptr<PatientPieces> patient_pieces(Intake& in, Input& input) {
  const PatientForm form = begin_file(input);
  if (form == PatientForm::ndjson) return std::make_unique<Lines>(input);
  if (form == PatientForm::json) return json_pieces(input);
  CsvRow row;
  if (form != PatientForm::csv || !split_row(input.ahead(), input.at_end(), row)) return nullptr;
  std::vector<std::string> header = csv_header(row);
  if (!problem_of_header(header, row).empty()) return nullptr;
  input.skip(row.bytes);
  if (is_long_csv(header)) return long_csv_pieces(in, input, std::move(header));
  return std::make_unique<Lines>(input, std::move(header));
}

}  // namespace crit
