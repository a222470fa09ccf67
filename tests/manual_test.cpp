// The examples of grammar/README.md: the file that they make is clean and in its usual form, each refusal is
// refused with the message below it, and the patients are read.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "grammar/patient_text.hpp"
#include "interpreter/load.hpp"
#include "tests/test.hpp"
#include "tests/transcript.hpp"
#include "tools/settings.hpp"

using namespace crit;

namespace {

struct Block {
  std::string kind;  // the word after the fence
  std::string text;
};

std::vector<Block> blocks_of_manual() {
  std::string text = text_of_file(CRIT_SOURCE_DIR "/grammar/README.md");
  std::vector<Block> blocks;
  constexpr std::string_view fence = "\n```";
  for (size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    size_t begin = text.find('\n', at) + 1;
    size_t end = text.find(fence, begin - 1);
    blocks.push_back({text.substr(at, begin - 1 - at), text.substr(begin, end + 1 - begin)});
    at = end + fence.size();
  }
  return blocks;
}

// What is wrong with the rules, without the places in front.
std::string findings(const std::string& rules) {
  auto path = std::filesystem::temp_directory_path() / fmt::format("crit-manual-{}.crit", getpid());
  std::ofstream(path, std::ios::binary) << rules;
  Rules loaded;
  std::string problem, out;
  auto trial = load(loaded, path.string(), problem);
  std::filesystem::remove(path);
  REQUIRE(trial);
  for (const Diagnostic& d : trial->diagnostics) {
    std::string text = render(d, loaded.shown);
    out += text.substr(text.find(": ") + 2);
  }
  return out;
}

}  // namespace

TEST_CASE("the manual's examples are one clean file in its usual form") {
  std::string file;
  for (const Block& block : blocks_of_manual())
    if (block.kind == "crit") file += (file.empty() ? "" : "\n") + block.text;
  CHECK(findings(file) == "");
  CHECK(print(parse({"README", file, 0}).trial) == file);
}

TEST_CASE("the manual's refusals get the messages that it shows") {
  std::vector<Block> blocks = blocks_of_manual();
  size_t refusals = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].kind != "crit-refused") continue;
    REQUIRE(i + 1 < blocks.size());
    CHECK(findings("trial T\n" + blocks[i].text) == blocks[i + 1].text);
    ++refusals;
  }
  CHECK(refusals > 3);
}

TEST_CASE("the manual's settings are understood") {
  size_t files = 0;
  for (const Block& block : blocks_of_manual()) {
    if (block.kind != "toml") continue;
    const SettingsRead read = read_settings({"crit.toml", block.text, 0});
    CHECK(read.diagnostics.empty());
    const ChosenRules chosen = chosen_rules(read.settings.lint, {});
    CHECK(read.settings.lint.least == Severity::info);
    CHECK_FALSE(chosen.contains("missing-text"));
    CHECK_FALSE(chosen.contains("literal-date"));
    CHECK(chosen.at("stale-measure") == Severity::warning);
    ++files;
  }
  CHECK(files == 1);
}

TEST_CASE("the manual's patients are read") {
  for (const Block& block : blocks_of_manual()) {
    if (block.kind != "patients") continue;
    ParsedPatients parsed = parse_patients({"README", block.text, 0});
    CHECK(parsed.diagnostics.empty());
    REQUIRE(parsed.blocks.size() == 2);
    for (const PatientBlock& patient : parsed.blocks) CHECK(patient.faults.empty());
  }
}
