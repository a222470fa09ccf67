// Plain JSON is read by a quick way of its own: whatever that takes, the walk through any JSON reads the
// same.
#include <filesystem>
#include <fstream>

#include "interpreter/load.hpp"
#include "interpreter/read_json_parts.hpp"
#include "tests/test.hpp"
#include "tests/written_patient.hpp"

using namespace crit;

namespace {

const std::filesystem::path kTests = std::filesystem::path(CRIT_SOURCE_DIR) / "tests";

// Both ways, each with what it remembers from patient to patient.
struct Ways {
  Rules rules;
  std::optional<Intake> plain_in, any_in;
  JsonParser plain_parser, any_parser;
  size_t taken = 0;

  Ways() {
    std::string problem;
    REQUIRE(load(rules, kTests / "read" / "facts.crit", problem));
    plain_in.emplace(rules.schema);
    any_in.emplace(rules.schema);
  }

  // False where the quick way took what the other one reads differently.
  bool agree(std::string_view line) {
    const std::string padded = std::string(line) + std::string(kInputPadding, '\0');
    const std::string_view text(padded.data(), line.size());
    begin_patient(*plain_in, "f");
    JsonReading plain{*plain_in, plain_parser, true};
    if (!read_plain_patient(plain, text)) return true;
    ++taken;
    begin_patient(*any_in, "f");
    JsonReading any{*any_in, any_parser, true};
    std::string problem;
    return walk_json_patient(any, text, problem) &&
           written(rules.schema, plain_in->patient) == written(rules.schema, any_in->patient);
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
  for (const std::string& line : lines_of_patients()) {
    for (size_t at = 0; at < line.size(); ++at) {
      std::string shorter = line;
      shorter.erase(at, 1);
      if (!ways.agree(shorter)) FAIL_CHECK(shorter);
      if (!ways.agree(std::string_view(line).substr(0, at))) FAIL_CHECK(line.substr(0, at));
      for (const char c : bytes) {
        std::string changed = line, longer = line;
        changed[at] = c;
        longer.insert(at, 1, c);
        if (!ways.agree(changed)) FAIL_CHECK(changed);
        if (!ways.agree(longer)) FAIL_CHECK(longer);
      }
    }
  }
  CHECK(ways.taken > 1000);
}
