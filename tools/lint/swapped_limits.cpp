// swapped-limits: two limits of a rule that the protocol's words have the other way round.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grammar/walk.hpp"
#include "tools/lint/same_amount.hpp"
#include "tools/lint/sexes.hpp"
#include "tools/lint/text_match.hpp"

namespace crit {

namespace {

// Two of the rule, and whom or what each is for.
struct Limits {
  const RuleNumber* one = nullptr;
  const RuleNumber* other = nullptr;
  std::string_view of_one, of_other;
};

void report(const LintInput& input, const Limits& limits, Findings& findings) {
  findings.push_back(finding(
      limits.one->span,
      fmt::format("the rule has `{}` for {} and `{}` for {}, and the protocol's words have them the "
                  "other way round",
                  shown(input, *limits.one), limits.of_one, shown(input, *limits.other), limits.of_other),
      "swap the two if the words are right"));
}

// The only number of the rule that is one of those; null: there are several, or none.
template <typename Is>
const RuleNumber* only_number(const TextMatch& m, Is is) {
  const auto& numbers = m.rule.numbers;
  const auto found = std::ranges::find_if(numbers, is);
  const bool is_only = found != numbers.end() && std::find_if(found + 1, numbers.end(), is) == numbers.end();
  return is_only && !found->in_definition ? &*found : nullptr;
}

// --- 140/90 ---

// "140/90 mmHg": the second of them stands right behind a stroke.
bool is_pressure(const PlainText& plain, const TextNumber& high, const TextNumber& low) {
  const std::string_view text = plain.lower;
  const size_t begin = place_in(plain, high.begin), end = place_in(plain, low.begin);
  if (begin >= end || high.value <= low.value) return false;
  std::string_view between = text.substr(begin, end - begin);
  between.remove_prefix(std::min(between.find_first_not_of("0123456789."), between.size()));
  return stripped(between) == "/";
}

void find_pressures(const LintInput& input, const TextMatch& m, Findings& findings) {
  const auto is_of = [](std::string_view name) {
    return [name](const RuleNumber& n) { return n.fact && n.fact->standard && n.fact->name == name; };
  };
  const Limits limits{only_number(m, is_of("SBP")), only_number(m, is_of("DBP")), "`SBP`", "`DBP`"};
  if (!limits.one || !limits.other) return;
  const auto& texts = m.text.numbers;
  for (size_t i = 0; i + 1 < texts.size(); ++i) {
    if (!is_pressure(m.text.plain, texts[i], texts[i + 1])) continue;
    if (limits.one->value == texts[i + 1].value && limits.other->value == texts[i].value)
      return report(input, limits, findings);
  }
}

// --- women and men ---

struct OfSex {
  Span span;
  Sex sex;
};

// The numbers that a rule asks of one sex: behind `sex = female and`, and in the branches of an `if`.
void collect(const LintInput& input, const Expr& e, Sex sex, std::vector<OfSex>& found) {
  if (std::holds_alternative<Quantity>(e.node)) {
    if (sex != Sex::unsaid) found.push_back({e.span, sex});
    return;
  }
  if (const auto* choice = std::get_if<If>(&e.node); choice && choice->condition) {
    const Sex own = sex_asked(input, *choice->condition);
    if (choice->then_branch) collect(input, *choice->then_branch, own == Sex::unsaid ? sex : own, found);
    if (choice->else_branch)
      collect(input, *choice->else_branch, own == Sex::unsaid ? sex : other(own), found);
    return;
  }
  const auto* logic = std::get_if<Logic>(&e.node);
  const auto* list = std::get_if<ListOf>(&e.node);
  if ((logic && logic->op == LogicOp::logic_and) || (list && list->quantifier == Quantifier::all))
    for_each_child(e, [&](const Expr& part) {
      if (const Sex own = sex_asked(input, part); own != Sex::unsaid) sex = own;
    });
  for_each_child(e, [&](const Expr& child) { collect(input, child, sex, found); });
}

// The one place where the words speak of a sex; npos: they do not, or more than once.
size_t only_mention(std::string_view lower, std::initializer_list<std::string_view> words) {
  size_t only = lower.npos;
  for (std::string_view word : words)
    for (size_t at = find_words(lower, word); at != lower.npos; at = find_words(lower, word, at + 1)) {
      if (only != lower.npos) return lower.npos;
      only = at;
    }
  return only;
}

// The one number of the words that is that of the rule; npos: none is, or several.
size_t only_place(const TextMatch& m, const RuleNumber& n) {
  size_t only = std::string::npos;
  for (const TextNumber& t : m.text.numbers) {
    if (!same_amount(n, t)) continue;
    if (only != std::string::npos) return std::string::npos;
    only = place_in(m.text.plain, t.begin);
  }
  return only;
}

// "12 in women, 13 in men", "women: 12, men: 13": numbers and sexes take turns.
bool take_turns(size_t number, size_t sex, size_t other_number, size_t other_sex) {
  return std::max(number, sex) < std::min(other_number, other_sex) &&
         (number < sex) == (other_number < other_sex);
}

void find_sexes(const LintInput& input, const Criterion& criterion, const TextMatch& m, Findings& findings) {
  std::vector<OfSex> found;
  collect(input, *criterion.condition, Sex::unsaid, found);
  const auto is_of = [&](Sex sex) {
    return [&found, sex](const RuleNumber& n) {
      return std::ranges::any_of(found, [&](const OfSex& of) {
        return of.sex == sex && n.span.begin <= of.span.begin && of.span.end <= n.span.end;
      });
    };
  };
  const Limits limits{only_number(m, is_of(Sex::female)), only_number(m, is_of(Sex::male)),
                      name_of(Sex::female), name_of(Sex::male)};
  if (!limits.one || !limits.other || limits.one->fact != limits.other->fact) return;
  const std::string_view lower = m.text.plain.lower;
  const size_t women = only_mention(lower, {"women", "woman", "females", "female"}),
               men = only_mention(lower, {"men", "man", "males", "male"});
  const size_t of_women = only_place(m, *limits.one), of_men = only_place(m, *limits.other);
  const auto is_there = [&](size_t place) { return place != lower.npos; };
  if (!std::ranges::all_of(std::array{women, men, of_women, of_men}, is_there)) return;
  if (take_turns(of_women, men, of_men, women) || take_turns(of_men, women, of_women, men))
    report(input, limits, findings);
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    const auto m = match_text(input, criterion);
    if (!m) return;
    find_pressures(input, *m, findings);
    find_sexes(input, criterion, *m, findings);
  });
}

}  // namespace

extern const LintRule kSwappedLimits{
    "swapped-limits",
    LintGroup::text,
    Severity::warning,
    "two limits of a rule that the protocol's words have the other way round: of a blood pressure as "
    "`140/90`, of women and men",
    "Both numbers are in the words, so that nothing is missing, and each limit looks right by itself.",
    R"(trial T1 "example"

exclude E1 "Hemoglobin below 12 g/dL in women, below 13 g/dL in men"
  if sex = female then hemoglobin < 13 g/dL else hemoglobin < 12 g/dL
)",
    R"(trial T1 "example"

exclude E1 "Hemoglobin below 12 g/dL in women, below 13 g/dL in men"
  if sex = female then hemoglobin < 12 g/dL else hemoglobin < 13 g/dL
)",
    run};

}  // namespace crit
