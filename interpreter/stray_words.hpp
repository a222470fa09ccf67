// The words for names in the data that nothing declares, or that mean different things. They are of a column
// or a key, which has them again in each patient.
#pragma once

#include <string_view>

namespace crit {

inline constexpr std::string_view kUndeclared = "no file of this run declares a fact of this name";
inline constexpr std::string_view kNoSuchField = "has no such attribute or field";

// Of a column, which a slip of the header has made of no use.
inline constexpr std::string_view kNameColumn = "name the column";
inline constexpr std::string_view kNamelessColumn =
    "something stands in a column without a name: name the column";
inline constexpr std::string_view kNeedsUnit = " needs its unit, such as `";

inline constexpr std::string_view kAskApart = "ask different things under this name";
inline constexpr std::string_view kOtherTrial =
    "this answers a trial that is not in this run: it is passed over";

// Of who comes again.
inline constexpr std::string_view kNeitherCounts =
    "this patient is in the input twice: neither answer counts";

inline constexpr std::string_view kBornAfterScreening = "birth_date: this is after screening";

inline bool is_of_name(std::string_view message) {
  const auto has = [&](std::string_view words) { return message.find(words) != message.npos; };
  return has(kUndeclared) || has(kNoSuchField) || has(kAskApart) || has(kNameColumn);
}

}  // namespace crit
