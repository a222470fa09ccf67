// Reads crit.toml with toml++, key by key: a key that is not in the tables below is a mistake.
#include "tools/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "grammar/characters.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

namespace fs = std::filesystem;

struct Reading {
  const Source& source;
  SettingsRead made = {};

  Settings& settings() { return made.settings; }
  void report(const toml::source_region& at, std::string message, std::string help = {});
};

// A key and what reads its value.
struct Key {
  std::string_view name;
  void (*read)(Reading&, const toml::node&);
};

uint32_t offset_of(const Source& source, toml::source_position at) {
  const std::string_view text = source.text;
  size_t line = 0;
  for (toml::source_index n = 1; n < at.line && line < text.size(); ++n)
    line = std::min(text.find('\n', line), text.size() - 1) + 1;
  size_t offset = text.substr(line).starts_with("\xEF\xBB\xBF") && line == 0 ? 3 : line;
  for (toml::source_index n = 1; n < at.column && offset < text.size() && text[offset] != '\n'; ++n)
    offset += character_at(text, offset).length;
  return static_cast<uint32_t>(std::min(offset, text.size()));
}

void Reading::report(const toml::source_region& at, std::string message, std::string help) {
  Diagnostic d;
  d.span = {offset_of(source, at.begin), offset_of(source, at.end), source.id};
  d.message = std::move(message);
  d.help = std::move(help);
  made.diagnostics.push_back(std::move(d));
}

std::string quoted_list(const std::vector<std::string_view>& words) {
  return fmt::format("`{}`", fmt::join(words, "`, `"));
}

void read_keys(Reading& r, const toml::table& table, std::span<const Key> keys) {
  std::vector<std::string_view> names;
  for (const Key& key : keys) names.push_back(key.name);
  for (const auto& [name, value] : table) {
    const auto key = std::ranges::find(keys, name.str(), &Key::name);
    if (key != keys.end()) {
      key->read(r, value);
      continue;
    }
    const std::string_view near = nearest_of(names, name.str());
    r.report(name.source(), fmt::format("there is no setting `{}` here", name.str()),
             near.empty() ? fmt::format("the settings here are {}", quoted_list(names))
                          : fmt::format("did you mean `{}`?", near));
  }
}

// A table's own keys, or nothing where the value is no table.
const toml::table* table_of(Reading& r, const toml::node& node, std::string_view name) {
  const toml::table* table = node.as_table();
  if (!table)
    r.report(node.source(), fmt::format("`{}` is a table", name), fmt::format("write it as `[{}]`", name));
  return table;
}

// --- [lint]

std::optional<Severity> read_severity(Reading& r, const toml::node& node) {
  const auto word = node.value<std::string_view>();
  for (Severity severity : {Severity::info, Severity::warning, Severity::error})
    if (node.is_string() && word == name_of(severity)) return severity;
  r.report(node.source(), "this is no severity", "write \"error\", \"warning\" or \"info\"");
  return std::nullopt;
}

void read_names(Reading& r, const toml::node& node, std::vector<RuleOrGroup>& list, bool to_ignore) {
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

void read_rule_severity(Reading& r, const toml::key& name, const toml::node& value) {
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

constexpr Key kLintKeys[] = {
    {"severity",
     [](Reading& r, const toml::node& node) { r.settings().lint.least = read_severity(r, node); }},
    {"select",
     [](Reading& r, const toml::node& node) {
       read_names(r, node, r.settings().lint.selection.select, false);
     }},
    {"ignore", [](Reading& r,
                  const toml::node& node) { read_names(r, node, r.settings().lint.selection.ignore, true); }},
    {"rules", [](Reading& r, const toml::node& node) {
       if (const toml::table* table = table_of(r, node, "lint.rules"))
         for (const auto& [name, value] : *table) read_rule_severity(r, name, value);
     }}};

constexpr Key kTopKeys[] = {{"lint", [](Reading& r, const toml::node& node) {
                               if (const toml::table* table = table_of(r, node, "lint"))
                                 read_keys(r, *table, kLintKeys);
                             }}};

}  // namespace

SettingsRead read_settings(const Source& source) {
  Reading r{source};
  const toml::parse_result parsed = toml::parse(source.text);
  if (parsed) {
    read_keys(r, parsed.table(), kTopKeys);
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
