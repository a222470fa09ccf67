// Mistakes in a file to the terminal, each with its place.
#pragma once

#include <string>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "interpreter/load.hpp"
#include "tools/console.hpp"

namespace crit {

// An error of no rule.
Diagnostic mistake(Span, std::string message, std::string help = {});

void tell_all(Console&, const Rules&, const std::vector<Diagnostic>&);
// Those of them that are errors.
void tell_errors(Console&, const Rules&, const std::vector<Diagnostic>&);

}  // namespace crit
