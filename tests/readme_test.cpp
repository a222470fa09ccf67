// README.md: every file that it shows is written, every command that it shows is run, and what it prints
// compared.
//
// A block that begins with `# NAME`, or stands behind ```csv NAME, is a file of that name; a block ```console
// is a transcript; the commands of ```sh are programs of this repository.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/test.hpp"
#include "tests/transcript.hpp"

namespace {

namespace fs = std::filesystem;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

// A folder that looks like the checkout to the commands, and may be written to.
struct Desk {
  fs::path path = fs::temp_directory_path() / ("crit-readme-" + std::to_string(getpid()));

  Desk() {
    fs::create_directories(path);
    for (const char* folder : {"trials", "tests"})
      fs::create_directory_symlink(fs::path(CRIT_SOURCE_DIR) / folder, path / folder);
  }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;
  ~Desk() { fs::remove_all(path); }
};

std::string block_as_it_is_now(const std::string& language, const std::string& block, const Desk& desk) {
  std::string name;
  if (block.starts_with("# ")) name = block.substr(2, block.find('\n') - 2);
  if (const size_t blank = language.find(' '); blank != language.npos) name = language.substr(blank + 1);
  if (!name.empty()) std::ofstream(desk.path / name, std::ios::binary) << block;
  if (language == "sh") {
    const std::string program = block.substr(0, block.find_first_of(" \n"));
    INFO(program);
    CHECK(access((std::string(CRIT_SOURCE_DIR "/") + program).c_str(), X_OK) == 0);
  }
  if (language != "console") return block;
  // The script would build; what it starts is the program under test.
  const std::string now =
      crit::run_transcript(replaced(block, "$ tools/crit ", "$ crit "), desk.path.string());
  return replaced(now, "$ crit ", "$ tools/crit ");
}

}  // namespace

TEST_CASE("what the README shows is what happens") {
  const std::string path = CRIT_SOURCE_DIR "/README.md";
  const Desk desk;
  std::istringstream lines(crit::text_of_file(path));
  std::string now, block, language;
  bool inside = false;
  size_t transcripts = 0;
  for (std::string line; std::getline(lines, line);) {
    const bool fence = line.starts_with("```");
    if (fence && inside) {
      now += block_as_it_is_now(language, block, desk);
      transcripts += language == "console";
    }
    if (fence) {
      inside = !inside;
      language = line.substr(3);
      block.clear();
      now += line + "\n";
    } else {
      (inside ? block : now) += line + "\n";
    }
  }
  CHECK(transcripts >= 3);
  crit::check_file(path, now);
}
