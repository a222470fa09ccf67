// crit lint: rule files and folders to everything that is wrong in them, by place; mended where asked for.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "grammar/characters.hpp"
#include "grammar/words.hpp"
#include "interpreter/read_patients.hpp"
#include "tools/commands.hpp"
#include "tools/findings.hpp"
#include "tools/lint_facts.hpp"
#include "tools/lint_files.hpp"
#include "tools/lint_fix.hpp"
#include "tools/lint_text.hpp"
#include "tools/settings.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

// What the command asks for, or nothing where a mistake has been told.
struct Plan {
  std::vector<LintFile> files;
  LintBeside beside;
  std::vector<std::string> settings;  // the files of them that hold
};

bool read_names(const std::vector<std::string>& names, bool to_ignore, std::vector<RuleOrGroup>& list,
                Console& console) {
  for (const std::string& name : names) {
    const NameRead read = rule_or_group(name, to_ignore);
    if (!read.named) {
      complain_error(console,
                     fmt::format("{}: {}; {}", to_ignore ? "--ignore" : "--select", read.problem, read.help));
      return false;
    }
    list.push_back(*read.named);
  }
  return true;
}

std::optional<Settings> settings_at(const std::string& path, Console& console) {
  if (is_written_to(path, console)) return std::nullopt;
  std::string problem;
  const auto source = read_source(path, problem);
  if (!source) {
    complain_unopened(console, path, problem);
    return std::nullopt;
  }
  SettingsRead read = read_settings(*source);
  for (const Diagnostic& d : read.diagnostics)
    complain(console, render(d, {&*source}, console.err.colour, console.width));
  if (has_error(read.diagnostics)) return std::nullopt;
  return std::move(read.settings);
}

// Where a file's name does not say that it has rules, and its text that it has patients: `--facts a.txt
// b.csv`.
bool has_patients(const std::string& path) {
  if (path == "-" || path.ends_with(".crit")) return false;
  std::string problem;
  const auto source = read_source(path, problem);
  if (!source) return false;
  const std::string_view text = source->text;
  const std::string_view word =
      first_word(text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size())));
  const bool is_statement = fact_kind(word) || same_word(word, "trial") || same_word(word, "include") ||
                            same_word(word, "exclude") || same_word(word, "define") || same_word(word, "use");
  const PatientForm form = form_of(text);
  return !is_statement && form != PatientForm::unknown && form != PatientForm::empty;
}

bool are_rules(const std::vector<std::string>& files, Console& console) {
  bool fine = true;
  for (const std::string& path : files) {
    if (!has_patients(path)) continue;
    complain_error(console,
                   fmt::format("{0}: this is a file of patients, not of rules: write `--facts` before "
                               "each such file, `--facts {0}`",
                               visible(path)));
    fine = false;
  }
  return fine;
}

// Each file with the settings that hold for it.
bool add_files(const LintCommand& command, const RuleSelection& asked, Console& console, Plan& plan) {
  const auto files = rule_files_in(command.files, console);
  if (!files || !are_rules(*files, console)) return false;
  std::map<std::string, std::optional<Settings>> read;
  bool fine = true;
  for (const std::string& path : *files) {
    fine = !is_written_to(path, console) && fine;
    const std::string from = settings_path(path).value_or("");
    const auto [place, is_new] = read.try_emplace(from, Settings{});
    if (is_new && !from.empty()) {
      place->second = settings_at(from, console);
      plan.settings.push_back(from);
    }
    fine = fine && place->second;
    if (!place->second) continue;
    const LintSettings& settings = place->second->lint;
    plan.files.push_back({path, chosen_rules(settings, asked),
                          command.severity.value_or(settings.least.value_or(Severity::warning))});
  }
  return fine;
}

bool add_protocol(const LintCommand& command, Console& console, Plan& plan) {
  if (command.protocol.empty()) return true;
  if (is_written_to(command.protocol, console)) return false;
  std::string problem;
  auto text = read_source(command.protocol, problem);
  if (!text) {
    complain_unopened(console, command.protocol, problem);
    return false;
  }
  plan.beside.protocol = std::move(text->text);
  return true;
}

bool add_facts(const LintCommand& command, Console& console, Plan& plan) {
  if (command.facts.empty() && command.omop.empty()) return true;
  plan.beside.facts = facts_given(plan.files, command, console);
  if (!plan.beside.facts)
    complain_error(console,
                   fmt::format("{}: no patient could be read", command.facts.empty() ? "--omop" : "--facts"));
  return plan.beside.facts.has_value();
}

bool may_fix(const LintCommand& command, Console& console) {
  const bool piped = std::ranges::find(command.files, "-") != command.files.end();
  if (command.fix != Fixing::none && piped) {
    complain_error(console, "--fix mends files in place, and standard input is none");
    return false;
  }
  if (command.fix == Fixing::suggested && !can_ask(console)) {
    complain_error(
        console, "--fix=suggested asks at the terminal, and there is none; --fix takes the safe mends alone");
    return false;
  }
  return true;
}

// Where one file is not there the command line is not what was meant, and none of the others is changed.
bool are_there(const LintCommand& command, const Plan& plan, Console& console) {
  if (command.fix == Fixing::none) return true;
  bool fine = true;
  for (const LintFile& file : plan.files) {
    std::string problem;
    if (read_source(file.path, problem)) continue;
    if (file.path == "suggested") problem += "; to be asked about each mend, write `--fix=suggested`";
    complain_unopened(console, file.path, problem);
    fine = false;
  }
  if (!fine) complain_error(console, "--fix mends no file where one cannot be opened");
  return fine;
}

std::optional<Plan> plan_for(const LintCommand& command, Console& console) {
  Plan plan;
  RuleSelection asked;
  const bool may = may_fix(command, console) && read_names(command.select, false, asked.select, console) &&
                   read_names(command.ignore, true, asked.ignore, console) &&
                   add_files(command, asked, console, plan) && are_there(command, plan, console) &&
                   add_protocol(command, console, plan) && add_facts(command, console, plan);
  if (!may) return std::nullopt;
  if (command.fix != Fixing::none) find_used(plan.files);
  return plan;
}

void append(Console& console, const LintCommand& command, const Linted& linted, const Plan& plan) {
  std::string& out = console.out.text;
  switch (command.format) {
    case LintFormat::text:
      return append_findings_text(console, linted, plan.settings);
    case LintFormat::json:
      return append_findings_json(out, linted.found, linted.rules.shown);
    case LintFormat::sarif:
      return append_findings_sarif(out, linted.found, linted.rules.shown, linted.unopened);
    case LintFormat::github:
      return append_findings_github(out, linted.found, linted.rules.shown);
  }
}

}  // namespace

Status run(const LintCommand& command, Console& console) {
  const auto plan = plan_for(command, console);
  if (!plan) return kUnusable;
  std::string told;
  const bool mended =
      command.fix == Fixing::none || mend_files(plan->files, plan->beside, command.fix, console, told);
  Linted linted;
  lint_files(plan->files, plan->beside, linted);
  // Those that are linted were asked about before; these are what they use.
  for (const Source& source : linted.rules.sources)
    if (is_written_to(source.name, console)) return kUnusable;
  for (const auto& [path, problem] : linted.unopened) complain_unopened(console, path, problem);
  // Beside findings for programs there is no place for other words.
  if (command.format != LintFormat::text)
    complain(console, told);
  else if (!told.empty())
    console.out.text += told + (linted.found.empty() ? "" : "\n");
  append(console, command, linted, *plan);
  if (!mended || !linted.unopened.empty()) return kUnusable;
  return linted.found.empty() ? kClean : kFindings;
}

}  // namespace crit
