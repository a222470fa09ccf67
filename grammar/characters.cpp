// The tables of deceiving characters, and the findings about them.
#include "grammar/characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "grammar/words.hpp"

namespace crit {

namespace {

struct CodeRange {
  uint32_t first, last;
};

// Control characters; joiners and direction marks; bidirectional embeddings, overrides and isolates; others
// unseen.
constexpr CodeRange kHidden[] = {{0x00, 0x08},     {0x0B, 0x0C},     {0x0E, 0x1F},     {0x7F, 0x9F},
                                 {0xAD, 0xAD},     {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200B, 0x200F},
                                 {0x2028, 0x202E}, {0x2060, 0x2069}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE007F}};

struct Alike {
  uint32_t code;
  char ascii;
};

// Letters of the Cyrillic and the Greek alphabet that print as ASCII letters do, and dashes. Sorted by code.
constexpr Alike kAlike[] = {
    {0x391, 'A'},  {0x392, 'B'},  {0x395, 'E'},  {0x396, 'Z'},  {0x397, 'H'},  {0x399, 'I'},  {0x39A, 'K'},
    {0x39C, 'M'},  {0x39D, 'N'},  {0x39F, 'O'},  {0x3A1, 'P'},  {0x3A4, 'T'},  {0x3A5, 'Y'},  {0x3A7, 'X'},
    {0x3B1, 'a'},  {0x3B9, 'i'},  {0x3BA, 'k'},  {0x3BD, 'v'},  {0x3BF, 'o'},  {0x3C1, 'p'},  {0x3C5, 'u'},
    {0x3F2, 'c'},  {0x3F3, 'j'},  {0x3F9, 'C'},  {0x405, 'S'},  {0x406, 'I'},  {0x408, 'J'},  {0x410, 'A'},
    {0x412, 'B'},  {0x415, 'E'},  {0x41A, 'K'},  {0x41C, 'M'},  {0x41D, 'H'},  {0x41E, 'O'},  {0x420, 'P'},
    {0x421, 'C'},  {0x422, 'T'},  {0x423, 'Y'},  {0x425, 'X'},  {0x430, 'a'},  {0x432, 'b'},  {0x435, 'e'},
    {0x43A, 'k'},  {0x43C, 'm'},  {0x43D, 'h'},  {0x43E, 'o'},  {0x440, 'p'},  {0x441, 'c'},  {0x442, 't'},
    {0x443, 'y'},  {0x445, 'x'},  {0x455, 's'},  {0x456, 'i'},  {0x458, 'j'},  {0x461, 'w'},  {0x475, 'v'},
    {0x4AE, 'Y'},  {0x4BB, 'h'},  {0x4C0, 'I'},  {0x501, 'd'},  {0x51B, 'q'},  {0x51D, 'w'},  {0x2010, '-'},
    {0x2011, '-'}, {0x212A, 'K'}, {0x2160, 'I'}, {0x2164, 'V'}, {0x2169, 'X'}, {0x2170, 'i'}, {0x2174, 'v'},
    {0x2179, 'x'}};
static_assert(std::is_sorted(std::begin(kAlike), std::end(kAlike),
                             [](Alike a, Alike b) { return a.code < b.code; }));

// As nearly all texts: each byte is a character, and shown as it is.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7F; });
}

bool is_word_byte(char c) {
  return is_name_byte(c) || (static_cast<unsigned char>(c) & 0x80) != 0;
}

Diagnostic hidden_character(Span span, uint32_t code) {
  return {.rule = "look-alike",
          .span = span,
          .message = fmt::format("a character that cannot be seen (U+{:04X})", code),
          .help = "delete it; it may change how the line looks or reads",
          .fix = Fix{span, "", true},
          .notes = {}};
}

Diagnostic not_utf8(Span span) {
  return {.rule = "syntax",
          .span = span,
          .message = "this is not UTF-8 text",
          .help = "save the file as UTF-8 in the editor",
          .fix = {},
          .notes = {}};
}

// The whole word around a look-alike, and what it would be in ASCII.
Diagnostic look_alike_word(const Source& source, uint32_t at, uint32_t begin, uint32_t end) {
  std::string_view text = source.text;
  uint32_t first = at, last = at;
  while (first > begin && is_word_byte(text[first - 1])) --first;
  while (last < end && is_word_byte(text[last])) ++last;
  std::string plain;
  for (uint32_t i = first; i < last;) {
    Character c = character_at(text, i);
    char ascii = look_alike(c.code);
    plain += ascii != 0 ? std::string(1, ascii) : std::string(text.substr(i, c.length));
    i += c.length;
  }
  Character c = character_at(text, at);
  Span span{first, last, source.id};
  return {.rule = "look-alike",
          .span = span,
          .message = fmt::format("`{}` has a character (U+{:04X}) that only looks like `{}`",
                                 text_of(source, span), c.code, look_alike(c.code)),
          .help = fmt::format("write `{}` in plain ASCII characters", plain),
          .fix = Fix{span, plain, true},
          .notes = {}};
}

}  // namespace

Character character_at(std::string_view text, size_t at) {
  auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  uint32_t first = byte(at);
  if (first < 0x80) return {first, 1, true};
  uint32_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  uint32_t code = first & (0xFFu >> (length + 1));
  for (uint32_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {first, 1, false};
    code = (code << 6) | (byte(at + i) & 0x3F);
  }
  constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (first < 0xC2 || first > 0xF4 || code < kLeast[length] || code > 0x10FFFF || surrogate)
    return {first, 1, false};
  return {code, length, true};
}

size_t count_characters(std::string_view text) {
  if (is_plain(text)) return text.size();
  size_t count = 0;
  for (size_t i = 0; i < text.size(); i += character_at(text, i).length) ++count;
  return count;
}

std::vector<std::string> visible_characters(std::string_view text) {
  std::vector<std::string> shown;
  for (size_t i = 0; i < text.size();) {
    Character c = character_at(text, i);
    if (c.code == '\t')
      shown.emplace_back(" ");
    else if (!c.valid || c.code < 0x20 || c.code == 0x7F)
      shown.emplace_back("?");
    else if (is_hidden(c.code))
      shown.push_back(fmt::format("<U+{:04X}>", c.code));
    else
      shown.emplace_back(text.substr(i, c.length));
    i += c.length;
  }
  return shown;
}

std::string visible(std::string_view text, bool keep_newlines) {
  if (is_plain(text)) return std::string(text);
  std::string out;
  size_t begin = 0;
  while (keep_newlines && text.find('\n', begin) != std::string_view::npos) {
    size_t end = text.find('\n', begin);
    for (const std::string& c : visible_characters(text.substr(begin, end - begin))) out += c;
    out += '\n';
    begin = end + 1;
  }
  for (const std::string& c : visible_characters(text.substr(begin))) out += c;
  return out;
}

bool has_returns_alone(std::string_view text) {
  const size_t end = text.find('\r');
  return end != text.npos && end + 1 < text.size() && text.find('\n') == text.npos;
}

bool is_hidden(uint32_t code) {
  return std::any_of(std::begin(kHidden), std::end(kHidden),
                     [&](CodeRange r) { return code >= r.first && code <= r.last; });
}

char look_alike(uint32_t code) {
  if (code >= 0xFF01 && code <= 0xFF5E) return static_cast<char>(code - 0xFF01 + '!');
  auto found = std::lower_bound(std::begin(kAlike), std::end(kAlike), code,
                                [](Alike a, uint32_t c) { return a.code < c; });
  return found != std::end(kAlike) && found->code == code ? found->ascii : '\0';
}

bool check_characters(const Source& source, uint32_t begin, uint32_t end, bool quoted,
                      std::vector<Diagnostic>& out) {
  std::string_view text = source.text;
  bool found = false;
  for (uint32_t i = begin; i < end;) {
    Character c = character_at(text, i);
    Span span{i, i + c.length, source.id};
    i += c.length;
    if (c.valid && !is_hidden(c.code) && (quoted || c.code < 0x80 || look_alike(c.code) == 0)) continue;
    found = true;
    if (!c.valid) {
      out.push_back(not_utf8(span));
      return true;
    }
    out.push_back(is_hidden(c.code) ? hidden_character(span, c.code)
                                    : look_alike_word(source, span.begin, begin, end));
    i = std::max(i, out.back().span.end);
  }
  return found;
}

}  // namespace crit
