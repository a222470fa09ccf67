// Byte offsets to lines and columns: the text is scanned anew for each question, since only findings ask.
#include "grammar/source.hpp"

#include <algorithm>

namespace crit {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

size_t line_begin(std::string_view text, size_t offset) {
  size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  if (before != std::string_view::npos) return before + 1;
  return text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

bool starts_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

}  // namespace

Span join(Span a, Span b) {
  return {std::min(a.begin, b.begin), std::max(a.end, b.end), a.file};
}

Place place_of(const Source& source, uint32_t offset) {
  std::string_view text = source.text;
  size_t at = std::min<size_t>(offset, text.size());
  size_t begin = std::min(line_begin(text, at), at);
  std::string_view above = text.substr(0, begin);
  std::string_view before = text.substr(begin, at - begin);
  auto lines = std::count(above.begin(), above.end(), '\n');
  auto columns = std::count_if(before.begin(), before.end(), starts_character);
  return {static_cast<uint32_t>(lines + 1), static_cast<uint32_t>(columns + 1)};
}

std::string_view line_at(const Source& source, uint32_t offset) {
  std::string_view text = source.text;
  size_t begin = line_begin(text, std::min<size_t>(offset, text.size()));
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view text_of(const Source& source, Span span) {
  std::string_view text = source.text;
  size_t begin = std::min<size_t>(span.begin, text.size());
  return text.substr(begin, span.end > begin ? span.end - begin : 0);
}

}  // namespace crit
