// Files of patients to what was read of them, and what was not: every file of tests/read has its `.expected`.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "interpreter/hold.hpp"
#include "interpreter/load.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/read_value.hpp"
#include "tests/test.hpp"
#include "tests/written_patient.hpp"

using namespace crit;

namespace {

const std::filesystem::path kFolder = std::filesystem::path(CRIT_SOURCE_DIR) / "tests" / "read";

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Run {
  Rules rules;
  std::optional<LoadedTrial> trial;
  std::optional<Intake> in;
  std::string told;

  explicit Run(const std::string& file = "facts.crit") {
    std::string problem;
    trial = load(rules, kFolder / file, problem);
    REQUIRE(trial);
    REQUIRE(trial->diagnostics.empty());
    in.emplace(rules.schema);
    in->each = [this](const Patient& p) {
      told += written(rules.schema, p);
      return true;
    };
    in->broken = [this](const Fault& f) { told += fmt::format("broken {}: {}\n", f.where, f.message); };
  }

  ReadEnd read(std::string name, std::string_view text) {
    Input input = Input::of_text(std::move(name), text);
    return read_patients(*in, input);
  }
};

std::string read_alone(std::string name, std::string_view text) {
  Run run;
  run.read(std::move(name), text);
  finish_patients(*run.in);
  return run.told;
}

const std::string kLow = R"({"patient": "P-2", "facts": {"enzyme": {"value": 4, "unit": "U/L"}}})";
const std::string kLowRead = "  enzyme 4 U/L\n";

// A pipe's text, in pieces of which none is a whole line.
std::string read_from_file(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / fmt::format("crit-read-test-{}", text.size());
  std::ofstream(path, std::ios::binary) << text;
  Run run;
  CHECK(read_patients(*run.in, path.string()) == ReadEnd::done);
  std::filesystem::remove(path);
  std::string told = run.told;
  for (size_t at = 0; (at = told.find(path.string())) != told.npos;)
    told.replace(at, path.string().size(), "FILE");
  return told;
}

}  // namespace

TEST_CASE("files of patients are read as expected") {
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    const auto path = entry.path();
    if (path.extension() == ".expected" || path.extension() == ".crit") continue;
    ++files;
    const std::string told = read_alone(path.filename(), text_of_file(path));
    const std::string expected = path.string() + ".expected";
    if (std::getenv("CRIT_UPDATE")) std::ofstream(expected, std::ios::binary) << told;
    INFO(path);
    CHECK(told == text_of_file(expected));
  }
  CHECK(files >= 7);
}

TEST_CASE("CRLF, a byte order mark and blank lines change nothing") {
  for (const std::string name : {"faults.ndjson", "wide.csv", "long.csv", "forms.json"}) {
    const std::string text = text_of_file(kFolder / name);
    std::string other = "\xEF\xBB\xBF";
    for (const char c : text) other += c == '\n' ? std::string("\r\n") : std::string(1, c);
    INFO(name);
    CHECK(read_alone(name, other) == read_alone(name, text));
    CHECK(read_alone(name, text.substr(0, text.size() - 1)) == read_alone(name, text));
  }
}

TEST_CASE("a file is known by its content") {
  CHECK(form_of("patient P-1\n  sex female\n") == PatientForm::text);
  CHECK(form_of("# patients\n\npatient P-1\n") == PatientForm::text);
  CHECK(form_of("\xEF\xBB\xBFpatient,sex\n") == PatientForm::csv);
  CHECK(form_of("sex,\"patient\"\n") == PatientForm::csv);
  CHECK(form_of("patient;sex\n") == PatientForm::csv);
  CHECK(form_of("\n [ ]") == PatientForm::json);
  CHECK(form_of("{\"patient\": \"P-1\",\n \"facts\": {}}\n") == PatientForm::json);
  CHECK(form_of("{\"patient\": \"P-1\", \"facts\":\n{\"a\": true}}\n") == PatientForm::json);
  CHECK(form_of("{\"patient\": \"P-1\"}") == PatientForm::ndjson);
  CHECK(form_of("{\"patient\": \"P-1\"\n{\"patient\": \"P-2\"}\n") == PatientForm::ndjson);
  CHECK(form_of("{\"patient\": \"P-1\n{\"patient\": \"P-2\"}\n") == PatientForm::ndjson);
  CHECK(form_of("{\"resourceType\":\"Patient\"}\n") == PatientForm::fhir_lines);
  CHECK(form_of("{\"id\": \"facts\", \"facts\": {\"resourceType\": true}}\n") == PatientForm::ndjson);
  CHECK(form_of("{\n \"entry\": [{\"resource\": {\"resourceType\" : ") == PatientForm::fhir);
  CHECK(form_of("{\n \"id\": \"resourceType\",\n \"resourceType\": \"Bundle\"}") == PatientForm::fhir);
  CHECK(form_of("  \r\n") == PatientForm::empty);
  CHECK(form_of("\x7f"
                "ELF") == PatientForm::unknown);
  // Tables that are not as CSV is read.
  CHECK(form_of("patient\tsex\nP-1\tfemale\n") == PatientForm::unknown);
  CHECK(form_of("Patient ID,sex\nP-1,female\n") == PatientForm::unknown);
  CHECK(form_of("patient\tP-1\n\tsex female\npatient\tP-2\n") == PatientForm::text);
  CHECK(form_of("patient\tP-1\npatient\tP-2\n") == PatientForm::text);
  CHECK(form_of("case \"one, two\" like P-1\n  sex male\n") == PatientForm::text);
}

TEST_CASE("resources past the bound answer for nobody") {
  const std::string text = text_of_file(kFolder / "fhir-lines.ndjson");
  Run run;
  holding(*run.in).most = 1000;
  run.read("f", text);
  finish_patients(*run.in);
  CHECK(run.told.find("patient a") == run.told.npos);
  CHECK(run.told.find("the records of this run take more than 0 MiB") != run.told.npos);
  // A bundle is held alone.
  CHECK(run.told.find("patient c") != run.told.npos);
}

TEST_CASE("who died before the day of screening is not answered for") {
  const std::string patient = R"({"resourceType": "Patient", "id": "p", )";
  const auto told = [&](const std::string& rest) {
    Run run;
    When day;
    std::string problem;
    REQUIRE(read_when("2025-03-01", day, problem));
    run.in->screening = day;
    run.read("f", patient + rest + "}\n");
    finish_patients(*run.in);
    return run.told.substr(std::min(run.told.find("  error"), run.told.size()));
  };
  CHECK(told(R"("deceasedDateTime": "2025-03-01T10:00:00Z")") ==
        "  error at f: Patient/p: this patient died before or on the day of screening\n");
  CHECK(told(R"("deceasedDateTime": "2025-03-02")").empty());
  CHECK(told(R"("deceasedBoolean": true)") ==
        "  error at f: Patient/p: this patient has died, and the day is not given\n");
  CHECK(told(R"("deceasedBoolean": false)").empty());
}

TEST_CASE("what cannot be a file of patients is said") {
  CHECK(read_alone("f", "") == "broken f: there is no patient in this file: it is empty\n");
  CHECK(read_alone("f", std::string("\0\1\2", 3)) ==
        "broken f: this is no text, but a packed file or a program's own, such as .xls or .pdf: export the "
        "patients as CSV or JSON, in UTF-8\n");
  CHECK(
      read_alone("f", "patient,screening\rP-1,2025-03-01\r") ==
      "broken f: the lines end with a carriage return alone: save the file with the line ends of Windows or "
      "Unix\n");
  CHECK(read_alone("f", "\xFF\xFE{") == "broken f: the text is UTF-16: save it as UTF-8\n");
  CHECK(read_alone("f", "patient;sex\nP-1;female\n") ==
        "broken f:1: the cells are separated by `;`: save the file with commas between them\n");
  CHECK(read_alone("f", "\"patient ID\",sex\nP-1,female\n") ==
        "broken f:1: the header has no column `patient`\n");
  CHECK(read_alone("f", "PK\3\4rest") ==
        "broken f: this is a workbook (.xlsx) or another packed file: save its sheet as CSV, in UTF-8\n");
  CHECK(read_alone("f", std::string("p\0a\0t\0", 6)) == "broken f: the text is UTF-16: save it as UTF-8\n");
  CHECK(read_alone("f", "sep=,\npatient,sex\n") ==
        "broken f: delete the line `sep=`: a CSV file begins with its header\n");
  CHECK(read_alone("f", "patient,sex,sex\nP-1,female,male\n") ==
        "broken f:1: the column `sex` is there twice\n");
  Run run;
  CHECK(read_patients(*run.in, "/nowhere/at/all") == ReadEnd::unopened);
  CHECK(read_patients(*run.in, kFolder) == ReadEnd::unopened);
  CHECK(run.told == fmt::format("broken /nowhere/at/all: there is no such file\n"
                                "broken {}: this is a folder, not a file\n",
                                kFolder.string()));
}

TEST_CASE("a line past the bound is passed over and the next one is read") {
  const std::string long_line = "{\"patient\": \"P-1\", \"x\": \"" + std::string(9u << 20, 'x') + "\"}";
  const std::string told = "FILE:1: this patient has more than 4 MiB of text: it is passed over\n";
  const std::string next = "patient P-2 at FILE";
  CHECK(read_from_file(long_line + "\n" + kLow + "\n") == "broken " + told + next + ":2\n" + kLowRead);
  CHECK(read_from_file("[" + long_line + ",\n" + kLow + "]") ==
        "broken " + told + next + ": [1]\n" + kLowRead);
  CHECK(read_from_file("patient,enzyme [U/L]\n" + std::string(9u << 20, 'x') + "\nP-2,4\n") ==
        "broken FILE:2: this row has more than 4 MiB: it is passed over\n" + next + ":3\n" + kLowRead);
  CHECK(read_from_file("patient,enzyme [U/L]\nP-1,\"4\n" + std::string(9u << 20, '\n') + "P-2,4\n") ==
        "patient P-1 at FILE:2\n  error at FILE:2: a quote is not closed, or stands inside a cell\n" + next +
            fmt::format(":{}\n", (9u << 20) + 3) + kLowRead);
}

TEST_CASE("a patient is the same wherever the buffer ends") {
  std::string text, expected;
  for (int i = 0; text.size() < 3'000'000; ++i) {
    const std::string fill(static_cast<size_t>(i * 7919 % 5000), ' ');
    text += fmt::format(
        "{{\"patient\": \"P-{}\",{} \"facts\": {{\"enzyme\": {{\"value\": {}, \"unit\": \"U/L\"}}}}}}\n", i,
        fill, i);
    expected += fmt::format("patient P-{} at FILE:{}\n  enzyme {} U/L\n", i, i + 1, i);
  }
  CHECK(read_from_file(text) == expected);
}

TEST_CASE("a patient that comes twice in a run is told the second time, whatever the file") {
  Run run;
  run.read("a.ndjson", kLow);
  run.read("b.csv", "patient,enzyme [U/L]\nP-2,5\nP-3,5\n");
  CHECK(run.told == "patient P-2 at a.ndjson:1\n" + kLowRead +
                        "patient P-2 at b.csv:2\n  enzyme 5 U/L\n  error at b.csv:2: this patient is in the "
                        "input twice: neither answer counts\n"
                        "patient P-3 at b.csv:3\n  enzyme 5 U/L\n");
}

TEST_CASE("a blank around an identifier makes no other patient, whatever the file") {
  Run run;
  run.read("a.ndjson",
           "{\"patient\": \" P-2 \", \"facts\": {\"enzyme\": {\"value\": 4, \"unit\": \"U/L\"}}}\n"
           "{\"patient\": \"\\tP-3\"}\n{\"patient\": \"P 4\"}\n{\"patient\": \" \"}\n");
  run.read("b.csv", "patient,enzyme [U/L]\n P-2,5\n\"P 4 \",5\n");
  run.read("c.csv", "patient,fact,value,unit\nP-3 ,enzyme,4,U/L\n");
  const std::string again = "this patient is in the input twice: neither answer counts\n";
  CHECK(run.told ==
        "patient P-2 at a.ndjson:1\n  enzyme 4 U/L\npatient P-3 at a.ndjson:2\npatient P 4 at a.ndjson:3\n"
        "broken a.ndjson:4: this patient has no identifier\n"
        "patient P-2 at b.csv:2\n  enzyme 5 U/L\n  error at b.csv:2: " +
            again + "patient P 4 at b.csv:3\n  enzyme 5 U/L\n  error at b.csv:3: " + again +
            "patient P-3 at c.csv:2\n  enzyme 4 U/L\n  error at c.csv:2: " + again);
}

TEST_CASE("the run's screening date serves those who have none") {
  Run run;
  run.in->screening = parse_when("2025-04-01");
  run.read("f", "{\"patient\": \"P-1\"}\n{\"patient\": \"P-2\", \"screening\": \"2025-03-01\"}\n");
  CHECK(run.told ==
        "patient P-1 at f:1\n  screening 2025-04-01\npatient P-2 at f:2\n  screening 2025-03-01\n");
}

TEST_CASE("reading stops when the receiver says so") {
  Run run;
  run.in->each = [](const Patient&) { return false; };
  CHECK(run.read("f", kLow + "\n" + kLow) == ReadEnd::stopped);
  CHECK(run.read("f", "patient,sex\nP-8,male\nP-9,male\n") == ReadEnd::stopped);
}

TEST_CASE("each trial of a run reads a name by its own declaration") {
  Run run;
  std::string problem;
  const auto other = load(run.rules, kFolder / "other.crit", problem);
  REQUIRE(other);
  run.read(
      "f",
      R"({"patient": "P-1", "facts": {"enzyme": {"value": 4, "unit": "ug/L"}, "wheeze": {"value": true}, "colour": "blue"}})");
  CHECK(run.told ==
        "patient P-1 at f:1\n  enzyme 4 ug/L (not convertible)\n  enzyme 4 ug/L\n  wheeze yes\n  wheeze "
        "yes\n  colour blue\n"
        "  error at f:1: `colour`: the answer is one of red, green {colour}\n");
}

TEST_CASE("a patient has so many records and no more") {
  std::string text = "{\"patient\": \"P-1\", \"facts\": {\"wheeze\": [true";
  for (int i = 0; i < 60'000; ++i) text += ",true";
  Run run;
  size_t records = 0, faults = 0;
  run.in->each = [&](const Patient& p) {
    records = p.records.size();
    faults = p.faults.size();
    return true;
  };
  run.read("f", text + "]}}");
  CHECK(records == kMaxRecords);
  CHECK(faults == kMaxFaults);
}

TEST_CASE("a set of identifiers knows each once and stays small") {
  SeenIds seen;
  for (int i = 0; i < 100'000; ++i) CHECK(seen.insert(hash_of(fmt::format("P-{}", i))));
  for (int i = 0; i < 100'000; i += 97) CHECK_FALSE(seen.insert(hash_of(fmt::format("P-{}", i))));
  CHECK(seen.count() == 100'000);
  CHECK(seen.bytes() <= 16 * 1'048'576);
  for (int i = 100'000; i < 2'000'000; ++i)
    seen.insert(hash_of({reinterpret_cast<const char*>(&i), sizeof i}));
  CHECK(seen.count() == 2'000'000);
  CHECK(seen.bytes() <= 16 * 2'000'000);
}
