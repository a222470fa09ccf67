// `allow RULE "reason"` and `query RULE "..."` in the file: takes the findings away that they answer.
#pragma once

#include <functional>

#include "tools/lint/chosen.hpp"

namespace crit {

// `unknown-name` for each `allow` and `query` that names no rule.
void add_unknown_rules(const Trial&, std::vector<Diagnostic>& found);

// Removes what an `allow` or a `query` of the same statement names, of every group but the first. Adds
// what add_unknown_rules finds, and `unused-allow` for each that silenced nothing of a rule that `ran` on the
// whole file.
void silence(const LintInput&, const ChosenRules&, std::vector<Diagnostic>& found,
             const std::function<bool(const LintRule&)>& ran);

}  // namespace crit
