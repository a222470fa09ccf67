// JSON text: strings escaped as RFC 8259 asks, everything else as it is given.
#include "tools/json.hpp"

#include <fmt/format.h>

#include <iterator>

#include "grammar/characters.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

size_t digits_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

}  // namespace

void append_json_string(std::string& to, std::string_view text) {
  to += '"';
  for (size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    if (!c.valid) {
      to += "\xEF\xBF\xBD";
    } else if (c.code == '"' || c.code == '\\') {
      to += '\\';
      to += static_cast<char>(c.code);
    } else if (c.code == '\n') {
      to += "\\n";
    } else if (c.code == '\t') {
      to += "\\t";
    } else if (c.code < 0x20 || c.code == 0x7F) {
      fmt::format_to(std::back_inserter(to), "\\u{:04x}", c.code);
    } else {
      to += text.substr(at, c.length);
    }
    at += c.length;
  }
  to += '"';
}

bool is_json_number(std::string_view text) {
  size_t at = text.starts_with('-') ? 1 : 0;
  size_t digits = digits_at(text, at);
  if (digits == 0 || (digits > 1 && text[at] == '0')) return false;
  at += digits;
  if (at < text.size() && text[at] == '.') {
    digits = digits_at(text, at + 1);
    if (digits == 0) return false;
    at += 1 + digits;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    digits = digits_at(text, at);
    if (digits == 0) return false;
    at += digits;
  }
  return at == text.size();
}

void JsonText::new_line() {
  to_ += '\n';
  to_.append(indent_ * depth_, ' ');
}

void JsonText::begin_item() {
  if (!after_key_) {
    if (!first_) to_ += indent_ ? "," : ", ";
    if (indent_ && depth_ > 0) new_line();
  }
  first_ = false;
  after_key_ = false;
}

JsonText& JsonText::open(char bracket) {
  begin_item();
  to_ += bracket;
  ++depth_;
  first_ = true;
  return *this;
}

JsonText& JsonText::close(char bracket) {
  --depth_;
  if (indent_ && !first_) new_line();
  to_ += bracket;
  first_ = false;
  return *this;
}

JsonText& JsonText::key(std::string_view name) {
  begin_item();
  append_json_string(to_, name);
  to_ += ": ";
  after_key_ = true;
  return *this;
}

JsonText& JsonText::text(std::string_view value) {
  begin_item();
  append_json_string(to_, value);
  return *this;
}

JsonText& JsonText::word(std::string_view word) {
  begin_item();
  to_ += word;
  return *this;
}

JsonText& JsonText::number(uint64_t value) {
  begin_item();
  fmt::format_to(std::back_inserter(to_), "{}", value);
  return *this;
}

}  // namespace crit
