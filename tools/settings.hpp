// crit.toml, the settings that lie beside the trials, to values; what is wrong in it to findings with places.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grammar/ast.hpp"
#include "interpreter/read_table.hpp"
#include "tools/lint/chosen.hpp"

namespace crit {

// [complete]: of the patients of a file or folder no record means no, of these parts.
struct CompleteSetting {
  Named path;
  uint8_t parts = 0;  // bits 1 << Part
};

struct PatientSettings {
  std::vector<TableMapping> tables;
  Site site;                 // [units], [codes]
  std::vector<Named> facts;  // that [codes] names
  std::vector<CompleteSetting> complete;
  std::optional<Text> use;  // a file of rules that every trial uses

  bool any() const {
    return !tables.empty() || !site.units.empty() || !site.codes.empty() || !complete.empty() || use;
  }
};

struct Settings {
  LintSettings lint;  // [lint]
  PatientSettings patients;
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
