// Three-valued truth: Kleene's strong logic. Unknown is never taken for no.
#pragma once

#include <algorithm>
#include <cstdint>

namespace crit {

enum class Truth : uint8_t { no, unknown, yes };

constexpr Truth operator&(Truth a, Truth b) {
  return std::min(a, b);
}
constexpr Truth operator|(Truth a, Truth b) {
  return std::max(a, b);
}
constexpr Truth operator!(Truth a) {
  return Truth(2 - uint8_t(a));
}
constexpr Truth truth(bool b) {
  return b ? Truth::yes : Truth::no;
}

static_assert((Truth::no & Truth::unknown) == Truth::no && (Truth::yes & Truth::unknown) == Truth::unknown);
static_assert((Truth::no | Truth::unknown) == Truth::unknown && (Truth::yes | Truth::unknown) == Truth::yes);
static_assert((!Truth::unknown) == Truth::unknown && (!Truth::yes) == Truth::no &&
              (!Truth::no) == Truth::yes);

}  // namespace crit
