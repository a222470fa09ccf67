// Loads a trial for a command that evaluates it, and finds the files of folders.
#include "tools/trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "interpreter/read_value.hpp"

namespace crit {

namespace fs = std::filesystem;

bool is_rule_file(const std::string& path) {
  return path.ends_with(".crit");
}

void complain_unopened(Console& console, const std::string& path, const std::string& problem) {
  complain_error(console, fmt::format("{}: {}", path, problem));
}

std::optional<LoadedTrial> load_for_use(Rules& rules, const std::string& path, Console& console,
                                        const Text* use) {
  std::string problem;
  auto trial = load(rules, path, problem, false, use);
  if (!trial) {
    complain_unopened(console, path, problem);
    return std::nullopt;
  }
  if (!has_error(trial->diagnostics)) return trial;
  for (const Diagnostic& d : trial->diagnostics)
    if (d.severity == Severity::error)
      complain(console, render(d, rules.shown, console.err.colour, console.width));
  complain_error(console, fmt::format("{}: the rules cannot be evaluated as they are", path));
  return std::nullopt;
}

std::optional<std::vector<LoadedTrial>> load_trials(const std::vector<std::string>& files, Rules& rules,
                                                    Console& console, const Text* use,
                                                    bool are_patients_elsewhere) {
  std::vector<LoadedTrial> trials;
  bool fine = true;
  rules.schema.joins_facts = true;
  for (const std::string& path : files) {
    if (!is_rule_file(path)) continue;
    auto trial = load_for_use(rules, path, console, use);
    if (trial)
      trials.push_back(std::move(*trial));
    else
      fine = false;
  }
  if (!fine) return std::nullopt;
  if (trials.empty()) {
    complain_error(console, "no trial among the files: a trial's name ends in `.crit`");
    return std::nullopt;
  }
  if (!are_patients_elsewhere && std::ranges::all_of(files, is_rule_file)) {
    complain_error(console, "no patients among the files; `-` reads them from standard input");
    return std::nullopt;
  }
  return trials;
}

bool read_screening(const std::string& option, std::optional<When>& day, Console& console) {
  if (option.empty()) return true;
  std::string problem;
  When read;
  if (!read_when(option, read, problem)) {
    complain_error(console, fmt::format("--screening: {}", problem));
    return false;
  }
  if (!read.is_day()) {
    complain_error(console, "--screening: screening is on one day: year, month and day");
    return false;
  }
  day = read;
  return true;
}

std::vector<std::string> files_in(const std::vector<std::string>& paths, std::string_view ending) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code failed;
    if (!fs::is_directory(path, failed)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, failed),
         end;
         !failed && at != end; at.increment(failed))
      if (at->is_regular_file(failed) && at->path().string().ends_with(ending))
        found.push_back(at->path().string());
    std::ranges::sort(found);
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

}  // namespace crit
