// Diagnostics to standard error.
#include "tools/tell.hpp"

#include <utility>

namespace crit {

Diagnostic mistake(Span span, std::string message, std::string help) {
  Diagnostic d;
  d.span = span;
  d.message = std::move(message);
  d.help = std::move(help);
  return d;
}

namespace {

void tell(Console& console, const Rules& rules, const Diagnostic& d) {
  complain(console, render(d, rules.shown, console.err.colour, console.width));
}

}  // namespace

void tell_all(Console& console, const Rules& rules, const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& d : diagnostics) tell(console, rules, d);
}

void tell_errors(Console& console, const Rules& rules, const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& d : diagnostics)
    if (d.severity == Severity::error) tell(console, rules, d);
}

}  // namespace crit
