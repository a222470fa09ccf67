// exception-not-in-text: an exception that the protocol's words do not name.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/fact_words.hpp"

namespace crit {

namespace {

// The words of the protocol, and what the author notes or asks beside them.
std::vector<TextWord> words_around(const Criterion& criterion) {
  std::string all = criterion.text->text;
  for (const CriterionField& field : criterion.fields) {
    if (const auto* note = std::get_if<NoteField>(&field.node)) all += " ; " + note->text.text;
    if (const auto* query = std::get_if<QueryField>(&field.node)) all += " ; " + query->text.text;
  }
  return text_words(plain_text(all));
}

// Words that many illnesses are called by: "basal cell carcinoma" excepts no other carcinoma.
constexpr std::string_view kOfMany[] = {"cancer",    "carcinoma", "tumor",     "malignancy", "neoplasm",
                                        "disease",   "disorder",  "syndrome",  "infection",  "condition",
                                        "cell",      "therapy",   "treatment", "drug",       "chronic",
                                        "malignant", "failure",   "injury",    "use"};

// The words that tell the exception from others; all of them where it has none of its own.
std::set<std::string> own_words(const LintInput& input, std::string_view name) {
  const std::set<std::string> all = words_of_name(input, name);
  std::set<std::string> own = all;
  std::erase_if(own, [](const std::string& w) { return std::ranges::find(kOfMany, w) != std::end(kOfMany); });
  return own.empty() ? all : own;
}

// `except (tic_disorder, tourette_syndrome)`: the second goes without saying.
bool is_member_of_another(const LintInput& input, const Name& name, const Exception& x) {
  const Fact* fact = fact_of(input, name.text);
  return fact && std::ranges::any_of(x.names, [&](const Name& other) {
           return std::ranges::find(fact->parents, other.text) != fact->parents.end();
         });
}

void look(const LintInput& input, const Criterion& criterion, Findings& findings) {
  std::vector<TextWord> words;  // read where there is an exception
  for_each_expr(*criterion.condition, [&](const Expr& e) {
    const auto* records = std::get_if<Records>(&e.node);
    if (!records) return;
    for (const Exception& x : records->exceptions)
      for (const Name& name : x.names) {
        if (words.empty()) words = words_around(criterion);
        const std::set<std::string> own = own_words(input, name.text);
        if (std::ranges::any_of(words, [&](const TextWord& w) { return has_stem(own, w.word); })) continue;
        if (is_member_of_another(input, name, x)) continue;
        findings.push_back(
            finding(name.span, fmt::format("the protocol's words do not except `{}`", name.text),
                    "take it out of the exception, or say in a note or a query why it does not count"));
      }
  });
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (criterion.text && criterion.condition) look(input, criterion, findings);
  });
}

}  // namespace

extern const LintRule kExceptionNotInText{
    "exception-not-in-text",
    LintGroup::text,
    Severity::warning,
    "an exception that the protocol's words do not name",
    "An exception lets patients in. One that the protocol does not make lets "
    "in whom it wants kept out.",
    R"(trial T1 "example"

exclude E1 "History of malignancy other than basal cell carcinoma"
  malignancy ever except (skin_basal_cell_carcinoma, melanoma)
)",
    R"(trial T1 "example"

exclude E1 "History of malignancy other than basal cell carcinoma"
  malignancy ever except (skin_basal_cell_carcinoma)
)",
    run};

}  // namespace crit
