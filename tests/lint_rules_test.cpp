// The manual pages of the lint rules: each example has its finding and no other of its severity, its mend has
// none.
#include <unistd.h>
#include <fstream>

#include <algorithm>
#include <filesystem>

#include "interpreter/load.hpp"
#include "interpreter/read_cases.hpp"
#include "tests/test.hpp"
#include "tools/lint/run.hpp"

namespace {

using namespace crit;

// What the rules that ask for more than the rule file are given.
constexpr std::string_view kProtocol =
    "Inclusion criteria:\n- Age 18 years or older\nExclusion criteria:\n- Pregnant women\n";

constexpr std::string_view kCases =
    "patient P-1\n  screening 2025-03-01\n  birth_date 2000-01-01\n\ncase \"an adult\" like P-1\n  expect I1 "
    "pass\n";

// What the rules find beside what is refused.
void add_findings(Rules& rules, const LoadedTrial& trial, std::string_view cases, bool with_protocol,
                  std::vector<Diagnostic>& found) {
  const FactsGiven given{.names = {"birth_date", "creatinine"}};
  Intake intake(rules.schema);
  const Source text{"T1.cases", std::string(cases), 0};
  const CaseFile read = read_cases(intake, text);
  LintInput input{.source = rules.sources[trial.file],
                  .trial = rules.parsed[trial.file].trial,
                  .model = trial.model,
                  .schema = rules.schema,
                  .has_errors = has_error(found),
                  .cases = cases.empty() ? nullptr : &read,
                  .protocol = std::nullopt,
                  .facts_given = with_protocol ? &given : nullptr};
  if (with_protocol) input.protocol = kProtocol;
  run_rules(input, all_rules(true), found);
}

std::vector<Diagnostic> findings_of(std::string_view text, bool ran = false, std::string_view cases = {},
                                    bool with_protocol = false) {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("crit-rules-" + std::to_string(getpid()))).string();
  std::ofstream(path, std::ios::binary) << text;
  Rules rules;
  std::string problem;
  const auto trial = load(rules, path, problem);
  std::filesystem::remove(path);
  REQUIRE(trial);
  std::vector<Diagnostic> found = trial->diagnostics;
  if (ran) add_findings(rules, *trial, cases, with_protocol, found);
  return found;
}

size_t count(const std::vector<Diagnostic>& found, std::string_view rule) {
  return size_t(std::ranges::count(found, rule, &Diagnostic::rule));
}

}  // namespace

TEST_CASE("a refusal's example is refused for it alone, and its mend is taken") {
  for (const LintRule* rule : lint_rules()) {
    if (rule->group != LintGroup::refused) continue;
    DYNAMIC_SECTION(rule->name) {
      const auto found = findings_of(rule->example);
      REQUIRE(found.size() == 1);
      CHECK(found[0].rule == rule->name);
      CHECK(found[0].severity == rule->severity);
      CHECK(findings_of(rule->mended).empty());
    }
  }
}

TEST_CASE("a rule's example has its finding and no other but infos, and its mend has none") {
  for (const LintRule* rule : lint_rules()) {
    if (rule->group == LintGroup::refused) continue;
    DYNAMIC_SECTION(rule->name) {
      // Its mend is the cases that it asks for.
      const bool of_cases = rule->name.starts_with("untested-");
      const bool asks_more = rule->name == "uncovered-text" || rule->name == "fact-never-given";
      const std::string_view few = rule->name == "untested-boundary" ? kCases : std::string_view();
      auto found = findings_of(rule->example, true, few, asks_more);
      CHECK(count(found, rule->name) == 1);
      std::erase_if(found, [](const Diagnostic& d) { return d.severity == Severity::info; });
      // What the solver proves to be wrong the protocol's words mostly show too.
      if (!asks_more && rule->group != LintGroup::logic)
        CHECK(found.size() == (rule->severity == Severity::info ? 0 : 1));
      const auto mended = of_cases ? findings_of(rule->example, true, rule->mended)
                                   : findings_of(rule->mended, true, {}, asks_more);
      for (const Diagnostic& d : mended) UNSCOPED_INFO(d.rule + ": " + d.message);
      CHECK(count(mended, rule->name) == 0);
    }
  }
}

TEST_CASE("a rule is found by its name") {
  for (const LintRule* rule : lint_rules()) CHECK(lint_rule(rule->name) == rule);
  CHECK(lint_rule("no-such-rule") == nullptr);
}
