// named-otherwise: a declaration of what the vocabulary has under another name.
#include <fmt/format.h>

#include "interpreter/alike_names.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

// `flag angiotensin_receptor_blocker`, where `ARB` is: the patients' losartan would be no record of it.
void look_at(const Name& name, Findings& findings) {
  const std::string standard = vocabulary_entry(name.text) ? "" : standard_name_said_as(name.text);
  if (standard.empty()) return;
  findings.push_back(
      finding(name.span, fmt::format("the vocabulary has this as `{}`", standard),
              fmt::format("ask `{0}`, with its codes and members, and delete this declaration;\n"
                          "`crit facts {0}` shows what it means",
                          standard)));
}

void run(const LintInput& input, Findings& findings) {
  for (const Statement& statement : input.trial.statements) {
    const auto* declaration = std::get_if<Declaration>(&statement.node);
    if (!declaration) continue;
    look_at(declaration->name, findings);
    for (const DeclarationField& field : declaration->fields)
      if (const auto* also = std::get_if<AlsoField>(&field.node))
        for (const Name& name : also->names) look_at(name, findings);
  }
}

}  // namespace

extern const LintRule kNamedOtherwise{
    "named-otherwise",
    LintGroup::care,
    Severity::warning,
    "a declaration of what the standard vocabulary has under another name",
    "The codes and the members of the vocabulary's fact are no records of the declared one: of who takes "
    "losartan nobody knows that it is an angiotensin receptor blocker.",
    R"(trial T1 "example"

drug angiotensin_receptor_blocker "an ARB"

exclude E1 "Angiotensin receptor blockers"
  angiotensin_receptor_blocker currently
)",
    R"(trial T1 "example"

exclude E1 "Angiotensin receptor blockers"
  ARB currently
)",
    run};

}  // namespace crit
