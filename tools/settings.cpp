// Reads crit.toml with toml++, key by key: a key that is not in the tables below is a mistake.
#include "tools/settings.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "tools/settings_reading.hpp"

namespace crit {

namespace {

namespace fs = std::filesystem;

// --- [lint]

std::optional<Severity> read_severity(ReadingSettings& r, const toml::node& node) {
  const auto word = node.value<std::string_view>();
  for (Severity severity : {Severity::info, Severity::warning, Severity::error})
    if (node.is_string() && word == name_of(severity)) return severity;
  r.report(node.source(), "this is no severity", "write \"error\", \"warning\" or \"info\"");
  return std::nullopt;
}

void read_names(ReadingSettings& r, const toml::node& node, std::vector<RuleOrGroup>& list, bool to_ignore) {
  const toml::array* array = node.as_array();
  if (!array) {
    r.report(node.source(), "this is no list of rules and groups",
             "write them in brackets: `[\"logic\", \"missing-text\"]`");
    return;
  }
  for (const toml::node& item : *array) {
    if (!item.is_string()) {
      r.report(item.source(), "a rule or a group is named in quotes", {});
      continue;
    }
    NameRead read = rule_or_group(*item.value<std::string_view>(), to_ignore);
    if (read.named)
      list.push_back(*read.named);
    else
      r.report(item.source(), std::move(read.problem), std::move(read.help));
  }
}

void read_rule_severity(ReadingSettings& r, const toml::key& name, const toml::node& value) {
  const NameRead read = rule_or_group(name.str(), false);
  const LintRule* rule = lint_rule(name.str());
  if (!read.named) return r.report(name.source(), read.problem, read.help);
  if (!rule)
    return r.report(name.source(), fmt::format("`{}` is a group of rules", name.str()),
                    "a severity is given to a rule");
  if (rule->group == LintGroup::refused)
    return r.report(name.source(), fmt::format("the severity of `{}` cannot be changed", name.str()),
                    "what it finds stops the evaluation of the file");
  if (const auto severity = read_severity(r, value))
    r.settings().lint.severities.emplace(rule->name, *severity);
}

constexpr SettingsKey kLintKeys[] = {
    {"severity",
     [](ReadingSettings& r, const toml::node& node) { r.settings().lint.least = read_severity(r, node); }},
    {"select",
     [](ReadingSettings& r, const toml::node& node) {
       read_names(r, node, r.settings().lint.selection.select, false);
     }},
    {"ignore", [](ReadingSettings& r,
                  const toml::node& node) { read_names(r, node, r.settings().lint.selection.ignore, true); }},
    {"rules", [](ReadingSettings& r, const toml::node& node) {
       if (const toml::table* table = table_of(r, node, "lint.rules"))
         for (const auto& [name, value] : *table) read_rule_severity(r, name, value);
     }}};

constexpr SettingsKey kLint{"lint", [](ReadingSettings& r, const toml::node& node) {
                              if (const toml::table* table = table_of(r, node, "lint"))
                                read_keys(r, *table, kLintKeys);
                            }};

std::vector<SettingsKey> top_keys() {
  std::vector<SettingsKey> keys{kLint};
  const auto more = keys_of_patients();
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

}  // namespace

SettingsRead read_settings(const Source& source) {
  ReadingSettings r{source};
  const toml::parse_result parsed = toml::parse(source.text);
  if (parsed) {
    read_keys(r, parsed.table(), top_keys());
  } else {
    const toml::parse_error& error = parsed.error();
    r.report(error.source(), "this is not how TOML is written", std::string(error.description()));
  }
  sort_by_place(r.made.diagnostics);
  return std::move(r.made);
}

std::optional<std::string> settings_path(const std::string& file) {
  std::error_code failed;
  const fs::path here = fs::current_path(failed);
  fs::path folder = fs::absolute(file, failed).lexically_normal().parent_path();
  for (;; folder = folder.parent_path()) {
    const fs::path path = folder / "crit.toml";
    if (fs::exists(path, failed)) {
      const fs::path near = path.lexically_relative(here);
      return (near.empty() || *near.begin() == ".." ? path : near).string();
    }
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

}  // namespace crit
