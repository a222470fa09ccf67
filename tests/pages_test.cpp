// The pages as files: what the program writes, with the style and the script left out, which are files of
// their own.
#include "tests/test.hpp"
#include "tests/transcript.hpp"
#include "tools/html.hpp"

namespace {

void cut(std::string& text, std::string_view part, std::string_view name) {
  const size_t at = text.find(part);
  if (at != std::string::npos) text.replace(at, part.size(), name);
}

std::string page(const std::string& command) {
  std::string text = crit::run_transcript("$ crit " + command + " 2>/dev/null", CRIT_SOURCE_DIR "/tests");
  text.erase(0, text.find('\n') + 1);
  cut(text, crit::page_style(), "(page.css)\n");
  cut(text, crit::page_script(), "(page.js)\n");
  return text;
}

}  // namespace

TEST_CASE("pages are written as their files show") {
  const std::string folder = CRIT_SOURCE_DIR "/tests/pages/";
  const std::pair<const char*, const char*> pages[] = {
      {"cohort.html",
       "cohort cli/cohort.crit cli/cohort.txt --format html --without E2 --with 'I3: 40% <= FVC <= 75%'"},
      {"cohort-evil.html", "cohort pages/evil.crit pages/evil.ndjson --format html"},
      {"checklist.html", "eval cli/cohort.crit cli/cohort.txt --format html"},
      {"checklist-computed.html", "eval pages/computed.crit pages/computed.ndjson --format html"},
      {"checklist-evil.html", "eval pages/evil.crit pages/evil.ndjson --format html"}};
  for (const auto& [file, command] : pages) crit::check_file(folder + file, page(command));
}
