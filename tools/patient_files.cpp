// Lists a folder, always in one order.
#include "tools/patient_files.hpp"

#include <fmt/format.h>

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

void tell_folders_in(const std::string& path, Console& console) {
  constexpr size_t kMost = 5;
  std::error_code failed;
  if (!fs::is_directory(path, failed)) return;
  std::vector<std::string> folders = entries_of(path, true, failed);
  if (folders.empty()) return;
  const size_t others = folders.size() - std::min(folders.size(), kMost);
  folders.resize(folders.size() - others);
  complain(console,
           fmt::format("the folders in `{}` are not read; name them too if they have patients: {}{}\n", path,
                       fmt::join(folders, ", "), others > 0 ? fmt::format(" and {} more", others) : ""));
}

bool is_read_once(const std::string& path) {
  std::error_code failed;
  const fs::file_status is = fs::status(path, failed);
  return path == "-" || (fs::exists(is) && !fs::is_regular_file(is));
}

}  // namespace crit
