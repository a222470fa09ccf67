// judgement-as-fact: the protocol asks for somebody's opinion, and the rule for a plain yes or no.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

constexpr std::string_view kOpinion[] = {"in the opinion of",
                                         "in the investigator's opinion",
                                         "in the clinical opinion of",
                                         "investigator's judgment",
                                         "investigator's judgement",
                                         "investigator's discretion",
                                         "at the discretion of",
                                         "in the judgment of",
                                         "in the judgement of",
                                         "as judged by",
                                         "per investigator judgment",
                                         "per investigator judgement",
                                         "investigator considers",
                                         "deemed by the investigator",
                                         "as determined by the investigator",
                                         "as assessed by the investigator",
                                         "considered by the investigator",
                                         "investigator's opinion",
                                         "investigator's view",
                                         "in the view of",
                                         "investigator believes",
                                         "physician's opinion",
                                         "physician's judgment",
                                         "physician's judgement"};

// With whom stands in the end, and what is thought between: "deemed unsuitable by the investigator".
constexpr std::string_view kThinks[] = {"deemed",  "judged", "considered", "believed",
                                        "thought", "felt",   "regarded"};
constexpr std::string_view kBy[] = {
    "by the investigator",       "by an investigator", "by the principal investigator",
    "by the treating physician", "by the physician",   "by the study physician"};

// What is asked, from the verb to who thinks so; empty: nothing. No other clause begins between them.
std::string_view thought_by(std::string_view lower) {
  constexpr size_t kFarthest = 80;
  for (std::string_view verb : kThinks)
    for (size_t at = find_words(lower, verb); at != std::string_view::npos;
         at = find_words(lower, verb, at + 1))
      for (std::string_view by : kBy) {
        const size_t end = find_words(lower, by, at);
        if (end == std::string_view::npos || end - at > kFarthest) continue;
        const std::string_view whole = lower.substr(at, end + by.size() - at);
        if (whole.find_first_of(".;,:") == std::string_view::npos) return whole;
      }
  return {};
}

// Empty: they ask for nobody's.
std::string opinion_in(const std::string& words) {
  const std::string lower = plain_text(words).lower;
  const auto opinion = std::ranges::find_if(
      kOpinion, [&](std::string_view asks) { return find_words(lower, asks) != std::string_view::npos; });
  return std::string(opinion == std::end(kOpinion) ? thought_by(lower) : *opinion);
}

const Name* plain_flag(const LintInput& input, const Expr& condition) {
  const Name* flag = nullptr;
  bool judged = false;
  for_each_expr(condition, [&](const Expr& e) {
    judged = judged || std::holds_alternative<Judgement>(e.node);
    const auto* name = std::get_if<Records>(&e.node);
    const Fact* fact = name ? fact_of(input, name->name.text) : nullptr;
    judged = judged || (fact && fact->kind == FactKind::judgement);
    if (fact && fact->kind == FactKind::flag && !flag) flag = &name->name;
  });
  return judged ? nullptr : flag;
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    const Name* flag = criterion.condition ? plain_flag(input, *criterion.condition) : nullptr;
    if (!flag) return;
    const std::string asked = criterion.text ? opinion_in(criterion.text->text) : std::string();
    const std::string own = opinion_in(fact_of(input, flag->text)->text);
    if (asked.empty() && own.empty()) return;
    const std::string message =
        asked.empty() ? fmt::format("`{}` asks `{}` in its own words, and is a plain flag", flag->text, own)
                      : fmt::format("the protocol asks `{}`, and `{}` is a plain flag", asked, flag->text);
    findings.push_back(
        finding(flag->span, message,
                fmt::format("declare `judgement {} \"...\" by investigator`, so that the answer has a name "
                            "and a date",
                            flag->text)));
  });
}

}  // namespace

extern const LintRule kJudgementAsFact{
    "judgement-as-fact",
    LintGroup::missing_data,
    Severity::warning,
    "wording that asks for an opinion (`in the opinion of the investigator`) on a plain flag",
    "An opinion has an author and a date, and two people may differ. A flag hides that, and an audit will "
    "ask for it.",
    R"(trial T1 "example"

flag unlikely_to_comply "unlikely to comply"

exclude E1 "Unlikely to comply, in the opinion of the investigator"
  unlikely_to_comply
)",
    R"(trial T1 "example"

judgement unlikely_to_comply "unlikely to comply" by investigator

exclude E1 "Unlikely to comply, in the opinion of the investigator"
  unlikely_to_comply
)",
    run};

}  // namespace crit
