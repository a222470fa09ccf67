// The words of a protocol's text one by one, and those by which it may speak of a fact.
#include "tools/lint/fact_words.hpp"

#include <algorithm>

#include "grammar/words.hpp"

namespace crit {

namespace {

// "contracept-ive" and "contracept-ion", "histolog-ically" and "histolog-y": the longer stem bears the longer
// ending.
constexpr size_t kShortestStem = 5, kShortEnding = 4;
constexpr size_t kLongStem = 7, kLongEnding = 6;

// Words that many descriptions share, or that join.
constexpr std::string_view kShared[] = {"aminotransferase",
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
                                        "the",
                                        "and",
                                        "not",
                                        "for",
                                        "or",
                                        "of",
                                        "in",
                                        "an",
                                        "on",
                                        "by",
                                        "at",
                                        "to",
                                        "is",
                                        "as",
                                        "it",
                                        "be",
                                        "no",
                                        "any",
                                        "said",
                                        "whether",
                                        "other",
                                        "than",
                                        "that",
                                        "which",
                                        "who",
                                        "one",
                                        "every",
                                        "kind",
                                        "form",
                                        "patient",
                                        "subject",
                                        "participant",
                                        "trial",
                                        "study",
                                        "protocol",
                                        "met",
                                        "her",
                                        "his",
                                        "their",
                                        "has",
                                        "have",
                                        "may",
                                        "can",
                                        "are",
                                        "was",
                                        "been",
                                        "such",
                                        "own",
                                        "same",
                                        "all"};

bool is_shared(std::string_view word) {
  return std::ranges::find(kShared, word) != std::end(kShared);
}

void replace_all(std::string& word, std::string_view from, std::string_view to) {
  for (size_t at = word.find(from); at != std::string::npos; at = word.find(from, at + to.size()))
    word.replace(at, from.size(), to);
}

std::string plain_word(std::string word) {
  for (char& c : word)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  if (word.size() > 4) {
    replace_all(word, "ae", "e");
    replace_all(word, "oe", "e");
    replace_all(word, "our", "or");
    if (word.ends_with("ies")) word.replace(word.size() - 3, 3, "y");
    if (word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("is") && !word.ends_with("us"))
      word.pop_back();
  }
  return word;
}

}  // namespace

std::vector<TextWord> text_words(const PlainText& plain) {
  std::vector<TextWord> words;
  for (size_t at = 0; at < plain.text.size();) {
    size_t end = at;
    while (end < plain.text.size() && (is_letter(plain.text[end]) || is_digit(plain.text[end]))) ++end;
    if (end > at) words.push_back({plain_word(plain.text.substr(at, end - at)), at, end});
    at = std::max(end, at + 1);
  }
  return words;
}

bool same_stem(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const size_t common = size_t(std::ranges::mismatch(a, b).in1 - a.begin());
  const size_t ending = std::max(a.size(), b.size()) - common;
  return (common >= kShortestStem && ending <= kShortEnding) ||
         (common >= kLongStem && ending <= kLongEnding);
}

std::set<std::string> telling_words(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '_', ' ');
  std::set<std::string> words;
  for (TextWord& w : text_words(plain_text(spaced)))
    if (w.word.size() >= 2 && !is_shared(w.word) && !std::ranges::all_of(w.word, is_digit))
      words.insert(std::move(w.word));
  return words;
}

std::set<std::string> words_of(const Fact& fact) {
  std::string all = fact.name + " " + fact.text;
  for (const std::string& name : fact.also) all += " " + name;
  return telling_words(all);
}

std::set<std::string> words_of_name(const LintInput& input, std::string_view name) {
  if (const Fact* fact = fact_of(input, name)) return words_of(*fact);
  std::string all(name);
  if (const Define* define = definition_of(input, name); define && define->text)
    all += " " + define->text->text;
  return telling_words(all);
}

bool has_stem(const std::set<std::string>& words, std::string_view word) {
  return std::ranges::any_of(words, [&](const std::string& w) { return same_stem(w, word); });
}

}  // namespace crit
