// Arithmetic on intervals that carry a rounding error already: in doubles, each end pushed outward by more
// than the error.
#include <algorithm>
#include <cmath>
#include <limits>

#include "interpreter/amount.hpp"

namespace crit {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double lowered(double value) {
  return std::nextafter(value, -kInfinity);
}
double raised(double value) {
  return std::nextafter(value, kInfinity);
}

struct Ends {
  double low, high;
};

// Nothing for an interval without end.
std::optional<Ends> ends_of(const Amount& a) {
  if (a.kind == Amount::Kind::exact) {
    const double value = a.low.to_double();
    return Ends{lowered(value), raised(value)};
  }
  if (a.low_edge == Edge::infinite || a.high_edge == Edge::infinite) return std::nullopt;
  return Ends{lowered(a.low.to_double()), raised(a.high.to_double())};
}

Ends product(const Ends& a, const Ends& b) {
  const auto [low, high] = std::minmax({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
  return {low, high};
}

std::optional<Ends> result(ArithmeticOp op, const Ends& a, const Ends& b) {
  switch (op) {
    case ArithmeticOp::add:
      return Ends{a.low + b.low, a.high + b.high};
    case ArithmeticOp::subtract:
      return Ends{a.low - b.high, a.high - b.low};
    case ArithmeticOp::multiply:
      return product(a, b);
    case ArithmeticOp::divide:
      if (b.low <= 0 && b.high >= 0) return std::nullopt;
      return product(a, {lowered(1 / b.high), raised(1 / b.low)});
    case ArithmeticOp::power:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Amount> rounded_arithmetic(ArithmeticOp op, const Amount& a, const Amount& b) {
  const auto left = ends_of(a), right = ends_of(b);
  if (!left || !right) return std::nullopt;
  const auto made = result(op, *left, *right);
  if (!made || !std::isfinite(made->low) || !std::isfinite(made->high)) return std::nullopt;
  Amount wide = between(Rational::from_double(lowered(made->low)), Rational::from_double(raised(made->high)));
  wide.rounded = true;
  return wide;
}

}  // namespace crit
