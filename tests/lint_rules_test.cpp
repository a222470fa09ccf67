// The manual pages of the lint rules: each example has its finding and no other of its severity, its mend has
// none.
#include <unistd.h>
#include <fstream>

#include <filesystem>

#include "interpreter/load.hpp"
#include "tests/test.hpp"
#include "tools/lint/rule.hpp"

namespace {

using namespace crit;

std::vector<Diagnostic> findings_of(std::string_view text) {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("crit-rules-" + std::to_string(getpid()))).string();
  std::ofstream(path, std::ios::binary) << text;
  Rules rules;
  std::string problem;
  const auto trial = load(rules, path, problem);
  std::filesystem::remove(path);
  REQUIRE(trial);
  return trial->diagnostics;
}

}  // namespace

TEST_CASE("a refusal's example is refused for it alone, and its mend is taken") {
  for (const LintRule* rule : lint_rules()) {
    if (rule->run) continue;
    DYNAMIC_SECTION(rule->name) {
      const auto found = findings_of(rule->example);
      REQUIRE(found.size() == 1);
      CHECK(found[0].rule == rule->name);
      CHECK(found[0].severity == rule->severity);
      CHECK(findings_of(rule->mended).empty());
    }
  }
}

TEST_CASE("a rule is found by its name") {
  for (const LintRule* rule : lint_rules()) CHECK(lint_rule(rule->name) == rule);
  CHECK(lint_rule("no-such-rule") == nullptr);
}
