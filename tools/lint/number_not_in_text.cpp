// number-not-in-text: numbers and units of a rule that the protocol's words do not have, and the other way
// round.
#include <fmt/format.h>

#include <algorithm>

#include "tools/lint/limits.hpp"
#include "tools/lint/text_match.hpp"

namespace crit {

namespace {

void report_of_rule(const TextMatch& m, Span span, const std::string& words, std::optional<size_t> text,
                    Findings& findings) {
  std::string help = "mend the rule, or ask the sponsor in a `query number-not-in-text`";
  if (text)
    help =
        fmt::format("the protocol has `{}` there: mend the one that is wrong", m.text.numbers[*text].shown);
  findings.push_back(
      finding(span, fmt::format("`{}` is not in the protocol's words", words), std::move(help)));
}

// `1.500` beside "1500": decimal-comma has said that it may be read so.
bool is_of_thousands(const LintInput& input, const TextMatch& m, const TextMatch::Odd& odd) {
  const RuleNumber& n = m.rule.numbers[odd.rule];
  std::string_view digits = text_of(input.source, n.span);
  digits = digits.substr(0, digits.find_first_not_of("0123456789."));
  const bool three = digits.size() > 4 && digits[digits.size() - 4] == '.';
  return three && odd.text && m.text.numbers[*odd.text].value == n.value * 1000;
}

void report_unsaid(const LintInput& input, const Criterion& criterion, const TextMatch& m,
                   Findings& findings) {
  if (m.unsaid.empty()) return;
  std::vector<std::string> words;
  for (size_t i : m.unsaid) words.emplace_back(m.text.numbers[i].shown);
  const TextNumber& first = m.text.numbers[m.unsaid.front()];
  findings.push_back(
      finding(place_in_text(input.source, *criterion.text, first.begin, first.end),
              fmt::format("the rule does not have {} of the protocol's words", listed(words)),
              "write the condition, or say in a note or in a fact's description how it is meant"));
}

// Where two texts meet inside a number or its unit, `10 g/dL` and `2. Age`: the bytes of the first; 0:
// nowhere.
size_t meeting_in(const Text& text, const TextNumber& t) {
  size_t at = 0;
  for (const std::string& piece : text.pieces) {
    at += piece.size();
    const bool is_inside = t.begin < at && at < t.end;
    if (is_inside && text.text[at - 1] != ' ' && text.text[at] != ' ') return at;
  }
  return 0;
}

// The numbers that a missing blank has made are of no other finding.
void take_glued(const LintInput& input, const Criterion& criterion, TextMatch& m, Findings& findings) {
  for (size_t i = 0; i < m.text.numbers.size(); ++i) {
    const TextNumber& t = m.text.numbers[i];
    const size_t at = meeting_in(*criterion.text, t);
    if (at == 0) continue;
    const Span last = place_in_text(input.source, *criterion.text, at - 1, at);
    Diagnostic d =
        finding(place_in_text(input.source, *criterion.text, t.begin, t.end),
                fmt::format("a blank is missing between two texts, which together read `{}`", t.shown),
                "write a blank before the first one's closing quote");
    d.fix = Fix{{last.end, last.end, last.file}, " ", false};
    findings.push_back(std::move(d));
    std::erase_if(m.numbers, [&](const TextMatch::Odd& odd) { return odd.text == i; });
    std::erase(m.unsaid, i);
  }
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    auto m = match_text(input, criterion);
    if (!m) return;
    take_glued(input, criterion, *m, findings);
    const auto implausible = implausible_limits(input, criterion, m->rule);
    for (const TextMatch::Odd& odd : m->numbers) {
      const RuleNumber& n = m->rule.numbers[odd.rule];
      if (std::ranges::find(implausible, &n, &Implausible::number) != implausible.end()) continue;
      if (is_of_thousands(input, *m, odd)) continue;
      report_of_rule(*m, n.span, shown(input, n), odd.text, findings);
    }
    // A period that stands in the place of another is window-not-in-rule's.
    for (const TextMatch::Odd& odd : m->periods) {
      if (odd.text) continue;
      const Span span = m->rule.periods[odd.rule].span;
      report_of_rule(*m, span, std::string(text_of(input.source, span)), std::nullopt, findings);
    }
    report_unsaid(input, criterion, *m, findings);
  });
}

}  // namespace

extern const LintRule kNumberNotInText{
    "number-not-in-text",
    LintGroup::text,
    Severity::warning,
    "a number or unit of the rule that the protocol's words do not have, and the other way round",
    "A digit too many, two digits swapped or the wrong unit lets the wrong patients in, and the rule alone "
    "looks right. "
    "Numbers in words count (`three`, `half`, `twice`), equal amounts in other units are equal, and numbers "
    "of names "
    "(`type 2`, `FEV1`, `RECIST 1.1`) are none. A number that a note or a fact's description has is "
    "known.",
    R"(trial T1 "example"

include I1 "Platelets at least 100 x 10^9/L"
  platelets >= 1000 10^9/L
)",
    R"(trial T1 "example"

include I1 "Platelets at least 100 x 10^9/L"
  platelets >= 100 10^9/L
)",
    run};

}  // namespace crit
