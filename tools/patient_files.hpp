// The paths of a command line to files of patients: a folder stands for the files in it.
#pragma once

#include <string>
#include <vector>

#include "tools/console.hpp"

namespace crit {

// A folder's files by name, those whose names begin with a dot left out, and folders in it too. Other paths
// come back as they are, whether there is such a file or not.
std::vector<std::string> patient_files(const std::string& path);

// Tells of folders in a folder, whose files are not read: an export may have gone into several.
void tell_folders_in(const std::string& path, Console&);

// Standard input, a pipe: what was read of it is not there a second time.
bool is_read_once(const std::string& path);

}  // namespace crit
