// What the lint rules ask of a trial's tree: its criteria, the facts and definitions behind names, places in
// texts.
#include "tools/lint/criteria.hpp"

#include <variant>

namespace crit {

void for_each_criterion(const LintInput& input, const std::function<void(const Criterion&)>& f) {
  for (const Statement& statement : input.trial.statements)
    if (const auto* criterion = std::get_if<Criterion>(&statement.node)) f(*criterion);
}

void for_each_condition(const LintInput& input, const std::function<void(const Expr&)>& f) {
  for (const Statement& statement : input.trial.statements) {
    if (const auto* define = std::get_if<Define>(&statement.node); define && define->value) f(*define->value);
    const auto* criterion = std::get_if<Criterion>(&statement.node);
    if (!criterion) continue;
    if (const Expr* when = when_of(*criterion)) f(*when);
    if (criterion->condition) f(*criterion->condition);
  }
}

bool has_words(const Criterion& criterion) {
  return criterion.text && criterion.text->text.find_first_not_of(" \t\r\n.") != std::string::npos;
}

bool is_judgement_alone(const Criterion& criterion) {
  return criterion.condition && std::holds_alternative<Judgement>(criterion.condition->node);
}

const Expr* when_of(const Criterion& criterion) {
  for (const CriterionField& field : criterion.fields)
    if (const auto* when = std::get_if<WhenField>(&field.node)) return when->condition.get();
  return nullptr;
}

const Fact* fact_of(const LintInput& input, std::string_view name) {
  if (!input.model.scope) return nullptr;
  const FactId id = fact_named(input.schema, *input.model.scope, name);
  return id == kNoFact ? nullptr : &input.schema.facts[id];
}

const Define* definition_of(const LintInput& input, std::string_view name) {
  for (const Statement& statement : input.trial.statements)
    if (const auto* define = std::get_if<Define>(&statement.node); define && define->name.text == name)
      return define;
  return nullptr;
}

std::vector<CodeRange> icd10_of(const LintInput& input, const Fact& fact) {
  std::vector<CodeRange> codes = codes_of_name(input.schema, fact.name);
  std::erase_if(codes, [](const CodeRange& range) { return range.system != CodeSystem::icd10; });
  return codes;
}

Span place_in_text(const Source& source, const Text& text, size_t begin, size_t end) {
  Span place{text.span.begin, text.span.end, text.span.file};
  const std::string_view raw = text_of(source, text.span);
  bool quoted = false;
  size_t count = 0;  // bytes of the text so far
  for (size_t at = 0; at < raw.size(); ++at) {
    if (raw[at] == '"') {
      const bool doubled = quoted && at + 1 < raw.size() && raw[at + 1] == '"';
      if (!doubled) {
        quoted = !quoted;
        continue;
      }
    } else if (!quoted) {
      continue;
    }
    if (count == begin) place.begin = text.span.begin + uint32_t(at);
    if (raw[at] == '"') ++at;
    if (++count == end) place.end = text.span.begin + uint32_t(at) + 1;
  }
  return place;
}

Diagnostic finding(Span span, std::string message, std::string help) {
  return {.severity = Severity::warning,
          .rule = {},
          .span = span,
          .message = std::move(message),
          .help = std::move(help),
          .fix = std::nullopt,
          .notes = {}};
}

std::string listed(const std::vector<std::string>& words, std::string_view last) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
    text += "`" + words[i] + "`";
  }
  return text;
}

}  // namespace crit
