// Exact numbers: the parts of Rational that are off the fast path, and its text.

#include "interpreter/rational.hpp"

#include <algorithm>
#include <atomic>
#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>

namespace crit {

using boost::multiprecision::cpp_int;
using boost::multiprecision::cpp_rational;
using Wide = Rational::Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

struct Big {
  cpp_rational value;
  mutable std::atomic<int> references{0};
};

void intrusive_ptr_add_ref(const Big* big) {
  big->references.fetch_add(1, std::memory_order_relaxed);
}
void intrusive_ptr_release(const Big* big) {
  if (big->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete big;
}

struct BigAccess {
  static Rational too_large() {
    Rational r;
    r.den_ = 0;
    return r;
  }
  static cpp_rational value(const Rational& r) {
    return r.big_ ? r.big_->value : cpp_rational(r.num_, r.den_);
  }
  static Rational make(cpp_rational value);
};

namespace {

constexpr unsigned most_bits = 4096;
constexpr size_t most_digits = 40;
constexpr size_t digits_in_small = 18;
constexpr int most_exponent = 40;

bool fits(const cpp_int& value) {
  return value >= std::numeric_limits<int64_t>::min() && value <= std::numeric_limits<int64_t>::max();
}

unsigned bits(const cpp_int& value) {
  return value.is_zero() ? 0 : msb(value < 0 ? cpp_int(-value) : value) + 1;
}

UnsignedWide common_divisor(UnsignedWide a, UnsignedWide b) {
  while (b > std::numeric_limits<uint64_t>::max()) a = std::exchange(b, a % b);
  if (b == 0) return a;
  return std::gcd(static_cast<uint64_t>(b), static_cast<uint64_t>(a % b));
}

}  // namespace

Rational BigAccess::make(cpp_rational value) {
  const cpp_int num = numerator(value);
  const cpp_int den = denominator(value);
  if (fits(num) && fits(den)) return Rational(static_cast<int64_t>(num), static_cast<int64_t>(den));
  if (std::max(bits(num), bits(den)) > most_bits) return too_large();
  Rational r;
  r.num_ = num.sign();
  r.den_ = -1;
  r.big_ = new Big{std::move(value)};
  return r;
}

Rational Rational::reduce(Wide num, Wide den) {
  if (den == 0) return BigAccess::too_large();
  if (den < 0) {
    num = -num;
    den = -den;
  }
  const auto magnitude = static_cast<UnsignedWide>(num < 0 ? -num : num);
  const auto divisor = static_cast<Wide>(common_divisor(magnitude, static_cast<UnsignedWide>(den)));
  num /= divisor;
  den /= divisor;
  Rational r;
  r.num_ = static_cast<int64_t>(num);
  r.den_ = static_cast<int64_t>(den);
  if (r.num_ == num && r.den_ == den) return r;
  return BigAccess::make(cpp_rational(cpp_int(num), cpp_int(den)));
}

Rational Rational::add_big(const Rational& a, const Rational& b) {
  if (a.too_large() || b.too_large()) return BigAccess::too_large();
  return BigAccess::make(BigAccess::value(a) + BigAccess::value(b));
}

Rational Rational::multiply_big(const Rational& a, const Rational& b) {
  if (a.too_large() || b.too_large()) return BigAccess::too_large();
  return BigAccess::make(BigAccess::value(a) * BigAccess::value(b));
}

Rational Rational::divide_big(const Rational& a, const Rational& b) {
  if (a.too_large() || b.too_large() || b.is_zero()) return BigAccess::too_large();
  if (a.is_small() && b.is_small()) return reduce(Wide(a.num_) * b.den_, Wide(a.den_) * b.num_);
  return BigAccess::make(BigAccess::value(a) / BigAccess::value(b));
}

std::partial_ordering Rational::compare_big(const Rational& a, const Rational& b) {
  if (a.too_large() || b.too_large()) return std::partial_ordering::unordered;
  if (a.sign() != b.sign()) return a.sign() <=> b.sign();
  return BigAccess::value(a).compare(BigAccess::value(b)) <=> 0;
}

Rational Rational::operator-() const {
  if (is_small()) return from_wide(-Wide(num_), den_);
  return too_large() ? *this : BigAccess::make(-BigAccess::value(*this));
}

Rational abs(const Rational& value) {
  return value.sign() < 0 ? -value : value;
}

bool Rational::is_integer() const {
  if (is_small()) return num_ % den_ == 0;
  return !too_large() && denominator(big_->value) == 1;
}

Rational Rational::floor() const {
  if (too_large()) return *this;
  if (is_small()) {
    const int64_t quotient = num_ / den_;
    return num_ % den_ < 0 ? quotient - 1 : quotient;
  }
  const cpp_int num = numerator(big_->value);
  const cpp_int den = denominator(big_->value);
  cpp_int quotient = num / den;
  if (num < 0 && quotient * den != num) --quotient;
  return BigAccess::make(cpp_rational(quotient));
}

Rational Rational::round(int digits) const {
  const Rational scale = power_of_ten(digits);
  const Rational rounded = (abs(*this) * scale + Rational(1, 2)).floor() / scale;
  return sign() < 0 ? -rounded : rounded;
}

Rational Rational::pow(int exponent) const {
  Rational result = 1;
  Rational base = *this;
  for (auto left = exponent < 0 ? 0u - static_cast<unsigned>(exponent) : static_cast<unsigned>(exponent);
       left != 0; left >>= 1) {
    if (left & 1) result *= base;
    if (left > 1) base *= base;
  }
  return exponent < 0 ? Rational(1) / result : result;
}

Rational power_of_ten(int exponent) {
  static constexpr auto powers = [] {
    std::array<int64_t, 19> table{1};
    for (size_t i = 1; i < table.size(); ++i) table[i] = table[i - 1] * 10;
    return table;
  }();
  if (exponent >= 0 && exponent < 19) return powers[static_cast<size_t>(exponent)];
  if (exponent < 0 && exponent > -19) return Rational(1, powers[static_cast<size_t>(-exponent)]);
  return Rational(10).pow(exponent);
}

unsigned Rational::bits() const {
  if (big_) return std::max(crit::bits(numerator(big_->value)), crit::bits(denominator(big_->value)));
  const auto width = [](int64_t n) {
    return static_cast<unsigned>(
        std::bit_width(n < 0 ? 0 - static_cast<uint64_t>(n) : static_cast<uint64_t>(n)));
  };
  return std::max(width(num_), width(den_));
}

double Rational::to_double() const {
  if (too_large()) return std::numeric_limits<double>::quiet_NaN();
  constexpr int64_t whole_in_double = int64_t{1} << std::numeric_limits<double>::digits;
  if (is_small() && num_ <= whole_in_double && num_ >= -whole_in_double && den_ <= whole_in_double) {
    return static_cast<double>(num_) / static_cast<double>(den_);
  }
  return BigAccess::value(*this).convert_to<double>();
}

Rational Rational::from_double(double value) {
  if (!std::isfinite(value)) return BigAccess::too_large();
  int exponent = 0;
  constexpr int digits = std::numeric_limits<double>::digits;
  const auto mantissa = static_cast<int64_t>(std::ldexp(std::frexp(value, &exponent), digits));
  const int halvings = digits - exponent;
  if (halvings >= 0 && halvings < 63) return Rational(mantissa, int64_t{1} << halvings);
  return Rational(mantissa) * Rational(2).pow(exponent - digits);
}

std::optional<int64_t> Rational::to_int64() const {
  if (!is_small() || num_ % den_ != 0) return std::nullopt;
  return num_ / den_;
}

std::optional<Rational> Rational::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::string digits;
  std::optional<size_t> dot;
  size_t at = 0;
  for (; at < text.size() && (text[at] == '.' || (text[at] >= '0' && text[at] <= '9')); ++at) {
    if (text[at] != '.') {
      digits += text[at];
    } else if (dot) {
      return std::nullopt;
    } else {
      dot = digits.size();
    }
  }
  if (digits.empty() || digits.size() > most_digits || dot == digits.size()) return std::nullopt;
  int exponent = 0;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('+') && rest.substr(1, 1) != "-") rest.remove_prefix(1);
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), exponent);
    if (error != std::errc() || end != rest.data() + rest.size()) return std::nullopt;
    if (exponent > most_exponent || exponent < -most_exponent) return std::nullopt;
  }
  const size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  const int scale = exponent - static_cast<int>(dot ? digits.size() - *dot : 0);
  const Rational whole = digits.size() <= digits_in_small
                             ? Rational(static_cast<int64_t>(std::stoull(digits)))
                             : BigAccess::make(cpp_rational(cpp_int(digits.substr(first))));
  return (negative ? -whole : whole) * power_of_ten(scale);
}

namespace {

std::string magnitude_text(Wide value) {
  constexpr Wide chunk = 1'000'000'000'000'000'000;
  if (value < chunk) return std::to_string(static_cast<uint64_t>(value));
  const std::string low = std::to_string(static_cast<uint64_t>(value % chunk));
  return magnitude_text(value / chunk) + std::string(18 - low.size(), '0') + low;
}
std::string magnitude_text(const cpp_int& value) {
  return value.str();
}

// How many digits after the dot num/den (reduced) needs, or nothing where it never ends or needs more than
// `most`.
template <class Int>
std::optional<int> places_needed(Int den, int most) {
  int twos = 0;
  int fives = 0;
  for (; den % 2 == 0 && twos <= most; den /= 2) ++twos;
  for (; den % 5 == 0 && fives <= most; den /= 5) ++fives;
  if (den != 1 || std::max(twos, fives) > most) return std::nullopt;
  return std::max(twos, fives);
}

template <class Int>
std::string with_dot(const Int& num, const Int& den, int places) {
  Int scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  std::string text = magnitude_text(Int((num < 0 ? Int(-num) : num) * scale / den));
  const auto after = static_cast<size_t>(places);
  if (text.size() <= after) text.insert(0, after + 1 - text.size(), '0');
  if (after > 0) text.insert(text.size() - after, ".");
  return num < 0 ? "-" + text : text;
}

// The position of the first significant digit of a value that is not zero: 0 for 1 to 9, -1 for 0.1 to 0.9.
int leading_position(const cpp_int& num, const cpp_int& den) {
  const cpp_int magnitude = num < 0 ? cpp_int(-num) : num;
  if (magnitude >= den) return static_cast<int>(cpp_int(magnitude / den).str().size()) - 1;
  const cpp_int inverse = (den - 1) / magnitude;
  return -static_cast<int>(inverse.str().size());
}

}  // namespace

std::string Rational::to_fraction() const {
  if (too_large()) return "too large";
  return BigAccess::value(*this).str();
}

Decimal Rational::to_decimal(int significant, int max_exact) const {
  if (too_large()) return {"too large", false};
  if (is_small()) {
    const auto magnitude = static_cast<UnsignedWide>(num_ < 0 ? -Wide(num_) : Wide(num_));
    const auto divisor = static_cast<Wide>(common_divisor(magnitude, static_cast<UnsignedWide>(den_)));
    constexpr int in_wide = 18;
    if (const auto places = places_needed(den_ / divisor, std::min(max_exact, in_wide))) {
      return {with_dot<Wide>(num_ / divisor, den_ / divisor, *places), true};
    }
  }
  const cpp_rational value = BigAccess::value(*this);
  if (const auto places = places_needed(cpp_int(denominator(value)), max_exact)) {
    return {with_dot<cpp_int>(numerator(value), denominator(value), *places), true};
  }
  const int position = significant - 1 - leading_position(numerator(value), denominator(value));
  return {round(position).to_decimal(significant, std::numeric_limits<int>::max()).text, false};
}

}  // namespace crit
