// `140/90`, as protocols write a blood pressure, to a condition on its two results.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/ast.hpp"

namespace crit {

inline constexpr std::string_view kTwoPressures =
    "a blood pressure is two results: the systolic one, `SBP`, and the diastolic one, `DBP`";
inline constexpr std::string_view kWhichPressure = "write `SBP` or `DBP`";

// `blood_pressure`, `BP`.
bool is_blood_pressure(std::string_view name);

// Above 140/90 is who is above one of them, below it who is below both. Empty for any other sign.
std::string two_pressures(CompareOp, std::string_view systolic, std::string_view diastolic);

// ` > 140/90 mmHg` at the front of the text, and how long it is.
struct TwoPressures {
  std::string text;
  size_t length;
};
std::optional<TwoPressures> two_pressures(std::string_view text);

}  // namespace crit
