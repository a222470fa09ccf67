// Quantities as written to numbers with units.
#include "interpreter/quantity.hpp"

#include <fmt/format.h>

namespace crit {

Diagnostic refused(std::string rule, Span span, std::string message, std::string help) {
  Diagnostic d;
  d.rule = std::move(rule);
  d.span = span;
  d.message = std::move(message);
  d.help = std::move(help);
  return d;
}

namespace {

// `e9/L` of `100e9/L`: 10^9/L. Empty: it is another mistake.
std::string power_meant(std::string_view unit) {
  const size_t digits = unit.find_first_not_of("0123456789", 1);
  if (unit.size() < 2 || (unit[0] != 'e' && unit[0] != 'E') || digits == 1 || digits == unit.npos) return {};
  std::string power = "10^" + std::string(unit.substr(1));
  return parse_unit(power) ? power : std::string();
}

}  // namespace

std::optional<Unit> unit_of(const UnitText& written, std::vector<Diagnostic>& diagnostics) {
  if (auto unit = parse_unit(written.text)) return unit;
  Diagnostic d = refused("unknown-unit", written.span, fmt::format("`{}` is not a known unit", written.text));
  if (const auto near = nearest_unit(written.text)) {
    d.help = fmt::format("did you mean `{}`?", *near);
    d.fix = Fix{written.span, *near, false};
  } else if (const std::string power = power_meant(written.text); !power.empty()) {
    d.help = fmt::format("write the power of ten as `{}`", power);
  } else {
    d.help = "units are UCUM's and the clinic's spellings of them: `U/L`, `10^9/L`, `mg/dL`, `mL/min/1.73m2`";
  }
  diagnostics.push_back(std::move(d));
  return std::nullopt;
}

std::optional<Measured> measured(const Expr& e, std::vector<Diagnostic>& diagnostics) {
  if (const auto* negative = std::get_if<Negative>(&e.node)) {
    auto inner = measured(*negative->operand, diagnostics);
    if (inner) inner->number = -inner->number;
    return inner;
  }
  if (const auto* paren = std::get_if<Paren>(&e.node)) return measured(*paren->inner, diagnostics);
  const auto* quantity = std::get_if<Quantity>(&e.node);
  if (!quantity) return std::nullopt;
  const auto number = Rational::parse(quantity->number.digits);
  if (!number) {
    diagnostics.push_back(refused("syntax", quantity->number.span, "this number has too many digits",
                                  "write at most 40 digits"));
    return std::nullopt;
  }
  Measured made{*number, std::nullopt, quantity->unit.text};
  if (quantity->unit.text.empty()) return made;
  made.unit = unit_of(quantity->unit, diagnostics);
  if (!made.unit) return std::nullopt;
  return made;
}

}  // namespace crit
