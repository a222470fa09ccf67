// A file of many patients to pieces of it, which several threads can read: each with an Intake of its own,
// together the same patients in the same order, and the same faults, as read_patients gives.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "interpreter/input.hpp"
#include "interpreter/intake.hpp"
#include "interpreter/json_elements.hpp"

namespace crit {

struct Piece {
  // Whole lines and kInputPadding bytes, or the elements of `elements`, each with a line behind it.
  std::string text;
  uint64_t line = 1;                  // of the file, where lines begin
  std::vector<JsonElement> elements;  // of JSON; their texts are left out, and follow each other in `text`
  size_t first = 0, behind = 0;       // of long CSV, which is held: the patients, by number
};

class PatientPieces {
 public:
  virtual ~PatientPieces() = default;
  // The next piece, of about so many bytes. False: read_rest has the last word.
  virtual bool next(size_t bytes, Piece&) = 0;
  // The patients of a piece; for several threads at a time. False: the receiver asked to stop.
  virtual bool read(Intake&, const Piece&) const = 0;
  // The patients that no piece can have.
  virtual bool read_rest(Intake&) { return true; }
};

// At the beginning of a file; nothing where it is of another form, or its header is wrong, and then nothing
// is taken of it but blanks. What belongs to no patient is told where the whole file is looked at for its
// pieces.
std::unique_ptr<PatientPieces> patient_pieces(Intake&, Input&);

}  // namespace crit
