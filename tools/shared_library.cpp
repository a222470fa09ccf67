// dlopen and dlsym, and what they say where something is not there.
#include "tools/shared_library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

namespace crit {

SharedLibrary::SharedLibrary(const char* file) : library_(dlopen(file, RTLD_LAZY | RTLD_LOCAL)) {
  if (!library_) problem_ = dlerror();
}

void* SharedLibrary::address(const char* name) {
  if (!library_) return nullptr;
  void* found = dlsym(library_, name);
  if (!found && problem_.empty()) problem_ = fmt::format("it has no {}", name);
  return found;
}

std::string cannot_be_loaded(const std::string& file, const SharedLibrary& library,
                             const std::string& package) {
  return fmt::format("{} cannot be loaded ({}); on Debian and Ubuntu it is the package {}", file,
                     library.problem(), package);
}

}  // namespace crit
