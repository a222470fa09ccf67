// The program's commands as a person runs them: every transcript of tests/cli.
#include <filesystem>
#include <set>

#include "tests/test.hpp"
#include "tests/transcript.hpp"

TEST_CASE("the commands print what their transcripts show") {
  static const std::set<std::filesystem::path> transcripts = [] {
    std::set<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(CRIT_SOURCE_DIR "/tests/cli"))
      if (entry.path().extension() == ".transcript") found.insert(entry.path());
    return found;
  }();
  REQUIRE_FALSE(transcripts.empty());
  for (const std::filesystem::path& path : transcripts) {
    DYNAMIC_SECTION(path.stem().string()) {
      const std::string text = crit::text_of_file(path.string());
      crit::check_file(path.string(), crit::run_transcript(text, CRIT_SOURCE_DIR "/tests/cli"));
    }
  }
}
