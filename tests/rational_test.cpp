// Exact numbers: what a comparison of decimal values needs to be true on paper.

#include "interpreter/rational.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "test.hpp"

using boost::multiprecision::cpp_rational;
using crit::Rational;

namespace {

Rational number(std::string_view text) {
  const auto value = Rational::parse(text);
  INFO(std::string(text));
  REQUIRE(value);
  return *value;
}

std::string text(const Rational& value) {
  return value.to_decimal().text;
}

Rational of_boost(const cpp_rational& value) {
  return number(numerator(value).str()) / number(denominator(value).str());
}

struct Sample {
  Rational value;
  cpp_rational boost;
};

// Values of every size that 64 bits hold, so that results are small, reduced and large in turn.
Sample sample(std::mt19937_64& random) {
  const auto num = static_cast<int64_t>(random()) >> (random() % 64);
  const auto den = static_cast<int64_t>(random() >> (1 + random() % 63)) + 1;
  return {Rational(num, den), cpp_rational(num, den)};
}

}  // namespace

TEST_CASE("decimals are exact") {
  CHECK(number("2.5") * number("40") == number("100"));
  CHECK(number("1.5") * number("1.2") == number("1.8"));
  CHECK(number("0.1") + number("0.2") == number("0.3"));
  CHECK(number("100.1") > number("2.5") * number("40"));
  CHECK(number("81") / (number("1.80") * number("1.8")) == number("25"));
}

TEST_CASE("numbers are read as written") {
  CHECK(text(number("18e-1")) == "1.8");
  CHECK(text(number("-12.50")) == "-12.5");
  CHECK(text(number("+7")) == "7");
  CHECK(text(number(".5")) == "0.5");
  CHECK(text(number("007.0")) == "7");
  CHECK(text(number("-0")) == "0");
  CHECK(text(number("1E3")) == "1000");
  CHECK(text(number("1e+3")) == "1000");
  CHECK(text(number("1e40")) == "1" + std::string(40, '0'));
  CHECK(text(number("1e-40")) == "0." + std::string(39, '0') + "1");
  CHECK(text(number("1234567890123456789012345678901234567890")) ==
        "1234567890123456789012345678901234567890");
  CHECK(text(number("9223372036854775808")) == "9223372036854775808");
  CHECK(text(number("-9223372036854775808")) == "-9223372036854775808");
}

TEST_CASE("what is no number is refused") {
  for (const char* bad : {"",
                          "-",
                          "+",
                          ".",
                          "1.",
                          "1..2",
                          "1.2.3",
                          "1,5",
                          "e3",
                          "1e",
                          "1e+",
                          "1e+-3",
                          "1e1.5",
                          " 1",
                          "1 ",
                          "0x10",
                          "inf",
                          "nan",
                          "--1",
                          "1e41",
                          "1e-41",
                          "1e999999999999",
                          "12345678901234567890123456789012345678901",
                          "\xe2\x88\x92"
                          "1"}) {
    INFO(bad);
    CHECK_FALSE(Rational::parse(bad));
  }
}

TEST_CASE("decimals end where they can and are cut where they cannot") {
  const auto third = Rational(1, 3).to_decimal(5);
  CHECK(third.text == "0.33333");
  CHECK_FALSE(third.exact);
  CHECK(Rational(2, 3).to_decimal(4).text == "0.6667");
  CHECK(Rational(200000, 3).to_decimal(3).text == "66700");
  CHECK(Rational(2, 30000).to_decimal(3).text == "0.0000667");
  CHECK(Rational(-29999, 30000).to_decimal(3).text == "-1");
  CHECK(Rational(1, 8).to_decimal(1).text == "0.125");
  CHECK(Rational(1, 8).to_decimal(1).exact);
  CHECK(Rational(1, 8).to_decimal(1, 2).text == "0.1");
  CHECK((number("1.5") * number("88.4017")).to_decimal().text == "132.60255");
  CHECK((Rational(1) / number("1e30") / 3).to_decimal(2).text == "0." + std::string(30, '0') + "33");
}

TEST_CASE("rounding goes half away from zero") {
  CHECK(text(number("2.5").round(0)) == "3");
  CHECK(text(number("-2.5").round(0)) == "-3");
  CHECK(text(number("2.4999").round(0)) == "2");
  CHECK(text(number("1.005").round(2)) == "1.01");
  CHECK(text(number("-1.005").round(2)) == "-1.01");
  CHECK(text(number("1250").round(-2)) == "1300");
  CHECK(text(number("12345678901234567890.5").round(0)) == "12345678901234567891");
  CHECK(text(number("-3.5").floor()) == "-4");
  CHECK(text(number("-12345678901234567890.5").floor()) == "-12345678901234567891");
}

TEST_CASE("powers") {
  CHECK(number("1.8").pow(2) == number("3.24"));
  CHECK(number("2").pow(-3) == number("0.125"));
  CHECK(number("0").pow(0) == 1);
  CHECK(number("-3").pow(3) == -27);
  CHECK(Rational(1).pow(std::numeric_limits<int>::min()) == 1);
  CHECK(number("0").pow(-1).too_large());
  CHECK(number("10").pow(1000000000).too_large());
}

TEST_CASE("nothing grows without limit, and what is too large compares with nothing") {
  const Rational large = Rational(2).pow(4095);
  CHECK_FALSE(large.too_large());
  const Rational beyond = large * large;
  for (const Rational& value :
       {beyond, beyond + 1, Rational(1) - beyond, beyond * 0, beyond / 2, Rational(2) / beyond, -beyond,
        abs(beyond), beyond.round(2), beyond.floor(), beyond.pow(2), Rational(1) / Rational(0),
        Rational::from_double(std::nan(""))}) {
    CHECK(value.too_large());
    CHECK_FALSE(value == value);
    CHECK_FALSE(value < 1);
    CHECK_FALSE(value >= 1);
    CHECK(text(value) == "too large");
  }
}

TEST_CASE("doubles are taken exactly") {
  CHECK(Rational::from_double(0.5) == number("0.5"));
  CHECK(Rational::from_double(0.1) != number("0.1"));
  CHECK(Rational::from_double(0.1).to_double() == 0.1);
  CHECK(Rational::from_double(-1e300).to_double() == -1e300);
  CHECK(Rational::from_double(5e-324).to_double() == 5e-324);
  CHECK(number("0.3").to_double() == 0.3);
  CHECK(number("123456789012345678.9").to_double() == 123456789012345678.9);
}

TEST_CASE("whole numbers") {
  CHECK(number("3.0").is_integer());
  CHECK(Rational(6, 3).to_int64() == 2);
  CHECK_FALSE(number("3.1").is_integer());
  CHECK_FALSE(number("3.1").to_int64());
  CHECK(number("1e30").is_integer());
  CHECK_FALSE(number("1e30").to_int64());
  CHECK(Rational(3, -6) == number("-0.5"));
  CHECK(Rational(std::numeric_limits<int64_t>::min()) * -1 == number("9223372036854775808"));
}

TEST_CASE("operations agree with Boost's rationals") {
  std::mt19937_64 random(20250301);
  for (int i = 0; i < 5000; ++i) {
    const Sample a = sample(random);
    const Sample b = sample(random);
    REQUIRE(a.value + b.value == of_boost(a.boost + b.boost));
    REQUIRE(a.value - b.value == of_boost(a.boost - b.boost));
    REQUIRE(a.value * b.value == of_boost(a.boost * b.boost));
    if (!b.value.is_zero()) REQUIRE(a.value / b.value == of_boost(a.boost / b.boost));
    REQUIRE((a.value < b.value) == (a.boost < b.boost));
    REQUIRE((a.value == b.value) == (a.boost == b.boost));
    REQUIRE((a.value == a.value * b.value) == (a.boost == a.boost * b.boost));
  }
}

TEST_CASE("the laws of a field hold across sizes") {
  std::mt19937_64 random(19610412);
  const Rational huge = crit::power_of_ten(60);
  for (int i = 0; i < 2000; ++i) {
    const Rational a = sample(random).value;
    const Rational b = sample(random).value;
    const Rational c = sample(random).value;
    REQUIRE((a + b) + c == a + (b + c));
    REQUIRE((a * b) * c == a * (b * c));
    REQUIRE(a * (b + c) == a * b + a * c);
    REQUIRE(a - b == -(b - a));
    if (!a.is_zero()) REQUIRE(b / a * a == b);
    // The same in the large form.
    REQUIRE((a * huge + b * huge) / huge == a + b);
    REQUIRE((a * huge <=> b * huge) == (a <=> b));
  }
}

TEST_CASE("a printed decimal reads back as itself") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    const auto digits = static_cast<int64_t>(random()) >> (random() % 64);
    const Rational value = Rational(digits) * crit::power_of_ten(-static_cast<int>(random() % 20));
    const auto decimal = value.to_decimal();
    REQUIRE(decimal.exact);
    REQUIRE(number(decimal.text) == value);
  }
}
