// The words of a protocol's text one by one, and those by which it may speak of a fact.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tools/lint/criteria.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

struct TextWord {
  std::string word;  // in small letters, American, without the `s` of the plural: "oedemas" is `edema`
  size_t begin = 0, end = 0;  // in PlainText
};

// Letters and digits that belong together, in the order of the text: "FEV1" is one word.
std::vector<TextWord> text_words(const PlainText&);

// The same word, or of one stem: "contraceptive" and "contraception".
bool same_stem(std::string_view, std::string_view);

// The words of a text that can tell facts apart: without numbers, and without those that many facts share.
std::set<std::string> telling_words(std::string_view text);

// Those of a fact: its names and its description. Of a choice's value, a definition, a judgement: its own
// words.
std::set<std::string> words_of(const Fact&);
std::set<std::string> words_of_name(const LintInput&, std::string_view name);

bool has_stem(const std::set<std::string>&, std::string_view word);

}  // namespace crit
