// polarity: an exclusion worded as a requirement, a double negative, a criterion in the other list of the
// protocol.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "grammar/walk.hpp"
#include "grammar/words.hpp"
#include "tools/lint/denial.hpp"
#include "tools/lint/protocol_quotes.hpp"
#include "tools/lint/text_match.hpp"

namespace crit {

namespace {

// The first sentence, without what stands in parentheses.
std::string first_sentence(std::string_view lower) {
  std::string sentence;
  int depth = 0;
  for (size_t i = 0; i < lower.size(); ++i) {
    if (lower[i] == ')') depth = std::max(0, depth - 1);
    if (depth == 0 && lower[i] != ')' && lower[i] != '(') sentence += lower[i];
    if (lower[i] == '(') ++depth;
    const bool ends = lower[i] == '.' && (i + 1 == lower.size() || lower[i + 1] == ' ');
    if (depth == 0 && (ends || lower[i] == ';' || lower[i] == ':')) break;
  }
  return std::string(stripped(sentence));
}

constexpr std::string_view kRequirement[] = {"must not",  "should not", "must be",
                                             "must have", "must agree", "must use"};
constexpr std::string_view kNone[] = {"no history of",   "no prior",       "no previous", "no concurrent",
                                      "no concomitant",  "no known",       "no other",    "no active",
                                      "no uncontrolled", "no significant", "no serious",  "absence of",
                                      "free of",         "free from"};

// The words that make the sentence a requirement; empty: none. "Patients who must ..." is none.
std::string_view requirement(std::string_view sentence) {
  for (std::string_view words : kNone)
    if (starts_with_words(sentence, words)) return words;
  for (std::string_view words : kRequirement) {
    const size_t at = find_words(sentence, words);
    if (at == std::string_view::npos) continue;
    const std::string_view head = sentence.substr(0, at);
    const bool relative =
        std::ranges::any_of(std::initializer_list<std::string_view>{"who", "which", "that", "if", "whom"},
                            [&](auto w) { return find_words(head, w) != std::string_view::npos; });
    if (!relative) return words;
  }
  return {};
}

constexpr std::string_view kNegations[] = {"not", "no", "without", "never", "cannot", "absence", "lack"};
constexpr std::string_view kJoins[] = {"and",   "or",   "nor", "but",    "who",
                                       "which", "that", "if",  "unless", "than"};

// Two negations in one clause: "not without", "no absence of". The second one; empty: none.
std::string_view double_negation(std::string_view lower) {
  bool negated = false;
  for (size_t at = 0; at < lower.size();) {
    const std::string_view word = next_word(lower.substr(at));
    if (word.empty()) {
      if (std::string_view(",;:.()/-").find(lower[at]) != std::string_view::npos) negated = false;
      ++at;
      continue;
    }
    const auto is_in = [&](const auto& list) { return std::ranges::find(list, word) != std::end(list); };
    if (is_in(kJoins)) negated = false;
    const std::string_view after = next_word(stripped(lower.substr(at + word.size())));
    const bool of_bound =
        after == "more" || after == "less" || after == "later" || after == "longer" || after == "only";
    if (is_in(kNegations) && !of_bound) {
      if (negated) return word;
      negated = true;
    }
    at += word.size();
  }
  return {};
}

const Expr& without_parentheses(const Expr& e) {
  const auto* paren = std::get_if<Paren>(&e.node);
  return paren && paren->inner ? without_parentheses(*paren->inner) : e;
}

bool is_negative(const Expr& e) {
  const Expr& inner = without_parentheses(e);
  if (const auto* records = std::get_if<Records>(&inner.node)) return records->count == Records::Count::no;
  if (const auto* list = std::get_if<ListOf>(&inner.node)) return list->quantifier == Quantifier::none;
  return std::holds_alternative<Not>(inner.node);
}

bool has_negation(const Expr& condition) {
  bool found = false;
  for_each_expr(condition, [&](const Expr& e) {
    const auto* comparison = std::get_if<Comparison>(&e.node);
    const auto* membership = std::get_if<Membership>(&e.node);
    found = found || is_negative(e) || (membership && membership->negated) ||
            std::holds_alternative<If>(e.node) ||
            (comparison && std::ranges::find(comparison->ops, CompareOp::not_equal) != comparison->ops.end());
  });
  return found;
}

void report_double_negatives(const Expr& condition, Findings& findings) {
  for_each_expr(condition, [&](const Expr& e) {
    const auto report = [&](const ExprPtr& operand) {
      if (operand && is_negative(*operand))
        findings.push_back(finding(operand->span, "a double negative",
                                   "say what is meant without `not` and `no` in one another"));
    };
    if (const auto* negation = std::get_if<Not>(&e.node)) report(negation->operand);
    if (const auto* list = std::get_if<ListOf>(&e.node); list && list->quantifier == Quantifier::none)
      for (const ExprPtr& item : list->items) report(item);
  });
}

// What is asked for: the parts of lists and chains that are met by having something.
void collect_asked(const Expr& e, std::vector<const Expr*>& asked) {
  const auto* windowed = std::get_if<Windowed>(&e.node);
  const auto* paren = std::get_if<Paren>(&e.node);
  const auto* list = std::get_if<ListOf>(&e.node);
  const bool of_list = list && (list->quantifier == Quantifier::all || list->quantifier == Quantifier::any ||
                                list->quantifier == Quantifier::at_least);
  if (windowed || paren || of_list || std::holds_alternative<Logic>(e.node))
    return for_each_child(e, [&](const Expr& child) { collect_asked(child, asked); });
  asked.push_back(&e);
}

// A fact whose name does not deny something itself: `no_prior_therapy`, `treatment_naive`.
bool is_plain(const Fact& fact) {
  constexpr std::string_view kDenies[] = {"no",    "not",   "non",   "without", "free",
                                          "naive", "never", "avoid", "absence", "un"};
  const bool kept = fact.kind == FactKind::condition || fact.kind == FactKind::drug ||
                    fact.kind == FactKind::event || fact.kind == FactKind::flag ||
                    fact.kind == FactKind::judgement;
  std::string words = fact.name;
  std::ranges::replace(words, '_', ' ');
  return kept && std::ranges::none_of(kDenies, [&](std::string_view word) {
           return find_words(words, word) != std::string::npos;
         });
}

void report_denied(const LintInput& input, const Criterion& criterion, const Expr& asked,
                   std::string_view denial, bool alone, Findings& findings) {
  const std::string& name = std::get<Records>(asked.node).name.text;
  const Fact* fact = fact_of(input, name);
  // What is judged is mostly what is wanted: the exclusion is of whom it is not said.
  const bool is_judged = fact && fact->kind == FactKind::judgement;
  const bool is_answer = is_judged || (fact && fact->kind == FactKind::flag);
  const std::string denied =
      fmt::format("`{} {}`{}", is_answer ? "not" : "no", text_of(input.source, asked.span),
                  alone || is_judged ? "" : ", or `none of (...)` where the words deny all of them");
  std::string help = fmt::format("write {}, or say in a `query polarity` how it is meant", denied);
  if (!criterion.include && !is_judged)
    help = fmt::format(
        "check who is turned away: what patients must be stands under `include`, as\n{};\nor say in a `query "
        "polarity` how it is meant",
        denied);
  findings.push_back(finding(asked.span,
                             fmt::format("`{}` denies `{}`, and `{}` {}", denial, name, criterion.id.text,
                                         criterion.include ? "asks for it" : "turns away who has it"),
                             std::move(help)));
}

// "No prior chemotherapy" over `chemotherapy ever`; "without brain metastases" over an exclusion of those who
// have them.
bool report_forgotten_no(const LintInput& input, const Criterion& criterion, Findings& findings) {
  if (has_negation(*criterion.condition)) return false;
  const auto words = criterion_words(input, criterion);
  if (!words) return false;
  std::vector<const Expr*> asked;
  collect_asked(*criterion.condition, asked);
  const auto mentions = mentions_of(*words, asked);
  for (size_t i = 0; i < asked.size(); ++i) {
    const auto* records = std::get_if<Records>(&asked[i]->node);
    const Fact* fact =
        records && records->count == Records::Count::some ? fact_of(input, records->name.text) : nullptr;
    if (!fact || !is_plain(*fact)) continue;
    const std::string_view denial = denial_of(words->match.text.plain, mentions[i]);
    if (denial.empty()) continue;
    report_denied(input, criterion, *asked[i], denial, asked.size() == 1, findings);
    return true;
  }
  return false;
}

// True where the words have been reported.
bool report_exclusion(const LintInput& input, const Criterion& criterion, const std::string& lower,
                      Findings& findings) {
  std::string_view words = requirement(first_sentence(lower));
  // "Age at least 18 years is required" beside `age < 18 years`; "a pacemaker is required" excludes.
  if (const auto m = match_text(input, criterion); words.empty() && m && !m->required.empty())
    words = "required";
  if (!words.empty()) {
    findings.push_back(
        finding(criterion.text->span,
                fmt::format("`{}` words a requirement, and `{}` excludes", words, criterion.id.text),
                "check that the rule names who is turned away, and say so in a `query polarity`"));
    return true;
  }
  if (const std::string_view word = double_negation(lower); !word.empty()) {
    findings.push_back(finding(criterion.text->span,
                               fmt::format("`{}` is the second negation in one clause", word),
                               "check who is turned away, and say so in a `query polarity`"));
    return true;
  }
  return report_forgotten_no(input, criterion, findings);
}

bool report_inclusion(const LintInput& input, const Criterion& criterion, const std::string& lower,
                      Findings& findings) {
  for (std::string_view words :
       {"are excluded", "will be excluded", "is excluded", "be excluded", "not eligible", "ineligible"}) {
    if (find_words(lower, words) == std::string::npos || has_negation(*criterion.condition)) continue;
    findings.push_back(
        finding(criterion.text->span,
                fmt::format("`{}` words an exclusion, and `{}` includes", words, criterion.id.text),
                "the rule of an inclusion is met by those who may take part"));
    return true;
  }
  return report_forgotten_no(input, criterion, findings);
}

// The letters of `I3`.
std::string_view letters(const Criterion& criterion) {
  return next_word(criterion.id.text);
}

// A number whose letters all other criteria of the other kind have: `exclude I3` among `include I1`, `include
// I2`.
void report_odd_numbers(const LintInput& input, Findings& findings) {
  std::map<std::string_view, std::pair<int, int>> counts;  // include, exclude
  for_each_criterion(input, [&](const Criterion& c) {
    ++(c.include ? counts[letters(c)].first : counts[letters(c)].second);
  });
  for_each_criterion(input, [&](const Criterion& c) {
    const auto [includes, excludes] = counts[letters(c)];
    const int own = c.include ? includes : excludes, others = c.include ? excludes : includes;
    if (letters(c).empty() || own != 1 || others < 2) return;
    findings.push_back(
        finding(c.id.span,
                fmt::format("`{}` stands under `{}`, and every other `{}` under `{}`", c.id.text,
                            c.include ? "include" : "exclude", letters(c), c.include ? "exclude" : "include"),
                "one of the two is wrong"));
  });
}

void report_other_list(const LintInput& input, Findings& findings) {
  const auto q = protocol_quotes(input);
  if (!q) return;
  for (const Quote& quote : q->quotes) {
    const Criterion& c = *quote.criterion;
    const auto own = c.include ? ProtocolItem::List::inclusion : ProtocolItem::List::exclusion;
    if (!quote.held || quote.list == ProtocolItem::List::unsaid || quote.list == own) continue;
    findings.push_back(finding(c.id.span, fmt::format("the protocol has `{}` among its {} criteria",
                                                      c.id.text, c.include ? "exclusion" : "inclusion")));
  }
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (!criterion.condition) return;
    const std::string lower = criterion.text ? plain_text(criterion.text->text).lower : std::string();
    const bool reported = criterion.include ? report_inclusion(input, criterion, lower, findings)
                                            : report_exclusion(input, criterion, lower, findings);
    if (!reported) report_double_negatives(*criterion.condition, findings);
  });
  const size_t before = findings.size();
  report_other_list(input, findings);
  if (findings.size() == before) report_odd_numbers(input, findings);
}

}  // namespace

extern const LintRule kPolarity{
    "polarity",
    LintGroup::text,
    Severity::warning,
    "an exclusion worded as a requirement (`must not`, `no history of`), an inclusion that asks for what its "
    "words deny, a double negative, a criterion in the wrong list",
    "Whoever is in a hurry reads `must not be pregnant` under the exclusions and excludes everybody else, or "
    "writes `chemotherapy ever` under \"no prior chemotherapy\" and takes in only whom it was to keep out. "
    "With "
    "`--protocol FILE` the list in which the protocol has the words is compared too.",
    R"(trial T1 "example"

exclude E1 "Women must not be pregnant"
  pregnant
)",
    R"(trial T1 "example"

exclude E1 "Pregnant women"
  pregnant
)",
    run};

}  // namespace crit
