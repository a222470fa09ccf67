// Quantities as written (`5 U/L`, `-2.5 mmol/L`, `3 h`) to numbers with units; shared by declarations and
// rules.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grammar/ast.hpp"
#include "interpreter/rational.hpp"
#include "interpreter/units.hpp"

namespace crit {

struct Measured {
  Rational number;
  std::optional<Unit> unit;  // none was written
  std::string unit_text;
};

// The number of a Quantity, negative or in parentheses too; nullopt: not a quantity, or one that was
// reported.
std::optional<Measured> measured(const Expr&, std::vector<Diagnostic>&);

// Reads a unit; reports `unknown-unit` with the nearest one where it cannot be read.
std::optional<Unit> unit_of(const UnitText&, std::vector<Diagnostic>&);

// An error of the checker in its usual form.
Diagnostic refused(std::string rule, Span, std::string message, std::string help = {});

}  // namespace crit
