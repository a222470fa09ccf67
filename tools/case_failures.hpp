// A case to what came out otherwise than it expects, with the reason.
#pragma once

#include <string>
#include <vector>

#include "interpreter/model.hpp"
#include "interpreter/read_cases.hpp"

namespace crit {

// Everything that is wrong with one case; empty: it holds.
std::vector<std::string> failures_of(const Model&, const Case&);

}  // namespace crit
