// The lint rules but those of logic over the files of lint/: everything that they find, and nothing else, as
// NAME.expected has it; infos in info.crit only. NAME.protocol beside a file is what --protocol reads.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "interpreter/load.hpp"
#include "tests/test.hpp"
#include "tests/transcript.hpp"
#include "tools/lint/run.hpp"

using namespace crit;

namespace {

namespace fs = std::filesystem;

std::string rendered(const Diagnostic& d, const Source& source) {
  const Place at = place_of(source, d.span.begin);
  std::string text =
      fmt::format("{}:{} {}: {} [{}]\n", at.line, at.column, name_of(d.severity), d.message, d.rule);
  for (size_t begin = 0; begin < d.help.size();) {
    const size_t end = std::min(d.help.find('\n', begin), d.help.size());
    text += fmt::format("  {}\n", d.help.substr(begin, end - begin));
    begin = end + 1;
  }
  return text;
}

std::vector<Diagnostic> diagnostics_of(Rules& rules, const fs::path& path) {
  std::string problem;
  const auto trial = load(rules, path.string(), problem);
  REQUIRE(trial);
  const Source& source = rules.sources[trial->file];
  LintInput input{.source = source,
                  .trial = rules.parsed[trial->file].trial,
                  .model = trial->model,
                  .schema = rules.schema,
                  .has_errors = has_error(trial->diagnostics),
                  .protocol = std::nullopt};
  const fs::path protocol = fs::path(path).replace_extension(".protocol");
  if (fs::exists(protocol)) input.protocol = text_of_file(protocol.string());
  std::vector<Diagnostic> found = trial->diagnostics;
  run_rules(input, all_rules(false), found);
  const bool infos = path.stem() == "info";
  std::erase_if(found, [&](const Diagnostic& d) {
    return d.rule == "untested-criterion" || (d.severity == Severity::info && !infos);
  });
  sort_by_place(found);
  return found;
}

std::string findings_of(const fs::path& path) {
  Rules rules;
  std::string text;
  for (const Diagnostic& d : diagnostics_of(rules, path)) text += rendered(d, rules.sources[d.span.file]);
  return text;
}

}  // namespace

TEST_CASE("the rules find what the files of lint/ expect, and nothing else") {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(CRIT_SOURCE_DIR "/tests/lint"))
    if (entry.path().extension() == ".crit") files.push_back(entry.path());
  std::ranges::sort(files);
  REQUIRE(files.size() >= 8);
  for (const fs::path& file : files) {
    DYNAMIC_SECTION(file.filename().string()) {
      check_file(fs::path(file).replace_extension(".expected").string(), findings_of(file));
    }
  }
}

TEST_CASE("no mend of a bound negates it") {
  Rules rules;
  size_t mends = 0, none = 0;
  for (const Diagnostic& d : diagnostics_of(rules, CRIT_SOURCE_DIR "/tests/lint/bounds_denied.crit")) {
    (d.fix ? mends : none) += 1;
  }
  CHECK(mends == 4);  // of I4 and I5
  CHECK(none == 2);   // of E6 and E7
}
