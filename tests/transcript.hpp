// Transcripts: commands and what they print, as a person sees them, run again and compared.
//
//   $ crit test trials/NCT06534528.crit
//   55 passed, 0 failed
//   $ crit eval absent.crit
//   error: absent.crit: there is no such file
//   [2]
//
// A line `[N]` is an exit status other than 0. Both outputs are in the order in which they came.
#pragma once

#include <string>

namespace crit {

// The transcript as it is today: each command run by the shell in the folder, `crit` being the program under
// test. Lines before the first command stay as they are.
std::string run_transcript(const std::string& text, const std::string& folder);

std::string text_of_file(const std::string& path);

// Fails where the file's text is not `now`. With CRIT_UPDATE in the environment it is written anew instead.
void check_file(const std::string& path, const std::string& now);

}  // namespace crit
