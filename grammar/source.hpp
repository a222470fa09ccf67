// A file's text and the places in it: byte offsets to lines and columns as people count them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crit {

// Bytes [begin, end) of the text of the source number `file` of a run.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t file = 0;
  bool operator==(const Span&) const = default;
};

// The smallest span that holds both; both must be of one file.
Span join(Span a, Span b);

// The largest rule file or text file of patients that is read, in bytes.
inline constexpr size_t kMaxSourceBytes = 16u << 20;

struct Source {
  std::string name;  // as the user wrote the path, or "standard vocabulary"
  std::string text;  // as it is in the file, byte order mark and line ends included
  uint32_t id = 0;   // its number among the sources of the run: Span::file
};

// Line and column, both from 1; the column counts characters (code points), not bytes.
struct Place {
  uint32_t line = 1;
  uint32_t column = 1;
  bool operator==(const Place&) const = default;
};

Place place_of(const Source&, uint32_t offset);

// The line that holds the offset, without its line end (LF or CRLF) and without a byte order mark.
std::string_view line_at(const Source&, uint32_t offset);

std::string_view text_of(const Source&, Span);

}  // namespace crit
