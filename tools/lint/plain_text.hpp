// The protocol's words as pasted, to plain ASCII in small letters that the readers of numbers go through.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crit {

// `≤` is `<=`, `×` is `x`, every dash is `-`, and a run of blanks is one blank (a line end where it holds
// one).
struct PlainText {
  std::string text;              // with capitals
  std::string lower;             // in small letters, line ends as blanks; as long as `text`
  std::vector<uint32_t> origin;  // where each byte came from; one more at the end
};

PlainText plain_text(std::string_view);

// Where in the plain text a byte of the original stands.
size_t place_in(const PlainText&, size_t byte);

// The word at the end or the start of a text in small letters: letters, or nothing.
std::string_view last_word(std::string_view);
std::string_view next_word(std::string_view);

// Without the blanks at its ends.
std::string_view stripped(std::string_view);

// True where `text` ends or starts with these words, as words.
bool ends_with_words(std::string_view text, std::string_view words);
bool starts_with_words(std::string_view text, std::string_view words);

// Where the words stand in the text, as words; npos: nowhere.
size_t find_words(std::string_view text, std::string_view words, size_t from = 0);

}  // namespace crit
