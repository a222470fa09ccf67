// measure-not-in-text: the rule asks for one measure, and the protocol's words name another.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grammar/words.hpp"
#include "tools/lint/measure_uses.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

// Words of descriptions that many measures share.
constexpr std::string_view kShared[] = {"aminotransferase",
                                        "transaminase",
                                        "cholesterol",
                                        "lipoprotein",
                                        "density",
                                        "aminotransferase",
                                        "transaminase",
                                        "cholesterol",
                                        "lipoprotein",
                                        "density",
                                        "serum",
                                        "blood",
                                        "plasma",
                                        "urine",
                                        "total",
                                        "level",
                                        "count",
                                        "score",
                                        "index",
                                        "rate",
                                        "test",
                                        "scale",
                                        "forced",
                                        "capacity",
                                        "volume",
                                        "body",
                                        "pressure",
                                        "interval",
                                        "free",
                                        "minute",
                                        "second",
                                        "hour",
                                        "before",
                                        "after",
                                        "from",
                                        "with",
                                        "without",
                                        "named",
                                        "formula",
                                        "corrected",
                                        "equation",
                                        "ratio",
                                        "where",
                                        "recorded",
                                        "inhaling",
                                        "bronchodilator",
                                        "the",
                                        "and",
                                        "not",
                                        "for"};

// The words of a text in small letters, digits included: "FEV1" is `fev1`.
std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (is_letter(c) || is_digit(c)) {
      word += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
      continue;
    }
    const bool shared = std::ranges::find(kShared, word) != std::end(kShared);
    if (word.size() >= 2 && !shared && !std::ranges::all_of(word, is_digit)) words.insert(word);
    word.clear();
  }
  return words;
}

std::set<std::string> words_of(const Fact& fact) {
  std::string all = fact.name + " " + fact.text;
  for (const std::string& name : fact.also) all += " " + name;
  return words_of(all);
}

bool share_a_word(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::ranges::any_of(a, [&](const std::string& word) { return b.contains(word); });
}

// A name as the vocabulary has it, as words: short ones as they are written, `ALT` and not "alt".
bool names(const PlainText& text, std::string_view name) {
  std::string words(name);
  std::ranges::replace(words, '_', ' ');
  if (words.size() < 2) return false;
  if (words.size() <= 5) return find_words(text.text, words) != std::string::npos;
  return find_words(text.lower, plain_text(words).lower) != std::string::npos;
}

// The standard measures that the words name.
std::vector<const Fact*> named_in(const LintInput& input, const PlainText& text) {
  std::vector<const Fact*> found;
  for (const VocabularyEntry& entry : vocabulary_index()) {
    if (entry.kind != FactKind::measure || !names(text, entry.name)) continue;
    const Fact* fact = fact_of(input, entry.of);
    if (fact && std::ranges::find(found, fact) == found.end()) found.push_back(fact);
  }
  return found;
}

void look(const LintInput& input, const Criterion& criterion, Findings& findings) {
  const std::vector<MeasureUse> uses = measure_uses(input, criterion);
  const PlainText text = plain_text(criterion.text->text);
  const std::set<std::string> words = words_of(criterion.text->text);
  std::vector<const Fact*> named;  // looked up when something is missing
  for (const MeasureUse& use : uses) {
    if (!use.fact->standard || use.fact->name == "age" || share_a_word(words_of(*use.fact), words)) continue;
    if (named.empty()) named = named_in(input, text);
    const auto other = std::ranges::find_if(named, [&](const Fact* fact) {
      const bool used = std::ranges::find(uses, fact, &MeasureUse::fact) != uses.end();
      return !used && fact->name != "age" && !share_a_word(words_of(*fact), words_of(*use.fact));
    });
    if (other == named.end()) continue;
    findings.push_back(finding(use.name->span,
                               fmt::format("the rule asks for `{}`, and the protocol's words for `{}`",
                                           use.name->text, (*other)->name),
                               "one of the two is the wrong measure"));
  }
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (criterion.text && criterion.condition) look(input, criterion, findings);
  });
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
