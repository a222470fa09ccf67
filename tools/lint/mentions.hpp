// Where the protocol's words speak of the parts of a list or a chain, and how the words between them join the
// parts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/lint/fact_words.hpp"
#include "tools/lint/text_match.hpp"

namespace crit {

// The words of one criterion, read once.
struct CriterionWords {
  const LintInput& input;
  TextMatch match;
  std::vector<TextWord> words;
  std::string joined;  // the plain text, without the "or" between two values of a choice: "class III or IV"
};
std::optional<CriterionWords> criterion_words(const LintInput&, const Criterion&);

// A word or a number of the text, by its place in PlainText.
struct Mention {
  size_t begin = 0, end = 0;
  bool by_name = false;  // and not by a word of the description
};

// Of each part the words that speak of it and of no other part; none where the text has other words for it.
std::vector<std::vector<Mention>> mentions_of(const CriterionWords&, const std::vector<const Expr*>& parts);
std::vector<std::vector<Mention>> mentions_of(const CriterionWords&, const std::vector<ExprPtr>& parts);

// What stands between two parts in the text, parentheses left out.
struct Joint {
  bool has_or = false, has_and = false;
  bool has_relative = false;  // `who`, `that`, `with`, `but`
  bool has_comma = false;
  bool has_separator = false;  // a semicolon, a colon, the end of a sentence, a new line
  bool by_name = false;        // both mentions
  int words = 0;
  size_t begin = 0, end = 0;  // in PlainText, both mentions included

  // One phrase: "clinically significant arrhythmia".
  bool is_adjacent() const {
    return by_name && words <= 2 && !has_or && !has_and && !has_comma && !has_separator;
  }
};

// Between the mentions that are nearest to each other, of each two parts that follow one another among those
// that the text speaks of.
std::vector<Joint> joints_of(const CriterionWords&, const std::vector<ExprPtr>& parts);

// "18 years or older" joins nothing.
bool is_of_bound(std::string_view after_or);

}  // namespace crit
