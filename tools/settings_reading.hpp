// What the readers of crit.toml share: a value with its place, keys by tables of them. For
// tools/settings*.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "tools/settings.hpp"

namespace crit {

struct ReadingSettings {
  const Source& source;
  SettingsRead made = {};

  Settings& settings() { return made.settings; }
  Span span_of(const toml::source_region&) const;
  void report(const toml::source_region& at, std::string message, std::string help = {});
};

// A key and what reads its value.
struct SettingsKey {
  std::string_view name;
  void (*read)(ReadingSettings&, const toml::node&);
};

// Each key by its row; one that has none is a mistake. Gives the row, or nothing, and then that has been
// told.
const SettingsKey* key_named(ReadingSettings&, const toml::key&, std::span<const SettingsKey>);
void read_keys(ReadingSettings&, const toml::table&, std::span<const SettingsKey>);

// A table's own keys, or nothing where the value is no table.
const toml::table* table_of(ReadingSettings&, const toml::node&, std::string_view name);

// What crit.toml says of patients, by its top keys.
std::span<const SettingsKey> keys_of_patients();

}  // namespace crit
