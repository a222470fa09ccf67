// UCUM's grammar over the table ucum.def: the text of a unit in, a Unit out. Used by units only.
#pragma once

#include <optional>
#include <string_view>

#include "interpreter/units.hpp"

namespace crit {

// `clinic` keeps the meaning of the few annotations that have one, and lets a number carry an annotation's
// place
// (`/100{WBC}`); `ucum` is the standard to the letter.
enum class Reading { ucum, clinic };

std::optional<Unit> read_unit(std::string_view text, Reading);

}  // namespace crit
