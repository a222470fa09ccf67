// Which lint rules run and how severe their findings are: what crit.toml and the command line ask for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tools/lint/rule.hpp"

namespace crit {

// What `select` and `ignore` name.
using RuleOrGroup = std::variant<const LintRule*, LintGroup>;

// An empty `select` selects everything. A rule's own name counts more than its group's; of two that count the
// same, `ignore` does.
struct RuleSelection {
  std::vector<RuleOrGroup> select, ignore;
};

// The table `[lint]` of crit.toml.
struct LintSettings {
  RuleSelection selection;
  std::map<std::string_view, Severity> severities;  // by rule
  std::optional<Severity> least;                    // what is shown
};

// The rules that run, with the severity of their findings.
using ChosenRules = std::map<std::string_view, Severity>;

// `asked` is the command line's: what it selects sets aside what the file selects and ignores, and what it
// ignores is ignored besides. What is refused is always told, since it leaves the other rules blind.
ChosenRules chosen_rules(const LintSettings&, const RuleSelection& asked);

// All rules as they are, with or without those that start the solver.
ChosenRules all_rules(bool solver);

// A name to what it selects; otherwise why not, with the mend.
struct NameRead {
  std::optional<RuleOrGroup> named;
  std::string problem, help;
};
NameRead rule_or_group(std::string_view name, bool to_ignore);

}  // namespace crit
