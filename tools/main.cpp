// crit: the command line to a command, and its status to the shell.
#include <exception>

#include "tools/command_line.hpp"

int main(int argc, char** argv) {
  using namespace crit;
  CommandLine line = parse_command_line(argc, argv);
  Console console = open_console(line.colour);
  if (!line.error.empty()) {
    complain_error(console, line.error);
    return kUnusable;
  }
  Status status = kClean;
  if (line.command) {
    try {
      status = std::visit([&](const auto& command) { return run(command, console); }, *line.command);
    } catch (const std::exception& e) {
      // Memory that has run out, or a mistake in crit itself: no answer is better than half of one.
      flush(console.out);
      complain_error(console, std::string("crit itself failed: ") + e.what());
      return kUnusable;
    }
  } else {
    console.out.text = line.help;
  }
  flush(console.out);
  if (console.out.failed) {
    complain_error(
        console,
        "standard output cannot be written further, and what is there is not all: make room for it, or "
        "write it elsewhere");
    return kUnusable;
  }
  return status;
}
