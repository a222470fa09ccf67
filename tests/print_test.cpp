// The printer is the parser's inverse: what is printed reads as the same again, and is printed the same
// again.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "grammar/ast.hpp"
#include "tests/random_expr.hpp"
#include "tests/test.hpp"
#include "tests/transcript.hpp"

using namespace crit;

namespace {

const std::filesystem::path kRoot = CRIT_SOURCE_DIR;

std::vector<std::filesystem::path> rule_files() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"tests", "trials", "interpreter/vocabulary"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kRoot / folder))
      if (entry.path().extension() == ".crit") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string rendered(const Source& source, const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const Diagnostic& d : diagnostics) out += render(d, {&source});
  return out;
}

void check_inverse(const Trial& trial) {
  Source printed{"printed", print(trial), 0};
  Parsed again = parse(printed);
  INFO(printed.text);
  CHECK(rendered(printed, again.diagnostics) == "");
  CHECK(dump(again.trial) == dump(trial));
  CHECK(print(again.trial) == printed.text);
}

Source in_a_file(const std::string& text) {
  return {"x", fmt::format("trial T\nexclude E1\n  {}\n", text), 0};
}

}  // namespace

TEST_CASE("every rule file without errors reads the same after it was printed") {
  size_t files = 0;
  for (const auto& path : rule_files()) {
    Source source{path.string(), text_of_file(path.string()), 0};
    Parsed parsed = parse(source);
    if (!parsed.diagnostics.empty()) continue;
    INFO(source.name);
    check_inverse(parsed.trial);
    ++files;
  }
  CHECK(files > 20);
}

TEST_CASE("each form of the language is read without a finding, into this tree") {
  const std::filesystem::path file = kRoot / "tests" / "parse" / "everything.crit";
  Source source{"everything.crit", text_of_file(file.string()), 0};
  Parsed parsed = parse(source);
  CHECK(rendered(source, parsed.diagnostics) == "");
  check_file((kRoot / "tests" / "parse" / "everything.dump").string(), dump(parsed.trial));
}

TEST_CASE("the canonical form") {
  const std::filesystem::path file = kRoot / "tests" / "parse" / "untidy.crit";
  Parsed parsed = parse({"untidy.crit", text_of_file(file.string()), 0});
  check_file((kRoot / "tests" / "parse" / "untidy.formatted").string(), print(parsed.trial));
}

TEST_CASE("random conditions print the same after they were read, in one line and in many") {
  std::mt19937 random(20250301);
  int read = 0;
  for (int i = 0; i < 3000; ++i) {
    ExprPtr written = random_condition(random, i % 5);
    Source line = in_a_file(print(*written));
    INFO(line.text);
    Parsed parsed = parse(line);
    if (!parsed.diagnostics.empty()) continue;  // made of forms that read two ways: refused, as it should be
    ++read;
    const auto& criterion = std::get<Criterion>(parsed.trial.statements.at(1).node);
    // The random tree may be one that only parentheses can write; what was read from its text may not differ.
    REQUIRE(print(*criterion.condition) == print(*written));
    check_inverse(parsed.trial);
  }
  CHECK(read > 1500);
}

TEST_CASE("trees that differ are not the same") {
  auto tree = [](const std::string& text) { return parse({"x", text, 0}).trial; };
  Trial a = tree("trial T\ninclude I1 \"x\"\n  fa\n");
  CHECK(same(a, tree("\n\ntrial   T\ninclude I1   \"x\"\n\n  fa\n")));
  CHECK(!same(a, tree("trial T\nexclude I1 \"x\"\n  fa\n")));
  CHECK(!same(a, tree("trial T\ninclude I1 \"y\"\n  fa\n")));
  CHECK(!same(a, tree("trial T\ninclude I1 \"x\"\n  fb\n")));
  CHECK(!same(a, tree("trial T\ninclude I1 \"x\"\n  (fa)\n")));
  CHECK(!same(a, tree("trial T\ninclude I1 \"x\"\n  fa # a remark\n")));
  CHECK(!same(a, tree("trial T\ninclude I1 \"x\"\n  note \"n\"\n  fa\n")));
}
