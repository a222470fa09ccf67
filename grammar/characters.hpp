// Characters of UTF-8 text: what a person can see of them, and those that deceive the eye.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"

namespace crit {

// The code point that starts at `at` and its length in bytes; `valid` is false for bytes that are no UTF-8.
struct Character {
  uint32_t code = 0;
  uint32_t length = 1;
  bool valid = true;
};
Character character_at(std::string_view text, size_t at);

// Code points; a byte that is no UTF-8 counts as one.
size_t count_characters(std::string_view);

// The characters as they may be shown on a terminal: a tab as a blank, no UTF-8 and control characters as
// `?`, bidirectional and invisible ones as `<U+202E>`.
std::vector<std::string> visible_characters(std::string_view);
std::string visible(std::string_view, bool keep_newlines = false);

// Whether lines end with a carriage return alone, as on an old Mac: they would all be one.
bool has_returns_alone(std::string_view text);
inline constexpr std::string_view kReturnsAlone =
    "the lines end with a carriage return alone: save the file with the line ends of Windows or Unix";

// A control, bidirectional or invisible character: never part of a rule, a text or a comment.
bool is_hidden(uint32_t code);

// The ASCII character that this one looks like (`А` of the Cyrillic alphabet), or 0.
char look_alike(uint32_t code);

// Reports the hidden characters and the look-alikes of `text[begin, end)`. Inside quotes and comments
// (`quoted`) only hidden ones count. One finding a word. True where something was reported.
bool check_characters(const Source&, uint32_t begin, uint32_t end, bool quoted, std::vector<Diagnostic>&);

}  // namespace crit
