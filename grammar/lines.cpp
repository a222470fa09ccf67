// One pass over the text finds lines, comments, quotes and parentheses.
#include "grammar/lines.hpp"

#include <algorithm>
#include <array>

namespace crit {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kCurlyQuotes[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E"};

size_t curly_quote(std::string_view text) {
  for (std::string_view quote : kCurlyQuotes)
    if (text.starts_with(quote)) return quote.size();
  return 0;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// The length of a blank at the start of the text, a no-break space being one too; otherwise 0.
size_t blank_length(std::string_view text) {
  if (text[0] == ' ' || text[0] == '\t' || text[0] == '\r') return 1;
  return text.starts_with("\xC2\xA0") ? 2 : 0;
}

// The end of the quoted text that starts at the front, or 0 where the line ends before it is closed.
size_t quoted_length(std::string_view text) {
  if (const size_t open = curly_quote(text); open > 0) {
    for (size_t i = open; i < text.size(); ++i)
      if (const size_t close = curly_quote(text.substr(i)); close > 0) return i + close;
    return 0;
  }
  for (size_t i = text.find('"', 1); i != std::string_view::npos; i = text.find('"', i + 2))
    if (i + 1 >= text.size() || text[i + 1] != '"') return i + 1;
  return 0;
}

// `{#}` in a unit: no comment starts in it.
size_t annotation_length(std::string_view text) {
  if (text[0] != '{') return 0;
  size_t close = text.find_first_of("} \t\"");
  return close != std::string_view::npos && text[close] == '}' ? close + 1 : 0;
}

// Bytes that are code and begin nothing else: most of a line.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  plain.fill(true);
  for (const unsigned char c : {' ', '\t', '\r', '#', '"', '{', '(', ')', '\xC2', '\xE2'}) plain[c] = false;
  return plain;
}();

size_t plain_length(std::string_view text) {
  size_t n = 0;
  while (n < text.size() && kPlain[static_cast<unsigned char>(text[n])]) ++n;
  return n;
}

void scan(std::string_view text, Line& line) {
  size_t i = 0;
  line.code = line.code_end = line.comment = line.end;
  bool started = false;
  auto code = [&](size_t from, size_t to) {
    if (!started) line.code = line.begin + static_cast<uint32_t>(from);
    started = true;
    line.code_end = line.begin + static_cast<uint32_t>(to);
  };
  while (i < text.size()) {
    char c = text[i];
    if (size_t plain = plain_length(text.substr(i))) {
      code(i, i + plain);
      i += plain;
    } else if (size_t blank = blank_length(text.substr(i))) {
      i += blank;
    } else if (c == '#') {
      line.comment = line.begin + static_cast<uint32_t>(i);
      return;
    } else if (c == '"' || (c == '\xE2' && curly_quote(text.substr(i)) > 0)) {
      size_t length = quoted_length(text.substr(i));
      if (length == 0) line.unclosed = line.begin + static_cast<uint32_t>(i);
      code(i, length == 0 ? text.size() : i + length);
      i = length == 0 ? text.size() : i + length;
    } else if (size_t length = annotation_length(text.substr(i))) {
      code(i, i + length);
      i += length;
    } else {
      line.parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
      code(i, i + 1);
      ++i;
    }
  }
}

}  // namespace

std::vector<Line> split_lines(const Source& source) {
  std::string_view text = source.text;
  std::vector<Line> lines;
  size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  do {
    size_t end = std::min(text.find('\n', at), text.size());
    std::string_view content = text.substr(at, end - at);
    if (content.ends_with('\r')) content.remove_suffix(1);
    Line line;
    line.begin = static_cast<uint32_t>(at);
    line.end = static_cast<uint32_t>(at + content.size());
    line.ascii = std::all_of(content.begin(), content.end(),
                             [](char c) { return (c >= ' ' && c < 0x7F) || c == '\t'; });
    scan(content, line);
    lines.push_back(line);
    at = end + 1;
  } while (at < text.size());
  return lines;
}

const Line& line_of(const std::vector<Line>& lines, uint32_t offset) {
  auto after = std::upper_bound(lines.begin(), lines.end(), offset,
                                [](uint32_t o, const Line& line) { return o < line.begin; });
  return after == lines.begin() ? *after : *(after - 1);
}

uint32_t code_end_before(const Source& source, const std::vector<Line>& lines, uint32_t end) {
  const std::string_view before = std::string_view(source.text).substr(0, end);
  if (end == 0 || !(is_blank(before.back()) || before.ends_with("\xC2\xA0"))) return end;
  const Line* line = &line_of(lines, end - 1);
  while (line != lines.data() && line->code >= std::min(end, line->code_end)) --line;
  if (end > line->code_end) return line->code_end;
  while (end > line->code && is_blank(source.text[end - 1])) --end;
  return end;
}

}  // namespace crit
