// unused-name: a declaration or definition that no criterion needs.
#include <fmt/format.h>

#include "tools/lint/names_used.hpp"

namespace crit {

namespace {

bool is_trial(const LintInput& input) {
  bool found = false;
  for_each_criterion(input, [&](const Criterion&) { found = true; });
  return found;
}

void run(const LintInput& input, Findings& findings) {
  if (input.has_errors || !is_trial(input))
    return;  // what is broken may use it; other files may use a library's
  const auto used = names_used(input);
  const auto report = [&](const Name& name, std::string_view what) {
    findings.push_back(
        finding(name.span, fmt::format("`{}` is {} and not used", name.text, what), "use it or take it out"));
  };
  for (const Statement& statement : input.trial.statements) {
    if (const auto* define = std::get_if<Define>(&statement.node);
        define && !used.contains(define->name.text))
      report(define->name, "defined");
    const auto* declaration = std::get_if<Declaration>(&statement.node);
    if (declaration && !is_member_of_any(input, declaration->name.text, used))
      report(declaration->name, "declared");
  }
}

}  // namespace

extern const LintRule kUnusedName{"unused-name",
                                  LintGroup::care,
                                  Severity::warning,
                                  "a declaration or definition that no criterion needs",
                                  "It may be the rest of a rule that was taken out, or the rule that should "
                                  "use it names another fact. A member of "
                                  "a used fact (`drug bleomycin is fibrosis_inducing_drug`) is used.",
                                  R"(trial T1 "example"

flag walks_alone "able to walk without help"

include I1 "Age 18 years or older"
  age >= 18 years
)",
                                  R"(trial T1 "example"

flag walks_alone "able to walk without help"

include I1 "Age 18 years or older"
  age >= 18 years

include I2 "Able to walk without help"
  walks_alone
)",
                                  run};

}  // namespace crit
