// Rule files to all that is wrong in them: what the parser and the checker refuse, and what the lint rules
// find with what lies beside the file.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "interpreter/load.hpp"
#include "tools/lint/chosen.hpp"

namespace crit {

struct LintFile {
  std::string path;
  ChosenRules rules;
  Severity least = Severity::warning;  // what is shown
  bool is_used = false;                // by another file: then it needs no trial of its own
};

// What the command line adds for all files.
struct LintBeside {
  std::optional<std::string> protocol;  // the text of a registry
  std::optional<FactsGiven> facts;      // what the patients of --facts say
};

struct Linted {
  Rules rules;
  std::set<uint32_t> files;                                   // that were asked for; others are used by them
  std::vector<Diagnostic> found;                              // what is shown, by place, each once
  std::vector<Diagnostic> hidden;                             // below what is shown
  std::vector<uint32_t> in_part;                              // files that have errors
  std::vector<std::pair<std::string, std::string>> unopened;  // path and why
};

// The rules of `into` may hold texts already (add_text), which count for their files.
void lint_files(const std::vector<LintFile>&, const LintBeside&, Linted& into);

// Finds out which of the files others of them use, for whoever lints one alone.
void find_used(std::vector<LintFile>&);

}  // namespace crit
