// JSON as programs write it, token by token: ASCII and no escapes. For the reader of plain JSON only, which
// is one struct with this, so that nothing is called for a byte.
#pragma once

#include <bit>

#include "interpreter/json_cells.hpp"
#include "interpreter/read_value.hpp"

namespace crit {

// The highest bit of each byte that is zero; above the first such byte there may be others.
inline uint64_t zero_bytes(uint64_t x) {
  return (x - each_byte(1)) & ~x & each_byte(0x80);
}

// Those of a quote, and of what a plain text has none of: a backslash, control characters, and what is not
// ASCII.
inline uint64_t stops(uint64_t x) {
  const uint64_t control = (x - each_byte(0x20)) & ~x & each_byte(0x80);
  return zero_bytes(x ^ each_byte('"')) | zero_bytes(x ^ each_byte('\\')) | control | (x & each_byte(0x80));
}

inline bool is_digit(char c) {
  return static_cast<unsigned char>(c - '0') <= 9;
}

// The bytes of `: false` behind a key, where another one follows; 0: this is not what stands there.
inline size_t bytes_of_denial(const char* at) {
  if (is_same({at, 8}, ": false,")) return 7;
  return is_same({at, 7}, ":false,") ? 6 : 0;
}

inline const char* pass_digits(const char* at) {
  while (is_digit(*at)) ++at;
  return at;
}

// The end of a JSON number; nullptr where it is none. A text has a byte that is no digit behind it.
inline const char* end_of_number(const char* at) {
  if (*at == '-') ++at;
  const char* const whole = at;
  at = pass_digits(at);
  if (at == whole || (*whole == '0' && at - whole > 1)) return nullptr;
  if (*at == '.') {
    const char* const fraction = ++at;
    at = pass_digits(at);
    if (at == fraction) return nullptr;
  }
  if (*at != 'e' && *at != 'E') return at;
  ++at;
  if (*at == '+' || *at == '-') ++at;
  const char* const exponent = at;
  at = pass_digits(at);
  return at == exponent ? nullptr : at;
}

// Every function gives false where the text goes on otherwise than guessed. `at` is never behind `end` but
// for the bytes of one token, which kInputPadding holds.
struct PlainJson {
  const char* at;
  const char* const end;

  void pass_blanks() {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) ++at;
  }

  bool pass(char c) {
    if (at >= end || *at != c) return false;
    ++at;
    return true;
  }

  [[gnu::always_inline]] bool pass(const ShortText& stretch) {
    if (!stretch.is_at(at)) return false;
    at += stretch.bytes();
    return true;
  }

  // Behind an element: true and `more` where another one follows, false where neither that nor the end does.
  bool pass_separator(char last, bool& more) {
    pass_blanks();
    if (at >= end) return false;
    more = *at == ',';
    if (!more && *at != last) return false;
    ++at;
    if (more) pass_blanks();
    return true;
  }

  // The same in an object, with the quote of the next key.
  [[gnu::always_inline]] bool pass_to_key(bool& more) {
    if (is_same({at, 3}, R"(, ")")) {
      at += 3;
      return true;
    }
    if (is_same({at, 2}, R"(,")")) {
      at += 2;
      return true;
    }
    return pass_to_other_key(more);
  }

  [[gnu::noinline]] bool pass_to_other_key(bool& more) {
    return pass_separator('}', more) && (!more || pass('"'));
  }

  // Behind the bracket that opens an object.
  bool pass_to_first_key(bool& more) {
    pass_blanks();
    more = !pass('}');
    return !more || pass('"');
  }

  // The rest of a text whose quote has been passed, and its closing quote.
  bool text(std::string_view& into) {
    const char* const begin = at;
    for (; at < end; at += 8) {
      const uint64_t found = stops(eight_bytes(at));
      if (found == 0) continue;
      at += std::countr_zero(found) / 8;
      into = {begin, static_cast<size_t>(at - begin)};
      return pass('"');
    }
    return false;
  }

  template <size_t N>
  bool word(const char (&letters)[N], Cell::Kind kind, Cell& into) {
    if (!is_word({at, N - 1}, letters)) return false;
    into = {kind, {at, N - 1}};
    at += N - 1;
    return true;
  }

  // The forms of a cell are functions of their own, since what one of them needs the others would pay for.
  bool cell(Cell& into) {
    if (is_digit(*at)) return number(into);
    switch (*at) {
      case '"':
        ++at;
        return rest_of_text(into);
      case 'f':
        return word("false", Cell::Kind::no, into);
      case 't':
        return word("true", Cell::Kind::yes, into);
      case 'n':
        return word("null", Cell::Kind::nothing, into);
      default:
        return other_number(into);
    }
  }

  // Behind its quote.
  bool rest_of_text(Cell& into) { return at[10] == '"' ? date_or_text(into) : text_cell(into); }

  [[gnu::noinline]] bool date_or_text(Cell& into) { return day_cell(into) || text_cell(into); }

  // A day and its closing quote.
  bool day_cell(Cell& into) {
    Day day = 0;
    if (at[10] != '"' || !read_day(at, day)) return false;
    into = {Cell::Kind::text, {at, 10}};
    into.known = Cell::Known::day;
    into.found = day;
    at += 11;
    return true;
  }

  [[gnu::noinline]] bool text_cell(Cell& into) {
    std::string_view found;
    if (!text(found)) return false;
    into = {Cell::Kind::text, found};
    return true;
  }

  [[gnu::noinline]] bool number(Cell& into) { return short_number_cell(into) || other_number(into); }

  [[gnu::always_inline]] bool short_number_cell(Cell& into) {
    const ShortNumber found = short_number(eight_bytes(at));
    if (found.bytes == 0) return false;
    into = {Cell::Kind::number, {at, found.bytes}};
    into.known = Cell::Known::number;
    into.decimals = found.decimals;
    into.found = found.digits;
    at += found.bytes;
    return true;
  }

  [[gnu::noinline]] bool other_number(Cell& into) {
    const char* const number_end = end_of_number(at);
    if (!number_end) return false;
    into = {Cell::Kind::number, {at, static_cast<size_t>(number_end - at)}};
    at = number_end;
    return true;
  }

  bool pass_colon() {
    if (at[0] == ':' && at[1] == ' ' && at[2] > ' ') {
      at += 2;
      return at < end;
    }
    pass_blanks();
    if (!pass(':')) return false;
    pass_blanks();
    return at < end;
  }
};

}  // namespace crit
