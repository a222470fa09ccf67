// Arithmetic, conversion and the printed form of units.

#include "interpreter/units.hpp"

#include <algorithm>

namespace crit {

namespace {

constexpr int most_exponent = 60;

bool in_bounds(int exponent) {
  return exponent >= -most_exponent && exponent <= most_exponent;
}

// Adds `times` copies of `more`: false where an exponent leaves its bounds.
bool merge(std::vector<UnitPower>& into, const std::vector<UnitPower>& more, int times) {
  if (times == 0) return true;
  for (const UnitPower& term : more) {
    const auto same = std::ranges::find(into, term.symbol, &UnitPower::symbol);
    if (same == into.end()) {
      into.push_back({term.symbol, term.exponent * times});
      if (!in_bounds(into.back().exponent)) return false;
      continue;
    }
    same->exponent += term.exponent * times;
    if (!in_bounds(same->exponent)) return false;
    if (same->exponent == 0) into.erase(same);
  }
  return true;
}

std::optional<Unit> multiply_power(Unit a, const Unit& b, int times) {
  for (size_t i = 0; i < base_count; ++i) {
    const int exponent = a.dimension[i] + b.dimension[i] * times;
    if (!in_bounds(exponent)) return std::nullopt;
    a.dimension[i] = static_cast<int8_t>(exponent);
  }
  if (!merge(a.kinds, b.kinds, times) || !merge(a.symbols, b.symbols, times)) return std::nullopt;
  std::ranges::sort(a.kinds, {}, &UnitPower::symbol);
  a.factor *= b.factor.pow(times);
  if (a.factor.too_large()) return std::nullopt;
  a.offset = 0;
  a.exact &= b.exact;
  return a;
}

// `mg{total}` to the power 2 is `mg2{total}`; an annotation alone has no exponent and is repeated.
std::string power_text(const std::string& symbol, int exponent) {
  if (exponent == 1) return symbol;
  const size_t note = std::min(symbol.find('{'), symbol.size());
  if (note > 0) return symbol.substr(0, note) + std::to_string(exponent) + symbol.substr(note);
  std::string text = symbol;
  for (int i = 1; i < exponent; ++i) text += "." + symbol;
  return text;
}

bool is_power_of_ten(const std::string& symbol) {
  return symbol.starts_with("10*") || symbol.starts_with("10^");
}

bool is_numeral(const std::string& symbol) {
  return symbol[0] >= '0' && symbol[0] <= '9' && !is_power_of_ten(symbol);
}

}  // namespace

bool Unit::is_number() const {
  return kinds.empty() && std::ranges::all_of(dimension, [](int8_t power) { return power == 0; });
}

std::optional<Unit> multiply(const Unit& a, const Unit& b) {
  return multiply_power(a, b, 1);
}
std::optional<Unit> divide(const Unit& a, const Unit& b) {
  return multiply_power(a, b, -1);
}

std::optional<Unit> power(const Unit& unit, int exponent) {
  if (!in_bounds(exponent)) return std::nullopt;
  return multiply_power(Unit{}, unit, exponent);
}

std::string to_string(const Unit& unit) {
  std::string above;
  std::string below;
  for (const UnitPower& term : unit.symbols) {
    if (is_numeral(term.symbol)) {
      // A numeral's digits run on into an exponent, so that its power is written out.
      for (int i = 0; i < std::abs(term.exponent); ++i) {
        if (term.exponent < 0) {
          below += "/" + term.symbol;
        } else {
          above += (above.empty() ? "" : ".") + term.symbol;
        }
      }
    } else if (term.exponent > 0 || is_power_of_ten(term.symbol)) {
      above += (above.empty() ? "" : ".") + power_text(term.symbol, term.exponent);
    } else if (term.symbol.starts_with('{')) {
      for (int i = 0; i < -term.exponent; ++i) below += "/" + term.symbol;
    } else {
      below += "/" + power_text(term.symbol, -term.exponent);
    }
  }
  return above.empty() && below.empty() ? "1" : above + below;
}

bool commensurable(const Unit& a, const Unit& b) {
  return a.dimension == b.dimension && a.kinds == b.kinds;
}

std::optional<Linear> conversion(const Unit& from, const Unit& to) {
  if (!commensurable(from, to)) return std::nullopt;
  return Linear{from.factor / to.factor, (from.offset - to.offset) / to.factor};
}

std::optional<Linear> conversion(const Unit& from, const Unit& to, const Rational& grams_per_mole) {
  // mass^m * substance^n may become mass^(m-k) * substance^(n+k): divide by the molar mass k times.
  constexpr auto mass = static_cast<size_t>(Base::mass);
  constexpr auto substance = static_cast<size_t>(Base::substance);
  Unit as_to = from;
  const int moles = to.dimension[substance] - from.dimension[substance];
  if (!in_bounds(from.dimension[mass] - moles)) return std::nullopt;
  as_to.dimension[mass] = static_cast<int8_t>(from.dimension[mass] - moles);
  as_to.dimension[substance] = to.dimension[substance];
  as_to.factor /= grams_per_mole.pow(moles);
  if (as_to.factor.too_large()) return std::nullopt;
  return conversion(as_to, to);
}

std::optional<Rational> convert(const Rational& value, const Unit& from, const Unit& to) {
  const auto linear = conversion(from, to);
  if (!linear) return std::nullopt;
  return (*linear)(value);
}

}  // namespace crit
