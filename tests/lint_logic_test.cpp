// The logic rules over small trials (lint_logic.txt): everything that they find, and nothing else.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "interpreter/load.hpp"
#include "tests/test.hpp"
#include "tests/transcript.hpp"
#include "tools/lint/logic.hpp"

using namespace crit;

namespace {

std::string rendered(const Diagnostic& d, const Source& source) {
  const Place at = place_of(source, d.span.begin);
  std::string text = fmt::format("=> {}:{} {} [{}]\n", at.line, at.column, d.message, d.rule);
  for (size_t begin = 0; begin < d.help.size();) {
    const size_t end = std::min(d.help.find('\n', begin), d.help.size());
    text += fmt::format("=>   {}\n", d.help.substr(begin, end - begin));
    begin = end + 1;
  }
  return text;
}

std::string findings_of(const std::string& text) {
  const std::string path =
      (std::filesystem::temp_directory_path() / fmt::format("crit-logic-{}.crit", getpid())).string();
  std::ofstream(path, std::ios::binary) << text;
  Rules rules;
  std::string problem;
  const auto trial = load(rules, path, problem);
  std::filesystem::remove(path);
  REQUIRE(trial);
  const Source& source = rules.sources[trial->file];
  const LintInput input{.source = source,
                        .trial = rules.parsed[trial->file].trial,
                        .model = trial->model,
                        .schema = rules.schema,
                        .has_errors = has_error(trial->diagnostics),
                        .protocol = std::nullopt};
  Findings found;
  if (input.has_errors) found = trial->diagnostics;
  for (const LintRule* rule : lint_rules()) {
    if (rule->group != LintGroup::logic) continue;
    Findings own;
    rule->run(input, own);
    for (Diagnostic& d : own) d.rule = rule->name;
    found.insert(found.end(), own.begin(), own.end());
  }
  sort_by_place(found);
  std::string out;
  for (const Diagnostic& d : found) out += rendered(d, source);
  return out.empty() ? "=> nothing\n" : out;
}

// Without the answers that it had.
std::string rules_of(const std::string& block) {
  std::string rules;
  for (size_t begin = 0; begin < block.size();) {
    const size_t end = std::min(block.find('\n', begin), block.size() - 1) + 1;
    if (block.compare(begin, 2, "=>") != 0) rules += block.substr(begin, end - begin);
    begin = end;
  }
  return rules;
}

}  // namespace

TEST_CASE("the logic rules find what they should in small trials") {
  const std::string path = CRIT_SOURCE_DIR "/tests/lint_logic.txt", text = text_of_file(path), mark = "---\n";
  size_t at = text.find(mark);
  std::string now = text.substr(0, at);
  while (at != std::string::npos) {
    at += mark.size();
    const size_t end = text.find("\n" + mark, at);
    const std::string rules = rules_of(text.substr(at, end == std::string::npos ? end : end + 1 - at));
    now += mark + rules + findings_of(rules);
    at = end == std::string::npos ? end : end + 1;
  }
  check_file(path, now);
}
