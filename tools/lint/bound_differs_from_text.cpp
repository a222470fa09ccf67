// bound-differs-from-text: a comparison of the rule that is not the one of the protocol's words.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "grammar/words.hpp"
#include "tools/lint/choice_values.hpp"
#include "tools/lint/denial.hpp"
#include "tools/lint/same_amount.hpp"
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

// `X is normal`, and whether a `not` stands around it; the condition of an `if` tells cases apart.
struct Normal {
  Span span;
  bool negated = false;
};

void collect_normals(const Expr& e, bool negated, std::vector<Normal>& found) {
  if (std::holds_alternative<If>(e.node)) return;
  const auto* is = std::get_if<Is>(&e.node);
  if (is && is->kind == Is::Kind::normal) found.push_back({e.span, negated});
  const auto* list = std::get_if<ListOf>(&e.node);
  const bool turns = std::holds_alternative<Not>(e.node) || (list && list->quantifier == Quantifier::none);
  for_each_child(e, [&](const Expr& child) { collect_normals(child, negated != turns, found); });
}

// "Outside the normal range", "within normal limits": from the first word to `normal`; npos: not said.
struct SaidNormal {
  size_t begin = std::string_view::npos, end = 0;
};
SaidNormal said_normal(std::string_view lower, std::initializer_list<std::string_view> sides) {
  constexpr std::string_view kNormal[] = {"normal range", "normal limits", "normal values",
                                          "reference range"};
  for (std::string_view side : sides) {
    const size_t begin = find_words(lower, side);
    if (begin == lower.npos) continue;
    size_t end = begin + side.size();
    const auto rest = [&] { return stripped(lower.substr(end)); };
    for (std::string_view filler : {"of", "the", "institutional", "laboratory", "local"})
      if (starts_with_words(rest(), filler)) end = size_t(rest().data() - lower.data()) + filler.size();
    for (std::string_view normal : kNormal)
      if (starts_with_words(rest(), normal))
        return {begin, size_t(rest().data() - lower.data()) + normal.size()};
  }
  return {};
}

// `is normal` against words that say the other: only where they say it once and nothing turns them round.
void report_normals(const Criterion& criterion, const TextMatch& m, Findings& findings) {
  std::vector<Normal> normals;
  collect_normals(*criterion.condition, false, normals);
  if (normals.size() != 1) return;
  const std::string_view lower = m.text.plain.lower;
  const SaidNormal outside = said_normal(lower, {"outside", "out of", "not within"});
  const SaidNormal inside = said_normal(lower, {"within", "in"});
  const bool said_outside = outside.begin != lower.npos;
  // What an exclusion words as within the range may be what it requires.
  if (!said_outside && (inside.begin == lower.npos || !criterion.include)) return;
  const SaidNormal& said = said_outside ? outside : inside;
  std::string rest(lower);
  rest.erase(said.begin, said.end - said.begin);
  for (std::string_view turn :
       {"no", "not", "without", "unless", "except", "if", "outside", "abnormal", "none"})
    if (find_words(rest, turn) != rest.npos) return;
  if (normals[0].negated == said_outside) return;
  const std::string words(m.text.plain.text.substr(said.begin, said.end - said.begin));
  findings.push_back(
      finding(normals[0].span,
              fmt::format("the rule asks for what is {}normal, and the protocol's words say `{}`",
                          normals[0].negated ? "not " : "", words),
              fmt::format("{} if the words are right",
                          normals[0].negated ? "leave the `not` out" : "write `not (...)` around it")));
}

// "Outside the range 40-90", "not between 40 and 90": what stands before the lower end; empty: something
// else.
std::string_view said_outside(const PlainText& plain, size_t begin) {
  const std::string_view lower = std::string_view(plain.lower).substr(0, begin);
  std::string_view head = stripped(lower);
  const auto drop = [&](std::string_view words) {
    const bool ends = ends_with_words(head, words);
    if (ends) head = stripped(head.substr(0, head.size() - words.size()));
    return ends;
  };
  while (drop("the") || drop("a") || drop("range") || drop("of") || drop("from") || drop("limits")) {
  }
  for (std::string_view words : {"outside", "not between", "not within", "not in", "out"})
    if (drop(words)) return stripped(lower.substr(head.size()));
  return {};
}

// Nothing but these words turns the sentence round.
bool turns_alone(const PlainText& plain, std::string_view words) {
  constexpr std::string_view kTurns[] = {"unless",   "except",   "if",      "must",   "only",
                                         "required", "excluded", "allowed", "should", "cannot"};
  std::string rest = plain.lower;
  rest.erase(size_t(words.data() - plain.lower.data()), words.size());
  return !has_denial(rest) &&
         std::ranges::none_of(kTurns, [&](auto word) { return find_words(rest, word) != rest.npos; });
}

// `40 <= heart_rate <= 90` under an exclusion of who is "outside the range 40-90".
void report_ranges(const TextMatch& m, Findings& findings) {
  const auto& texts = m.text.numbers;
  for (size_t i = 0; i + 1 < texts.size(); ++i) {
    const std::string_view words = said_outside(m.text.plain, place_in(m.text.plain, texts[i].begin));
    if (!texts[i].in_range || !texts[i + 1].in_range || words.empty() || !turns_alone(m.text.plain, words))
      continue;
    const RuleNumber *low = nullptr, *high = nullptr;
    for (const RuleNumber& n : m.rule.numbers) {
      if (!n.op || n.either_way || n.in_definition) continue;
      if (is_lower_limit(*n.op) && same_amount(n, texts[i])) low = &n;
      if (is_upper_limit(*n.op) && same_amount(n, texts[i + 1])) high = &n;
    }
    if (!low || !high || low->fact != high->fact) continue;
    const Span place{std::min(low->span.begin, high->span.begin), std::max(low->span.end, high->span.end),
                     low->span.file};
    findings.push_back(finding(
        place,
        fmt::format("the rule asks for what lies between {} and {}, and the protocol's words say `{}`",
                    texts[i].shown, texts[i + 1].shown, words),
        "write `not (...)` around it if the words are right"));
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
    report_normals(criterion, *m, findings);
    report_ranges(*m, findings);
    find_other_values(input, criterion, *m, findings);
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
