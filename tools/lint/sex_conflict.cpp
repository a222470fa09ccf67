// sex-conflict: a fact of one sex required of the other.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"
#include "tools/lint/plain_text.hpp"
#include "tools/lint/sexes.hpp"

namespace crit {

namespace {

struct Chapter {
  std::string_view from, to;  // three characters
  Sex sex;
};
// Chapters of ICD-10-CM that hold for one sex: diseases of its organs, pregnancy and childbirth.
constexpr Chapter kChapters[] = {{"C51", "C58", Sex::female},
                                 {"C60", "C63", Sex::male},
                                 {"N40", "N53", Sex::male},
                                 {"N70", "N98", Sex::female},
                                 {"O00", "O9A", Sex::female}};

// The chapter that holds a code or a range of codes, if it is of one sex.
Sex sex_of_code(const CodeRange& code) {
  const std::string_view first = std::string_view(code.first).substr(0, 3);
  const std::string_view last = std::string_view(code.last).substr(0, 3);
  for (const Chapter& chapter : kChapters)
    if (first >= chapter.from && last <= chapter.to) return chapter.sex;
  return Sex::unsaid;
}

Sex sex_of_codes(const LintInput& input, const Fact& fact) {
  Sex sex = Sex::unsaid;
  bool mixed = false;
  for (const CodeRange& code : icd10_of(input, fact)) {
    const Sex own = sex_of_code(code);
    mixed = mixed || own == Sex::unsaid || own == other(sex);
    sex = own;
  }
  return mixed ? Sex::unsaid : sex;
}

// The sex that a fact is of: by its `when`, or by the chapter of its codes.
Sex sex_of(const LintInput& input, const Expr& e) {
  const auto* records = std::get_if<Records>(&e.node);
  if (!records || records->count == Records::Count::no || records->count == Records::Count::at_most)
    return Sex::unsaid;
  const Fact* fact = fact_of(input, records->name.text);
  if (!fact) return Sex::unsaid;
  if (fact->when) return sex_asked(input, *fact->when);
  return fact->kind == FactKind::condition ? sex_of_codes(input, *fact) : Sex::unsaid;
}

// What an `and` asks for: a sex, and facts of one, each with the place that the criterion names it in.
struct Asked {
  struct OfSex {
    const Expr* fact;
    Span place;
  };
  Sex sex = Sex::unsaid;
  std::vector<OfSex> facts = {};
};

// Goes through the parts of an `and`, into the definitions that it names too.
struct Collector {
  const LintInput& input;
  Asked asked = {};
  std::optional<Span> named = {};  // the outermost definition's name
  int depth = 0;

  void collect(const Expr& e) {
    if (const auto* paren = std::get_if<Paren>(&e.node); paren && paren->inner) return collect(*paren->inner);
    if (const auto* windowed = std::get_if<Windowed>(&e.node); windowed && windowed->inner)
      return collect(*windowed->inner);
    const auto* logic = std::get_if<Logic>(&e.node);
    const auto* list = std::get_if<ListOf>(&e.node);
    const bool all =
        (logic && logic->op == LogicOp::logic_and) || (list && list->quantifier == Quantifier::all);
    if (all) return for_each_child(e, [&](const Expr& child) { collect(child); });
    if (const Sex sex = sex_asked(input, e); sex != Sex::unsaid && asked.sex == Sex::unsaid) asked.sex = sex;
    const auto* records = std::get_if<Records>(&e.node);
    if (!records) return;
    if (sex_of(input, e) != Sex::unsaid) asked.facts.push_back({&e, named.value_or(records->name.span)});
    if (const Define* define = definition_of(input, records->name.text)) into(records->name, *define);
  }

  void into(const Name& name, const Define& define) {
    if (!define.value || depth >= kMostDefinitions) return;
    const auto outer = named;
    if (!named) named = name.span;
    ++depth;
    collect(*define.value);
    --depth;
    named = outer;
  }
};

Asked asked_in(const LintInput& input, const Expr& e) {
  Collector collector{input};
  collector.collect(e);
  return collector.asked;
}

const Name& name_of(const Asked::OfSex& asked) {
  return std::get<Records>(asked.fact->node).name;
}

void report(const LintInput& input, const Asked& asked, Sex sex, Findings& findings) {
  for (const Asked::OfSex& fact : asked.facts) {
    if (sex == Sex::unsaid || sex_of(input, *fact.fact) == sex) continue;
    if (std::ranges::find(findings, fact.place, &Diagnostic::span) != findings.end()) continue;
    const Name& name = name_of(fact);
    findings.push_back(finding(fact.place, fmt::format("`{}` is asked of {}", name.text, name_of(sex)),
                               "no patient can have both: is one of them meant for the other sex?"));
    if (fact.place != name.span) findings.back().notes.push_back({name.span, "it is asked here"});
  }
}

// The sex that the inclusions and exclusions leave, those of single arms and groups left out.
Sex sex_of_trial(const LintInput& input) {
  Sex sex = Sex::unsaid;
  for_each_criterion(input, [&](const Criterion& criterion) {
    const auto is_arms = [](const CriterionField& field) {
      return std::holds_alternative<ArmsField>(field.node);
    };
    if (!criterion.condition || when_of(criterion) || std::ranges::any_of(criterion.fields, is_arms)) return;
    const Sex own = criterion.include ? asked_in(input, *criterion.condition).sex
                                      : other(sex_asked(input, *criterion.condition));
    if (own != Sex::unsaid) sex = own;
  });
  return sex;
}

void look_inside(const LintInput& input, const Expr& e, Findings& findings) {
  const Asked asked = asked_in(input, e);
  report(input, asked, asked.sex, findings);
  if (const auto* choice = std::get_if<If>(&e.node); choice && choice->condition && choice->then_branch)
    report(input, asked_in(input, *choice->then_branch), sex_asked(input, *choice->condition), findings);
  for_each_child(e, [&](const Expr& child) { look_inside(input, child, findings); });
}

// "Women of childbearing potential must use contraception": a sentence that demands something of a sex.
bool demands_of_a_sex(const Criterion& criterion) {
  if (!criterion.text) return false;
  const std::string lower = plain_text(criterion.text->text).lower;
  const auto stands = [&](std::initializer_list<std::string_view> list, size_t from) {
    size_t first = std::string::npos;
    for (std::string_view word : list) first = std::min(first, find_words(lower, word, from));
    return first;
  };
  const size_t sex = stands({"women", "females", "female", "woman", "men", "males", "male", "wocbp"}, 0);
  if (sex == std::string::npos) return false;
  const size_t demand = stands({"must", "should", "are required", "agree", "have to", "need to"}, sex);
  return demand != std::string::npos &&
         lower.substr(sex, demand - sex).find_first_of(".;") == std::string::npos;
}

// A fact of one sex, of which the words only say whom they demand something of, asked of everybody.
void report_of_everybody(const LintInput& input, const Criterion& criterion, Findings& findings) {
  const Asked asked = asked_in(input, *criterion.condition);
  if (asked.sex != Sex::unsaid || !demands_of_a_sex(criterion)) return;
  for (const Asked::OfSex& fact : asked.facts) {
    const Name& name = name_of(fact);
    findings.push_back(
        finding(fact.place,
                fmt::format("`{}` is asked of everybody, and no {} can have it", name.text,
                            sex_of(input, *fact.fact) == Sex::female ? "man" : "woman"),
                fmt::format("write the demand alone and `when {0}` on a line above it, or `(not {0}) or ...`",
                            name.text)));
  }
}

// A test that men do not have: whoever was not tested stays undetermined.
void report_test_of_men(const Criterion& criterion, Sex of_trial, Findings& findings) {
  constexpr std::string_view kTest = "pregnancy_test";
  const Name* asked = nullptr;
  bool alone = true;  // nothing else that may leave men out
  for_each_expr(*criterion.condition, [&](const Expr& e) {
    const auto* records = std::get_if<Records>(&e.node);
    if (!records) return;
    const bool is_test = records->name.text == kTest,
               is_value = records->name.text == "positive" || records->name.text == "negative";
    if (is_test && !asked) asked = &records->name;
    alone = alone && (is_test || is_value);
  });
  if (!asked || !alone) return;
  if (of_trial == Sex::male)
    return findings.push_back(finding(
        asked->span, "the trial takes men only, and a man has no pregnancy test: all stay undetermined",
        "take it out, or take women into the trial"));
  findings.push_back(
      finding(asked->span, "a man has no pregnancy test, and stays undetermined for want of one",
              "write `when sex = female`, or `when childbearing_potential`, on a line above it"));
}

void run(const LintInput& input, Findings& findings) {
  const Sex sex = sex_of_trial(input);
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (!criterion.condition) return;
    look_inside(input, *criterion.condition, findings);
    if (!when_of(criterion) && sex != Sex::female) report_test_of_men(criterion, sex, findings);
    if (criterion.include && !when_of(criterion))
      report(input, asked_in(input, *criterion.condition), sex, findings);
    if (criterion.include && !when_of(criterion) && sex == Sex::unsaid)
      report_of_everybody(input, criterion, findings);
  });
}

}  // namespace

extern const LintRule kSexConflict{
    "sex-conflict",
    LintGroup::plausibility,
    Severity::warning,
    "a fact of one sex required of the other, or of everybody where the words demand something of its own",
    "`when sex = female` makes a flag false for men, so that a rule which asks it of men is met by nobody. "
    "The codes of a disease (of the ovary, of the prostate) say the same.",
    R"(trial T1 "example"

include I1 "Postmenopausal women"
  sex = male and postmenopausal
)",
    R"(trial T1 "example"

include I1 "Postmenopausal women"
  sex = female and postmenopausal
)",
    run};

}  // namespace crit
