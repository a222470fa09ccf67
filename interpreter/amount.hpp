// Numbers in, the interval of values that they may be out: bounded results, partial ages, rounding errors.
//
// An Amount is one exact number, an interval whose ends are closed, open or infinite, or missing. Arithmetic
// on intervals gives an interval that contains every possible result; where none can be given (division by
// what may be zero, a root of what may be negative, a number that is too large) the result is missing, never
// a guess.
#pragma once

#include "grammar/ast.hpp"
#include "interpreter/rational.hpp"
#include "interpreter/truth.hpp"
#include "interpreter/units.hpp"

namespace crit {

enum class Edge : uint8_t { closed, open, infinite };

struct Amount {
  enum class Kind : uint8_t { missing, exact, interval } kind = Kind::missing;
  Edge low_edge = Edge::closed, high_edge = Edge::closed;  // interval
  bool rounded = false;  // the ends carry a rounding error and are kept short
  Rational low;          // exact: the number
  Rational high;         // interval

  bool known() const { return kind != Kind::missing; }
};

Amount exactly(Rational);
Amount between(Rational low, Rational high);         // both ends closed
Amount at_least(Rational low, Edge = Edge::closed);  // up to infinity
Amount at_most(Rational high, Edge = Edge::closed);  // from minus infinity
Amount any_number();

// The smallest interval that holds both; missing where one is.
Amount hull(const Amount&, const Amount&);
// The part of the interval between the ends (both closed, either may be absent); missing where nothing is
// left.
Amount within(const Amount&, const std::optional<Rational>& low, const std::optional<Rational>& high);

Amount negated(const Amount&);
Amount arithmetic(ArithmeticOp, const Amount&, const Amount&);
// The same where one of them is rounded, quickly; nothing for intervals without end, for powers, and for
// division by what may be zero.
std::optional<Amount> rounded_arithmetic(ArithmeticOp, const Amount&, const Amount&);
Amount scaled(const Amount&, const Linear&);
Amount absolute(const Amount&);
Amount lower_of(const Amount&, const Amount&);
Amount higher_of(const Amount&, const Amount&);
Amount rounded_to(const Amount&, const Rational& step);  // half away from zero
Amount raised(const Amount& base, const Amount& exponent);
Amount logarithm(const Amount&);
Amount exponential(const Amount&);

// Yes or no where every possible pair of values agrees.
Truth compare(const Amount&, CompareOp, const Amount&);
// Unknown where one is too large.
inline Truth compare(const Rational& a, CompareOp op, const Rational& b) {
  constexpr unsigned less = 1, equal = 2, greater = 4;
  // Three bits for each operator, in their order.
  constexpr unsigned accepts = less | (less | equal) << 3 | greater << 6 | (greater | equal) << 9 |
                               equal << 12 | (less | greater) << 15;
  const auto order = a <=> b;
  if (order == std::partial_ordering::unordered) return Truth::unknown;
  return truth(accepts >> 3 * size_t(op) & (order < 0 ? less : order > 0 ? greater : equal));
}

}  // namespace crit
