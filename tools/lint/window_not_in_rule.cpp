// window-not-in-rule: a period that the protocol's words name and the rule has not, or has otherwise.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tools/lint/denial.hpp"
#include "tools/lint/fact_windows.hpp"
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

// "On insulin for 52 weeks"; "free of seizures for 2 weeks" is `no seizure within 2 weeks`.
bool lasts_in_words(const PlainText& plain, const TextNumber& t) {
  constexpr std::string_view kDenies[] = {"free", "off", "stopped", "discontinued", "abstain", "absence"};
  const std::string_view head = stripped(std::string_view(plain.lower).substr(0, place_in(plain, t.begin)));
  const bool is_for = ends_with_words(head, "for") || ends_with_words(head, "for at least");
  return is_for && !has_denial(head) &&
         std::ranges::none_of(kDenies, [&](auto w) { return find_words(head, w) != head.npos; });
}

void report_missing(const LintInput& input, const Criterion& criterion, const TextMatch& m,
                    Findings& findings) {
  // A fixed date in the place of a window is literal-date's.
  if (m.windowless.empty() || !literal_dates(*criterion.condition).empty()) return;
  std::vector<std::string> words;
  for (size_t i : m.windowless) words.emplace_back(m.text.numbers[i].shown);
  const TextNumber& first = m.text.numbers[m.windowless.front()];
  const TextNumber& last = m.text.numbers[m.windowless.back()];
  const std::string period = in_the_language(last);
  const bool lasts = lasts_in_words(m.text.plain, last);
  findings.push_back(finding(
      place_in_text(input.source, *criterion.text, first.begin, first.end),
      fmt::format("the rule does not have the protocol's {}", listed(words)),
      fmt::format(
          "write a window{} after the fact that it belongs to, or say in a note how it is meant",
          period.empty() ? "" : fmt::format(" such as `{} {}`", lasts ? "for at least" : "within", period))));
}

// "Whichever is longer", "the longer of": which of two periods the words mean; plain: none, or both.
Duration::Kind said_kind(std::string_view lower) {
  constexpr size_t kNear = 30;  // bytes: "whichever is the longer"
  const auto is_said = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) {
      for (size_t at = find_words(lower, word); at != lower.npos; at = find_words(lower, word, at + 1)) {
        const std::string_view head = lower.substr(0, at);
        const bool chooses =
            find_words(head.substr(head.size() - std::min(head.size(), kNear)), "whichever") != lower.npos;
        if (chooses || starts_with_words(lower.substr(at + word.size()), " of")) return true;
      }
      return false;
    });
  };
  const bool is_longer = is_said({"longer", "longest", "greater"}),
             is_shorter = is_said({"shorter", "shortest", "less"});
  if (is_longer == is_shorter) return Duration::Kind::plain;
  return is_longer ? Duration::Kind::longer_of : Duration::Kind::shorter_of;
}

// `shorter of (30 days, 5 half-lives)` for "30 days or 5 half-lives, whichever is longer".
void report_other_of_two(const Criterion& criterion, const TextMatch& m, Findings& findings) {
  const Duration::Kind said = said_kind(m.text.plain.lower);
  if (said == Duration::Kind::plain) return;
  std::set<const Duration*> seen;  // which stand behind a list
  for_each_window(*criterion.condition, [&](const FactWindow& w) {
    if (!w.duration || w.duration->kind == Duration::Kind::plain || w.duration->kind == said) return;
    if (!seen.insert(w.duration).second) return;
    const bool longer = said == Duration::Kind::longer_of;
    const std::string_view own = longer ? "shorter" : "longer", other = longer ? "longer" : "shorter";
    findings.push_back(
        finding(w.duration->span,
                fmt::format("the rule takes the {} period, and the protocol's words the {}", own, other),
                fmt::format("write `{} of` if the words are right", other)));
  });
}

void run(const LintInput& input, Findings& findings) {
  const std::vector<std::string> anchors = anchors_of(input);
  for_each_criterion(input, [&](const Criterion& criterion) {
    const auto words = criterion_words(input, criterion);
    if (!words) return;
    const TextMatch* const m = &words->match;
    find_other_windows(*words, criterion, anchors, findings);
    find_unsaid_starts(*words, criterion, findings);
    for (const TextMatch::Odd& odd : m->periods) {
      if (!odd.text) continue;  // number-not-in-text has it
      const RulePeriod& p = m->rule.periods[odd.rule];
      findings.push_back(finding(p.span,
                                 fmt::format("the rule has `{}` where the protocol's words have `{}`",
                                             text_of(input.source, p.span), m->text.numbers[*odd.text].shown),
                                 "mend the one that is wrong"));
    }
    report_other_of_two(criterion, *m, findings);
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
