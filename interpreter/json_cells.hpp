// The keys and single values of a JSON text as On-Demand meets them, still as text. Inline, and by eight
// bytes at a time where that is possible: a patient has a hundred of them. For the
// readers of JSON only.
#pragma once

#include <simdjson.h>

#include <array>
#include <cstring>

#include "interpreter/read_record.hpp"
#include "interpreter/short_texts.hpp"

namespace crit {

// Of what simdjson does not read, which does not say where.
inline constexpr std::string_view kNoJson =
    "this is not JSON: a comma, a quote or a bracket is missing or too many, or a word stands without quotes";

// The value of a result that is no error. Not a copy: copies of these are what would take the time.
template <class T>
T& value_of(simdjson::simdjson_result<T>& result) {
  T&& value = std::move(result).value_unsafe();
  return value;
}

inline bool has_backslash(const char* text, size_t size) {
  // A zero byte in `found` is a backslash: the usual test for a zero byte in a word.
  constexpr uint64_t kEach = 0x0101010101010101;
  for (; size > 0; text += 8, size -= std::min<size_t>(size, 8)) {
    const uint64_t found = eight_bytes(text) ^ kEach * '\\';
    uint64_t zeros = (found - kEach) & ~found & kEach * 0x80;
    if (size < 8) zeros &= (uint64_t{1} << size * 8) - 1;
    if (zeros) return true;
  }
  return false;
}

inline bool is_json_number(const char* at, const char* end) {
  const auto digits = [&] {
    const char* const begin = at;
    while (at != end && static_cast<unsigned char>(*at - '0') <= 9) ++at;
    return at - begin;
  };
  if (at != end && *at == '-') ++at;
  const bool zero = at != end && *at == '0';
  const auto whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (at == end) return true;
  if (*at == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == end;
}

// Whether the text is this word of four or five letters.
template <size_t N>
bool is_word(std::string_view text, const char (&word)[N]) {
  static_assert(N == 5 || N == 6);
  return text.size() == N - 1 && std::memcmp(text.data(), word, 4) == 0 && (N == 5 || text[4] == word[4]);
}

// A single value; `nested` for anything else. A value's token goes up to the next one, blanks included.
[[gnu::always_inline]] inline simdjson::error_code read_cell(simdjson::ondemand::value& v, Cell& into) {
  const std::string_view token = v.raw_json_token();
  const char* const begin = token.data();
  size_t size = token.size();
  while (size > 1 && static_cast<unsigned char>(begin[size - 1]) <= ' ') --size;
  into = {Cell::Kind::nothing, {begin, size}};
  switch (*begin) {
    case '"':
      into.kind = Cell::Kind::text;
      if (size < 2 || begin[size - 1] != '"') return simdjson::STRING_ERROR;
      if (has_backslash(begin + 1, size - 2)) return v.get_string().get(into.text);
      into.text = {begin + 1, size - 2};
      return simdjson::SUCCESS;
    case '{':
    case '[':
      into.kind = Cell::Kind::nested;
      return simdjson::SUCCESS;
    case 't':
      into.kind = Cell::Kind::yes;
      return is_word(into.text, "true") ? simdjson::SUCCESS : simdjson::T_ATOM_ERROR;
    case 'f':
      into.kind = Cell::Kind::no;
      return is_word(into.text, "false") ? simdjson::SUCCESS : simdjson::F_ATOM_ERROR;
    case 'n':
      return is_word(into.text, "null") ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
    default:
      into.kind = Cell::Kind::number;
      return is_json_number(begin, begin + size) ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
  }
}

// The fields whose keys are short enough, in the order of how often they come; the others are found by their
// text.
struct ShortField {
  constexpr ShortField(std::string_view name, Field f)
      : key(name), field(f), bytes(static_cast<uint8_t>(name.size() + 1)) {}

  KeyText key;
  Field field;
  uint8_t bytes;  // of the key and its quote
};
inline constexpr std::array<ShortField, 10> kShortFields{{{"value", Field::value},
                                                          {"unit", Field::unit},
                                                          {"date", Field::date},
                                                          {"uln", Field::upper},
                                                          {"start", Field::start},
                                                          {"end", Field::end},
                                                          {"dose", Field::dose},
                                                          {"by", Field::by},
                                                          {"lln", Field::lower},
                                                          {"lab", Field::lab}}};

[[gnu::always_inline]] inline const ShortField* short_field(const char* raw_key) {
  const uint64_t bytes = eight_bytes(raw_key);
  for (const ShortField& row : kShortFields)
    if (row.key.starts(bytes)) return &row;
  return nullptr;
}

// simdjson 3.2 and later ask whether broken escapes are replaced.
template <class Field>
auto unescaped_key(Field& field) {
  if constexpr (requires { field.unescaped_key(); })
    return field.unescaped_key();
  else
    return field.unescaped_key(false);
}

// A key's text. Nearly always it stands in the input as it is.
inline simdjson::error_code text_of_key(simdjson::ondemand::field& field, std::string_view& into) {
  const char* const begin = field.key().raw();
  const char* end = begin;
  while (*end != '"' && *end != '\\') ++end;
  if (*end == '\\') return unescaped_key(field).get(into);
  into = {begin, static_cast<size_t>(end - begin)};
  return simdjson::SUCCESS;
}

}  // namespace crit
