// The standard measures and tests that the protocol's words name, with their places.
#pragma once

#include <vector>

#include "tools/lint/fact_words.hpp"

namespace crit {

struct FactMention {
  const Fact* fact = nullptr;
  size_t begin = 0, end = 0;  // in PlainText
};

// By their names (`ALT`, "fasting glucose"), the longest where one holds another; in the order of the text.
std::vector<FactMention> named_facts(const LintInput&, const PlainText&, const std::vector<TextWord>&);

}  // namespace crit
