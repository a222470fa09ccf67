// Units: conversions that are safe to decide a case on, and arithmetic. UCUM's own tests are in
// ucum_test.cpp.

#include "interpreter/units.hpp"

#include <random>
#include <string>
#include <vector>

#include "test.hpp"

using namespace crit;

namespace {

Unit unit(std::string_view text) {
  const auto parsed = parse_unit(text);
  INFO(std::string(text));
  REQUIRE(parsed);
  return *parsed;
}

Rational number(std::string_view text) {
  INFO(std::string(text));
  REQUIRE(Rational::parse(text));
  return *Rational::parse(text);
}

std::string converted(std::string_view value, std::string_view from, std::string_view to) {
  const auto result = convert(number(value), unit(from), unit(to));
  return result ? result->to_decimal().text : "no";
}

bool same_size(const Unit& a, const Unit& b) {
  return commensurable(a, b) && a.factor == b.factor && a.offset == b.offset;
}

}  // namespace

TEST_CASE("every UCUM definition resolves to base units, and metric ones take prefixes") {
  constexpr bool yes = true;
  constexpr bool no = false;
  int count = 0;
  const auto check = [&](const std::string& code, bool metric) {
    INFO(code);
    CHECK(parse_ucum(code));
    if (metric) CHECK(parse_ucum("k" + code));
    ++count;
  };
#define UCUM_PREFIX(code, value)
#define UCUM_UNIT(code, metric, sort, value, unit) check(code, metric);
#define UCUM_TEMPERATURE(code, metric, value, unit, shift) check(code, metric);
#include "interpreter/ucum.def"
#undef UCUM_PREFIX
#undef UCUM_UNIT
#undef UCUM_TEMPERATURE
  CHECK(count == 304);
  CHECK(parse_ucum("kPa"));
  CHECK_FALSE(parse_ucum("kmin"));
  CHECK_FALSE(parse_ucum("k[in_i]"));
}

TEST_CASE("results convert exactly") {
  CHECK(converted("3.5", "g/dL", "g/L") == "35");
  CHECK(converted("100000", "/uL", "10^9/L") == "100");
  CHECK(converted("1.5", "10*3/uL", "10*9/L") == "1.5");
  CHECK(converted("100.4", "[degF]", "Cel") == "38");
  CHECK(converted("38",
                  "\xc2\xb0"
                  "C",
                  "\xc2\xb0"
                  "F") == "100.4");
  CHECK(converted("0", "Cel", "K") == "273.15");
  CHECK(converted("1", "mmHg", "Pa") == "133.322");
  CHECK(converted("70", "kg", "g") == "70000");
  CHECK(converted("11", "lb", "kg") == "4.98951607");
  CHECK(converted("2", "years", "months") == "24");
  CHECK(converted("60", "U/L", "ukat/L") == "1");
  CHECK(converted("140", "mEq/L", "mmol/L") == "no");  // a charge: 1 mmol of calcium is 2 mEq
  CHECK(converted("3", "mg/g", "%") == "0.3");
  CHECK(converted("7.4", "pH", "[pH]") == "7.4");
  CHECK(converted("10", "dB", "B") == "1");
}

TEST_CASE("what must not convert does not") {
  CHECK(converted("1", "[IU]/L", "U/L") == "no");
  CHECK(converted("1", "[IU]/L", "[CFU]/L") == "no");
  CHECK(converted("1", "mL/min/1.73m2", "mL/min") == "no");
  CHECK(converted("1", "pack-years", "1") == "no");
  CHECK(converted("48", "mmol/mol", "%") == "no");
  CHECK(converted("1", "mmol/L", "/uL") == "no");
  CHECK(converted("1", "mg/dL", "umol/L") == "no");
  CHECK(converted("1", "mg/L FEU", "mg/L DDU") == "no");
  CHECK(converted("1", "pH", "mol/L") == "no");
  CHECK(converted("1", "B[V]", "B[mV]") == "no");
  CHECK(converted("1", "kg", "m") == "no");
  CHECK(converted("1", "mmol/mol", "umol/mol") == "1000");
  CHECK(converted("1", "{cells}/uL", "/mm3") == "1");
}

TEST_CASE("mass and amount of substance convert through the molar mass") {
  const Rational creatinine = number("113.12");
  const auto to_substance = conversion(unit("mg/dL"), unit("umol/L"), creatinine);
  REQUIRE(to_substance);
  CHECK((*to_substance)(number("1.5")) == number("15000") / creatinine);
  const auto back = conversion(unit("umol/L"), unit("mg/dL"), creatinine);
  REQUIRE(back);
  CHECK((*back)((*to_substance)(number("1.5"))) == number("1.5"));
  const auto ratio = conversion(unit("mg/mmol"), unit("mg/g"), creatinine);
  REQUIRE(ratio);
  CHECK((*ratio)(creatinine) == 1000);
  CHECK(conversion(unit("mg/dL"), unit("g/L"), creatinine)->factor == number("0.01"));
  CHECK_FALSE(conversion(unit("mg/dL"), unit("umol"), creatinine));
  CHECK_FALSE(conversion(unit("[IU]/L"), unit("umol/L"), creatinine));
  CHECK_FALSE(conversion(unit("mg/dL"), unit("umol/L"), 0));
}

TEST_CASE("arithmetic of units") {
  const auto bmi = divide(unit("kg"), *power(unit("cm"), 2));
  REQUIRE(bmi);
  CHECK(to_string(*bmi) == "kg/cm2");
  CHECK((*conversion(*bmi, unit("kg/m2")))(number("0.0025")) == 25);
  CHECK(to_string(*multiply(unit("10*9/L"), unit("L"))) == "10*9");
  CHECK(divide(unit("mg"), unit("g"))->is_number());
  CHECK(to_string(*divide(unit("mg"), unit("mg"))) == "1");
  CHECK(to_string(*power(unit("mg{total}"), -2)) == "/mg2{total}");
  CHECK(multiply(unit("Cel"), unit("1"))->offset.is_zero());
  CHECK(commensurable(*multiply(unit("[IU]/L"), unit("L")), unit("[IU]")));
  CHECK_FALSE(power(unit("m"), 61));
  CHECK_FALSE(multiply(*power(unit("m"), 40), *power(unit("m"), 40)));
}

TEST_CASE("pi and measured constants are marked") {
  CHECK_FALSE(unit("deg").exact);
  CHECK_FALSE(unit("u").exact);
  CHECK(unit("mmHg").exact);
  CHECK(unit("[degF]").exact);
}

TEST_CASE("units convert there and back, and through a third") {
  const std::vector<std::vector<const char*>> families{
      {"mg/dL", "g/L", "ug/mL", "[lb_av]/[gal_us]", "kg/m3", "ng/L", "[gr]/[foz_br]"},
      {"Cel", "[degF]", "K", "[degRe]", "mK", "[degR]"},
      {"mmHg", "kPa", "bar", "cmH2O", "[psi]", "atm", "[in_i'Hg]"},
      {"10^9/L", "/uL", "K/uL", "cells/mm3", "10^6/dL"},
      {"U/L", "ukat/L", "kU/mL", "mmol/h/L"},
      {"h", "min", "d", "wk", "mo", "a", "ms"},
      {"%", "1", "[ppm]", "mg/g", "10*-3"},
      {"[IU]/L", "m[iU]/mL", "k[IU]/dL"}};
  std::mt19937_64 random(1);
  for (const auto& family : families) {
    for (const char* a : family) {
      for (const char* b : family) {
        INFO(a << " and " << b);
        const Rational value(static_cast<int64_t>(random() % 2000001) - 1000000, 1000);
        const auto there = conversion(unit(a), unit(b));
        const auto back = conversion(unit(b), unit(a));
        const auto first = conversion(unit(a), unit(family[0]));
        const auto second = conversion(unit(family[0]), unit(b));
        REQUIRE((there && back && first && second));
        CHECK((*back)((*there)(value)) == value);
        CHECK((*second)((*first)(value)) == (*there)(value));
        CHECK(there->is_identity() == same_size(unit(a), unit(b)));
      }
    }
  }
}

TEST_CASE("a printed unit reads back as itself") {
  const std::vector<const char*> pieces{"mg", "/", ".",      "dL",   "10*",       "10^", "9",
                                        "2",  "(", ")",      "[IU]", "Cel",       "%",   "mol",
                                        "-",  "+", "{note}", "kat",  "{1.73_m2}", "m"};
  std::mt19937 random(3);
  int readable = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto n = random() % 7; n > 0; --n) text += pieces[random() % pieces.size()];
    const auto parsed = parse_unit(text);
    if (!parsed) continue;
    ++readable;
    INFO(text << " as " << to_string(*parsed));
    const auto again = parse_unit(to_string(*parsed));
    REQUIRE(again);
    REQUIRE(commensurable(*again, *parsed));
    REQUIRE(again->factor == parsed->factor);
  }
  CHECK(readable > 1000);
}
