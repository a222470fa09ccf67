// The standard measures and tests that the protocol's words name, with their places.
#include "tools/lint/named_facts.hpp"

#include <algorithm>
#include <map>

namespace crit {

namespace {

constexpr size_t kShortest = 4;  // shorter names are matched with their capitals: `PT`, `ER`

struct KnownName {
  std::vector<std::string> words;
  std::string_view written;
  std::string_view fact;
};

// By their first word.
using KnownNames = std::multimap<std::string, KnownName, std::less<>>;

void add_name(std::string_view written, const VocabularyEntry& entry, KnownNames& names) {
  std::string spaced(written);
  std::ranges::replace(spaced, '_', ' ');
  KnownName name{{}, written, entry.of};
  for (TextWord& w : text_words(plain_text(spaced))) name.words.push_back(std::move(w.word));
  if (!name.words.empty()) names.emplace(name.words[0], name);
}

// `measure ALT "alanine aminotransferase" in U/L`, without "in serum" and what comes after a comma.
std::string_view description(const VocabularyEntry& entry) {
  const std::string_view statement = vocabulary_text().substr(entry.begin, entry.end - entry.begin);
  const size_t begin = statement.find('"') + 1;
  std::string_view text = statement.substr(begin, statement.find('"', begin) - begin);
  text = text.substr(0, text.find(','));
  return text.substr(0, text.find(" in "));
}

KnownNames read_names() {
  KnownNames names;
  for (const VocabularyEntry& entry : vocabulary_index()) {
    if (entry.kind != FactKind::measure && entry.kind != FactKind::choice) continue;
    add_name(entry.name, entry, names);
    if (entry.name == entry.of) add_name(description(entry), entry, names);
  }
  return names;
}

// The words stand one after the other, with a blank, `-` or `/` between; "(HIV) test" is `HIV_test`.
bool stands_at(const KnownName& name, const PlainText& plain, const std::vector<TextWord>& words, size_t at) {
  if (at + name.words.size() > words.size()) return false;
  for (size_t i = 0; i < name.words.size(); ++i) {
    const TextWord& w = words[at + i];
    if (w.word != name.words[i]) return false;
    if (i == 0) continue;
    const size_t end = words[at + i - 1].end;
    const std::string_view gap = std::string_view(plain.text).substr(end, w.begin - end);
    if (gap != " " && gap != "-" && gap != "/" && gap != ") ") return false;
  }
  const size_t begin = words[at].begin;
  return name.written.size() >= kShortest ||
         plain.text.compare(begin, name.written.size(), name.written) == 0;
}

}  // namespace

std::vector<FactMention> named_facts(const LintInput& input, const PlainText& plain,
                                     const std::vector<TextWord>& words) {
  static const KnownNames names = read_names();
  std::vector<FactMention> found;
  for (size_t at = 0; at < words.size();) {
    const KnownName* longest = nullptr;
    const auto [first, last] = names.equal_range(words[at].word);
    for (auto name = first; name != last; ++name)
      if ((!longest || name->second.words.size() > longest->words.size()) &&
          stands_at(name->second, plain, words, at))
        longest = &name->second;
    const Fact* fact = longest ? fact_of(input, longest->fact) : nullptr;
    const size_t count = longest ? longest->words.size() : 1;
    if (fact) found.push_back({fact, words[at].begin, words[at + count - 1].end});
    at += count;
  }
  return found;
}

}  // namespace crit
