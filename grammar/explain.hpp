// Where reading stopped, to a finding in the words of the person who wrote the line.
#pragma once

#include "grammar/diagnostic.hpp"
#include "grammar/lines.hpp"
#include "grammar/read.hpp"

namespace crit {

// The finding about a part, the bytes [begin, end), that could not be read.
Diagnostic explain(const Source&, const std::vector<Line>&, Part, uint32_t begin, uint32_t end,
                   const Failure&);

}  // namespace crit
