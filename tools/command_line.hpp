// The words of the command line to a Command, or to the help that was asked for, or to what is wrong with
// them.
#pragma once

#include <optional>
#include <string>

#include "tools/commands.hpp"

namespace crit {

struct CommandLine {
  std::optional<Command> command;
  ColourChoice colour = ColourChoice::automatic;
  std::string help;   // the text that was asked for
  std::string error;  // what is wrong
};

CommandLine parse_command_line(int argc, const char* const* argv);

}  // namespace crit
