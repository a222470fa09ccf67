// Rule files and files of patients to what is wrong with them: every file of tests/parse has its `.expected`.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "grammar/ast.hpp"
#include "grammar/patient_text.hpp"
#include "tests/test.hpp"
#include "tests/transcript.hpp"

using namespace crit;

namespace {

const std::filesystem::path kFolder = std::filesystem::path(CRIT_SOURCE_DIR) / "tests" / "parse";

std::vector<std::filesystem::path> files_with(const std::string& extension) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder))
    if (entry.path().extension() == extension) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string rendered(const Source& source, const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const Diagnostic& d : diagnostics) out += render(d, {&source});
  return out;
}

std::string findings(const Source& source) {
  Parsed parsed = parse(source);
  for (Diagnostic& d : check_shape(parsed.trial)) parsed.diagnostics.push_back(std::move(d));
  sort_by_place(parsed.diagnostics);
  return rendered(source, parsed.diagnostics);
}

// One condition in a whole file.
Source condition(const std::string& text) {
  return {"x.crit", fmt::format("trial T\ninclude I1\n  {}\n", text), 0};
}

std::vector<std::string> rules_found(const Source& source) {
  std::vector<std::string> rules;
  for (const Diagnostic& d : parse(source).diagnostics) rules.push_back(d.rule);
  return rules;
}

std::string repeated(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string written(const PatientLine& line) {
  std::string out = line.name.text;
  if (line.kind == PatientLine::Kind::denied) out += " denied";
  if (line.kind == PatientLine::Kind::missing) out += " missing";
  if (line.kind == PatientLine::Kind::complete) out += "complete";
  for (const Name& part : line.parts) out += " " + part.text;
  if (!line.value.empty())
    out += fmt::format(" value `{}{}` unit `{}`", line.bound, line.value, line.unit.text);
  for (const LimitText& l : line.limits)
    out += fmt::format(" {} `{}` unit `{}`", l.upper ? "uln" : "lln", l.number, l.unit.text);
  if (line.predicted) out += fmt::format(" predicted `{}`", *line.predicted);
  if (line.lab) out += fmt::format(" lab `{}`", *line.lab);
  auto date = [&](std::string_view word, const std::optional<DateText>& d) {
    if (d) out += fmt::format(" {} {}", word, d->text);
  };
  date("on", line.on), date("since", line.since), date("from", line.from), date("to", line.to),
      date("until", line.until);
  for (const AttributeText& a : line.attributes)
    out += fmt::format(" [{} `{}` unit `{}`]", a.name.text, a.value, a.unit.text);
  if (line.by) out += fmt::format(" by `{}`", *line.by);
  return out;
}

std::string written(const ExpectLine& line) {
  std::string out = "expect";
  for (const ExpectLine::Item& item : line.items) {
    out += " [";
    if (item.arm) out += fmt::format("arm {}: ", item.arm->text);
    if (item.criterion) out += item.criterion->text + " ";
    out += (item.needed ? "needed " : "") + item.answer.text + "]";
  }
  return out;
}

std::string patients(const Source& source) {
  ParsedPatients parsed = parse_patients(source);
  std::string out = rendered(source, parsed.diagnostics);
  for (const PatientBlock& block : parsed.blocks) {
    out += block.is_case ? fmt::format("case `{}`", block.title ? block.title->text : "")
                         : "patient " + block.id.text;
    out += block.like ? fmt::format(" like {}\n", block.like->text) : "\n";
    for (const PatientLine& line : block.lines) out += fmt::format("  {}\n", written(line));
    for (const ExpectLine& line : block.expects) out += fmt::format("  {}\n", written(line));
    out += rendered(source, block.faults);
  }
  return out;
}

}  // namespace

TEST_CASE("rule files: every mistake once, in its place, with its words") {
  for (const auto& path : files_with(".crit")) {
    Source source{path.filename().string(), text_of_file(path.string()), 0};
    INFO(source.name);
    check_file(path.string() + ".expected", findings(source));
  }
}

TEST_CASE("files of patients: what was read, and the faults of each") {
  for (const auto& path : files_with(".patients")) {
    Source source{path.filename().string(), text_of_file(path.string()), 0};
    INFO(source.name);
    check_file(path.string() + ".expected", patients(source));
  }
}

TEST_CASE("a text of patients is known by its first word") {
  CHECK(looks_like_patient_text("# a remark\n\npatient P-1\n"));
  CHECK(
      looks_like_patient_text("\xEF\xBB\xBF"
                              "case \"x\" like P\n"));
  CHECK(!looks_like_patient_text("patience"));
  CHECK(!looks_like_patient_text("trial T\n"));
  CHECK(!looks_like_patient_text("{\"patient\": 1}"));
  CHECK(!looks_like_patient_text(""));
}

TEST_CASE("nesting is bounded at 200, whatever nests") {
  struct Nesting {
    std::string open, inner, close;
  };
  const Nesting nestings[] = {
      {"(", "fa", ")"},        {"not ", "fa", ""},      {"if a then b else ", "c", ""},
      {"all of (", "fa", ")"}, {"x with (", "fa", ")"}, {"abs(", "x", ")"}};
  for (const Nesting& n : nestings) {
    INFO(n.open);
    auto nested = [&](size_t times) {
      return condition(repeated(n.open, times) + n.inner + repeated(n.close, times));
    };
    CHECK(rules_found(nested(200)).empty());
    CHECK(rules_found(nested(201)) == std::vector<std::string>{"too-deep"});
    CHECK(rules_found(nested(10000)) == std::vector<std::string>{"too-deep"});
  }
}

TEST_CASE("signs of arithmetic are bounded, since they nest in the tree") {
  for (std::string sign : {"+", "*", "^"}) {
    INFO(sign);
    CHECK(rules_found(condition("1" + repeated(sign + "1", 1000) + " <= 3")).empty());
    CHECK(rules_found(condition("1" + repeated(sign + "1", 1001) + " <= 3")) ==
          std::vector<std::string>{"too-deep"});
    CHECK(rules_found(condition("1" + repeated(sign + "1", 100000) + " <= 3")) ==
          std::vector<std::string>{"too-deep"});
  }
}

TEST_CASE("a chain, a list and exceptions may be long") {
  CHECK(rules_found(condition(repeated("fa and ", 50000) + "fb")).empty());
  CHECK(rules_found(condition("any of (" + repeated("fa, ", 50000) + "fb)")).empty());
  CHECK(rules_found(condition("x ever" + repeated(" except (a)", 20000))).empty());
  CHECK(rules_found(condition("x ever" + repeated(" except within 2 weeks", 20000))).empty());
}

TEST_CASE("no more findings than anyone reads") {
  Source source{"x.crit", repeated("include I1\n  fa and\n", 1200), 0};
  std::vector<Diagnostic> found = parse(source).diagnostics;
  REQUIRE(found.size() == 1001);
  CHECK(found.back().message == "more than 1000 mistakes; the rest is not listed");
}

TEST_CASE("a file that is too large is one finding") {
  Source source{"x.crit", std::string(kMaxSourceBytes + 1, '#'), 0};
  CHECK(rules_found(source) == std::vector<std::string>{"syntax"});
  CHECK(parse_patients(source).diagnostics.size() == 1);
}

TEST_CASE("a finding in a long line is cut around its caret") {
  Source source = condition("any of (" + repeated("fa, ", 100) + "f! , " + repeated("fb, ", 100) + "fc)");
  std::vector<Diagnostic> found = parse(source).diagnostics;
  REQUIRE(found.size() == 1);
  CHECK(render(found[0], {&source}, false, 60) ==
        "x.crit:3:412: error: expected `)` or a comma, not `!` [syntax]\n"
        "  ...fa, fa, fa, fa, fa, fa, f! , fb, fb, fb, fb, fb, fb,...\n"
        "                              ^\n"
        "  help: the items of a list are parted by commas\n");
}

TEST_CASE("colours mark place, severity and caret") {
  Source source = condition("fa and");
  std::vector<Diagnostic> found = parse(source).diagnostics;
  REQUIRE(found.size() == 1);
  CHECK(render(found[0], {&source}, true) ==
        "\x1b[1mx.crit:3:6\x1b[0m: \x1b[1;31merror\x1b[0m: a condition is missing after `and` [syntax]\n"
        "  fa and\n"
        "\x1b[32m     ^~~\x1b[0m\n");
}

TEST_CASE("places count lines and characters, not bytes") {
  Source source{"x",
                "\xEF\xBB\xBF"
                "ab\r\n\xC3\xA4\xC3\xB6"
                "c\n",
                0};
  CHECK(place_of(source, 3) == Place{1, 1});
  CHECK(place_of(source, 4) == Place{1, 2});
  CHECK(place_of(source, 7) == Place{2, 1});
  CHECK(place_of(source, 11) == Place{2, 3});
  CHECK(place_of(source, 999) == Place{3, 1});
  CHECK(line_at(source, 4) == "ab");
  CHECK(line_at(source, 8) ==
        "\xC3\xA4\xC3\xB6"
        "c");
  CHECK(text_of(source, {3, 5, 0}) == "ab");
}
