// sex-conflict: a fact of one sex required of the other.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

enum class Sex { unsaid, female, male };

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

Sex sex_named(std::string_view word) {
  return word == "female" ? Sex::female : word == "male" ? Sex::male : Sex::unsaid;
}
Sex other(Sex sex) {
  return sex == Sex::female ? Sex::male : sex == Sex::male ? Sex::female : Sex::unsaid;
}
std::string_view name_of(Sex sex) {
  return sex == Sex::female ? "women" : "men";
}

// `sex = female`, `sex != male`.
Sex sex_asked(const Expr& e) {
  const auto* c = std::get_if<Comparison>(&e.node);
  if (!c || c->operands.size() != 2 || !c->operands[0] || !c->operands[1]) return Sex::unsaid;
  const auto* subject = std::get_if<Records>(&c->operands[0]->node);
  const auto* value = std::get_if<Records>(&c->operands[1]->node);
  if (!subject || !value || subject->name.text != "sex") return Sex::unsaid;
  if (c->ops[0] == CompareOp::equal) return sex_named(value->name.text);
  return c->ops[0] == CompareOp::not_equal ? other(sex_named(value->name.text)) : Sex::unsaid;
}

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
  if (fact->when) return sex_asked(*fact->when);
  return fact->kind == FactKind::condition ? sex_of_codes(input, *fact) : Sex::unsaid;
}

// What an `and` asks for: a sex, and facts of one.
struct Asked {
  Sex sex = Sex::unsaid;
  std::vector<const Expr*> facts = {};
};

void collect(const LintInput& input, const Expr& e, Asked& asked) {
  if (const auto* paren = std::get_if<Paren>(&e.node); paren && paren->inner)
    return collect(input, *paren->inner, asked);
  if (const auto* windowed = std::get_if<Windowed>(&e.node); windowed && windowed->inner)
    return collect(input, *windowed->inner, asked);
  const auto* logic = std::get_if<Logic>(&e.node);
  const auto* list = std::get_if<ListOf>(&e.node);
  const bool all =
      (logic && logic->op == LogicOp::logic_and) || (list && list->quantifier == Quantifier::all);
  if (all) return for_each_child(e, [&](const Expr& child) { collect(input, child, asked); });
  if (const Sex sex = sex_asked(e); sex != Sex::unsaid && asked.sex == Sex::unsaid) asked.sex = sex;
  if (sex_of(input, e) != Sex::unsaid) asked.facts.push_back(&e);
}

Asked asked_in(const LintInput& input, const Expr& e) {
  Asked asked;
  collect(input, e, asked);
  return asked;
}

void report(const LintInput& input, const Asked& asked, Sex sex, Findings& findings) {
  for (const Expr* fact : asked.facts) {
    if (sex == Sex::unsaid || sex_of(input, *fact) == sex) continue;
    const Name& name = std::get<Records>(fact->node).name;
    if (std::ranges::find(findings, name.span, &Diagnostic::span) != findings.end()) continue;
    findings.push_back(finding(name.span, fmt::format("`{}` is asked of {}", name.text, name_of(sex)),
                               "no patient can have both: is one of them meant for the other sex?"));
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
                                      : other(sex_asked(*criterion.condition));
    if (own != Sex::unsaid) sex = own;
  });
  return sex;
}

void look_inside(const LintInput& input, const Expr& e, Findings& findings) {
  const Asked asked = asked_in(input, e);
  report(input, asked, asked.sex, findings);
  if (const auto* choice = std::get_if<If>(&e.node); choice && choice->condition && choice->then_branch)
    report(input, asked_in(input, *choice->then_branch), sex_asked(*choice->condition), findings);
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
  for (const Expr* fact : asked.facts) {
    const Name& name = std::get<Records>(fact->node).name;
    findings.push_back(
        finding(name.span,
                fmt::format("`{}` is asked of everybody, and no {} can have it", name.text,
                            sex_of(input, *fact) == Sex::female ? "man" : "woman"),
                fmt::format("write the demand alone and `when {0}` on a line above it, or `(not {0}) or ...`",
                            name.text)));
  }
}

// A test that men do not have: whoever was not tested stays undetermined.
void report_test_of_everybody(const Criterion& criterion, Findings& findings) {
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
  findings.push_back(
      finding(asked->span, "a man has no pregnancy test, and stays undetermined for want of one",
              "write `when sex = female`, or `when childbearing_potential`, on a line above it"));
}

void run(const LintInput& input, Findings& findings) {
  const Sex sex = sex_of_trial(input);
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (!criterion.condition) return;
    look_inside(input, *criterion.condition, findings);
    if (!when_of(criterion) && sex == Sex::unsaid) report_test_of_everybody(criterion, findings);
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
