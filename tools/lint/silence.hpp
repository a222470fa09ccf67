// `allow RULE "reason"` and `query RULE "..."` in the file: takes the findings away that they answer.
#pragma once

#include <functional>

#include "tools/lint/rule.hpp"

namespace crit {

// Removes what an `allow` or a `query` of the same statement names, of every group but the first, and adds
// `unused-allow` for each that silenced nothing. `ran`: whether a rule was run at all, since the
// solver may be off.
void silence(const LintInput&, std::vector<Diagnostic>& found,
             const std::function<bool(std::string_view rule)>& ran);

}  // namespace crit
