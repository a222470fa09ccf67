// Tables of words and phrases to what they mean; for the files behind words.hpp.
#pragma once

#include <optional>
#include <string_view>

#include "grammar/words.hpp"

namespace crit {

template <typename Value>
struct Spelled {
  std::string_view text;
  Value value;
};

// The length of the phrase where the text starts with it, its blanks being any number of blanks; otherwise 0.
inline size_t phrase_length(std::string_view text, std::string_view phrase) {
  size_t at = 0;
  for (char c : phrase) {
    if (at >= text.size()) return 0;
    if (c == ' ') {
      if (text[at] != ' ' && text[at] != '\t') return 0;
      while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
      continue;
    }
    char lower = text[at] >= 'A' && text[at] <= 'Z' ? static_cast<char>(text[at] - 'A' + 'a') : text[at];
    if (lower != c) return 0;
    ++at;
  }
  bool word = is_name_byte(phrase.back());
  return word && at < text.size() && is_name_byte(text[at]) ? 0 : at;
}

// As most phrases of a table do not: told by the first letter, in any case.
inline bool may_start(std::string_view text, std::string_view phrase) {
  return !text.empty() && (text[0] | 0x20) == (phrase[0] | 0x20);
}

template <typename Value, size_t N>
std::optional<Value> find(const Spelled<Value> (&table)[N], std::string_view text) {
  for (const auto& entry : table)
    if (may_start(text, entry.text) && phrase_length(text, entry.text) == text.size()) return entry.value;
  return std::nullopt;
}

template <typename Value, size_t N>
size_t length(const Spelled<Value> (&table)[N], std::string_view text) {
  for (const auto& entry : table)
    if (size_t n = may_start(text, entry.text) ? phrase_length(text, entry.text) : 0) return n;
  return 0;
}

template <size_t N>
size_t length(const std::string_view (&table)[N], std::string_view text) {
  for (std::string_view entry : table)
    if (size_t n = may_start(text, entry) ? phrase_length(text, entry) : 0) return n;
  return 0;
}

template <typename Value, size_t N>
std::string_view spelling_in(const Spelled<Value> (&table)[N], Value value) {
  for (const auto& entry : table)
    if (entry.value == value) return entry.text;
  return "";
}

}  // namespace crit
