// Slips in the words of a condition: `or` for `and`, the neighbouring measure, an exception that takes away
// more.
#include <algorithm>

#include "grammar/words.hpp"
#include "tests/slips.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

// Measures and tests that stand beside each other on a laboratory's form.
const std::vector<std::string_view> kNeighbours[] = {{"ALT", "AST", "ALP"},
                                                     {"TBIL", "DBIL"},
                                                     {"LDL", "HDL", "triglycerides"},
                                                     {"SBP", "DBP"},
                                                     {"WBC", "ANC", "lymphocytes"},
                                                     {"platelets", "hemoglobin"},
                                                     {"creatinine", "urea"},
                                                     {"FEV1", "FVC"},
                                                     {"FEV1_post", "FEV1_pre", "FVC_post"},
                                                     {"FEV1_FVC_post", "FEV1_FVC_pre"},
                                                     {"DLCO", "FVC"},
                                                     {"HbA1c", "glucose_fasting"},
                                                     {"glucose_fasting", "glucose"},
                                                     {"QTcF", "QTcB", "QRS"},
                                                     {"SpO2", "PaO2"},
                                                     {"BMI", "weight"},
                                                     {"weight", "height"},
                                                     {"eGFR_Schwartz", "eGFR_CKD_EPI"},
                                                     {"eGFR_CKD_EPI", "creatinine_clearance_CG"},
                                                     {"D_dimer", "troponin"},
                                                     {"HBsAg", "anti_HBc", "HCV_antibody"},
                                                     {"HCV_antibody", "HCV_RNA_test", "HIV_test"},
                                                     {"ECOG", "Karnofsky"},
                                                     {"Karnofsky", "ECOG"}};

Span span_at(Span inside, size_t at, size_t length) {
  return {uint32_t(at), uint32_t(at + length), inside.file};
}

// The word between two places, as a word; npos: it is not there.
size_t word_between(const std::string& text, std::string_view word, size_t begin, size_t end) {
  for (size_t at = text.find(word, begin); at != std::string::npos && at + word.size() <= end;
       at = text.find(word, at + 1))
    if (!is_letter(text[at - 1]) && !is_letter(text[at + word.size()])) return at;
  return std::string::npos;
}

void add_joins(const LintInput& input, const Expr& e, std::vector<SlipPlace>& places) {
  if (const auto* list = std::get_if<ListOf>(&e.node)) {
    if (list->quantifier != Quantifier::all && list->quantifier != Quantifier::any) return;
    const std::string other(
        spelling(list->quantifier == Quantifier::all ? Quantifier::any : Quantifier::all));
    const Span word = span_at(e.span, e.span.begin, other.size());
    places.push_back({Slip::join_swapped, word, {{{word, other}}}});
  }
  const auto* logic = std::get_if<Logic>(&e.node);
  if (!logic) return;
  const bool is_and = logic->op == LogicOp::logic_and;
  Edits edits;
  for (size_t i = 0; i + 1 < logic->operands.size(); ++i) {
    const size_t at = word_between(input.source.text, is_and ? "and" : "or", logic->operands[i]->span.end,
                                   logic->operands[i + 1]->span.begin);
    if (at == std::string::npos) return;
    edits.push_back({span_at(e.span, at, is_and ? 3 : 2), is_and ? "or" : "and"});
  }
  if (!edits.empty()) places.push_back({Slip::join_swapped, edits[0].span, {edits}});
}

// The trial's own measures of the same unit are neighbours too.
void add_own_neighbours(const LintInput& input, const Fact& fact, const Name& name,
                        std::vector<Edits>& variants) {
  if (fact.standard || fact.kind != FactKind::measure) return;
  for (const Statement& statement : input.trial.statements) {
    const auto* other = std::get_if<Declaration>(&statement.node);
    if (other && other->kind == FactKind::measure && other->name.text != fact.name &&
        other->unit.text == fact.unit_text)
      variants.push_back({{name.span, other->name.text}});
  }
}

void add_measures(const LintInput& input, const Name& name, std::vector<SlipPlace>& places) {
  const Fact* fact = fact_of(input, name.text);
  if (!fact) return;
  std::vector<Edits> variants;
  for (const auto& group : kNeighbours) {
    if (std::ranges::find(group, fact->name) == group.end()) continue;
    for (std::string_view other : group)
      if (other != fact->name) variants.push_back({{name.span, std::string(other)}});
  }
  add_own_neighbours(input, *fact, name, variants);
  if (!variants.empty()) places.push_back({Slip::wrong_measure, name.span, std::move(variants)});
}

// A member of the same class that the exception does not have yet.
std::string sibling(const LintInput& input, const Exception& x) {
  for (const Name& name : x.names) {
    const Fact* fact = fact_of(input, name.text);
    if (!fact || fact->parents.empty()) continue;
    for (const VocabularyMember& member : vocabulary_children(fact->parents[0])) {
      const bool has = std::ranges::any_of(x.names, [&](const Name& n) { return n.text == member.name; });
      if (!has) return std::string(member.name);
    }
  }
  return {};
}

void add_exceptions(const LintInput& input, const Exception& x, std::vector<SlipPlace>& places) {
  if (x.names.empty()) return;
  const std::string& text = input.source.text;
  std::vector<Edits> variants;
  const Span last = x.names.back().span;
  if (const std::string other = sibling(input, x); !other.empty())
    variants.push_back({{{last.end, last.end, last.file}, ", " + other}});
  if (x.with) {
    const size_t begin = word_between(text, "with", last.end, x.with->span.begin);
    const size_t end = text.find(')', x.with->span.end);
    if (begin != std::string::npos && end != std::string::npos)
      variants.push_back({{span_at(x.span, begin - 1, end + 2 - begin), ""}});
  }
  if (x.window) variants.push_back({{x.window->span, "ever"}});
  if (!variants.empty()) places.push_back({Slip::exception_widened, x.span, std::move(variants)});
}

}  // namespace

void add_word_slips(const LintInput& input, const Expr& e, std::vector<SlipPlace>& places) {
  add_joins(input, e, places);
  const auto* records = std::get_if<Records>(&e.node);
  if (!records) return;
  add_measures(input, records->name, places);
  for (const Exception& x : records->exceptions) add_exceptions(input, x, places);
}

}  // namespace crit
