// bound-differs-from-text: a comparison of the rule that is not the one of the protocol's words.
#include <fmt/format.h>

#include "grammar/words.hpp"
#include "tools/lint/text_bound.hpp"
#include "tools/lint/text_match.hpp"

namespace crit {

namespace {

// The sign that would say what the words say, as it stands in the rule: sides swapped, under a `not`.
CompareOp sign_in_rule(const RuleNumber& n, CompareOp op) {
  if (n.negated) op = opposite(op);
  return n.op_turned ? turned(op) : op;
}

// What the words say around a choice's value: "at least moderate", "stage II to IV".
std::optional<CompareOp> bound_of_word(const PlainText& plain, std::string_view word) {
  const size_t at = find_words(plain.text, word);
  if (at == std::string::npos) return std::nullopt;
  const std::string_view head = stripped(std::string_view(plain.lower).substr(0, at));
  const std::string_view tail = stripped(std::string_view(plain.lower).substr(at + word.size()));
  if (const auto bound = bound_before(head)) return bound;
  if (const auto bound = bound_after(tail)) return bound;
  for (std::string_view join : {"to", "-", "through"}) {
    if (starts_with_words(tail, join)) return CompareOp::greater_equal;
    if (ends_with_words(head, join)) return CompareOp::less_equal;
  }
  return std::nullopt;
}

void report_choices(const TextMatch& m, Findings& findings) {
  for (const RuleWord& choice : m.rule.choices) {
    if (choice.either_way || choice.op == CompareOp::equal || choice.op == CompareOp::not_equal) continue;
    const auto bound = bound_of_word(m.text.plain, choice.word);
    if (!bound || *bound == choice.op || *bound == opposite(choice.op)) continue;
    const std::string sign(spelling(choice.negated ? opposite(*bound) : *bound));
    Diagnostic d = finding(choice.op_span,
                           fmt::format("`{} {}` is not what the protocol's words say: `{} {}`",
                                       spelling(choice.op), choice.word, spelling(*bound), choice.word),
                           fmt::format("write `{}` if the words are right", sign));
    d.fix = Fix{choice.op_span, sign, false};
    findings.push_back(std::move(d));
  }
}

// The mend would negate the limit: under an exclusion the words may say what is asked of those who stay.
bool negates(const Criterion& criterion, CompareOp op, CompareOp said) {
  return op == opposite(said) || (!criterion.include && is_upper_limit(op) != is_upper_limit(said));
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    const auto m = match_text(input, criterion);
    if (!m) return;
    for (const TextMatch::Odd& odd : m->bounds) {
      const RuleNumber& n = m->rule.numbers[odd.rule];
      const TextNumber& t = m->text.numbers[*odd.text];
      Diagnostic d = finding(n.op_span.value_or(n.span),
                             fmt::format("`{} {}` is not what the protocol's words say: `{} {}`",
                                         spelling(*n.op), shown(input, n), spelling(*t.bound), t.shown));
      const std::string_view sign = spelling(sign_in_rule(n, *t.bound));
      if (n.op_span) {
        d.help = fmt::format("write `{}` if the words are right", sign);
        if (!negates(criterion, *n.op, *t.bound)) d.fix = Fix{*n.op_span, std::string(sign), false};
      }
      findings.push_back(std::move(d));
    }
    report_choices(*m, findings);
  });
}

}  // namespace

extern const LintRule kBoundDiffersFromText{"bound-differs-from-text",
                                            LintGroup::text,
                                            Severity::warning,
                                            "`at least`, `more than`, `up to`, `including` or a sign in the "
                                            "protocol's words against another comparison",
                                            "The patient who is exactly at the limit is taken in or turned "
                                            "away against the protocol, and is the one whom an "
                                            "audit asks about.",
                                            R"(trial T1 "example"

include I1 "Age 18 years or older"
  age > 18 years
)",
                                            R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years
)",
                                            run};

}  // namespace crit
