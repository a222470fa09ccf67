// Trials as a command needs them: loaded whole, or refused with everything that is wrong told on standard
// error.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "interpreter/load.hpp"
#include "tools/console.hpp"

namespace crit {

// Whether it is a trial by its name; the other files of a command are patients.
bool is_rule_file(const std::string& path);

// Nothing where the file cannot be opened or its rules cannot be evaluated; why has been told.
// `use`: a file that the site's settings bring in.
std::optional<LoadedTrial> load_for_use(Rules&, const std::string& path, Console&, const Text* use = nullptr);

// All trials among the files of a command that also has patients; or nothing, and what is wrong has been
// told.
// `are_patients_elsewhere`: none of the files need have any.
std::optional<std::vector<LoadedTrial>> load_trials(const std::vector<std::string>& files, Rules&, Console&,
                                                    const Text* use = nullptr,
                                                    bool are_patients_elsewhere = false);

// The day of `--screening`, if it was given. False where it is no day; that has been told.
bool read_screening(const std::string& option, std::optional<When>& day, Console&);

// `cannot open PATH: why`
void complain_unopened(Console&, const std::string& path, const std::string& problem);

// Whether a file that is to be read is the one that standard output goes to: a command would read its own
// answers, without end. That has been told.
bool is_written_to(const std::string& path, Console&);

// The paths, with each folder replaced by the files in it (and below) whose name ends so, in the order of
// their names.
std::vector<std::string> files_in(const std::vector<std::string>& paths, std::string_view ending);

// The rule files so; or nothing where a folder has none, which has been told.
std::optional<std::vector<std::string>> rule_files_in(const std::vector<std::string>& paths, Console&);

}  // namespace crit
