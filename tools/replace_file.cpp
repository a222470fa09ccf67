// Writes beside the file first, then renames: a full disk leaves the old text whole.
#include "tools/replace_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace crit {

namespace {

namespace fs = std::filesystem;

// The file must be new: nobody's own is written over.
bool write_new(const fs::path& path, const std::string& text, std::string& problem) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool fine = file >= 0;
  for (size_t done = 0; fine && done < text.size();) {
    const ssize_t wrote = ::write(file, text.data() + done, text.size() - done);
    fine = wrote > 0 || (wrote < 0 && errno == EINTR);
    if (wrote > 0) done += static_cast<size_t>(wrote);
  }
  // The text must be on the disk before the name points to it.
  fine = fine && ::fsync(file) == 0;
  if (!fine) problem = fmt::format("{}: {}", path.string(), std::strerror(errno));
  if (file < 0) return false;
  if (::close(file) != 0 && fine) {
    problem = fmt::format("{}: {}", path.string(), std::strerror(errno));
    fine = false;
  }
  if (!fine) ::unlink(path.c_str());
  return fine;
}

// By its bytes: a packed file is read as what it holds, and has no such text.
bool is_as_read(const fs::path& path, const std::string& old, std::string& problem) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream now;
  now << file.rdbuf();
  if (file.good() && now.view() == old) return true;
  problem = "it is packed or was changed meanwhile, and is left as it is";
  return false;
}

}  // namespace

bool replace_file(const std::string& path, const std::string& old, const std::string& text,
                  std::string& problem) {
  problem.clear();
  std::error_code failed;
  const fs::path target = fs::canonical(path, failed);
  if (failed || ::access(target.c_str(), W_OK) != 0) {
    problem = failed ? failed.message() : std::strerror(errno);
    return false;
  }
  const fs::path beside = target.string() + ".crit-new";
  if (!write_new(beside, text, problem)) return false;
  fs::permissions(beside, fs::status(target, failed).permissions(), failed);
  if (!failed && is_as_read(target, old, problem)) fs::rename(beside, target, failed);
  if (!failed && problem.empty()) return true;
  if (failed) problem = failed.message();
  fs::remove(beside, failed);
  return false;
}

}  // namespace crit
