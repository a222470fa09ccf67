// The program's commands as a person runs them: every transcript of tests/cli, in a copy of that folder,
// since commands write files.
#include <unistd.h>

#include <filesystem>
#include <set>

#include "tests/test.hpp"
#include "tests/transcript.hpp"

namespace {

namespace fs = std::filesystem;

struct Desk {
  fs::path path = fs::temp_directory_path() / ("crit-cli-" + std::to_string(getpid()));

  Desk() { fs::copy(CRIT_SOURCE_DIR "/tests/cli", path, fs::copy_options::recursive); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;
  ~Desk() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("the commands print what their transcripts show") {
  static const std::set<fs::path> transcripts = [] {
    std::set<fs::path> found;
    for (const auto& entry : fs::directory_iterator(CRIT_SOURCE_DIR "/tests/cli"))
      if (entry.path().extension() == ".transcript") found.insert(entry.path());
    return found;
  }();
  REQUIRE_FALSE(transcripts.empty());
  for (const fs::path& path : transcripts) {
    DYNAMIC_SECTION(path.stem().string()) {
      const Desk desk;
      const std::string text = crit::text_of_file(path.string());
      crit::check_file(path.string(), crit::run_transcript(text, desk.path.string()));
    }
  }
}
