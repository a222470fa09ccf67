// crit fmt: rule files to their canonical form, in place. What is written is read again first and must say
// the same.
#include <fmt/format.h>

#include "interpreter/load.hpp"
#include "tools/commands.hpp"
#include "tools/replace_file.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

// The canonical form; nothing where the file has mistakes, which have been told.
std::optional<std::string> formatted(const Source& source, Console& console) {
  const Parsed parsed = parse_checked_text(source);
  const std::vector<const Source*> shown = {&source};
  if (has_error(parsed.diagnostics)) {
    for (const Diagnostic& d : parsed.diagnostics)
      if (d.severity == Severity::error)
        complain(console, render(d, shown, console.err.colour, console.width));
    complain_error(console, fmt::format("{}: left as it is, for its mistakes", source.name));
    return std::nullopt;
  }
  Source made{source.name, print(parsed.trial), source.id};
  const Parsed again = parse(made);
  if (has_error(again.diagnostics) || !same(parsed.trial, again.trial)) {
    complain_error(console, fmt::format("{}: left as it is: its canonical form would not say the same, "
                                        "which is a mistake in crit; please report it",
                                        source.name));
    return std::nullopt;
  }
  return std::move(made.text);
}

Status format_file(const std::string& path, bool check, Console& console) {
  std::string problem;
  const auto source = read_source(path, problem);
  if (!source) {
    complain_unopened(console, path, problem);
    return kUnusable;
  }
  const auto text = formatted(*source, console);
  if (!text) return kFindings;
  if (path == "-" && !check) {
    console.out.text += *text;
    return kClean;
  }
  if (*text == source->text) return kClean;
  if (check) {
    console.out.text += fmt::format("{} would change\n", source->name);
    return kFindings;
  }
  if (!replace_file(path, source->text, *text, problem)) {
    complain_unopened(console, path, problem);
    return kUnusable;
  }
  console.out.text += fmt::format("{} formatted\n", source->name);
  return kClean;
}

}  // namespace

Status run(const FmtCommand& command, Console& console) {
  const auto files = rule_files_in(command.files, console);
  if (!files) return kUnusable;
  Status status = kClean;
  for (const std::string& path : *files) status = std::max(status, format_file(path, command.check, console));
  return status;
}

}  // namespace crit
