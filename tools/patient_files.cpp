// Lists a folder, always in one order.
#include "tools/patient_files.hpp"

#include <algorithm>
#include <filesystem>

namespace crit {

namespace {

namespace fs = std::filesystem;

// The folders in a folder, or what else is in it, but for hidden ones.
std::vector<std::string> entries_of(const std::string& path, bool folders, std::error_code& failed) {
  std::vector<std::string> found;
  for (fs::directory_iterator entry(path, failed), end; !failed && entry != end; entry.increment(failed)) {
    std::error_code unknown;
    if (!entry->path().filename().string().starts_with('.') && entry->is_directory(unknown) == folders)
      found.push_back(entry->path().string());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

std::vector<std::string> patient_files(const std::string& path) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) return {path};
  std::vector<std::string> files = entries_of(path, false, failed);
  // A folder that cannot be listed is told where it is opened as a file.
  return failed ? std::vector{path} : files;
}

std::vector<std::string> folders_in(const std::string& path) {
  std::error_code failed;
  return fs::is_directory(path, failed) ? entries_of(path, true, failed) : std::vector<std::string>();
}

}  // namespace crit
