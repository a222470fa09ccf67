// The words for names in the data that nothing declares. They are of a column or a key, which has them again
// in each patient.
#pragma once

#include <string_view>

namespace crit {

inline constexpr std::string_view kUndeclared = "no file of this run declares a fact of this name";
inline constexpr std::string_view kNoSuchField = "has no such attribute or field";

inline bool is_of_name(std::string_view message) {
  return message.find(kUndeclared) != message.npos || message.find(kNoSuchField) != message.npos;
}

}  // namespace crit
