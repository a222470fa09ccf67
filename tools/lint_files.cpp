// Loads the files, runs the chosen rules over each, and puts what they find in order.
#include "tools/lint_files.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <set>

#include "interpreter/read_cases.hpp"
#include "tools/lint/run.hpp"

namespace crit {

namespace {

namespace fs = std::filesystem;

struct Loaded {
  const LintFile& file;
  LoadedTrial trial;
};

bool wants_cases(const ChosenRules& rules) {
  return std::ranges::any_of(lint_rules(), [&](const LintRule* rule) {
    return rule->needs == Needs::cases && rules.contains(rule->name);
  });
}

// Files that others of the run use need no trial of their own.
std::vector<Diagnostic> refused_in(const Rules& rules, const LoadedTrial& trial,
                                   const std::set<uint32_t>& used) {
  std::vector<Diagnostic> found = trial.diagnostics;
  if (used.contains(trial.file)) return found;
  const auto shape = check_shape_of(rules, trial.file);
  found.insert(found.end(), shape.begin(), shape.end());
  return found;
}

// Adds to what is refused.
void add_findings(Rules& rules, const Loaded& loaded, const LintBeside& beside,
                  std::vector<Diagnostic>& found) {
  const LoadedTrial& trial = loaded.trial;
  LintInput input{.source = rules.sources[trial.file],
                  .trial = rules.parsed[trial.file].trial,
                  .model = trial.model,
                  .schema = rules.schema,
                  .has_errors = has_error(found),
                  .protocol = beside.protocol,
                  .facts_given = beside.facts ? &*beside.facts : nullptr};
  std::string problem;
  std::optional<Source> text;
  std::optional<CaseFile> cases;
  Intake intake(rules.schema);
  if (wants_cases(loaded.file.rules) && loaded.file.path != "-")
    text = read_source(fs::path(loaded.file.path).replace_extension(".cases").string(), problem);
  if (text) cases = read_cases(intake, *text);
  if (cases) input.cases = &*cases;
  run_rules(input, loaded.file.rules, found);
}

void put_in_order(std::vector<Diagnostic>& found) {
  sort_by_place(found);
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.span == b.span && a.rule == b.rule && a.message == b.message;
  };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
}

std::deque<Loaded> load_all(const std::vector<LintFile>& files, Rules& rules,
                            std::vector<std::pair<std::string, std::string>>& unopened) {
  std::deque<Loaded> all;
  for (const LintFile& file : files) {
    std::string problem;
    auto trial = load(rules, file.path, problem, true);
    if (trial)
      all.push_back({file, std::move(*trial)});
    else
      unopened.emplace_back(file.path, problem);
  }
  return all;
}

}  // namespace

void lint_files(const std::vector<LintFile>& files, const LintBeside& beside, Linted& into) {
  const std::deque<Loaded> all = load_all(files, into.rules, into.unopened);
  std::set<uint32_t> used;
  for (const Loaded& loaded : all) {
    used.insert(loaded.trial.uses.begin(), loaded.trial.uses.end());
    if (loaded.file.is_used) used.insert(loaded.trial.file);
  }
  for (const Loaded& loaded : all) {
    into.files.insert(loaded.trial.file);
    std::vector<Diagnostic> found = refused_in(into.rules, loaded.trial, used);
    if (has_error(found)) into.in_part.push_back(loaded.trial.file);
    add_findings(into.rules, loaded, beside, found);
    for (const Diagnostic& d : found)
      (d.severity < loaded.file.least ? into.hidden : into.found).push_back(d);
  }
  put_in_order(into.found);
  put_in_order(into.hidden);
}

void find_used(std::vector<LintFile>& files) {
  Rules rules;
  std::vector<std::pair<std::string, std::string>> told_with_the_findings;
  std::set<uint32_t> used;
  const std::deque<Loaded> all = load_all(files, rules, told_with_the_findings);
  for (const Loaded& loaded : all) used.insert(loaded.trial.uses.begin(), loaded.trial.uses.end());
  for (LintFile& file : files)
    file.is_used = std::ranges::any_of(
        all, [&](const Loaded& loaded) { return &loaded.file == &file && used.contains(loaded.trial.file); });
}

}  // namespace crit
