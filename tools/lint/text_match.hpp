// A criterion's rule held against its protocol's words: which numbers and periods one has and the other
// lacks, and where the comparison is another.
#pragma once

#include <optional>
#include <vector>

#include "tools/lint/protocol_text.hpp"
#include "tools/lint/rule_numbers.hpp"

namespace crit {

struct TextMatch {
  RuleReading rule;
  TextReading text;

  // Indices into rule.numbers, rule.periods and text.numbers. `text` beside a number or period of the rule:
  // what the words have in its place.
  struct Odd {
    size_t rule;
    std::optional<size_t> text;
  };
  std::vector<Odd> numbers;        // of the rule, not in the text
  std::vector<Odd> periods;        // of the rule's windows, not in the text
  std::vector<size_t> unsaid;      // numbers of the text that are not in the rule
  std::vector<size_t> windowless;  // periods of the text that are not in the rule
  std::vector<Odd> bounds;         // compared otherwise in the text
  std::vector<Odd> required;       // of an exclusion: the other side of what the text requires
};

// Nothing where the criterion has no words, no condition yet, or is a judgement alone.
std::optional<TextMatch> match_text(const LintInput&, const Criterion&);

// `ALT <= 2.5*ULN` as far as a number goes: `2.5*ULN`, `18 years`.
std::string shown(const LintInput&, const RuleNumber&);

}  // namespace crit
