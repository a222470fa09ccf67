// Plain JSON is read by a quick way of its own: whatever that takes, the walk through any JSON reads the
// same.
#include <filesystem>
#include <fstream>

#include "interpreter/load.hpp"
#include "tests/changed_bytes.hpp"
#include "tests/json_ways.hpp"
#include "tests/test.hpp"

using namespace crit;

namespace {

const std::filesystem::path kTests = std::filesystem::path(CRIT_SOURCE_DIR) / "tests";

struct Ways : Rules, JsonWays {
  Ways() : JsonWays(schema_of_tests(*this)) {}

  static Schema& schema_of_tests(Rules& rules) {
    std::string problem;
    REQUIRE(load(rules, kTests / "read" / "facts.crit", problem));
    return rules.schema;
  }
};

std::vector<std::string> lines_of_patients() {
  std::vector<std::string> lines;
  for (const char* name : {"read/faults.ndjson", "read/broken.ndjson", "read/suspected.ndjson"}) {
    std::ifstream file(kTests / name);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
  }
  lines.push_back(
      R"({"patient": "P-1", "screening": "2025-03-01", "arm": "A", "complete": ["conditions", "drugs"], "facts": {"enzyme": {"value": 41.5, "unit": "U/L", "date": "2025-02-24", "uln": 40}, "wheeze": false, "colour": "red", "gravid": true, "asthma": [{"start": "2020", "end": "2021-05"}, {"date": "2024-01-31"}], "steroid": {"dose": -1e1, "unit": "mg/day", "start": "2024-02-30", "remark": "none"}}})");
  lines.push_back(
      R"({"patient":"P-2","screening":"2025-03-01","facts":{"wheeze":false,"enzyme":{"value":7,"unit":"U/L","date":"2025-02-24"},"asthma":[{"start":"2020"}],"colour":"red"}})");
  lines.push_back(
      R"({"patient": "P-3", "screening": "2025-03-01", "facts": {"visit": "2025-02-01", "steroid": {"dose": 10, "unit": "mg/day", "start": "2024-02-28"}, "frail": {"value": false, "by": "Dr Example", "date": "2025-03-01"}, "asthma": {"start": "2020-01-31"}, "gravid": false}})");
  return lines;
}

}  // namespace

TEST_CASE("plain JSON is read as any other") {
  Ways ways;
  const auto lines = lines_of_patients();
  CHECK(lines.size() > 20);
  for (const std::string& line : lines) {
    INFO(line);
    CHECK(ways.agree(line));
  }
  CHECK(ways.taken > 10);
}

TEST_CASE("a plain patient with any byte changed, put in or left out is read as by any other way") {
  Ways ways;
  constexpr std::string_view bytes = "\"\\{}[],: \t\n0-.eEfnx\x7f\xc3\x01";
  for (const std::string& row : lines_of_patients())
    check_with_changed_bytes(row, bytes, [&](std::string_view changed) { return ways.agree(changed); });
  CHECK(ways.taken > 1000);
}
