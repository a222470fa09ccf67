// The paths of a command line to files of patients, each with what the site's settings (crit.toml) say of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/load.hpp"
#include "interpreter/read_patients.hpp"
#include "tools/console.hpp"
#include "tools/settings.hpp"

namespace crit {

struct PatientSource {
  std::string path;
  const TableMapping* table = nullptr;  // null: it is known by its content
  uint8_t complete = 0;                 // bits 1 << Part, of its patients
};

struct PatientSources {
  std::vector<PatientSource> files;
  std::string settings_file;            // empty: there is none
  std::optional<uint32_t> source = {};  // of the settings, among the rules'
  PatientSettings settings = {};
  uint8_t complete_together = 0;  // of patients whose records are put together from several of the files

  const Text* use() const { return settings.use ? &*settings.use : nullptr; }
};

// A folder stands for the files in it, a .toml for the tables that it names. All files have one crit.toml, or
// none. Nothing where there is a mistake, which has been told.
std::optional<PatientSources> patient_sources(const std::vector<std::string>& paths, Rules&, Console&);

// What can be checked only once the trials are there: whether the settings' names are facts; and whether the
// tables have the settings' columns. False: what is wrong has been told.
bool check_names(const PatientSources&, Rules&, Console&);
bool check_columns(const PatientSources&, Rules&, Console&);

// Parts of the record as bits, 1 << Part; the names are known to be right.
uint8_t parts_of(const std::vector<std::string>& names);

// What holds for a whole run; `complete`: parts that the command line says, as bits.
void begin_run(Intake&, const PatientSources&, uint8_t complete);
// The patients of one file.
ReadEnd read_source_file(Intake&, Input&, const PatientSource&);

}  // namespace crit
