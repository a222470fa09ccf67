// What stands at the front of a text that could not be read, or ends it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/ast.hpp"

namespace crit {

size_t skip_blanks(std::string_view text, size_t at);
size_t number_length(std::string_view text);
std::string_view word_at_end(std::string_view text);

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
