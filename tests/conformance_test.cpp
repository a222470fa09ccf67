// The conformance cases: each says what the language means at one point, and names nothing of the program.
#include <simdjson.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "interpreter/json_cells.hpp"
#include "interpreter/load.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/verdict.hpp"
#include "tests/test.hpp"

namespace {

using namespace crit;
namespace fs = std::filesystem;
namespace json = simdjson::ondemand;

// As it is written: some numbers have more digits than a double.
std::string raw_text_of(json::object object) {
  return std::string(std::string_view(object.raw_json()));
}

std::string text_of(json::value value) {
  return std::string(std::string_view(value.get_string()));
}

// The folder of one case: its rules and the files that they use.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("crit-conformance-" + std::to_string(getpid()));

  Folder() { fs::create_directories(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }

  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << text;
    return (path / name).string();
  }
};

// Where an error is shown; a case may leave its column and its rule open.
struct ErrorPlace {
  int64_t line = 0, column = 0;
  std::string rule;
};

struct ExpectedError {
  std::set<int64_t> lines;
  int64_t column = 0;
  std::string rule, about;

  bool is_met_by(const ErrorPlace& place) const {
    return lines.contains(place.line) && (column == 0 || column == place.column) &&
           (rule.empty() || rule == place.rule);
  }
};

struct Expected {
  std::string verdict;
  std::map<std::string, std::string> outcomes;
  std::optional<std::set<std::string>> needed;
};

struct ConformanceCase {
  std::string kind, name, rules, patients;
  std::map<std::string, std::string> files;
  bool unread = false;
  std::map<std::string, Expected> expected;  // eval: by arm, or under ""; read: by patient
  std::vector<ExpectedError> errors;
};

Expected expected_of(json::object object) {
  Expected made;
  for (auto field : object) {
    const std::string key{std::string_view(unescaped_key(field))};
    json::value value = field.value();
    if (key == "verdict") made.verdict = text_of(value);
    if (key == "outcomes")
      for (auto outcome : value.get_object()) {
        std::string id{std::string_view(unescaped_key(outcome))};
        made.outcomes[id] = text_of(outcome.value());
      }
    if (key == "needed") {
      made.needed.emplace();
      for (auto name : value.get_array()) made.needed->insert(text_of(name.value()));
    }
  }
  return made;
}

void take_expect(ConformanceCase& made, std::string_view raw) {
  json::parser parser;
  const simdjson::padded_string padded(raw);
  json::document document = parser.iterate(padded);
  json::object object = document.get_object();
  json::value arms;
  if (made.kind == "read") {
    for (auto field : object) {
      std::string patient{std::string_view(unescaped_key(field))};
      made.expected[patient].verdict = text_of(field.value());
    }
  } else if (object["arms"].get(arms) == simdjson::SUCCESS) {
    for (auto arm : arms.get_object()) {
      std::string name{std::string_view(unescaped_key(arm))};
      made.expected[name] = expected_of(arm.value().get_object());
    }
  } else {
    object.reset();
    made.expected[""] = expected_of(object);
  }
}

ExpectedError error_of(json::object object) {
  ExpectedError made;
  for (auto field : object) {
    const std::string key{std::string_view(unescaped_key(field))};
    json::value value = field.value();
    if (key == "line") made.lines.insert(int64_t(value.get_int64()));
    if (key == "or_lines")
      for (auto line : value.get_array()) made.lines.insert(int64_t(line.value().get_int64()));
    if (key == "column") made.column = int64_t(value.get_int64());
    if (key == "rule") made.rule = text_of(value);
    if (key == "about") made.about = text_of(value);
  }
  return made;
}

ConformanceCase case_of(std::string_view line) {
  json::parser parser;
  const simdjson::padded_string padded(line);
  json::document document = parser.iterate(padded);
  ConformanceCase made;
  std::string expect;
  for (auto field : document.get_object()) {
    const std::string key{std::string_view(unescaped_key(field))};
    json::value value = field.value();
    if (key == "kind") made.kind = text_of(value);
    if (key == "name") made.name = text_of(value);
    if (key == "rules") made.rules = text_of(value);
    if (key.starts_with("patients_")) made.patients = text_of(value);
    if (key == "patient") made.patients = raw_text_of(value.get_object());
    if (key == "files")
      for (auto file : value.get_object()) {
        std::string name{std::string_view(unescaped_key(file))};
        made.files[name] = text_of(file.value());
      }
    if (key == "unread") made.unread = bool(value.get_bool());
    if (key == "expect") expect = raw_text_of(value.get_object());
    if (key == "expect_errors")
      for (auto error : value.get_array()) made.errors.push_back(error_of(error.value().get_object()));
  }
  if (!expect.empty()) take_expect(made, expect);
  return made;
}

struct Answered {
  std::string verdict;  // "error": no verdict
  std::map<std::string, std::string> outcomes;
  std::set<std::string> needed;
};

// What came out of a file of patients: by patient, and by arm where the trial has some.
struct Evaluated {
  std::map<std::string, std::map<std::string, Answered>> answers;
  bool faulty = false;

  void take(const Model& model, const Patient& patient) {
    auto& mine = answers[patient.id];
    mine.clear();  // a later answer withdraws an earlier one
    const auto arms = refusal(model, patient) ? std::nullopt : arms_for(model, patient.arm);
    if (!arms) {
      faulty = true;
      mine[""].verdict = "error";
      return;
    }
    Verdict verdict;
    for (uint32_t arm : *arms) {
      evaluate(model, patient, arm, verdict);
      Answered& made = mine[arm == kNone || arms->size() == 1 ? "" : model.arms[arm]];
      made.verdict = name_of(verdict.decision);
      for (size_t i = 0; i < model.criteria.size(); ++i)
        made.outcomes[model.criteria[i].id] = name_of(verdict.outcomes[i]);
      if (verdict.decision != Decision::undetermined) continue;
      for (const std::string& name : needed(model, patient, verdict)) made.needed.insert(name);
    }
  }
};

Evaluated evaluated(Rules& rules, const Model& model, const std::string& patients) {
  Evaluated made;
  Intake intake(rules.schema);
  intake.each = [&](const Patient& patient) {
    made.take(model, patient);
    return true;
  };
  intake.broken = [&](const Fault&) { made.faulty = true; };
  Input input = Input::of_text("patients", patients);
  read_patients(intake, input);
  return made;
}

void judge_reject(const ConformanceCase& c, const LoadedTrial& trial, const Rules& rules) {
  std::vector<ErrorPlace> left;
  for (const Diagnostic& d : trial.diagnostics) {
    if (d.severity != Severity::error) continue;
    const auto place = place_of(rules.sources[d.span.file], d.span.begin);
    left.push_back({place.line, place.column, d.rule});
  }
  for (const ExpectedError& error : c.errors) {
    const auto found =
        std::ranges::find_if(left, [&](const ErrorPlace& place) { return error.is_met_by(place); });
    INFO("expected: " << error.about);
    for (const ErrorPlace& place : left)
      UNSCOPED_INFO("there is: " << place.line << ":" << place.column << " " << place.rule);
    CHECK(found != left.end());
    if (found != left.end()) left.erase(found);
  }
  CHECK(left.empty());
}

void judge_answer(const Answered& got, const Expected& expected) {
  if (!expected.verdict.empty()) CHECK(got.verdict == expected.verdict);
  for (const auto& [id, outcome] : expected.outcomes) {
    INFO(id);
    REQUIRE(got.outcomes.contains(id));
    CHECK(got.outcomes.at(id) == outcome);
  }
  if (expected.needed) CHECK(got.needed == *expected.needed);
}

void judge_eval(const ConformanceCase& c, const Evaluated& got) {
  CHECK_FALSE(got.faulty);
  REQUIRE(got.answers.size() == 1);
  const auto& by_arm = got.answers.begin()->second;
  REQUIRE(by_arm.size() == c.expected.size());
  for (const auto& [arm, expected] : c.expected) {
    INFO("arm " << arm);
    REQUIRE(by_arm.contains(arm));
    judge_answer(by_arm.at(arm), expected);
  }
}

void judge_read(const ConformanceCase& c, const Evaluated& got) {
  bool unread = c.unread;
  for (const auto& [patient, expected] : c.expected) {
    INFO(patient);
    unread = unread || expected.verdict == "error";
    REQUIRE(got.answers.contains(patient));
    CHECK(got.answers.at(patient).begin()->second.verdict == expected.verdict);
  }
  CHECK(got.answers.size() == c.expected.size());
  CHECK(got.faulty == unread);
}

void judge(const ConformanceCase& c) {
  const Folder folder;
  const std::string path = folder.write("case.crit", c.rules);
  for (const auto& [name, text] : c.files) folder.write(name, text);
  Rules rules;
  std::string problem;
  const auto trial = load(rules, path, problem);
  REQUIRE(trial);
  if (c.kind == "reject") return judge_reject(c, *trial, rules);
  for (const Diagnostic& d : trial->diagnostics) UNSCOPED_INFO(render(d, rules.shown));
  REQUIRE_FALSE(has_error(trial->diagnostics));
  const Evaluated got = evaluated(rules, trial->model, c.patients);
  if (c.kind == "eval")
    judge_eval(c, got);
  else
    judge_read(c, got);
}

}  // namespace

TEST_CASE("the conformance cases hold") {
  static const std::vector<ConformanceCase> cases = [] {
    std::vector<ConformanceCase> all;
    // review.jsonl, audit.jsonl: cases that readers of the specification wrote without seeing the program.
    for (const std::string name : {"cases", "review", "audit"}) {
      std::ifstream file(CRIT_SOURCE_DIR "/tests/conformance/" + name + ".jsonl");
      for (std::string line; std::getline(file, line);) all.push_back(case_of(line));
    }
    return all;
  }();
  REQUIRE(cases.size() >= 276 + 480 + 440);
  for (const ConformanceCase& c : cases) {
    DYNAMIC_SECTION(c.kind << ": " << c.name) {
      judge(c);
    }
  }
}
