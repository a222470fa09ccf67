// CSV text, or what is separated by other characters, to rows of cells, by RFC 4180: quoted cells, doubled
// quotes, line ends inside quotes, CRLF.
//
// Written here because no library in the distributions does what is needed. libcsv (the fast one; its last
// release is of 2013) splits 1.3 million rows of 40 cells a second and copies each cell, which is half of the
// time that a patient may take, and a quote that is never closed takes the rest of the file along, with no
// way to tell where the row began. Here a row is pieces of the input, and after a broken one the next line is
// read as if nothing had been.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/input.hpp"

namespace crit {

struct CsvRow {
  char separator = ',';                 // between cells; for who reads the row to set
  std::vector<std::string_view> cells;  // kInputPadding bytes behind each may be read
  uint64_t line = 0;
  size_t bytes = 0;               // of the row, its line end included
  std::string_view problem;       // empty: none; the cells before it are there
  std::vector<uint32_t> doubled;  // the cells that had doubled quotes,
  std::string undoubled;          // and their text
};

// Splits the row at the front of the text, behind which kInputPadding bytes may be read. False where it goes
// on behind the text, which cannot be if `is_all`.
bool split_row(std::string_view text, bool is_all, CsvRow&);

// The next row that has something in a cell, or a problem; false at the end.
bool next_row(Input&, size_t most, CsvRow&);

}  // namespace crit
