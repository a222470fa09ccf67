// What stands at the front of a text that could not be read, or ends it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/ast.hpp"

namespace crit {

size_t skip_blanks(std::string_view text, size_t at);
std::string_view without_blanks(std::string_view text);  // before it
size_t number_length(std::string_view text);
std::string_view word_at_end(std::string_view text);

// A number in digits or in words at the front of the text.
struct CountedWord {
  size_t length = 0;  // 0: there is none
  uint64_t number = 0;
};
CountedWord whole_number_at(std::string_view text);

// The word at the front of the text where it may be a name that records have; empty: it may not.
std::string_view name_at(std::string_view text);

// The words at the front of the text that are one name when they are joined: `hepatitis B`.
struct NameWords {
  size_t length = 0;
  std::string name;
};
NameWords name_words_at(std::string_view text);

// The length of `3 months`, `three months` or `month` at the front of the text; 0: there is none.
size_t period_length(std::string_view text);

// The length of ` before first_dose` at the front of the text, with the blanks before it; 0: there is none.
size_t anchor_length(std::string_view text);

// A declared name with what belongs to it or follows it up to its text, as one name: `KL-6` is `KL_6`, `prior
// surgery` `prior_surgery`.
struct NameMeant {
  std::string name;
  size_t length = 0;
};
NameMeant name_meant_at(std::string_view text);

// How what the text begins with is compared, in signs or in words: `ALT within 6 months > 3*ULN`. Nothing: it
// is not.
std::optional<CompareOp> comparison_ahead(std::string_view text);

}  // namespace crit
