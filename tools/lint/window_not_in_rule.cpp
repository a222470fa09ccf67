// window-not-in-rule: a period that the protocol's words name and the rule has not, or has otherwise.
#include <fmt/format.h>

#include "tools/lint/literal_dates.hpp"
#include "tools/lint/text_match.hpp"
#include "tools/lint/window_kinds.hpp"

namespace crit {

namespace {

// "Half a year" is `6 months`: the language counts in whole units. Empty: the words' period is in none.
std::string in_the_language(const TextNumber& t) {
  Rational count = t.value;
  DurationUnit unit = t.unit.time;
  if (unit == DurationUnit::years && !count.is_integer()) {
    count = count * 12;
    unit = DurationUnit::months;
  }
  if (!count.is_integer()) return {};
  std::string_view words = spelling(unit);
  if (count == 1) words = unit == DurationUnit::half_lives ? "half-life" : words.substr(0, words.size() - 1);
  return fmt::format("{} {}", count.to_decimal().text, words);
}

void report_missing(const LintInput& input, const Criterion& criterion, const TextMatch& m,
                    Findings& findings) {
  // A fixed date in the place of a window is literal-date's.
  if (m.windowless.empty() || !literal_dates(*criterion.condition).empty()) return;
  std::vector<std::string> words;
  for (size_t i : m.windowless) words.emplace_back(m.text.numbers[i].shown);
  const TextNumber& first = m.text.numbers[m.windowless.front()];
  const std::string period = in_the_language(m.text.numbers[m.windowless.back()]);
  findings.push_back(finding(
      place_in_text(input.source, *criterion.text, first.begin, first.end),
      fmt::format("the rule does not have the protocol's {}", listed(words)),
      fmt::format("write a window{} after the fact that it belongs to, or say in a note how it is meant",
                  period.empty() ? "" : fmt::format(" such as `within {}`", period))));
}

void run(const LintInput& input, Findings& findings) {
  const std::vector<std::string> anchors = anchors_of(input);
  for_each_criterion(input, [&](const Criterion& criterion) {
    const auto words = criterion_words(input, criterion);
    if (!words) return;
    const TextMatch* const m = &words->match;
    find_other_windows(*words, criterion, anchors, findings);
    for (const TextMatch::Odd& odd : m->periods) {
      if (!odd.text) continue;  // number-not-in-text has it
      const RulePeriod& p = m->rule.periods[odd.rule];
      findings.push_back(finding(p.span,
                                 fmt::format("the rule has `{}` where the protocol's words have `{}`",
                                             text_of(input.source, p.span), m->text.numbers[*odd.text].shown),
                                 "mend the one that is wrong"));
    }
    report_missing(input, criterion, *m, findings);
  });
}

}  // namespace

extern const LintRule kWindowNotInRule{
    "window-not-in-rule",
    LintGroup::text,
    Severity::warning,
    "a period in the protocol's words that the rule has not, or has otherwise: another length, another kind "
    "of window, or another fact's",
    "Without its window a rule asks for a whole life, and turns away a patient whose illness is long over. "
    "28 days and "
    "4 weeks are one period, 30 days and 1 month are two. Periods after the treatment are no windows.",
    R"(trial T1 "example"

exclude E1 "Myocardial infarction within the past 6 months"
  myocardial_infarction ever
)",
    R"(trial T1 "example"

exclude E1 "Myocardial infarction within the past 6 months"
  myocardial_infarction within 6 months
)",
    run};

}  // namespace crit
