// A rule file's text and the fixes of its findings to a better text: `crit lint --fix`.
//
// After each step the text is read and checked again. A fix is undone where its finding stays, where a
// statement can no longer be read, where rules that could be evaluated no longer can, and, of a fix that is
// called safe, where the rules then mean anything else (the printed Model).
#pragma once

#include <functional>
#include <map>
#include <string>

#include "tools/lint_files.hpp"

namespace crit {

struct Mended {
  std::string text;
  std::map<std::string, size_t> taken;  // by rule
  size_t undone = 0;                    // fixes that would have left the file worse
  size_t declined = 0;                  // by the person
  bool stopped = false;                 // the person wants no more questions
};

// Takes every safe fix; of those that overlap one at a time, until none is left.
void mend_safely(const LintFile&, const LintBeside&, Mended&);

// What a person says to a suggested fix.
enum class Wanted { yes, no, no_more };
using Ask =
    std::function<Wanted(const Diagnostic&, const std::vector<const Source*>&, std::string_view mended)>;

// Asks for each suggested fix, from the top of the file down; `mended` is the whole text with it.
void mend_by_asking(const LintFile&, const LintBeside&, const Ask&, Mended&);

}  // namespace crit
