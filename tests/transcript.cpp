// Runs the commands of a transcript by the shell.
#include "tests/transcript.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/test.hpp"

namespace crit {

namespace {

// What a command prints, and its status where that is not 0.
std::string run_command(const std::string& command, const std::string& folder) {
  const std::string programs = std::filesystem::path(CRIT_PROGRAM).parent_path().string();
  const std::string line = fmt::format("cd '{}' && PATH='{}':\"$PATH\" && export PATH && {{ {}\n}} 2>&1",
                                       folder, programs, command);
  std::FILE* pipe = popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string printed;
  char piece[4096];
  for (size_t got = 0; (got = fread(piece, 1, sizeof piece, pipe)) > 0;) printed.append(piece, got);
  const int ended = pclose(pipe);
  const int status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
  if (!printed.empty() && printed.back() != '\n') printed += '\n';
  return status == 0 ? printed : printed + fmt::format("[{}]\n", status);
}

}  // namespace

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  INFO(path);
  REQUIRE(file.good());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string run_transcript(const std::string& text, const std::string& folder) {
  std::string now;
  bool command_seen = false;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool command = line.starts_with("$ ");
    if (command || !command_seen) now += line + "\n";
    if (command) now += run_command(line.substr(2), folder);
    command_seen = command_seen || command;
  }
  return now;
}

void check_file(const std::string& path, const std::string& now) {
  if (std::getenv("CRIT_UPDATE")) {
    std::ofstream(path, std::ios::binary) << now;
    return;
  }
  INFO(path);
  CHECK(now == text_of_file(path));
}

}  // namespace crit
