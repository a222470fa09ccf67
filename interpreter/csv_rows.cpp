// Splitting CSV: most rows have no quote, and are cut at their commas.
#include "interpreter/csv_rows.hpp"

#include <simdjson.h>

#include <algorithm>

#include "interpreter/short_texts.hpp"

namespace crit {

namespace {

void split_plain(std::string_view line, CsvRow& row) {
  const char* cell = line.data();
  const char* const end = line.data() + line.size();
  // By eight bytes; those behind the end are padding, or of the next line.
  for (const char* at = cell; at < end; at += 8)
    for (uint64_t found = bytes_that_are(eight_bytes(at), row.separator); found != 0; found &= found - 1) {
      const char* const separator = at + std::countr_zero(found) / 8;
      if (separator >= end) break;
      row.cells.emplace_back(cell, static_cast<size_t>(separator - cell));
      cell = separator + 1;
    }
  row.cells.emplace_back(cell, static_cast<size_t>(end - cell));
}

enum class Quoted { closed, open, bad };

// A cell that begins with a quote. `at` comes to stand behind its closing quote.
Quoted quoted_cell(std::string_view text, size_t& at, CsvRow& row) {
  const size_t begin = ++at;
  bool doubled = false;
  for (;;) {
    const size_t quote = text.find('"', at);
    if (quote == text.npos) return Quoted::open;
    at = quote + 1;
    if (at < text.size() && text[at] == '"') {
      ++at;
      doubled = true;
      continue;
    }
    if (doubled) row.doubled.push_back(static_cast<uint32_t>(row.cells.size()));
    row.cells.push_back(text.substr(begin, quote - begin));
    return Quoted::closed;
  }
}

// A row with quotes, from the front of the text on; it may have line ends in its cells.
Quoted split_quoted(std::string_view text, CsvRow& row) {
  const char ends[] = {row.separator, '"', '\n', '\0'};
  for (size_t at = 0;;) {
    if (at < text.size() && text[at] == '"') {
      const Quoted state = quoted_cell(text, at, row);
      if (state == Quoted::open) return state;
    } else {
      const size_t end = std::min(text.find_first_of(ends, at), text.size());
      if (end < text.size() && text[end] == '"') return Quoted::bad;
      std::string_view cell = text.substr(at, end - at);
      if (end == text.size() || text[end] == '\n')
        if (cell.ends_with('\r')) cell.remove_suffix(1);
      row.cells.push_back(cell);
      at = end;
    }
    if (at < text.size() && text[at] == '\r' && (at + 1 == text.size() || text[at + 1] == '\n')) ++at;
    if (at >= text.size() || text[at] == '\n') {
      row.bytes = std::min(at + 1, text.size());
      return Quoted::closed;
    }
    if (text[at] != row.separator) return Quoted::bad;
    ++at;
  }
}

// A broken row ends with its line, so that the next one is read.
void give_up(std::string_view text, CsvRow& row, std::string_view problem) {
  row.problem = problem;
  row.bytes = std::min(text.find('\n'), text.size() - 1) + 1;
  const char* const end = text.data() + row.bytes;
  while (!row.cells.empty() && row.cells.back().data() + row.cells.back().size() > end) row.cells.pop_back();
}

void undouble_quotes(CsvRow& row) {
  size_t bytes = 0;
  for (const uint32_t i : row.doubled)
    if (i < row.cells.size()) bytes += row.cells[i].size();
  row.undoubled.reserve(bytes + kInputPadding);  // so that cells that point into it stay true
  for (const uint32_t i : row.doubled) {
    if (i >= row.cells.size()) break;
    const std::string_view cell = row.cells[i];
    const size_t begin = row.undoubled.size();
    for (size_t at = 0; at < cell.size(); at += cell[at] == '"' ? 2 : 1) row.undoubled += cell[at];
    row.cells[i] = std::string_view(row.undoubled).substr(begin);
  }
  row.undoubled.append(kInputPadding, '\0');
}

}  // namespace

bool split_row(std::string_view text, bool is_all, CsvRow& row) {
  row.cells.clear();
  row.doubled.clear();
  row.undoubled.clear();
  row.problem = {};
  const size_t end = text.find('\n');
  if (end == text.npos && !is_all) return false;
  std::string_view line = text.substr(0, end);
  row.bytes = std::min(end, text.size() - 1) + 1;
  if (line.find('"') == line.npos) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    split_plain(line, row);
  } else {
    const Quoted state = split_quoted(text, row);
    if (state == Quoted::open && !is_all) return false;
    if (state == Quoted::open) give_up(text, row, "a quote is not closed, or stands inside a cell");
    if (state == Quoted::bad) give_up(text, row, "a quote is not closed, or stands inside a cell");
    undouble_quotes(row);
  }
  if (!simdjson::validate_utf8(text.data(), row.bytes)) {
    row.cells.clear();
    row.problem = "the text is not UTF-8: save it in UTF-8";
  }
  return true;
}

bool next_row(Input& input, size_t most, CsvRow& row) {
  for (;;) {
    row.line = input.line();
    while (!split_row(input.ahead(), input.is_whole(), row)) {
      if (input.read_more(most) || input.is_whole()) continue;
      if (input.at_end()) return false;  // cut off in this row
      // No room for the rest of it. Where its first line fits, an open quote has swallowed what follows.
      if (split_row(input.ahead(), true, row) && row.bytes < input.ahead().size()) break;
      input.next_line(most);
      row.cells.clear();
      row.bytes = 0;
      row.problem = "this row has more than 4 MiB: it is passed over";
      return true;
    }
    if (row.bytes == 0) return false;
    input.skip(row.bytes);
    // Spreadsheets leave rows of separators alone behind the last one.
    const auto is_blank = [](std::string_view cell) {
      return cell.find_first_not_of(" \t") == std::string_view::npos;
    };
    if (!row.problem.empty() || !std::ranges::all_of(row.cells, is_blank)) return true;
  }
}

}  // namespace crit
