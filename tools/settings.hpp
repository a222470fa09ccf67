// crit.toml, the settings that lie beside the trials, to values; what is wrong in it to findings with places.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/lint/chosen.hpp"

namespace crit {

struct Settings {
  LintSettings lint;  // [lint]
};

struct SettingsRead {
  Settings settings;                    // not to be used where something is wrong
  std::vector<Diagnostic> diagnostics;  // by place; they belong to no lint rule
};

// `source`: the text of a crit.toml.
SettingsRead read_settings(const Source&);

// The crit.toml that holds for a file: in its folder, otherwise in the nearest folder above that has one.
std::optional<std::string> settings_path(const std::string& file);

}  // namespace crit
