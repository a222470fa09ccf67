// Powers, logarithms and exponentials of intervals: exact where the result is a rational number, otherwise an
// interval that is wider than the error of the floating-point functions.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "interpreter/amount.hpp"

namespace crit {

namespace {

constexpr int64_t kMostExactBits =
    512;  // of a power; a longer one is rounded, or computing it would take too long
constexpr double kUnit = std::numeric_limits<double>::epsilon();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Amount around(double value, double error) {
  if (!std::isfinite(value) || !std::isfinite(error)) return {};
  const double low = std::nextafter(value - error, -kInfinity),
               high = std::nextafter(value + error, kInfinity);
  Amount a = between(Rational::from_double(low), Rational::from_double(high));
  a.rounded = true;
  return a;
}

// The root of a number whose root is a short decimal; nothing otherwise. Whether it may be one the
// floating-point root tells, which is as near as that to the true one.
std::optional<Rational> exact_root(const Rational& number, int degree) {
  constexpr double kNear = 1e-9;
  const double root = std::pow(number.to_double(), 1.0 / degree);
  double scaled = root;
  for (int digits = 0; digits <= 6; ++digits, scaled *= 10) {
    if (std::fabs(scaled - std::round(scaled)) > kNear * scaled) continue;
    const Rational candidate = Rational::from_double(root).round(digits);
    if (candidate.pow(degree) == number) return candidate;
  }
  return std::nullopt;
}

std::optional<Amount> exact_power(const Rational& base, const Rational& exponent) {
  if (const auto whole = exponent.to_int64()) {
    const int64_t most = kMostExactBits / std::max(1u, base.bits());
    if (*whole < -most || *whole > most) return std::nullopt;
    return exactly(base.pow(static_cast<int>(*whole)));
  }
  if (base == Rational(1)) return exactly(1);
  for (int degree = 2; degree <= 12; ++degree) {
    const auto whole = (exponent * degree).to_int64();
    if (!whole || *whole < -120 || *whole > 120) continue;
    if (const auto root = exact_root(base, degree)) return exactly(root->pow(static_cast<int>(*whole)));
    return std::nullopt;
  }
  return std::nullopt;
}

// base > 0. The error: that of both arguments as doubles, and some units of pow itself.
Amount power_of(const Rational& base, const Rational& exponent) {
  if (const auto exact = exact_power(base, exponent)) return *exact;
  const double x = base.to_double(), y = exponent.to_double();
  if (!(x > 0) || !std::isfinite(x) || !std::isfinite(y)) return {};
  const double value = std::pow(x, y);
  const double relative = (8 + 4 * std::fabs(y) + 4 * std::fabs(y * std::log(x))) * kUnit;
  return around(value, std::fabs(value) * relative);
}

bool above_zero(const Amount& a) {
  if (a.kind == Amount::Kind::exact) return a.low.sign() > 0;
  return a.low_edge != Edge::infinite && (a.low.sign() > 0 || (a.low.is_zero() && a.low_edge == Edge::open));
}

// A whole power of an interval that may hold negative numbers: by products, even ones not below zero.
Amount whole_power(const Amount& base, int64_t exponent) {
  if (exponent < 0) return arithmetic(ArithmeticOp::divide, exactly(1), whole_power(base, -exponent));
  if (exponent == 0) return exactly(1);
  const Amount positive = exponent % 2 == 0 ? absolute(base) : base;
  Amount result = positive;
  for (int64_t i = 1; i < exponent; ++i) result = arithmetic(ArithmeticOp::multiply, result, positive);
  return result;
}

// The hull of a function that rises or falls, over an interval with two finite ends.
template <typename F>
Amount over_ends(const Amount& a, F function) {
  if (a.kind == Amount::Kind::exact) return function(a.low);
  if (!a.known() || a.low_edge == Edge::infinite || a.high_edge == Edge::infinite) return {};
  return hull(function(a.low), function(a.high));
}

}  // namespace

Amount raised(const Amount& base, const Amount& exponent) {
  if (!base.known() || !exponent.known()) return {};
  if (exponent.kind == Amount::Kind::exact) {
    const auto whole = exponent.low.to_int64();
    if (whole && base.kind == Amount::Kind::exact) {
      if (const auto exact = exact_power(base.low, exponent.low)) return *exact;
    }
    if (whole && *whole >= -16 && *whole <= 16) return whole_power(base, *whole);
  }
  if (!above_zero(base)) return {};
  if (base.kind != Amount::Kind::exact && !(base.low.sign() > 0)) return {};
  return over_ends(base, [&](const Rational& b) {
    return over_ends(exponent, [&](const Rational& e) { return power_of(b, e); });
  });
}

Amount logarithm(const Amount& a) {
  if (!above_zero(a) || !(a.low.sign() > 0)) return {};
  return over_ends(a, [](const Rational& number) {
    if (number == Rational(1)) return exactly(0);
    const double value = std::log(number.to_double());
    return around(value, (1 + std::fabs(value)) * 8 * kUnit);
  });
}

Amount exponential(const Amount& a) {
  return over_ends(a, [](const Rational& number) {
    if (number.is_zero()) return exactly(1);
    const double x = number.to_double(), value = std::exp(x);
    return around(value, value * (8 + 4 * std::fabs(x)) * kUnit);
  });
}

}  // namespace crit
