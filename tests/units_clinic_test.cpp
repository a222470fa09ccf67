// How clinics write units: what is understood, what is refused, what was meant.

#include <string>
#include <vector>

#include "interpreter/ucum.hpp"
#include "interpreter/units.hpp"
#include "test.hpp"

using namespace crit;

namespace {

std::string ucum_of(std::string_view text) {
  const auto parsed = parse_unit(text);
  return parsed ? to_string(*parsed) : "refused";
}

}  // namespace

TEST_CASE("the clinic's spellings are UCUM's units") {
  struct Pair {
    const char* written;
    const char* ucum;
  };
  for (const auto& [written, ucum] : std::vector<Pair>{
           {"mmHg", "mm[Hg]"},
           {"mm Hg", "mm[Hg]"},
           {"IU/L", "[IU]/L"},
           {"mIU/mL", "m[IU]/mL"},
           {"\xc2\xb5IU/mL", "u[IU]/mL"},
           {"K/uL", "10*3/uL"},
           {"K/\xc2\xb5L", "10*3/uL"},
           {"k/cumm", "10*3/mm3"},
           {"M/uL", "10*6/uL"},
           {"million/mm3", "10*6/mm3"},
           {"T/L", "10*12/L"},
           {"/mm3", "/mm3"},
           {"#/mm3", "{#}/mm3"},
           {"cells/uL", "{cells}/uL"},
           {"cells/mm\xc2\xb3", "{cells}/mm3"},
           {"copies/mL", "{copies}/mL"},
           {"10^9/L", "10*9/L"},
           {"10*9/L", "10*9/L"},
           {"x10^9/L", "10*9/L"},
           {"x 10^9/L", "10*9/L"},
           {"\xc3\x97 10\xe2\x81\xb9/L", "10*9/L"},
           {"x10E3/uL", "10*3/uL"},
           {"10(3)/uL", "10*3/uL"},
           {"10^3/uL", "10*3/uL"},
           {"10^-3.g", "10*-3.g"},
           {"10\xe2\x81\xbb\xc2\xb3.g", "10*-3.g"},
           {"mcg", "ug"},
           {"\xc2\xb5g", "ug"},  // U+00B5
           {"\xce\xbcg", "ug"},  // U+03BC
           {"mcg/kg/min", "ug/kg/min"},
           {"mcmol/L", "umol/L"},
           {"cc", "mL"},
           {"gm/dL", "g/dL"},
           {"UNITS/L", "U/L"},
           {"mEq/L", "meq/L"},
           {"mOsm/kg", "mosm/kg"},
           {"mL/min/1.73m2", "mL/min/{1.73_m2}"},
           {"mL/min/1.73 m2", "mL/min/{1.73_m2}"},
           {"mL/min/1.73m\xc2\xb2", "mL/min/{1.73_m2}"},
           {"ml/min/1.73m^2", "ml/min/{1.73_m2}"},
           {"mL/min/(1.73m2)", "mL/min/{1.73_m2}"},
           {"mL/min/{1.73_m2}", "mL/min/{1.73_m2}"},
           {"kg/m^2", "kg/m2"},
           {"kg/m\xc2\xb2", "kg/m2"},
           {"m\xc2\xb2", "m2"},
           {"cm\xc2\xb3", "cm3"},
           {"s\xe2\x81\xbb\xc2\xb9", "/s"},
           {"ng*h/mL", "ng.h/mL"},
           {"degC", "Cel"},
           {"\xc2\xb0"
            "C",
            "Cel"},
           {"\xc2\xb0"
            "F",
            "[degF]"},
           {"mg/day", "mg/d"},
           {"/day", "/d"},
           {"mm/hr", "mm/h"},
           {"msec", "ms"},
           {"bpm", "{beats}/min"},
           {"breaths/minute", "{breaths}/min"},
           {"years", "a"},
           {"yrs", "a"},
           {"pack-years", "{pack-years}"},
           {"points", "{score}"},
           {"(score)", "{score}"},
           {"mcg/mg Cr", "ug/mg{creatinine}"},
           {"#/100 WBC", "{#}/100{WBC}"},
           {"l", "l"},
           {"%", "%"},
           {"1", "1"},
       }) {
    INFO(written);
    CHECK(ucum_of(written) == ucum);
  }
}

TEST_CASE("what is no unit, or reads two ways, is refused") {
  for (const char* bad : {"",
                          " ",
                          "foo",
                          "mg/",
                          "mg//L",
                          "mg/dL/",
                          "(mg",
                          "mg)",
                          "MG/DL",
                          "G/L",
                          "MG",
                          "ML",
                          "Mg",
                          "109/L",
                          "10 9/L",
                          "103/uL",
                          "12h",
                          "mg(8.h)",
                          "0",
                          "0.5mg",
                          "{x",
                          "m100",
                          "[IU",
                          "mg\n",
                          "10*99999999999",
                          "1000000000000000000000"}) {
    INFO(bad);
    CHECK_FALSE(parse_unit(bad));
  }
  CHECK_FALSE(parse_unit(std::string(1000, 'm')));
  CHECK_FALSE(parse_unit(std::string(50, '(') + "m" + std::string(50, ')')));
  CHECK_FALSE(parse_ucum("m60.m60"));
}

TEST_CASE("UCUM to the letter where the clinic differs") {
  CHECK(parse_ucum("K/uL")->dimension[static_cast<size_t>(Base::temperature)] == 1);
  CHECK_FALSE(parse_ucum("mmHg"));
  CHECK_FALSE(parse_ucum("IU/L"));
  CHECK_FALSE(parse_ucum("\xc2\xb5g"));
  CHECK(commensurable(*parse_ucum("mL/min/{1.73_m2}"), *parse_ucum("mL/min")));
}

TEST_CASE("every row of the clinic's table means something") {
  std::vector<std::string> rows;
#define ENDING(text, ucum) rows.push_back(std::string("mL/min") + ucum);
#define COMPONENT(text, ucum) rows.push_back(ucum);
#define WHOLE(text, ucum) \
  if (*ucum) rows.push_back(ucum);
#define REFUSED(text) CHECK_FALSE(parse_unit(text));
#include "interpreter/units_clinic.def"
#undef ENDING
#undef COMPONENT
#undef WHOLE
#undef REFUSED
  for (const std::string& row : rows) {
    INFO(row);
    CHECK(read_unit(row, Reading::clinic));
  }
}

TEST_CASE("units of time that a period may have") {
  CHECK(time_unit("years") == TimeUnit::years);
  CHECK(time_unit("mo") == TimeUnit::months);
  CHECK(time_unit("week") == TimeUnit::weeks);
  CHECK(time_unit("d") == TimeUnit::days);
  CHECK(time_unit("hrs") == TimeUnit::hours);
  CHECK(time_unit("min") == TimeUnit::minutes);
  for (const char* none : {"", "s", "sec", "mg", "ms", "mo_j", "kmin"}) CHECK_FALSE(time_unit(none));
}

TEST_CASE("the unit that was meant") {
  struct Pair {
    const char* written;
    const char* meant;
  };
  for (const auto& [written, meant] : std::vector<Pair>{{"MG/DL", "mg/dL"},
                                                        {"mg/DL", "mg/dL"},
                                                        {"MMOL/L", "mmol/L"},
                                                        {"K/UL", "K/uL"},
                                                        {"kg/M2", "kg/m2"},
                                                        {"MMHG", "mmHg"},
                                                        {"mgg/dL", "mg/dL"},
                                                        {"yeers", "years"},
                                                        {"mnths", "months"},
                                                        {"pack-yaers", "pack-years"},
                                                        {"109/L", "10^9/L"},
                                                        {"1012/L", "10^12/L"}}) {
    INFO(written);
    CHECK(nearest_unit(written).value_or("none") == meant);
  }
  for (const char* none : {"", "/", "mg/dL", "nonsense", "xyz/dL"}) {
    INFO(none);
    CHECK_FALSE(nearest_unit(none));
  }
}
