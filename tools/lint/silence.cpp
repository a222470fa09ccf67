// What `allow` and `query` answer leaves the findings; what they answer in vain joins them.
#include "tools/lint/silence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "interpreter/spelling.hpp"
#include "tools/lint/criteria.hpp"
#include "tools/lint/scan_numbers.hpp"

namespace crit {

namespace {

// What a statement answers: findings of `rule` inside `where`, and of the criterion in the definitions that
// it names, where its condition may stand.
struct Reply {
  const Name& rule;
  Span where;
  Span field;
  Span words;  // the reason, or the question
  bool is_allow = false;
  bool used = false;
  const Criterion* criterion = nullptr;
  std::vector<Span> definitions = {};
};

void add_definitions(const LintInput& input, const Expr& e, std::vector<Span>& spans) {
  for_each_expr(e, [&](const Expr& part) {
    const auto* named = std::get_if<Records>(&part.node);
    if (!named) return;
    for (const Statement& statement : input.trial.statements) {
      const auto* define = std::get_if<Define>(&statement.node);
      if (!define || define->name.text != named->name.text || !define->value) continue;
      if (std::ranges::find(spans, statement.span) != spans.end()) continue;
      spans.push_back(statement.span);
      add_definitions(input, *define->value, spans);
    }
  });
}

template <typename Field>
void add_answers(const std::vector<Field>& fields, Span where, std::vector<Reply>& answers) {
  for (const Field& field : fields) {
    if (const auto* allow = std::get_if<AllowField>(&field.node))
      answers.push_back({allow->rule, where, field.span, allow->reason.span, true});
    if (const auto* query = std::get_if<QueryField>(&field.node); query && query->rule)
      answers.push_back({*query->rule, where, field.span, query->text.span, false});
  }
}

void add_answers(const Statement& statement, std::vector<Reply>& answers) {
  if (const auto* criterion = std::get_if<Criterion>(&statement.node))
    add_answers(criterion->fields, statement.span, answers);
  if (const auto* define = std::get_if<Define>(&statement.node))
    add_answers(define->fields, statement.span, answers);
  if (const auto* declaration = std::get_if<Declaration>(&statement.node))
    add_answers(declaration->fields, statement.span, answers);
}

std::vector<Reply> answers_of(const LintInput& input) {
  std::vector<Reply> answers;
  for (const Statement& statement : input.trial.statements) {
    const size_t first = answers.size();
    add_answers(statement, answers);
    const auto* criterion = std::get_if<Criterion>(&statement.node);
    if (!criterion || answers.size() == first || !criterion->condition) continue;
    std::vector<Span> definitions;
    add_definitions(input, *criterion->condition, definitions);
    for (size_t i = first; i < answers.size(); ++i) {
      answers[i].criterion = criterion;
      answers[i].definitions = definitions;
    }
  }
  return answers;
}

std::vector<Rational> digits_in(std::string_view text) {
  std::vector<Rational> numbers;
  for (const ScannedNumber& n : scan_numbers(plain_text(text)))
    if (!n.in_words) numbers.push_back(n.value);
  return numbers;
}

// A reason that names numbers answers what is said of these, and not the next slip in the same criterion.
bool is_about(const LintInput& input, const Diagnostic& d, const Reply& answer) {
  if (d.rule != "number-not-in-text" && d.rule != "window-not-in-rule") return true;
  const std::vector<Rational> said = digits_in(text_of(input.source, answer.words)),
                              found = digits_in(text_of(input.source, d.span));
  // Further numbers of the finding may be of its unit.
  return said.empty() || found.empty() || std::ranges::find(said, found[0]) != said.end();
}

bool is_within(const Diagnostic& d, Span where) {
  return d.span.file == where.file && d.span.begin >= where.begin && d.span.end <= where.end;
}

// The criterion that a finding names first is the one that it is about; null: it names none.
const Criterion* named_first(const LintInput& input, const std::string& message) {
  const Criterion* first = nullptr;
  size_t earliest = message.npos;
  for_each_criterion(input, [&](const Criterion& criterion) {
    const size_t at = message.find("`" + criterion.id.text + "`");
    if (at >= earliest) return;
    earliest = at;
    first = &criterion;
  });
  return first;
}

// In a definition only what is said of this criterion: another one may name it too.
bool is_of(const LintInput& input, const Diagnostic& d, const Reply& answer) {
  if (is_within(d, answer.where)) return true;
  return std::ranges::any_of(answer.definitions, [&](Span span) { return is_within(d, span); }) &&
         named_first(input, d.message) == answer.criterion;
}

bool is_silenced(const LintInput& input, const Diagnostic& d, std::vector<Reply>& answers) {
  const LintRule* rule = lint_rule(d.rule);
  if (rule && rule->group == LintGroup::refused) return false;
  bool silenced = false;
  for (Reply& answer : answers) {
    if (answer.rule.text != d.rule || !is_of(input, d, answer) || !is_about(input, d, answer)) continue;
    if (d.rule == "open-query" && !answer.is_allow) continue;  // a question answers no other question
    answer.used = silenced = true;
  }
  return silenced;
}

Diagnostic no_such_rule(const Name& name) {
  std::vector<std::string_view> names;
  for (const LintRule* rule : lint_rules()) names.push_back(rule->name);
  const std::string near(nearest_of(names, name.text));
  Diagnostic d = finding(name.span, fmt::format("there is no lint rule `{}`", name.text),
                         near.empty() ? "`crit rules` lists them" : fmt::format("did you mean `{}`?", near));
  d.rule = "unknown-name";
  d.severity = Severity::error;
  if (!near.empty()) d.fix = Fix{name.span, near, false};
  return d;
}

// The lines of a field that has them to itself, with the last one's end; nothing where something else stands
// there.
std::optional<Span> whole_lines(const Source& source, Span field) {
  const std::string_view text = source.text;
  const size_t before = text.find_last_not_of(" \t", field.begin - 1);
  const size_t after = text.find_first_not_of(" \t\r", field.end);
  if (before == std::string_view::npos || text[before] != '\n') return std::nullopt;
  if (after != std::string_view::npos && text[after] != '\n') return std::nullopt;
  const size_t end = after == std::string_view::npos ? text.size() : after + 1;
  return Span{static_cast<uint32_t>(before + 1), static_cast<uint32_t>(end), field.file};
}

Diagnostic unused(const LintInput& input, const Reply& answer) {
  if (answer.is_allow) {
    Diagnostic d =
        finding(answer.field, fmt::format("`allow {}` silences nothing", answer.rule.text), "take it out");
    if (const auto lines = whole_lines(input.source, answer.field)) d.fix = Fix{*lines, "", false};
    return d;
  }
  Diagnostic d = finding(answer.field, fmt::format("`query {}` answers no finding", answer.rule.text),
                         "ask without the rule's name, which would hide the next finding");
  d.fix = Fix{{answer.rule.span.begin, answer.words.begin, answer.field.file}, "", false};
  return d;
}

}  // namespace

void add_unknown_rules(const Trial& trial, std::vector<Diagnostic>& found) {
  std::vector<Reply> answers;
  for (const Statement& statement : trial.statements) add_answers(statement, answers);
  for (const Reply& answer : answers)
    if (!lint_rule(answer.rule.text)) found.push_back(no_such_rule(answer.rule));
}

void silence(const LintInput& input, const ChosenRules& chosen, std::vector<Diagnostic>& found,
             const std::function<bool(const LintRule&)>& ran) {
  std::vector<Reply> answers = answers_of(input);
  std::erase_if(found, [&](const Diagnostic& d) { return is_silenced(input, d, answers); });
  const auto severity = chosen.find("unused-allow");
  for (const Reply& answer : answers) {
    const LintRule* rule = lint_rule(answer.rule.text);
    if (!rule || answer.used || severity == chosen.end() || !ran(*rule)) continue;
    Diagnostic d = unused(input, answer);
    // What is to be taken out needs no reason.
    std::erase_if(found, [&](const Diagnostic& other) {
      return other.rule == "allow-without-reason" && is_within(other, answer.field);
    });
    d.rule = severity->first;
    d.severity = severity->second;
    found.push_back(std::move(d));
  }
  add_unknown_rules(input.trial, found);
}

}  // namespace crit
