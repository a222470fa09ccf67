// The paths of a command line to files of patients: a folder stands for the files in it.
#pragma once

#include <string>
#include <vector>

namespace crit {

// A folder's files by name, those whose names begin with a dot left out, and folders in it too. Other paths
// come back as they are, whether there is such a file or not.
std::vector<std::string> patient_files(const std::string& path);

// The folders in a folder, but for hidden ones, in the order of their names: their files are not read.
std::vector<std::string> folders_in(const std::string& path);

}  // namespace crit
