// The protocol's words as pasted, to plain ASCII in small letters that the readers of numbers go through.
#include "tools/lint/plain_text.hpp"

#include <algorithm>
#include <array>

#include "grammar/characters.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

struct Plain {
  uint32_t code;
  std::string_view text;
};

constexpr std::array<Plain, 39> kPlain{{
    {0x00A0, " "},  {0x00B0, "deg"}, {0x00B1, "+-"},  {0x00B2, "^2"},   {0x00B3, "^3"},   {0x00B5, "u"},
    {0x00B7, "."},  {0x00B9, "^1"},  {0x00BA, "deg"}, {0x00BC, " 1/4"}, {0x00BD, " 1/2"}, {0x00BE, " 3/4"},
    {0x00D7, "x"},  {0x03BC, "u"},   {0x2009, " "},   {0x2010, "-"},    {0x2011, "-"},    {0x2012, "-"},
    {0x2013, "-"},  {0x2014, "-"},   {0x2018, "'"},   {0x2019, "'"},    {0x201C, "\""},   {0x201D, "\""},
    {0x2022, "\n"}, {0x202F, " "},   {0x2070, "^0"},  {0x2074, "^4"},   {0x2075, "^5"},   {0x2076, "^6"},
    {0x2077, "^7"}, {0x2078, "^8"},  {0x2079, "^9"},  {0x207B, "^-"},   {0x2103, "degC"}, {0x2212, "-"},
    {0x2264, "<="}, {0x2265, ">="},  {0xFF1C, "<"},
}};

void append(PlainText& plain, char c, size_t from) {
  plain.text += c;
  const char small = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
  plain.lower += small == '\n' ? ' ' : small;
  plain.origin.push_back(uint32_t(from));
}

void append_blank(PlainText& plain, bool line_end, size_t from) {
  if (plain.text.empty()) return;
  if (plain.text.back() == ' ' || plain.text.back() == '\n') {
    if (line_end) plain.text.back() = '\n';
    return;
  }
  append(plain, line_end ? '\n' : ' ', from);
}

void append_character(PlainText& plain, const Character& c, std::string_view bytes, size_t from) {
  const auto known = c.code < 0x80 ? kPlain.end() : std::ranges::find(kPlain, c.code, &Plain::code);
  const std::string_view text = known == kPlain.end() ? bytes : known->text;
  for (const char byte : text) {
    if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r')
      append_blank(plain, byte == '\n', from);
    else if (byte != '\\')  // registries write `\>`
      append(plain, byte, from);
  }
}

bool is_word_byte(char c) {
  return is_letter(c) || is_digit(c);
}

}  // namespace

PlainText plain_text(std::string_view text) {
  PlainText plain;
  for (size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    append_character(plain, c, text.substr(at, c.length), at);
    at += c.length;
  }
  plain.origin.push_back(uint32_t(text.size()));
  return plain;
}

size_t place_in(const PlainText& plain, size_t byte) {
  return size_t(std::ranges::lower_bound(plain.origin, uint32_t(byte)) - plain.origin.begin());
}

std::string_view stripped(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \n") + 1 - begin);
}

std::string_view last_word(std::string_view text) {
  size_t begin = text.size();
  while (begin > 0 && is_letter(text[begin - 1])) --begin;
  return text.substr(begin);
}

std::string_view next_word(std::string_view text) {
  size_t end = 0;
  while (end < text.size() && is_letter(text[end])) ++end;
  return text.substr(0, end);
}

bool ends_with_words(std::string_view text, std::string_view words) {
  if (!text.ends_with(words)) return false;
  const size_t before = text.size() - words.size();
  return before == 0 || !is_word_byte(words.front()) || !is_word_byte(text[before - 1]);
}

bool starts_with_words(std::string_view text, std::string_view words) {
  if (!text.starts_with(words)) return false;
  return words.size() == text.size() || !is_word_byte(words.back()) || !is_word_byte(text[words.size()]);
}

size_t find_words(std::string_view text, std::string_view words, size_t from) {
  for (size_t at = text.find(words, from); at != std::string_view::npos; at = text.find(words, at + 1))
    if (starts_with_words(text.substr(at), words) &&
        ends_with_words(text.substr(0, at + words.size()), words))
      return at;
  return std::string_view::npos;
}

}  // namespace crit
