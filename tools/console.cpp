// Gathers what a command says, and fits it to the terminal.
#include "tools/console.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "grammar/characters.hpp"

namespace crit {

namespace {

constexpr size_t kLarge = 64u << 10;
constexpr size_t kNarrowest = 40;  // below that nothing is legible anyway

Stream open_stream(std::FILE* file, ColourChoice choice) {
  Stream stream;
  stream.file = file;
  stream.terminal = isatty(fileno(file)) != 0;
  switch (choice) {
    case ColourChoice::automatic:
      stream.colour = stream.terminal;
      break;
    case ColourChoice::always:
      stream.colour = true;
      break;
    case ColourChoice::never:
      break;
  }
  return stream;
}

size_t terminal_width(const Stream& stream) {
  winsize size{};
  if (!stream.terminal || ioctl(fileno(stream.file), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return std::max<size_t>(size.ws_col, kNarrowest);
}

// The bytes of the first `count` characters.
size_t bytes_of(std::string_view text, size_t count) {
  size_t at = 0;
  for (; count > 0 && at < text.size(); --count) at += character_at(text, at).length;
  return at;
}

std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n"));
  text.remove_prefix(word.size());
  return word;
}

}  // namespace

Console open_console(ColourChoice choice) {
  Console console{open_stream(stdout, choice), open_stream(stderr, choice)};
  console.width = terminal_width(console.out);
  return console;
}

bool writes_to(const Stream& stream, const std::string& path) {
  struct stat out {
  }, in{};
  if (!stream.file || ::fstat(fileno(stream.file), &out) != 0 || !S_ISREG(out.st_mode)) return false;
  if ((path == "-" ? ::fstat(STDIN_FILENO, &in) : ::stat(path.c_str(), &in)) != 0) return false;
  return in.st_dev == out.st_dev && in.st_ino == out.st_ino;
}

namespace {

// A line that is cut could be taken for a shorter one: a file ends behind the last that is whole.
void take_back_cut_line(int file, std::string_view written) {
  const size_t cut = written.size() - (written.rfind('\n') + 1);
  const off_t end = ::lseek(file, 0, SEEK_CUR);
  struct stat about {};
  if (end < 0 || ::fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) return;
  [[maybe_unused]] const int shorter = ::ftruncate(file, end - static_cast<off_t>(cut));
}

bool write_all(int file, std::string_view text) {
  size_t done = 0;
  while (done < text.size()) {
    const ssize_t wrote = ::write(file, text.data() + done, text.size() - done);
    if (wrote > 0) done += static_cast<size_t>(wrote);
    if (wrote > 0 || (wrote < 0 && errno == EINTR)) continue;
    take_back_cut_line(file, text.substr(0, done));
    return false;
  }
  return true;
}

}  // namespace

void flush(Stream& stream) {
  if (!stream.file) return;
  if (!stream.failed) stream.failed = !write_all(fileno(stream.file), stream.text);
  stream.text.clear();
}

void flush_if_large(Stream& stream) {
  if (stream.text.size() >= kLarge) flush(stream);
}

void clear_line(Console& console) {
  if (std::exchange(console.has_line_to_clear, false)) console.err.text += "\r\x1b[K";
}

void complain(Console& console, std::string_view text) {
  if (console.out.terminal) flush(console.out);
  clear_line(console);
  console.err.text += text;
  flush(console.err);
}

void complain_error(Console& console, std::string_view message) {
  complain(console, fmt::format("{}: {}\n", styled(console.err, Style::bad, "error"), visible(message)));
}

std::string styled(const Stream& stream, Style style, std::string_view text) {
  if (!stream.colour) return std::string(text);
  const auto code = [style]() -> std::string_view {
    switch (style) {
      case Style::strong:
        return "1";
      case Style::good:
        return "1;32";
      case Style::bad:
        return "1;31";
      case Style::open:
        return "1;33";
      case Style::quiet:
        return "2";
    }
    return "0";
  };
  return fmt::format("\x1b[{}m{}\x1b[0m", code(), text);
}

void append_wrapped(std::string& to, std::string_view text, size_t used, size_t indent, size_t width) {
  const std::string shown = visible(text);
  std::string_view rest = shown;
  size_t column = used;
  bool line_is_empty = true;
  const auto new_line = [&] {
    to += '\n';
    to.append(indent, ' ');
    column = indent;
    line_is_empty = true;
  };
  for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
    const size_t length = count_characters(word);
    if (column + (line_is_empty ? 0 : 1) + length > width && (!line_is_empty || column > indent)) new_line();
    if (!line_is_empty) {
      to += ' ';
      ++column;
    }
    while (column + count_characters(word) > width && column + 1 < width) {
      const size_t bytes = bytes_of(word, width - column);
      to += word.substr(0, bytes);
      word.remove_prefix(bytes);
      new_line();
    }
    to += word;
    column += count_characters(word);
    line_is_empty = false;
  }
}

std::string shortened(std::string_view text, size_t width) {
  std::string shown = visible(text);
  if (count_characters(shown) <= width) return shown;
  shown.resize(bytes_of(shown, width > 3 ? width - 3 : 0));
  return shown + "...";
}

}  // namespace crit
