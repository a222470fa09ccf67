// A file whose patients stand in lines (NDJSON, wide CSV) to pieces of whole lines, which several threads can
// read: each with an Intake of its own, together the same patients as read_patients gives.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/input.hpp"
#include "interpreter/intake.hpp"

namespace crit {

struct PatientLines {
  bool is_csv = false;
  std::vector<std::string> header;  // of CSV, which the piece does not have
};

struct Piece {
  std::string text;
  uint64_t line = 1;  // of the file, where the text begins
};

// At the beginning of a file: what its pieces need; nothing where its patients do not stand in lines, or its
// header is wrong, and then nothing is taken of it but blanks.
std::optional<PatientLines> patient_lines(Input&);

// The next whole lines, about so many bytes. False at the end, and where the next line is longer than a piece
// may be: then read_rest has the last word.
bool next_piece(Input&, const PatientLines&, size_t bytes, Piece&);

// The patients of a piece, or of all that is left. False: the receiver asked to stop.
bool read_piece(Intake&, const std::string& file, const PatientLines&, const Piece&);
bool read_rest(Intake&, Input&, const PatientLines&);

}  // namespace crit
