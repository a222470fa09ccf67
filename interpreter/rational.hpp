// Decimal text in, exact numbers out: the arithmetic of every comparison that decides a patient's case.
//
// A Rational is num/den in 64 bits each where that holds, computed with 128-bit intermediates and reduced
// only when a result would not fit; beyond that a shared, immutable Boost rational. Results of more than 4096
// bits, division by zero and non-finite doubles give the one value that is `too_large()`: it stays so through
// every operation, compares unordered with everything (itself included) and prints as `too large`. The
// evaluator answers unknown for it.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace crit {

struct Big;  // a Boost rational with its reference count; known to rational.cpp only
void intrusive_ptr_add_ref(const Big*);
void intrusive_ptr_release(const Big*);

struct Decimal {
  std::string text;    // plain digits: no exponent, no blank
  bool exact = false;  // false: cut to the digits asked for
};

class Rational {
 public:
  __extension__ typedef __int128 Wide;

  constexpr Rational() = default;
  template <std::integral T>
  requires(!std::same_as<T, bool> &&
           (std::signed_integral<T> || sizeof(T) < sizeof(int64_t))) constexpr Rational(T whole)
      : num_(whole) {}
  Rational(int64_t num, int64_t den) : num_(num), den_(den) {
    if (den <= 0) *this = reduce(num, den);
  }

  // `-12.50`, `18e-1`: a sign, digits with at most one dot, an exponent. Nothing for other text, for more
  // than 40 digits, or for an exponent beyond ±40.
  static std::optional<Rational> parse(std::string_view text);
  static Rational from_double(double value);  // the exact value of the double

  bool too_large() const { return den_ == 0; }
  bool is_zero() const { return num_ == 0 && den_ != 0; }
  bool is_integer() const;
  int sign() const { return num_ < 0 ? -1 : num_ > 0 ? 1 : 0; }

  unsigned bits() const;  // of the longer of numerator and denominator

  double to_double() const;
  // The same quickly, off by less than one part in 10^15; not a number where it is too large or has too many
  // digits for two words.
  double nearly() const {
    return is_small() ? static_cast<double>(num_) / static_cast<double>(den_)
                      : std::numeric_limits<double>::quiet_NaN();
  }
  std::optional<int64_t> to_int64() const;  // whole numbers that fit

  // The exact decimal where it ends within `max_exact` digits after the dot, otherwise `significant` digits.
  Decimal to_decimal(int significant = 8, int max_exact = 40) const;
  std::string to_fraction() const;  // exact, as `-7/3`

  Rational operator-() const;
  Rational pow(int exponent) const;  // 0 to a negative power is too large
  Rational round(int digits) const;  // half away from zero; digits after the dot, negative before it
  Rational floor() const;

  friend Rational operator+(const Rational& a, const Rational& b) {
    if (a.is_small() && b.is_small()) {
      if (a.den_ == b.den_) return from_wide(Wide(a.num_) + b.num_, a.den_);
      return from_wide(Wide(a.num_) * b.den_ + Wide(b.num_) * a.den_, Wide(a.den_) * b.den_);
    }
    return add_big(a, b);
  }
  friend Rational operator-(const Rational& a, const Rational& b) {
    if (a.is_small() && b.is_small()) {
      if (a.den_ == b.den_) return from_wide(Wide(a.num_) - b.num_, a.den_);
      return from_wide(Wide(a.num_) * b.den_ - Wide(b.num_) * a.den_, Wide(a.den_) * b.den_);
    }
    return add_big(a, -b);
  }
  friend Rational operator*(const Rational& a, const Rational& b) {
    if (!a.is_small() || !b.is_small()) return multiply_big(a, b);
    int64_t num, den;
    if (__builtin_mul_overflow(a.num_, b.num_, &num) || __builtin_mul_overflow(a.den_, b.den_, &den))
      return reduce(Wide(a.num_) * b.num_, Wide(a.den_) * b.den_);
    return Rational(num, den);
  }
  friend Rational operator/(const Rational& a, const Rational& b) {
    if (a.is_small() && b.is_small() && b.num_ > 0) {
      return from_wide(Wide(a.num_) * b.den_, Wide(a.den_) * b.num_);
    }
    return divide_big(a, b);
  }
  Rational& operator+=(const Rational& b) { return *this = *this + b; }
  Rational& operator-=(const Rational& b) { return *this = *this - b; }
  Rational& operator*=(const Rational& b) { return *this = *this * b; }
  Rational& operator/=(const Rational& b) { return *this = *this / b; }

  friend std::partial_ordering operator<=>(const Rational& a, const Rational& b) {
    if (!a.is_small() || !b.is_small()) return compare_big(a, b);
    int64_t left, right;
    if (__builtin_mul_overflow(a.num_, b.den_, &left) || __builtin_mul_overflow(b.num_, a.den_, &right))
      return Wide(a.num_) * b.den_ <=> Wide(b.num_) * a.den_;
    return left <=> right;
  }
  friend bool operator==(const Rational& a, const Rational& b) { return (a <=> b) == 0; }

 private:
  friend struct BigAccess;

  bool is_small() const { return den_ > 0; }
  static Rational from_wide(Wide num, Wide den) {
    Rational r;
    r.num_ = static_cast<int64_t>(num);
    r.den_ = static_cast<int64_t>(den);
    if (r.num_ == num && r.den_ == den && r.den_ > 0) return r;
    return reduce(num, den);
  }
  // Nearly never called, and the compiler is told so: these lie aside from the arithmetic of small numbers.
  [[gnu::cold]] static Rational reduce(Wide num, Wide den);
  [[gnu::cold]] static Rational add_big(const Rational& a, const Rational& b);
  [[gnu::cold]] static Rational multiply_big(const Rational& a, const Rational& b);
  [[gnu::cold]] static Rational divide_big(const Rational& a, const Rational& b);
  [[gnu::cold]] static std::partial_ordering compare_big(const Rational& a, const Rational& b);

  // den_ > 0: the small form, not necessarily reduced. den_ == 0: too large.
  // den_ == -1: the value is in big_, and num_ has its sign.
  int64_t num_ = 0;
  int64_t den_ = 1;
  boost::intrusive_ptr<const Big> big_;
};

static_assert(sizeof(Rational) == 24);

Rational abs(const Rational& value);
Rational power_of_ten(int exponent);

}  // namespace crit
