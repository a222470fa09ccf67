// vague-text: words of the protocol that set no limit, under a rule that has neither a limit nor a judgement.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/fact_windows.hpp"
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

// What a condition has to decide what the words leave open, its definitions included.
struct Decides {
  const LintInput& input;
  bool decides = false;  // a limit or an opinion
  bool windowed = false;
  int depth = 0;

  void look(const Expr& condition) {
    for_each_window(condition, [&](const FactWindow& w) { windowed = windowed || w.duration; });
    for_each_expr(condition, [&](const Expr& e) {
      decides = decides || std::holds_alternative<Judgement>(e.node) ||
                std::holds_alternative<Quantity>(e.node) || std::holds_alternative<Limit>(e.node) ||
                std::holds_alternative<Is>(e.node);
      if (const auto* name = std::get_if<Records>(&e.node)) look(name->name.text);
    });
  }

  void look(const std::string& name) {
    const Fact* fact = fact_of(input, name);
    decides = decides || (fact && fact->kind == FactKind::judgement);
    const Define* define = definition_of(input, name);
    if (!define || !define->value || depth >= kMostDefinitions) return;
    ++depth;
    look(*define->value);
    --depth;
  }
};

// A window says what is recent.
bool is_of_time(std::string_view word) {
  return word.starts_with("recent");
}

// "upper limit of normal" is a limit.
bool is_of_limit(std::string_view lower, size_t at) {
  const std::string_view head = stripped(lower.substr(0, at));
  return ends_with_words(head, "limit of") || ends_with_words(head, "limits of") ||
         ends_with_words(head, "of predicted");
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (!criterion.text || !criterion.condition) return;
    Decides rule{input};
    rule.look(*criterion.condition);
    if (rule.decides) return;
    const PlainText plain = plain_text(criterion.text->text);
    size_t first = std::string::npos;
    std::string_view found;
    for (std::string_view word : kVague) {
      const size_t at = find_words(plain.lower, word);
      if (at >= first || is_of_limit(plain.lower, at) || (rule.windowed && is_of_time(word))) continue;
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
