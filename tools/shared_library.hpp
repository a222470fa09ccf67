// A library that is loaded where it is first needed to typed pointers to its functions. Libraries that few
// runs need take longer to load, with all that they pull in, than a patient takes to decide.
//
// Which functions those are stands in a .def file beside their caller, a CRIT_FUNCTION(NAME) a line: it makes
// pointers of the types that the library's own header declares, and loads them.
#pragma once

#include <string>

namespace crit {

class SharedLibrary {
 public:
  // As the linker would name it: `libpq.so.5`. It stays loaded to the end of the program.
  explicit SharedLibrary(const char* file);

  template <class Function>
  void find(Function*& function, const char* name) {
    function = reinterpret_cast<Function*>(address(name));
  }
  // Why it cannot be used; empty: it is loaded, and has all that was looked for.
  const std::string& problem() const { return problem_; }

 private:
  void* address(const char* name);

  void* library_ = nullptr;
  std::string problem_;
};

// `libpq.so.5 cannot be loaded (...); install the package libpq5 ...`
std::string cannot_be_loaded(const std::string& file, const SharedLibrary&, const std::string& package);

}  // namespace crit
