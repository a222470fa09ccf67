// Finds the one crit.toml of a run, and what of it each file has.
#include "tools/patient_sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "interpreter/input.hpp"
#include "tools/patient_files.hpp"
#include "tools/tell.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

namespace fs = std::filesystem;

std::string real_path(const fs::path& path) {
  std::error_code failed;
  const fs::path real = fs::weakly_canonical(path, failed);
  return failed ? path.string() : real.string();
}

bool is_settings(const std::string& path) {
  return path.ends_with(".toml");
}

bool is_in(const std::string& file, const std::string& folder) {
  return file == folder || (file.starts_with(folder) && file[folder.size()] == '/');
}

struct Finding {
  Rules& rules;
  Console& console;
  PatientSources made = {};
  std::vector<Diagnostic> wrong = {};

  bool read_settings_file(const std::string& path) {
    if (is_written_to(path, console)) return false;
    std::string problem;
    auto source = read_source(path, problem);
    if (!source) {
      complain_unopened(console, path, problem);
      return false;
    }
    made.source = add_loose_text(rules, path, std::move(source->text));
    SettingsRead read = read_settings(rules.sources[*made.source]);
    tell_all(console, rules, read.diagnostics);
    made.settings_file = path;
    made.settings = std::move(read.settings.patients);
    const fs::path folder = fs::path(path).parent_path();
    for (TableMapping& table : made.settings.tables) table.path = (folder / table.file.text).string();
    return !has_error(read.diagnostics);
  }

  // The settings of the files that lie in folders; false where they have several.
  bool find_settings(const std::vector<std::string>& files) {
    std::optional<std::string> holding, example;
    for (const std::string& file : files) {
      const std::string path = file == "-" ? std::string() : settings_of(file);
      if (written) return false;
      if (!holding) example = file;
      if (!holding) holding = path;
      if (*holding == path) continue;
      const auto words = [](const std::string& of, const std::string& settings) {
        return settings.empty() ? fmt::format("`{}` has no crit.toml", of)
                                : fmt::format("`{}` has {}", of, settings);
      };
      complain_error(console,
                     fmt::format("{} and {}: run them apart, for what one says does not hold for the other",
                                 words(*example, *holding), words(file, path)));
      return false;
    }
    return !holding || holding->empty() || read_settings_file(*holding);
  }

  // By folder, since a folder may have many files.
  std::map<std::string, std::string> by_folder = {};
  bool written = false;  // one of them is where the answers go, which has been told
  std::string settings_of(const std::string& file) {
    const auto [place, is_new] = by_folder.try_emplace(fs::path(file).parent_path().string());
    if (is_new) place->second = settings_path(file).value_or("");
    // A shell has emptied it by now, so that it says nothing of patients.
    written = written || (is_new && is_written_to(place->second, console));
    if (is_new && !place->second.empty() && !has_patients(place->second)) place->second.clear();
    return place->second;
  }

  // One that says nothing of patients, or cannot be read, is told when it is read for good.
  bool has_patients(const std::string& path) {
    std::string problem;
    const auto source = read_source(path, problem);
    if (!source) return true;
    const SettingsRead read = read_settings(*source);
    return !read.diagnostics.empty() || read.settings.patients.any();
  }

  void add(const std::string& file) {
    PatientSource source{file};
    const std::string real = made.settings.tables.empty() ? std::string() : real_path(file);
    for (const TableMapping& table : made.settings.tables) {
      if (real_path(table.path) != real) continue;
      if (table.skip) return;
      source.table = &table;
    }
    const bool is_again = source.table && std::ranges::find(made.files, source.table,
                                                            &PatientSource::table) != made.files.end();
    if (is_again) return;
    made.files.push_back(std::move(source));
  }

  // Of a folder that is read as a whole, every table must be there, or its patients would lack what is in it.
  void want_tables_in(const std::string& folder) {
    for (const TableMapping& table : made.settings.tables) {
      std::error_code failed;
      const bool wanted =
          folder.empty() || real_path(fs::path(table.path).parent_path()) == real_path(folder);
      if (wanted && !table.skip && !fs::exists(table.path, failed))
        wrong.push_back(mistake(table.file.span, fmt::format("there is no file `{}`", table.path),
                                "the path is relative to this file; `skip = true` passes a table over"));
    }
  }

  void set_complete() {
    const fs::path folder = fs::path(made.settings_file).parent_path();
    for (const CompleteSetting& setting : made.settings.complete) {
      const std::string place =
          real_path(setting.path.text == "." && folder.empty() ? fs::path(".") : folder / setting.path.text);
      std::error_code failed;
      if (!fs::exists(place, failed))
        wrong.push_back(mistake(setting.path.span,
                                fmt::format("there is no file or folder `{}`", setting.path.text),
                                "the path is relative to this file"));
      for (PatientSource& file : made.files) {
        if (!is_in(real_path(file.path), place.ends_with('/') ? place.substr(0, place.size() - 1) : place))
          continue;
        file.complete |= setting.parts;
        made.complete_together |= setting.parts;
      }
    }
  }
};

std::vector<std::string> files_of(const std::string& path) {
  std::vector<std::string> files = patient_files(path);
  std::error_code failed;
  if (fs::is_directory(path, failed))
    std::erase_if(files, [](const std::string& file) { return is_rule_file(file) || is_settings(file); });
  return files;
}

std::string no_patients_in(const std::string& place) {
  return fmt::format(
      "there are no patients in `{}`: of a folder all files are read but those named *.crit, *.toml "
      "or .*, and no folder in it",
      place);
}

}  // namespace

std::optional<PatientSources> patient_sources(const std::vector<std::string>& paths, Rules& rules,
                                              Console& console) {
  Finding finding{rules, console};
  std::vector<std::string> files, places;
  const std::string* settings = nullptr;
  for (const std::string& path : paths) {
    if (is_rule_file(path)) continue;
    if (is_settings(path)) {
      if (settings) {
        complain_error(console, "two files of settings: run their patients apart");
        return std::nullopt;
      }
      settings = &path;
      continue;
    }
    const std::vector<std::string> found = files_of(path);
    if (found.empty() && patient_files(path).empty()) {
      complain_error(console, no_patients_in(path));
      return std::nullopt;
    }
    tell_folders_in(path, console);
    files.insert(files.end(), found.begin(), found.end());
    // A folder has settings even where it has no files.
    if (found.empty()) places.push_back((fs::path(path) / "crit.toml").string());
  }
  places.insert(places.end(), files.begin(), files.end());
  if (settings ? !finding.read_settings_file(*settings) : !finding.find_settings(places)) return std::nullopt;
  for (const std::string& file : files) finding.add(file);
  if (settings) {
    finding.want_tables_in("");
    for (const TableMapping& table : finding.made.settings.tables) finding.add(table.path);
  }
  std::error_code failed;
  for (const std::string& path : paths)
    if (fs::is_directory(path, failed)) finding.want_tables_in(path);
  finding.set_complete();
  tell_errors(console, rules, finding.wrong);
  if (!finding.wrong.empty()) return std::nullopt;
  if (finding.made.files.empty() && (settings || !places.empty())) {
    complain_error(console, settings ? fmt::format("there are no patients in `{}`", *settings)
                                     : no_patients_in(fs::path(places.front()).parent_path().string()));
    return std::nullopt;
  }
  for (const PatientSource& file : finding.made.files)
    if (is_written_to(file.path, console)) return std::nullopt;
  return std::move(finding.made);
}

uint8_t parts_of(const std::vector<std::string>& names) {
  uint8_t parts = 0;
  for (const std::string& name : names) parts |= static_cast<uint8_t>(1u << unsigned(*part_named(name)));
  return parts;
}

void begin_run(Intake& in, const PatientSources& sources, uint8_t complete) {
  in.site = &sources.settings.site;
  in.complete = complete;
  in.complete_together = complete | sources.complete_together;
}

ReadEnd read_source_file(Intake& in, Input& input, const PatientSource& source) {
  if (!source.table) return read_patients(in, input);
  read_table(in, input, *source.table);
  tell_problem(in, input, true);
  return ReadEnd::done;
}

}  // namespace crit
