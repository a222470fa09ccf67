// The UCUM functional tests (tests/ucum/UcumFunctionalTests.xml): every validation, conversion,
// multiplication and division of them.

#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <string>

#include "interpreter/units.hpp"
#include "test.hpp"

using namespace crit;

namespace {

pugi::xml_node functional_tests() {
  static pugi::xml_document document;
  static const auto loaded = document.load_file(CRIT_SOURCE_DIR "/tests/ucum/UcumFunctionalTests.xml");
  REQUIRE(loaded);
  return document.child("ucumTests");
}

Rational number(const pugi::xml_node& test, const char* attribute) {
  const auto value = Rational::parse(test.attribute(attribute).value());
  REQUIRE(value);
  return *value;
}

// The tests write the unity as an empty text.
Unit unit(const pugi::xml_node& test, const char* attribute) {
  const std::string text = test.attribute(attribute).value();
  const auto parsed = parse_ucum(text.empty() ? "1" : text);
  INFO(text);
  REQUIRE(parsed);
  return *parsed;
}

// Digits after the dot of a number as written.
int places(const std::string& text) {
  const size_t e = text.find_first_of("eE");
  const std::string mantissa = text.substr(0, e);
  const size_t dot = mantissa.find('.');
  const int after = dot == std::string::npos ? 0 : static_cast<int>(mantissa.size() - dot - 1);
  return after - (e == std::string::npos ? 0 : std::stoi(text.substr(e + 1)));
}

void check_result(const pugi::xml_node& test, const Rational& result, const char* attribute, bool rounded) {
  const std::string expected = test.attribute(attribute).value();
  const Rational value = rounded ? result.round(places(expected)) : result;
  INFO(result.to_decimal(30).text << ", expected " << expected);
  CHECK(value == number(test, attribute));
}

struct Rounded {
  const char* id;
  const char* why;
};

// Everything else must be exact.
constexpr std::array rounded_conversions{
    Rounded{"3-113", "25.2 is given with the two digits of 6.3"},
    Rounded{"3-115", "1.575 is given with the two digits of 6.3"},
    Rounded{"3-118", "0.16002 is given with the three digits of 6.30"},
    Rounded{"3-119", "16.002 is given with three digits"},
    Rounded{"3-122", "pi has no last digit"},
    Rounded{"3-123", "pi has no last digit"},
    Rounded{"3-124", "pi has no last digit"},
    Rounded{"3-128", "the reciprocal of the light-year does not end"},
};

constexpr std::array rounded_divisions{
    Rounded{"4-102", "4/3 does not end"},
    Rounded{"4-103", "the quotient does not end"},
};

template <class Table>
bool listed(const Table& table, const std::string& id) {
  return std::ranges::any_of(table, [&](const Rounded& entry) { return entry.id == id; });
}

}  // namespace

TEST_CASE("UCUM functional tests: validation") {
  int count = 0;
  for (const auto& test : functional_tests().child("validation").children("case")) {
    const std::string text = test.attribute("unit").value();
    INFO(test.attribute("id").value() << " " << text);
    CHECK(parse_ucum(text).has_value() == test.attribute("valid").as_bool());
    ++count;
  }
  CHECK(count == 529);
}

TEST_CASE("UCUM functional tests: a printed unit is the same unit") {
  for (const auto& test : functional_tests().child("validation").children("case")) {
    const auto parsed = parse_ucum(test.attribute("unit").value());
    if (!parsed) continue;
    INFO(test.attribute("unit").value() << " as " << to_string(*parsed));
    const auto again = parse_ucum(to_string(*parsed));
    REQUIRE(again);
    CHECK(commensurable(*again, *parsed));
    CHECK(again->factor == parsed->factor);
    CHECK(again->offset == parsed->offset);
  }
}

TEST_CASE("UCUM functional tests: conversion") {
  int count = 0;
  for (const auto& test : functional_tests().child("conversion").children("case")) {
    const std::string id = test.attribute("id").value();
    INFO(id);
    const auto result = convert(number(test, "value"), unit(test, "srcUnit"), unit(test, "dstUnit"));
    REQUIRE(result);
    check_result(test, *result, "outcome", listed(rounded_conversions, id));
    ++count;
  }
  CHECK(count == 30);
}

TEST_CASE("UCUM functional tests: multiplication and division") {
  int count = 0;
  for (const char* name : {"multiplication", "division"}) {
    const bool dividing = name == std::string("division");
    for (const auto& test : functional_tests().child(name).children("case")) {
      const std::string id = test.attribute("id").value();
      INFO(name << " " << id);
      const Rational a = number(test, "v1");
      const Rational b = number(test, "v2");
      const auto combined = dividing ? divide(unit(test, "u1"), unit(test, "u2"))
                                     : multiply(unit(test, "u1"), unit(test, "u2"));
      REQUIRE(combined);
      const auto result = convert(dividing ? a / b : a * b, *combined, unit(test, "uRes"));
      REQUIRE(result);
      check_result(test, *result, "vRes", dividing && listed(rounded_divisions, id));
      ++count;
    }
  }
  CHECK(count == 5);
}
