// Loads a trial for a command that evaluates it, and finds the files of folders.
#include "tools/trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "grammar/characters.hpp"
#include "grammar/words.hpp"
#include "interpreter/read_value.hpp"
#include "tools/lint/silence.hpp"
#include "tools/tell.hpp"

namespace crit {

namespace fs = std::filesystem;

bool is_rule_file(const std::string& path) {
  return path.ends_with(".crit");
}

void complain_unopened(Console& console, const std::string& path, const std::string& problem) {
  complain_error(console, fmt::format("{}: {}", path, problem));
}

bool is_written_to(const std::string& path, Console& console) {
  if (!writes_to(console.out, path)) return false;
  complain_error(console,
                 fmt::format("{} is to be read, and standard output goes to it: write to a file that is not "
                             "read, as in `> answers.txt`",
                             path == "-" ? "standard input" : fmt::format("`{}`", path)));
  return true;
}

std::optional<LoadedTrial> load_for_use(Rules& rules, const std::string& path, Console& console,
                                        const Text* use) {
  if (is_written_to(path, console)) return std::nullopt;
  std::string problem;
  auto trial = load(rules, path, problem, false, use);
  if (!trial) {
    complain_unopened(console, path, problem);
    return std::nullopt;
  }
  // An `allow` or a `query` of a rule that is none is refused as every other name is that nothing declares.
  add_unknown_rules(rules.parsed[trial->file].trial, trial->diagnostics);
  for (uint32_t used : trial->uses)
    if (is_written_to(rules.sources[used].name, console)) return std::nullopt;
  for (uint32_t used : trial->uses) add_unknown_rules(rules.parsed[used].trial, trial->diagnostics);
  sort_by_place(trial->diagnostics);
  if (!has_error(trial->diagnostics)) return trial;
  tell_errors(console, rules, trial->diagnostics);
  complain_error(console, fmt::format("{}: the rules cannot be evaluated as they are", path));
  return std::nullopt;
}

namespace {

// Whether a file of another name begins as a trial does.
bool begins_as_trial(const std::string& path) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) return false;
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line) && line.size() < 1000;) {
    const std::string_view text = std::string_view(line).starts_with("\xEF\xBB\xBF")
                                      ? std::string_view(line).substr(3)
                                      : std::string_view(line);
    if (text.find_first_not_of(" \t\r") != text.npos && !text.starts_with('#'))
      return statement_keyword(first_word(text)) == "trial";
  }
  return false;
}

// What was looked at, and what it takes to be a trial.
std::string no_trial_among(const std::vector<std::string>& files) {
  for (const std::string& path : files) {
    if (begins_as_trial(path))
      return fmt::format("`{}` begins as a trial does, and its name does not end in `.crit`: rename it",
                         visible(path));
    std::error_code failed;
    const auto inside =
        fs::is_directory(path, failed) ? files_in({path}, ".crit") : std::vector<std::string>{};
    if (!inside.empty())
      return fmt::format(
          "no trial is named: in `{}` lies `{}`, and a folder is asked for patients alone; name "
          "the trial too, before it",
          visible(path), visible(inside.front()));
  }
  if (files.empty()) return "no trial is named: a trial's name ends in `.crit`";
  constexpr size_t kMost = 3;
  std::string shown;
  for (size_t i = 0; i < std::min(files.size(), kMost); ++i)
    shown += fmt::format("{}`{}`", i > 0 ? ", " : "", visible(files[i]));
  if (files.size() > kMost) shown += fmt::format(" and {} more", files.size() - kMost);
  return fmt::format(
      "no trial is named, only {}: name its file too, `TRIAL.crit`; a trial's name ends in `.crit`", shown);
}

// Two files of one trial, or one named twice: no form of the answers says which file is meant.
void warn_of_one_id(const std::vector<LoadedTrial>& trials, const Rules& rules, Console& console) {
  std::map<std::string_view, const LoadedTrial*> first;
  for (const LoadedTrial& trial : trials) {
    const auto [known, is_new] = first.try_emplace(trial.model.trial, &trial);
    if (is_new) continue;
    const std::string &one = rules.sources[known->second->file].name, &other = rules.sources[trial.file].name;
    complain(console, visible(fmt::format("warning: trial {} comes twice, from `{}` and `{}`, and no answer "
                                          "says which of them is meant: "
                                          "leave one out, or give it another number\n",
                                          trial.model.trial, one, other),
                              true));
    return;
  }
}

}  // namespace

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
    complain_error(console, no_trial_among(files));
    return std::nullopt;
  }
  if (!are_patients_elsewhere && std::ranges::all_of(files, is_rule_file)) {
    complain_error(console, "no patients among the files; `-` reads them from standard input");
    return std::nullopt;
  }
  warn_of_one_id(trials, rules, console);
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

std::optional<std::vector<std::string>> rule_files_in(const std::vector<std::string>& paths,
                                                      Console& console) {
  std::vector<std::string> files;
  bool fine = true;
  for (const std::string& path : paths) {
    const std::vector<std::string> found = files_in({path}, ".crit");
    if (found.empty())
      complain_error(console,
                     fmt::format("there is no file in `{}` whose name ends in `.crit`", visible(path)));
    fine = fine && !found.empty();
    files.insert(files.end(), found.begin(), found.end());
  }
  return fine ? std::optional(std::move(files)) : std::nullopt;
}

}  // namespace crit
