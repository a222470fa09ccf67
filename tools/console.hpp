// Where a command writes, how wide and in which colours: text is gathered and handed to the system in large
// pieces.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace crit {

enum class ColourChoice { automatic, always, never };

struct Stream {
  std::FILE* file = nullptr;  // null: what is said stays in `text`
  std::string text;           // not yet written
  bool terminal = false;
  bool colour = false;
  bool failed = false;  // not all was written: a full disk, a closed pipe; a file ends with a whole line
};

struct Console {
  Stream out, err;
  bool has_line_to_clear = false;  // on standard error: how far a run is
  size_t width = 80;               // of the terminal; 80 where there is none
};

Console open_console(ColourChoice);

// Whether it is this file that is written to; `-` is standard input.
bool writes_to(const Stream&, const std::string& path);

void clear_line(Console&);  // that one, where it is shown
void flush(Stream&);
void flush_if_large(Stream&);

// Writes to standard error at once, after what standard output has to say before it.
void complain(Console&, std::string_view text);
// `error: ...` with the word in colour and a line end.
void complain_error(Console&, std::string_view message);

enum class Style { strong, good, bad, open, quiet };
std::string styled(const Stream&, Style, std::string_view text);

// Appends the text in lines of at most `width` characters. The first goes on behind `used` characters that
// are there already; further ones start with `indent` blanks. A word that is longer than a line is broken.
// Ends without a line end.
void append_wrapped(std::string& to, std::string_view text, size_t used, size_t indent, size_t width);

// At most `width` characters, cut with `...`.
std::string shortened(std::string_view text, size_t width);

}  // namespace crit
