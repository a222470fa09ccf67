// crit fmt: rule files to their canonical form, in place. What is written is read again first and must say
// the same.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "interpreter/load.hpp"
#include "tools/commands.hpp"
#include "tools/first_names.hpp"
#include "tools/replace_file.hpp"
#include "tools/tell.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

// The canonical form; nothing where the file has errors, which have been told: what is meant by it is not
// known yet, as with `HCV-antibody`, which would become a difference.
std::optional<std::string> formatted(const Rules& rules, const LoadedTrial& file, Console& console) {
  const Source& source = rules.sources[file.file];
  std::vector<Diagnostic> mistakes;
  std::ranges::copy_if(file.diagnostics, std::back_inserter(mistakes), [&](const Diagnostic& d) {
    return d.severity == Severity::error && d.span.file == file.file;
  });
  if (!mistakes.empty()) {
    tell_errors(console, rules, mistakes);
    complain_error(console, fmt::format("{}: left as it is, for its mistakes", source.name));
    return std::nullopt;
  }
  const Parsed named = with_first_names(source, file.model);
  Source made{source.name, print(named.trial), source.id};
  const Parsed again = parse(made);
  if (has_error(named.diagnostics) || has_error(again.diagnostics) || !same(named.trial, again.trial)) {
    complain_error(console, fmt::format("{}: left as it is: its canonical form would not say the same, "
                                        "which is a mistake in crit; please report it",
                                        source.name));
    return std::nullopt;
  }
  return std::move(made.text);
}

Status format_file(const std::string& path, bool check, Console& console) {
  if (is_written_to(path, console)) return kUnusable;
  Rules rules;
  std::string problem;
  const auto file = load(rules, path, problem, true);
  if (!file) {
    complain_unopened(console, path, problem);
    return kUnusable;
  }
  const Source& source = rules.sources[file->file];
  const auto text = formatted(rules, *file, console);
  if (!text) return kFindings;
  if (path == "-" && !check) {
    console.out.text += *text;
    return kClean;
  }
  if (*text == source.text) return kClean;
  if (check) {
    console.out.text += fmt::format("{} would change\n", source.name);
    return kFindings;
  }
  if (!replace_file(path, source.text, *text, problem)) {
    complain_unopened(console, path, problem);
    return kUnusable;
  }
  console.out.text += fmt::format("{} formatted\n", source.name);
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
