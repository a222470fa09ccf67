// A plain row of wide CSV is read by a quick way of its own: whatever that takes, the way through any row
// reads the same.
#include <filesystem>

#include "interpreter/load.hpp"
#include "tests/changed_bytes.hpp"
#include "tests/csv_ways.hpp"
#include "tests/test.hpp"

using namespace crit;

namespace {

constexpr std::string_view kHeader =
    "patient,screening,arm,complete,birth_date,sex,"
    "enzyme [U/L],enzyme ULN,enzyme date,volume_lung [%],"
    "steroid dose [mg/day],steroid start,wheeze start,wheeze,stay date,stay,stay reason,"
    "gravid,E1,E1 by,E1 date,asthma,asthma start,asthma end,"
    "ECOG,ECOG date,creatinine,creatinine unit,creatinine date";

constexpr std::string_view kRows[] = {
    "P-1,2025-03-01,A,conditions;drugs,1961-04-12,female,62,40,2025-02-24,65.5,"
    "10,2024-01-10,,false,,false,,true,false,Dr Example,2025-03-01,false,,,"
    "1,2025-02-01,88,umol/L,2025-02-02",
    "P-2,2025-03-01,A,conditions; drugs,1961-04,male,62.25,40.5,2025-02-28,65,"
    ",,2001-01-31,,2024-08-02,,lung,false,true,1001,2025-03-01,,2020,2021-05,"
    "3,2025-02-01,1.2,mg/dL,2025-02-02",
    "P-3,2025-03-01,,,,,<5,0,2025-02-24,,1e1,2024-01,,no,,no,,,false,1002,2025-02-28,yes,,,"
    "0,2025-02-03,1.25,mg/dL,2025-02-02",
    "P-4,2025-03-01,B,events,1961-04-12,female,7,,2025-02-24,,,,,,,,,,false,1003,2025-02-27,,,,"
    "2,2025-02-01,90,umol/L,2025-02-02"};

struct Ways : Rules, CsvWays {
  Ways() : CsvWays(schema_of_tests(*this), kHeader) {}

  static Schema& schema_of_tests(Rules& rules) {
    std::string problem;
    REQUIRE(load(rules, std::filesystem::path(CRIT_SOURCE_DIR) / "tests" / "read" / "facts.crit", problem));
    return rules.schema;
  }
};

}  // namespace

TEST_CASE("plain rows of CSV are read as any other") {
  Ways ways;
  REQUIRE(ways.is_wide);
  for (int again = 0; again < 3; ++again)
    for (const std::string_view row : kRows) {
      INFO(row);
      CHECK(ways.agree(row));
    }
  CHECK(ways.taken == 12);
}

TEST_CASE("a plain row with any byte changed, put in or left out is read as by any other way") {
  Ways ways;
  constexpr std::string_view bytes = "\",; \t\r0-.eEfnx<\x7f\xc3\x01";
  for (const std::string_view row : kRows)
    check_with_changed_bytes(row, bytes, [&](std::string_view changed) { return ways.agree(changed); });
  CHECK(ways.taken > 1000);
}
