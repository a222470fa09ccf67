// Places in crit.toml, and keys by tables of them.
#include "tools/settings_reading.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/characters.hpp"
#include "interpreter/spelling.hpp"
#include "tools/tell.hpp"

namespace crit {

namespace {

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

std::string quoted_list(const std::vector<std::string_view>& words) {
  return fmt::format("`{}`", fmt::join(words, "`, `"));
}

void report_key(ReadingSettings& r, const toml::key& name, const std::vector<std::string_view>& names) {
  const std::string_view near = nearest_of(names, name.str());
  r.report(name.source(), fmt::format("there is no setting `{}` here", name.str()),
           near.empty() ? fmt::format("the settings here are {}", quoted_list(names))
                        : fmt::format("did you mean `{}`?", near));
}

}  // namespace

Span ReadingSettings::span_of(const toml::source_region& at) const {
  return {offset_of(source, at.begin), offset_of(source, at.end), source.id};
}

void ReadingSettings::report(const toml::source_region& at, std::string message, std::string help) {
  made.diagnostics.push_back(mistake(span_of(at), std::move(message), std::move(help)));
}

const SettingsKey* key_named(ReadingSettings& r, const toml::key& name, std::span<const SettingsKey> keys) {
  const auto key = std::ranges::find(keys, name.str(), &SettingsKey::name);
  if (key != keys.end()) return &*key;
  std::vector<std::string_view> names;
  for (const SettingsKey& known : keys) names.push_back(known.name);
  report_key(r, name, names);
  return nullptr;
}

void read_keys(ReadingSettings& r, const toml::table& table, std::span<const SettingsKey> keys) {
  for (const auto& [name, value] : table)
    if (const SettingsKey* key = key_named(r, name, keys)) key->read(r, value);
}

const toml::table* table_of(ReadingSettings& r, const toml::node& node, std::string_view name) {
  const toml::table* table = node.as_table();
  if (!table)
    r.report(node.source(), fmt::format("`{}` is a table", name), fmt::format("write it as `[{}]`", name));
  return table;
}

}  // namespace crit
