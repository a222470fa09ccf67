// crit lint: rule files and folders to everything that is wrong in them, by place.
#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "interpreter/load.hpp"
#include "tools/commands.hpp"
#include "tools/findings.hpp"
#include "tools/lint/run.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

void add_findings_of_rules(Rules& rules, const LoadedTrial& trial, std::vector<Diagnostic>& found) {
  const LintInput input{.source = rules.sources[trial.file],
                        .trial = rules.parsed[trial.file].trial,
                        .model = trial.model,
                        .schema = rules.schema,
                        .has_errors = has_error(trial.diagnostics),
                        .protocol = std::nullopt};
  run_rules(input, true, found);
}

// Files that others of the run use need no trial of their own, and are looked at once.
std::vector<Diagnostic> findings_of(Rules& rules, const std::deque<LoadedTrial>& trials) {
  std::vector<Diagnostic> found;
  std::vector<uint32_t> used;
  for (const LoadedTrial& trial : trials) used.insert(used.end(), trial.uses.begin(), trial.uses.end());
  for (const LoadedTrial& trial : trials) {
    found.insert(found.end(), trial.diagnostics.begin(), trial.diagnostics.end());
    if (std::ranges::find(used, trial.file) == used.end()) {
      const auto shape = check_shape_of(rules, trial.file);
      found.insert(found.end(), shape.begin(), shape.end());
    }
    add_findings_of_rules(rules, trial, found);
  }
  sort_by_place(found);
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.span == b.span && a.rule == b.rule && a.message == b.message;
  };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

void append_text(Console& console, const std::vector<Diagnostic>& found, const Rules& rules) {
  std::array<size_t, 3> counts{};
  for (const Diagnostic& d : found) {
    console.out.text += render(d, rules.shown, console.out.colour, console.width) + "\n";
    ++counts[size_t(d.severity)];
  }
  std::string line;
  for (Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    const size_t count = counts[size_t(severity)];
    const bool plural = count != 1 && severity != Severity::info;
    if (count > 0)
      line += fmt::format("{}{} {}{}", line.empty() ? "" : ", ", count, name_of(severity), plural ? "s" : "");
  }
  if (!line.empty()) console.out.text += line + "\n";
}

void append(Console& console, LintFormat format, const std::vector<Diagnostic>& found, const Rules& rules) {
  switch (format) {
    case LintFormat::text:
      return append_text(console, found, rules);
    case LintFormat::json:
      return append_findings_json(console.out.text, found, rules.shown);
    case LintFormat::sarif:
      return append_findings_sarif(console.out.text, found, rules.shown);
    case LintFormat::github:
      return append_findings_github(console.out.text, found, rules.shown);
  }
}

}  // namespace

Status run(const LintCommand& command, Console& console) {
  Rules rules;
  std::deque<LoadedTrial> trials;
  bool opened = true;
  for (const std::string& path : files_in(command.files, ".crit")) {
    std::string problem;
    auto trial = load(rules, path, problem, true);
    if (trial) {
      trials.push_back(std::move(*trial));
    } else {
      complain_unopened(console, path, problem);
      opened = false;
    }
  }
  std::vector<Diagnostic> found = findings_of(rules, trials);
  std::erase_if(found, [&](const Diagnostic& d) { return d.severity < command.least; });
  append(console, command.format, found, rules);
  if (!opened) return kUnusable;
  return found.empty() ? kClean : kFindings;
}

}  // namespace crit
