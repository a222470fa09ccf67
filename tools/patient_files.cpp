// Lists a folder, always in one order.
#include "tools/patient_files.hpp"

#include <algorithm>
#include <filesystem>

namespace crit {

std::vector<std::string> patient_files(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code failed;
  if (!fs::is_directory(path, failed)) return {path};
  std::vector<std::string> files;
  for (fs::directory_iterator entry(path, failed), end; !failed && entry != end; entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    std::error_code unknown;
    if (!name.starts_with('.') && !entry->is_directory(unknown)) files.push_back(entry->path().string());
  }
  // A folder that cannot be listed is told where it is opened as a file.
  if (failed) return {path};
  std::ranges::sort(files);
  return files;
}

}  // namespace crit
