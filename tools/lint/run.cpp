// Runs the lint rules over one file and takes away what the file itself answers.
#include "tools/lint/run.hpp"

#include "tools/lint/silence.hpp"

namespace crit {

void run_rules(const LintInput& input, bool solver, std::vector<Diagnostic>& found) {
  const auto runs = [&](const LintRule& rule) {
    return rule.run && (solver || rule.group != LintGroup::logic);
  };
  for (const LintRule* rule : lint_rules()) {
    if (!runs(*rule)) continue;
    Findings own;
    rule->run(input, own);
    for (Diagnostic& d : own) {
      d.rule = rule->name;
      d.severity = rule->severity;
      found.push_back(std::move(d));
    }
  }
  silence(input, found, [&](std::string_view name) {
    const LintRule* rule = lint_rule(name);
    return rule && runs(*rule);
  });
}

}  // namespace crit
