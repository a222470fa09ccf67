// unused-allow: an `allow` or `query` that silences nothing; and what `allow` and `query` silence.
#include <fmt/format.h>

#include "tools/lint/criteria.hpp"
#include "tools/lint/silence.hpp"

namespace crit {

// Found by silence(), when all other rules have run.
extern const LintRule kUnusedAllow{
    "unused-allow",
    LintGroup::care,
    Severity::warning,
    "an `allow` that silences nothing",
    "It is left from an earlier rule, and would silence the next mistake of its kind.",
    R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years
  allow number-not-in-text "the sponsor's letter of 2025-03-01"
)",
    R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years
)",
    nullptr};

namespace {

// What a statement answers: findings of `rule` inside `where`.
struct Reply {
  std::string_view rule;
  Span where;
  Span field;
  bool is_allow = false;
  bool used = false;
};

template <typename Field>
void add_answers(const std::vector<Field>& fields, Span where, std::vector<Reply>& answers) {
  for (const Field& field : fields) {
    if (const auto* allow = std::get_if<AllowField>(&field.node))
      answers.push_back({allow->rule.text, where, field.span, true});
    if (const auto* query = std::get_if<QueryField>(&field.node); query && query->rule)
      answers.push_back({query->rule->text, where, field.span, false});
  }
}

std::vector<Reply> answers_of(const LintInput& input) {
  std::vector<Reply> answers;
  for (const Statement& statement : input.trial.statements) {
    if (const auto* criterion = std::get_if<Criterion>(&statement.node))
      add_answers(criterion->fields, statement.span, answers);
    if (const auto* define = std::get_if<Define>(&statement.node))
      add_answers(define->fields, statement.span, answers);
    if (const auto* declaration = std::get_if<Declaration>(&statement.node))
      add_answers(declaration->fields, statement.span, answers);
  }
  return answers;
}

bool is_silenced(const Diagnostic& d, std::vector<Reply>& answers) {
  const LintRule* rule = lint_rule(d.rule);
  if (rule && rule->group == LintGroup::refused) return false;
  bool silenced = false;
  for (Reply& answer : answers) {
    const bool inside = d.span.file == answer.where.file && d.span.begin >= answer.where.begin &&
                        d.span.end <= answer.where.end;
    if (answer.rule != d.rule || !inside) continue;
    answer.used = silenced = true;
  }
  return silenced;
}

}  // namespace

void silence(const LintInput& input, std::vector<Diagnostic>& found,
             const std::function<bool(std::string_view)>& ran) {
  std::vector<Reply> answers = answers_of(input);
  std::erase_if(found, [&](const Diagnostic& d) { return is_silenced(d, answers); });
  for (const Reply& answer : answers) {
    if (answer.used || !lint_rule(answer.rule) || !ran(answer.rule)) continue;
    Diagnostic d =
        answer.is_allow
            ? finding(answer.field, fmt::format("`allow {}` silences nothing", answer.rule), "take it out")
            : finding(answer.field, fmt::format("`query {}` answers no finding", answer.rule),
                      "ask without the rule's name, which would hide the next finding");
    d.rule = kUnusedAllow.name;
    d.severity = kUnusedAllow.severity;
    found.push_back(std::move(d));
  }
}

}  // namespace crit
