// Patients who are asked together answer as each does alone: records of every kind at random, under a
// question of each form.
#include <fmt/format.h>

#include <memory>
#include <random>

#include "interpreter/evaluate_batch.hpp"
#include "interpreter/input.hpp"
#include "interpreter/load.hpp"
#include "interpreter/read_json_parts.hpp"
#include "tests/test.hpp"

namespace {

using namespace crit;

// Patients of one day of screening, most of them with plain records on days that windows begin or end on.
class Making {
 public:
  explicit Making(uint32_t seed) : random_(seed) {}

  std::string patient() {
    std::string facts;
    const auto add = [&](std::string_view name, const std::string& value) {
      facts += fmt::format("{}\"{}\": {}", facts.empty() ? "" : ", ", name, value);
    };
    if (!chance(10)) add("enrollment", '"' + (chance(60) ? std::string("2025-03-01") : day()) + '"');
    if (!chance(20)) add("first_dose", '"' + (chance(60) ? std::string("2025-02-24") : day()) + '"');
    for (const char* name : {"systemic_corticosteroid", "prednisone", "methylprednisolone", "methotrexate",
                             "azathioprine", "immunosuppressant"})
      if (const auto value = drug(); chance(25)) add(name, value);
    for (const char* name : {"wheeze", "wet_wheeze", "asthma", "pneumonia"})
      if (const auto value = record("start", ""); chance(60)) add(name, value);
    if (chance(60)) add("hypertension", record("start", R"(, "severity": "severe")"));
    if (chance(60)) add("hospitalization", record("date", R"(, "reason": "respiratory")"));
    if (chance(60)) add("relapse", record("date", ""));
    const char* complete =
        one_of({"", R"("complete": ["drugs"], )", R"("complete": ["conditions", "events"], )",
                R"("complete": ["conditions", "drugs", "events"], )"});
    return fmt::format(R"({{"patient": "P", "screening": "2025-03-01", {}"facts": {{{}}}}})", complete,
                       facts);
  }

 private:
  uint32_t below(uint32_t n) { return static_cast<uint32_t>(random_()) % n; }
  bool chance(uint32_t in_hundred) { return below(100) < in_hundred; }
  template <typename T>
  T one_of(std::initializer_list<T> all) {
    return all.begin()[below(static_cast<uint32_t>(all.size()))];
  }

  std::string day() {
    if (chance(5)) return one_of({"2025-02", "2024", "2025-03"});
    return one_of({"2023-05-05", "2024-03-01", "2024-12-01", "2025-01-31", "2025-02-01", "2025-02-10",
                   "2025-02-14", "2025-02-15", "2025-02-24", "2025-02-26", "2025-03-01", "2025-03-02",
                   "2025-03-20"});
  }
  std::string drug() {
    if (chance(20)) return "false";
    const char* end = chance(15) ? R"(, "end": "2025-02-20")" : "";
    if (chance(10)) return fmt::format(R"({{"start": "2024-06-01"{}}})", end);
    const char* dose = one_of({"5", "10", "16", "20", "\"<10\"", "0.02"});
    return fmt::format(R"({{"dose": {}, "unit": "{}", "start": "{}"{}}})", dose,
                       chance(10) ? "g/day" : "mg/day", *end ? "2024-06-01" : day(), end);
  }
  std::string record(std::string_view dated, std::string_view attribute) {
    if (chance(25)) return chance(80) ? "false" : R"({"value": false, "date": "2025-02-15"})";
    const auto one = [&] {
      return fmt::format(R"({{"{}": "{}"{}}})", chance(10) ? "date" : dated, day(),
                         chance(20) ? attribute : "");
    };
    return chance(10) ? fmt::format("[{}, {}]", one(), one()) : one();
  }

  std::mt19937 random_;
};

std::unique_ptr<Patient> read(Intake& in, JsonParser& parser, const std::string& line) {
  const std::string padded = line + std::string(kInputPadding, '\0');
  begin_patient(in, "f");
  JsonReading reading{in, parser, true};
  std::string problem;
  INFO(line);
  REQUIRE(walk_json_patient(reading, std::string_view(padded).substr(0, line.size()), problem));
  return std::exchange(in.patient, std::make_unique<Patient>());
}

// Those of a batch whom the trial can decide, and the lines that they were read from.
struct Waiting {
  std::vector<std::string> lines;
  std::vector<std::unique_ptr<Patient>> patients;

  Waiting(const Model& model, Intake& in, JsonParser& parser, Making& making) {
    for (size_t i = 0; i < kMostInBatch; ++i) {
      const std::string line = making.patient();
      auto patient = read(in, parser, line);
      if (!patient->faults.empty() || refusal(model, *patient)) continue;
      lines.push_back(line);
      patients.push_back(std::move(patient));
    }
  }
};

}  // namespace

TEST_CASE("patients asked together answer each question about records as each does alone", "[evaluate]") {
  Rules rules;
  std::string problem;
  const auto trial = load(rules, CRIT_SOURCE_DIR "/tests/batch/records.crit", problem);
  REQUIRE(trial);
  REQUIRE(!has_error(trial->diagnostics));
  const Model& model = trial->model;
  Intake in(rules.schema);
  JsonParser parser;
  BatchAnswers answers;
  Verdict together, alone;
  std::vector<size_t> settled(model.criteria.size());
  size_t asked = 0;
  Making making(20);
  for (int round = 0; round < 200; ++round) {
    const auto [lines, patients] = Waiting(model, in, parser, making);
    Batch batch;
    for (const auto& patient : patients) batch.add(*patient);
    if (patients.empty()) continue;
    const Places all = ~Places{0} >> (kMostInBatch - patients.size());
    evaluate(model, batch, all, nullptr, answers, together.scratch);
    for (uint32_t place = 0; place < patients.size(); ++place) {
      take(model, answers, place, kNone, together);
      evaluate(model, *patients[place], kNone, alone);
      for (size_t c = 0; c < model.criteria.size(); ++c) {
        ++asked;
        settled[c] += alone.outcomes[c] != Outcome::unknown;
        if (together.outcomes[c] == alone.outcomes[c]) continue;
        FAIL_CHECK(model.criteria[c].id << " of " << lines[place]);
      }
    }
  }
  CHECK(asked > 100'000);
  for (size_t c = 0; c < model.criteria.size(); ++c) {
    INFO(model.criteria[c].id);
    CHECK(settled[c] > 300);
  }
}
