// `crit lint --fix` on texts: slips that a person makes while pasting are undone to the letter, and of any
// text at hand nothing is lost.
#include "tools/mend.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/test.hpp"
#include "tests/transcript.hpp"
#include "tools/replace_file.hpp"

using namespace crit;

namespace {

namespace fs = std::filesystem;

// Without the solver: its rules have no fixes.
LintFile file_at(const std::string& path) {
  return {path, all_rules(false), Severity::warning};
}

std::string mended(const std::string& text) {
  Mended m;
  m.text = text;
  mend_safely(file_at("absent/x.crit"), {}, m);
  return m.text;
}

// The first lines that are not the same, or nothing.
std::string difference(const std::string& a, const std::string& b) {
  const size_t at = static_cast<size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  if (at == a.size() && at == b.size()) return "";
  const auto line = [&](const std::string& text) {
    const size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  return line(a) + " / " + line(b);
}

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(CRIT_SOURCE_DIR "/" + folder))
    if (entry.path().extension() == ".crit") paths.push_back(entry.path().string());
  std::ranges::sort(paths);
  return paths;
}

// The first place of the words in a criterion's condition, where nothing is quoted. (`between A && B` and a
// declaration's `==` are not expected from anybody.)
size_t place_in_rules(const std::string& text, std::string_view words) {
  bool in_criterion = false;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    if (!line.empty() && line[0] != ' ')
      in_criterion = line.starts_with("include ") || line.starts_with("exclude ");
    const size_t at = line.find(words);
    const bool plain =
        line.find_first_of("\"#") == std::string_view::npos && line.find("between") == std::string_view::npos;
    if (in_criterion && line.starts_with("  ") && plain && at != std::string_view::npos) return begin + at;
    begin = end + 1;
  }
  return std::string::npos;
}

struct Slip {
  std::string right, wrong;
};
const Slip kSlips[] = {{" <= ", " =< "},
                       {" >= ", " => "},
                       {" <= ", " ≤ "},
                       {"*ULN", " x ULN"},
                       {"*ULN", " ULN"},
                       {" = ", " == "},
                       {" and ", " && "},
                       {" or ", " || "},
                       {"not ", "! "},
                       {"A", "А"},
                       {"C", "С"},
                       {"  ", "  \u200b"},
                       {"3 months", "three months"},
                       {"  ", "     "}};

std::string printed(const std::string& text) {
  Rules rules;
  std::string problem;
  add_text(rules, "x.crit", text);
  const auto trial = load(rules, "x.crit", problem, true);
  REQUIRE(trial);
  return has_error(trial->diagnostics) ? "" : dump(trial->model);
}

struct Scratch {
  fs::path path = fs::temp_directory_path() / ("crit-mend-" + std::to_string(getpid()));
  Scratch() { fs::create_directories(path); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("a slip in a trial is mended to the letter") {
  size_t slips = 0;
  for (const std::string& path : files_in("trials")) {
    const std::string text = text_of_file(path);
    for (const Slip& slip : kSlips) {
      const size_t at = place_in_rules(text, slip.right);
      if (at == std::string::npos) continue;
      std::string wrong = text;
      wrong.replace(at, slip.right.size(), slip.wrong);
      INFO(path + ": " + slip.wrong);
      CHECK(difference(mended(wrong), text) == "");
      ++slips;
    }
  }
  CHECK(slips > 100);
}

TEST_CASE("a text with every slip at once is mended to the letter") {
  for (const std::string& path : files_in("trials")) {
    const std::string text = text_of_file(path);
    std::string wrong = text;
    for (const Slip& slip : kSlips) {
      const size_t at = place_in_rules(wrong, slip.right);
      if (at != std::string::npos) wrong.replace(at, slip.right.size(), slip.wrong);
    }
    const std::string now = mended(wrong);
    INFO(path + "\n" + now);
    CHECK(difference(now, text) == "");
  }
}

TEST_CASE("mending any text keeps what it means and comes to an end") {
  std::vector<std::string> texts;
  for (const char* folder : {"tests/parse", "tests/lint", "tests/cli"})
    for (const std::string& path : files_in(folder)) texts.push_back(text_of_file(path));
  for (const LintRule* rule : lint_rules()) texts.emplace_back(rule->example);
  for (const std::string& text : texts) {
    INFO(text);
    const std::string now = mended(text);
    CHECK(difference(mended(now), now) == "");
    const Parsed before = parse_checked_text({"x.crit", text, 0}),
                 after = parse_checked_text({"x.crit", now, 0});
    CHECK(after.trial.statements.size() >= before.trial.statements.size());
    CHECK(std::ranges::count(now, '"') >= std::ranges::count(text, '"'));
    if (const std::string meaning = printed(text); !meaning.empty()) CHECK(printed(now) == meaning);
  }
}

TEST_CASE("a file that was changed meanwhile is left alone") {
  const Scratch scratch;
  const std::string path = (scratch.path / "a.crit").string();
  std::ofstream(path) << "as somebody else left it\n";
  std::string problem;
  CHECK_FALSE(replace_file(path, "as it was read\n", "as it would be\n", problem));
  CHECK(problem == "it is packed or was changed meanwhile, and is left as it is");
  CHECK(text_of_file(path) == "as somebody else left it\n");
  CHECK(replace_file(path, "as somebody else left it\n", "as it would be\n", problem));
  CHECK(text_of_file(path) == "as it would be\n");
  CHECK(std::distance(fs::directory_iterator(scratch.path), {}) == 1);
}

TEST_CASE("a file that is in the way of writing is not written over, and a link stays a link") {
  const Scratch scratch;
  const fs::path file = scratch.path / "a.crit", link = scratch.path / "b.crit";
  std::ofstream(file) << "old\n";
  fs::create_symlink("a.crit", link);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  std::string problem;
  CHECK(replace_file(link.string(), "old\n", "new\n", problem));
  CHECK(fs::is_symlink(link));
  CHECK(text_of_file(file.string()) == "new\n");
  CHECK(fs::status(file).permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read));

  std::ofstream(file.string() + ".crit-new") << "somebody's own\n";
  CHECK_FALSE(replace_file(file.string(), "new\n", "newer\n", problem));
  CHECK(problem == fs::canonical(file).string() + ".crit-new: File exists");
  CHECK(text_of_file(file.string()) == "new\n");
  CHECK(text_of_file(file.string() + ".crit-new") == "somebody's own\n");
}
