// Long CSV: the text is held, each patient's rows are chained, and then one patient after the other is read.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "interpreter/long_row.hpp"
#include "interpreter/read_csv_parts.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/read_value.hpp"

namespace crit {

namespace {

static_assert(kMaxHeldBytes <= std::numeric_limits<uint32_t>::max());

// A row, by its place in the text that is held.
struct RowPlace {
  uint32_t offset = 0, line = 0;
  uint32_t before = kNone;  // the patient's row before it
};

// Patients by number, in the order in which they come first.
struct Numbering {
  std::unordered_map<std::string, uint32_t> numbers = {};
  std::vector<const std::string*> ids = {};
  uint32_t last = 0;

  // A row is mostly of the patient of the row before it, or of the one that came after him the last time: to
  // look there first spares the way through memory that a table takes.
  uint32_t of(std::string_view id) {
    for (uint32_t guess = last; guess < ids.size() && guess <= last + 1; ++guess)
      if (*ids[guess] == id) return last = guess;
    const auto [place, is_new] = numbers.try_emplace(std::string(id), static_cast<uint32_t>(ids.size()));
    if (is_new) ids.push_back(&place->first);
    return last = place->second;
  }
};

// The rows of a file, by their patients in the order of the first rows. It does not change, and so any number
// of threads may read of it.
class LongCsv : public PatientPieces {
 public:
  LongCsv(Intake& in, Input& input, std::vector<std::string> header)
      : input_(input), header_(std::move(header)), columns_(long_columns(header_)) {
    const auto text = input.rest(kMaxHeldBytes);
    if (text)
      hold_rows(in, input, *text);
    else
      in.broken(
          {kNoFact, "a CSV file with a row a record may have 1 GiB; split it by patients", input.name()});
  }

  bool next(size_t bytes, Piece& piece) override {
    piece.first = piece.behind = given_;
    const size_t bytes_of_row = text_.size() / std::max<size_t>(1, rows_.size());
    for (size_t rows = 0; piece.behind < patients_.size() && rows * bytes_of_row < bytes; ++piece.behind)
      rows += patients_[piece.behind].count;
    given_ = piece.behind;
    return piece.behind > piece.first;
  }

  bool read(Intake& in, const Piece& piece) const override {
    Scratch scratch;
    for (size_t i = piece.first; i < piece.behind; ++i)
      if (!read_patient(in, patients_[i], scratch)) return false;
    return true;
  }

 private:
  struct PatientRows {
    uint32_t last = kNone, count = 0;
  };
  // Memory that is used again.
  struct Scratch {
    std::vector<const RowPlace*> places;
    CsvRow row;
    RawRecord raw;
  };

  void hold_rows(Intake&, Input&, std::string_view text);
  void add_row(Intake&, const std::string& where, Scratch&) const;
  bool read_patient(Intake&, const PatientRows&, Scratch&) const;

  const Input& input_;
  const std::vector<std::string> header_;
  const LongColumns columns_;  // which points into the header
  std::string_view text_;
  std::vector<RowPlace> rows_;
  std::vector<PatientRows> patients_;
  size_t given_ = 0;  // patients
};

// Chains the rows of each patient; a row that names none is told at once.
void LongCsv::hold_rows(Intake& in, Input& input, std::string_view text) {
  text_ = text;
  Numbering numbering;
  CsvRow row;
  while (next_row(input, kMaxPatientBytes, row)) {
    const size_t offset = text.size() - input.ahead().size() - row.bytes;
    const std::string_view id =
        columns_.patient < row.cells.size() ? trimmed(row.cells[columns_.patient]) : "";
    if (id.empty()) {
      std::string problem = problem_of(row, header_.size());
      if (problem.empty()) problem = "the row names no patient";
      in.broken({kNoFact, std::move(problem), fmt::format("{}:{}", input.name(), row.line)});
      continue;
    }
    const uint32_t patient = numbering.of(id);
    if (patient == patients_.size()) patients_.emplace_back();
    PatientRows& rows = patients_[patient];
    const auto number = static_cast<uint32_t>(rows_.size());
    rows_.push_back({static_cast<uint32_t>(offset), static_cast<uint32_t>(row.line), rows.last});
    rows.last = number;
    ++rows.count;
  }
}

void LongCsv::add_row(Intake& in, const std::string& where, Scratch& scratch) const {
  CsvRow& row = scratch.row;
  // The row's own memory is used again for the patient's next row.
  for (const uint32_t i : row.doubled) row.cells[i] = in.patient->keep(row.cells[i]);
  add_long_row(in, columns_, row.cells, where, scratch.raw);
}

bool LongCsv::read_patient(Intake& in, const PatientRows& rows, Scratch& scratch) const {
  std::vector<const RowPlace*>& places = scratch.places;
  CsvRow& row = scratch.row;
  places.clear();
  for (uint32_t number = rows.last; number != kNone; number = rows_[number].before)
    places.push_back(&rows_[number]);
  begin_patient(in, fmt::format("{}:{}", input_.name(), places.back()->line));
  for (size_t left = places.size(); left > 0; --left) {
    const RowPlace& place = *places[left - 1];
    const std::string where = fmt::format("{}:{}", input_.name(), place.line);
    split_row(text_.substr(place.offset), true, row);
    if (left == places.size())
      set_part(in, PatientPart::patient, trimmed(row.cells[columns_.patient]), where);
    const std::string problem = problem_of(row, header_.size());
    if (!problem.empty())
      add_fault(in, kNoFact, problem, where);
    else
      add_row(in, where, scratch);
  }
  add_fault_of_cut(in, input_);
  return finish_patient(in);
}

}  // namespace

bool read_long_csv(Intake& in, Input& input, const std::vector<std::string>& header) {
  LongCsv held(in, input, header);
  Piece all;
  return !held.next(SIZE_MAX, all) || held.read(in, all);
}

std::unique_ptr<PatientPieces> long_csv_pieces(Intake& in, Input& input, std::vector<std::string> header) {
  return std::make_unique<LongCsv>(in, input, std::move(header));
}

}  // namespace crit
