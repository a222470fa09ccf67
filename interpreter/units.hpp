// The text of a unit in, its kind and exact size out; conversion and arithmetic of units.
//
// Two readings: parse_ucum is UCUM to the letter. parse_unit is what the language and the data readers use:
// the clinic's spellings first (one table, units_clinic.def), then UCUM. Reading a unit takes microseconds,
// not nanoseconds: keep the Unit (or the Linear) of a spelling that comes a million times.
//
// What differs from a unit calculator on purpose, because a wrong conversion decides a patient's case:
//   - mole is a base unit of its own (in UCUM it is a bare number, and mmol/L would convert to cells/L);
//   - arbitrary units ([IU], [CFU], ...) each are a kind of their own and convert to nothing else;
//   - logarithmic and other non-linear units ([pH], B, Np, [p'diop], ...) likewise;
//   - for parse_unit, mL/min/{1.73_m2} is not mL/min, {pack-years} are not a number, {FEU} is not {DDU}, and
//     amount per amount as written (mmol/mol) is not %. All other annotations say nothing, as in UCUM.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/calendar.hpp"
#include "interpreter/rational.hpp"

namespace crit {

enum class Base : uint8_t { length, time, mass, angle, temperature, charge, luminosity, substance };
inline constexpr size_t base_count = 8;

struct UnitPower {
  std::string symbol;
  int exponent = 1;
  friend bool operator==(const UnitPower&, const UnitPower&) = default;
};

struct Unit {
  std::array<int8_t, base_count> dimension{};  // powers of m, s, g, rad, K, C, cd, mol
  std::vector<UnitPower> kinds;                // arbitrary and non-linear units, sorted by symbol
  Rational factor = 1;                         // base units in one of this
  Rational offset = 0;             // base value = factor * value + offset; only temperatures have one
  bool exact = true;               // false where pi or a measured constant went in
  std::vector<UnitPower> symbols;  // as written, for printing

  bool is_number() const;  // no dimension and no kind: 1, %, 10*3, {score}
  friend bool operator==(const Unit&, const Unit&) = default;
};

std::optional<Unit> parse_ucum(std::string_view text);
std::optional<Unit> parse_unit(std::string_view text);

// The UCUM spelling: `mm[Hg]`, `10*9/L`, `kg/m2`, `1`.
std::string to_string(const Unit&);

bool commensurable(const Unit& a, const Unit& b);

struct Linear {
  Rational factor = 1;
  Rational offset = 0;
  Rational operator()(const Rational& value) const { return value * factor + offset; }
  bool is_identity() const { return factor == 1 && offset.is_zero(); }
};

// How values in `from` become values in `to`. With a molar mass in g/mol, mass and amount of substance
// convert too.
std::optional<Linear> conversion(const Unit& from, const Unit& to);
std::optional<Linear> conversion(const Unit& from, const Unit& to, const Rational& grams_per_mole);
std::optional<Rational> convert(const Rational& value, const Unit& from, const Unit& to);

// The unit of a product, quotient or power: nothing where an exponent leaves ±60. A temperature loses its
// offset.
std::optional<Unit> multiply(const Unit& a, const Unit& b);
std::optional<Unit> divide(const Unit& a, const Unit& b);
std::optional<Unit> power(const Unit& unit, int exponent);

// `years`, `mo`, `wk`, `hours`: the units that a duration may have.
std::optional<TimeUnit> time_unit(std::string_view text);

// A unit that reads much like the text, as one would write it: `mg/dL` for `MG/DL`.
std::optional<std::string> nearest_unit(std::string_view text);

}  // namespace crit
