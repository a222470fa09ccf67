// measure-not-in-text: the rule asks for one measure, and the protocol's words name another.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "grammar/words.hpp"
#include "interpreter/fact.hpp"
#include "tools/lint/measure_uses.hpp"
#include "tools/lint/mentions.hpp"
#include "tools/lint/named_facts.hpp"
#include "tools/lint/same_amount.hpp"
#include "tools/lint/wrong_measures.hpp"

namespace crit {

namespace {

constexpr size_t kNear = 90;    // bytes between a measure's name and its limit
constexpr size_t kBehind = 12;  // and between a limit and its measure: "100 x 10^9/L platelets"
constexpr size_t kBeside = 60;  // between measures that share a limit: "ALT or AST"

bool share_a_word(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::ranges::any_of(a, [&](const std::string& word) { return b.contains(word); });
}

// `eGFR` and `eGFR_CKD_EPI`, `FVC` and `FEV1_FVC_pre`: the words name the one, and the rule says which.
bool is_kind_of(const Fact& fact, const Fact& named) {
  return fact.name.starts_with(named.name) ||
         ("_" + fact.name + "_").find("_" + named.name + "_") != std::string::npos;
}

struct Look {
  const CriterionWords& words;
  const std::vector<FactMention> named;
  const std::vector<MeasureUse> uses;
  const std::vector<const Fact*> all_uses;   // each time
  const std::vector<const Fact*> own_facts;  // of the trial, in this criterion
  Findings& findings;
  std::vector<const Fact*> told = {};

  const PlainText& plain() const { return words.match.text.plain; }

  void report(const Fact& fact, Span span, const Fact& other) {
    if (std::ranges::find(told, &fact) != told.end() || std::ranges::find(told, &other) != told.end()) return;
    told.push_back(&fact);
    told.push_back(&other);
    findings.push_back(finding(
        span, fmt::format("the rule asks for `{}`, and the protocol's words for `{}`", fact.name, other.name),
        "one of the two is the wrong measure"));
  }

  // By a measure or by a fact of the trial that has its name: `LDL_within_limit`.
  bool is_used(const Fact& fact) const {
    const std::set<std::string> names = telling_words(fact.name);
    const bool by_own = std::ranges::any_of(
        own_facts, [&](const Fact* own) { return share_a_word(telling_words(own->name), names); });
    return by_own || std::ranges::any_of(uses, [&](const MeasureUse& use) {
             return use.fact == &fact || is_kind_of(*use.fact, fact) || is_kind_of(fact, *use.fact);
           });
  }
  bool is_named(const Fact& fact) const {
    return std::ranges::find(named, &fact, &FactMention::fact) != named.end();
  }

  static bool are_alike(const Fact& a, const Fact& b) {
    return a.kind == b.kind && a.unit_text == b.unit_text && a.values == b.values;
  }

  // Used more often than the text names it.
  bool is_used_for_another(const Fact& fact) const {
    const auto used = std::ranges::count(all_uses, &fact);
    return used > 1 && used > std::ranges::count(named, &fact, &FactMention::fact);
  }

  // A measure of which the text has no word, or not the name, beside one that it names and the rule lacks.
  void at_use(const MeasureUse& use) {
    const Fact& fact = *use.fact;
    if (!fact.standard || fact.name == "age" || (is_named(fact) && !is_used_for_another(fact))) return;
    const std::set<std::string> own = words_of(fact);
    const bool unknown =
        std::ranges::none_of(words.words, [&](const TextWord& w) { return own.contains(w.word); });
    for (const FactMention& mention : named) {
      const Fact& other = *mention.fact;
      const bool is_nearer =
          !is_named(fact) && &other != &fact && is_kind_of(other, fact) && are_alike(fact, other);
      if (other.name == "age" || (!is_nearer && is_used(other))) continue;
      const bool differs =
          unknown ? other.kind == fact.kind && !share_a_word(words_of(other), own) : are_alike(fact, other);
      if (differs || is_nearer) return report(fact, use.name->span, other);
    }
  }

  bool has_word(std::string_view a, std::string_view b) const {
    return std::ranges::any_of(words.words, [&](const TextWord& w) { return w.word == a || w.word == b; });
  }

  // `FEV1_pre` where the text has "post-bronchodilator" only.
  void at_bronchodilator(const MeasureUse& use) {
    const bool before = has_word("pre", "before"), after = has_word("post", "after");
    const bool is_pre = use.fact->name.ends_with("_pre"), is_post = use.fact->name.ends_with("_post");
    if (!(is_pre && after && !before) && !(is_post && before && !after)) return;
    findings.push_back(finding(use.name->span,
                               fmt::format("the rule asks for `{}`, and the protocol's words for a result {}",
                                           use.fact->name, is_pre ? "after" : "before"),
                               "one of the two is the wrong measure"));
  }

  // `DBP > SBP_95th_percentile`: a measure beside a limit that is named after another one.
  void at_comparison(const Expr& e) {
    const auto* comparison = std::get_if<Comparison>(&e.node);
    if (!comparison || comparison->operands.size() != 2) return;
    const auto* left = std::get_if<Records>(&comparison->operands[0]->node);
    const Fact* fact = left ? fact_of(words.input, left->name.text) : nullptr;
    if (!fact || !fact->standard || fact->kind != FactKind::measure) return;
    for_each_expr(*comparison->operands[1], [&](const Expr& part) {
      const auto* right = std::get_if<Records>(&part.node);
      const Fact* limit = right ? fact_of(words.input, right->name.text) : nullptr;
      if (!limit || limit->standard) return;
      const Fact* other = fact_of(words.input, limit->name.substr(0, limit->name.find('_')));
      if (other && other->standard && other != fact && are_alike(*other, *fact))
        report(*fact, e.span, *other);
    });
  }

  // The measures named right before a number, "ALT or AST <= 2.5" has two, and where the first begins.
  struct Named {
    std::vector<const Fact*> facts = {};
    size_t begin = 0, end = 0;
  };
  Named named_before(const TextNumber& n) const {
    Named before;
    before.begin = before.end = place_in(plain(), n.begin);
    for (size_t i = named.size(); i-- > 0;) {
      const FactMention& m = named[i];
      if (m.end > before.begin || m.fact->kind != FactKind::measure) continue;
      const std::string_view gap = std::string_view(plain().text).substr(m.end, before.begin - m.end);
      const bool ends = gap.find(". ") != std::string_view::npos || gap.find(';') != std::string_view::npos;
      if (ends || gap.size() > (before.facts.empty() ? kNear : kBeside)) break;
      if (!before.facts.empty() && std::ranges::any_of(gap, is_digit)) break;
      before.facts.push_back(m.fact);
      before.begin = m.begin;
    }
    return before;
  }

  // The end of the number before, or where the words that may speak of a limit begin.
  size_t begin_of_words(const Named& before) const {
    size_t begin = before.begin - std::min(before.begin, kNear);
    for (const TextNumber& t : words.match.text.numbers) {
      const size_t end = place_in(plain(), t.end);
      if (end <= before.begin) begin = std::max(begin, end);
    }
    return begin;
  }

  // The fact is one of them, or the words there speak of it.
  bool is_of(const Named& before, const Fact& fact) const {
    if (std::ranges::any_of(before.facts, [&](const Fact* m) { return m == &fact || is_kind_of(fact, *m); }))
      return true;
    const std::set<std::string> own = words_of(fact);
    const size_t begin = begin_of_words(before);
    return std::ranges::any_of(words.words, [&](const TextWord& w) {
      return w.begin >= begin && w.end <= before.end && has_stem(own, w.word);
    });
  }

  static bool is_comparable(const RuleNumber& n) {
    return n.fact && n.direct && n.fact->standard && n.fact->kind == FactKind::measure && !n.in_with;
  }

  // "Hemoglobin ... in patients under 12 years": years are no unit of the measure that is named before them.
  static bool may_limit(const TextNumber& t, const Fact& fact) {
    if (!t.unit.unit || t.unit.kind == TextUnit::Kind::none || t.unit.words == "%") return true;
    return fact_conversion(fact, *t.unit.unit, fact.unit).has_value();
  }

  // Measures before a number that may be theirs.
  bool tells(const Named& before, const TextNumber& t) const {
    return !before.facts.empty() &&
           std::ranges::all_of(before.facts, [&](const Fact* fact) { return may_limit(t, *fact); });
  }

  // A limit of the text whose measure the rule does not hold to it.
  void at_number(const TextNumber& t) {
    const Named before = named_before(t);
    if (!t.wanted || !tells(before, t)) return;
    const RuleNumber* other = nullptr;
    for (const RuleNumber& n : words.match.rule.numbers) {
      if (!same_amount(n, t)) continue;
      if (!is_comparable(n) || is_of(before, *n.fact)) return;
      if (n.fact->name == "age") return;  // for whom another limit is: `in those under 65`
      if (!other && !is_named_after(t, *n.fact)) other = &n;
    }
    if (other) report(*other->fact, other->span, *before.facts[0]);
  }

  // A limit of the rule that stands in the text beside other measures only.
  void at_limit(const RuleNumber& n) {
    if (!is_comparable(n) || n.fact->name == "age") return;
    const Fact* other = nullptr;
    for (const TextNumber& t : words.match.text.numbers) {
      if (!same_amount(n, t)) continue;
      const Named before = named_before(t);
      if (!tells(before, t) || is_of(before, *n.fact) || is_named_after(t, *n.fact)) return;
      other = before.facts[0];
    }
    if (other) report(*n.fact, n.span, *other);
  }

  // "100 x 10^9/L platelets"
  bool is_named_after(const TextNumber& t, const Fact& fact) const {
    const size_t end = place_in(plain(), t.end);
    return std::ranges::any_of(named, [&](const FactMention& m) {
      return m.fact == &fact && m.begin >= end && m.begin - end <= kBehind;
    });
  }
};

std::vector<const Fact*> facts_in(const LintInput& input, const Criterion& criterion) {
  std::vector<const Fact*> facts;
  for_each_expr(*criterion.condition, [&](const Expr& e) {
    const auto* name = std::get_if<Records>(&e.node);
    const Fact* fact = name ? fact_of(input, name->name.text) : nullptr;
    if (fact) facts.push_back(fact);
  });
  return facts;
}

// Measures, and tests with an answer.
std::vector<MeasureUse> uses_of(const LintInput& input, const Criterion& criterion) {
  std::vector<MeasureUse> uses = measure_uses(input, criterion);
  for_each_expr(*criterion.condition, [&](const Expr& e) {
    const auto* name = std::get_if<Records>(&e.node);
    const Fact* fact = name ? fact_of(input, name->name.text) : nullptr;
    if (fact && fact->kind == FactKind::choice) uses.push_back({&name->name, fact, false, false});
  });
  return uses;
}

}  // namespace

void find_wrong_measures(const LintInput& input, const Criterion& criterion, Findings& findings) {
  const auto words = criterion_words(input, criterion);
  if (!words) return;
  const std::vector<const Fact*> all = facts_in(input, criterion);
  std::vector<const Fact*> own = all;
  std::erase_if(own, [](const Fact* fact) { return fact->standard; });
  Look look{
      *words,  named_facts(input, words->match.text.plain, words->words), uses_of(input, criterion), all, own,
      findings};
  for (const MeasureUse& use : look.uses) look.at_use(use);
  for (const MeasureUse& use : look.uses) look.at_bronchodilator(use);
  for (const TextNumber& t : words->match.text.numbers) look.at_number(t);
  for (const RuleNumber& n : words->match.rule.numbers) look.at_limit(n);
  for_each_expr(*criterion.condition, [&](const Expr& e) { look.at_comparison(e); });
}

namespace {

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input,
                     [&](const Criterion& criterion) { find_wrong_measures(input, criterion, findings); });
}

}  // namespace

extern const LintRule kMeasureNotInText{
    "measure-not-in-text",
    LintGroup::text,
    Severity::warning,
    "a measure of the rule that the protocol's words do not name, where they name another that the rule "
    "lacks",
    "The neighbour in a list of laboratory tests is picked easily, and its limit looks just as right.",
    R"(trial T1 "example"

include I1 "AST at most 2.5 x ULN"
  ALT <= 2.5*ULN
)",
    R"(trial T1 "example"

include I1 "AST at most 2.5 x ULN"
  AST <= 2.5*ULN
)",
    run};

}  // namespace crit
