// vague-text: words of the protocol that set no limit, under a rule that has neither a limit nor a judgement.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

constexpr std::string_view kVague[] = {"recent",
                                       "recently",
                                       "adequate",
                                       "adequately",
                                       "inadequate",
                                       "clinically significant",
                                       "significant",
                                       "acceptable",
                                       "sufficient",
                                       "insufficient",
                                       "appropriate",
                                       "excessive",
                                       "clinically relevant",
                                       "reasonable",
                                       "abnormal",
                                       "normal",
                                       "impaired",
                                       "poorly controlled",
                                       "uncontrolled",
                                       "serious"};

// A limit or an opinion: something that decides what the words leave open.
bool decides(const LintInput& input, const Expr& condition) {
  bool found = false;
  for_each_expr(condition, [&](const Expr& e) {
    const auto* name = std::get_if<Records>(&e.node);
    const Fact* fact = name ? fact_of(input, name->name.text) : nullptr;
    found = found || std::holds_alternative<Judgement>(e.node) || std::holds_alternative<Quantity>(e.node) ||
            std::holds_alternative<Limit>(e.node) || std::holds_alternative<Is>(e.node) ||
            (fact && fact->kind == FactKind::judgement);
  });
  return found;
}

// "upper limit of normal" is a limit.
bool is_of_limit(std::string_view lower, size_t at) {
  const std::string_view head = stripped(lower.substr(0, at));
  return ends_with_words(head, "limit of") || ends_with_words(head, "limits of") ||
         ends_with_words(head, "of predicted");
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (!criterion.text || !criterion.condition || decides(input, *criterion.condition)) return;
    const PlainText plain = plain_text(criterion.text->text);
    size_t first = std::string::npos;
    std::string_view found;
    for (std::string_view word : kVague) {
      const size_t at = find_words(plain.lower, word);
      if (at >= first || is_of_limit(plain.lower, at)) continue;
      first = at;
      found = word;
    }
    if (first == std::string::npos) return;
    const Span place =
        place_in_text(input.source, *criterion.text, plain.origin[first], plain.origin[first + found.size()]);
    findings.push_back(
        finding(place, fmt::format("the rule has no limit or judgement for `{}`", found),
                "give a limit, ask by `judgement NAME \"...\"`, or ask the sponsor in a `query`"));
  });
}

}  // namespace

extern const LintRule kVagueText{
    "vague-text",
    LintGroup::text,
    Severity::info,
    "`recent`, `adequate`, `clinically significant`, `normal` in the protocol with no limit or judgement in "
    "the rule",
    "Two sites will read such a word in two ways. The rule should say who decides, or where the limit is.",
    R"(trial T1 "example"

exclude E1 "Clinically significant arrhythmia"
  arrhythmia currently
)",
    R"(trial T1 "example"

exclude E1 "Clinically significant arrhythmia"
  arrhythmia currently and judgement significant_arrhythmia "the arrhythmia is clinically significant"
)",
    run};

}  // namespace crit
