// Runs the lint rules over one file and takes away what the file itself answers.
#include "tools/lint/run.hpp"

#include <algorithm>

#include "tools/lint/silence.hpp"

namespace crit {

namespace {

bool has_what_it_needs(const LintInput& input, const LintRule& rule) {
  switch (rule.needs) {
    case Needs::rules_alone:
      return true;
    case Needs::protocol:
      return input.protocol.has_value();
    case Needs::facts_given:
      return input.facts_given != nullptr;
    case Needs::cases:
      return input.cases != nullptr;
  }
  return true;
}

// What is refused stays as it is, in the files that this one uses too. The checker's other remarks are rules
// like all others: those about a used file are told where that file is looked at, with its own `allow`s.
void keep_chosen(const LintInput& input, const ChosenRules& chosen, std::vector<Diagnostic>& found) {
  std::erase_if(found, [&](Diagnostic& d) {
    const LintRule* rule = lint_rule(d.rule);
    if (!rule || rule->group == LintGroup::refused) return false;
    const auto choice = chosen.find(d.rule);
    if (choice == chosen.end() || d.span.file != input.source.id) return true;
    d.severity = choice->second;
    return false;
  });
}

// What a rule concludes from a statement that is not understood is mostly the same mistake once more. Care
// for the file does not depend on it.
void drop_conclusions(const LintInput& input, std::vector<Diagnostic>& found) {
  const auto group_of = [](const Diagnostic& d) {
    const LintRule* rule = lint_rule(d.rule);
    return rule ? rule->group : LintGroup::refused;
  };
  const auto is_inside = [](const Diagnostic& d, Span statement) {
    return d.span.file == statement.file && d.span.begin >= statement.begin && d.span.begin < statement.end;
  };
  for (const Statement& statement : input.trial.statements) {
    const bool broken = std::ranges::any_of(found, [&](const Diagnostic& d) {
      return d.severity == Severity::error && group_of(d) == LintGroup::refused &&
             is_inside(d, statement.span);
    });
    if (!broken) continue;
    std::erase_if(found, [&](const Diagnostic& d) {
      const LintGroup group = group_of(d);
      return group != LintGroup::refused && group != LintGroup::care && is_inside(d, statement.span);
    });
  }
}

}  // namespace

void run_rules(const LintInput& input, const ChosenRules& chosen, std::vector<Diagnostic>& found) {
  keep_chosen(input, chosen, found);
  const auto runs = [&](const LintRule& rule) {
    return rule.run && chosen.contains(rule.name) && has_what_it_needs(input, rule);
  };
  for (const LintRule* rule : lint_rules()) {
    if (!runs(*rule)) continue;
    Findings own;
    rule->run(input, own);
    for (Diagnostic& d : own) {
      d.rule = rule->name;
      d.severity = chosen.at(rule->name);
      found.push_back(std::move(d));
    }
  }
  if (input.has_errors) drop_conclusions(input, found);
  silence(input, chosen, found, [&](const LintRule& rule) {
    // Of a file with errors many rules see only a part.
    return !input.has_errors && (runs(rule) || (!rule.run && chosen.contains(rule.name)));
  });
}

}  // namespace crit
