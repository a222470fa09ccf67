// Z3's functions out of its library.
#include "tools/lint/z3.hpp"

#include "tools/shared_library.hpp"

namespace crit {

namespace {

std::string load() {
  SharedLibrary library(CRIT_Z3);
#define CRIT_FUNCTION(name) library.find(z3::name, #name);
#include "tools/lint/z3.def"
#undef CRIT_FUNCTION
  return library.problem().empty() ? "" : cannot_be_loaded(CRIT_Z3, library, "libz3-4");
}

}  // namespace

const std::string& no_z3() {
  static const std::string problem = load();
  return problem;
}

}  // namespace crit
