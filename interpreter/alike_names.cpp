// A name that nobody declares, to the declared ones that share its telling word or are described by it.
#include "interpreter/alike_names.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "interpreter/spelling.hpp"

namespace crit {

namespace {

constexpr size_t kMost = 3;
constexpr size_t kTelling = 4;  // letters: a shorter word is `of`, `type`'s number, an abbreviation

bool has_word(std::string_view name, std::string_view word) {
  const std::string around = "_" + lower_case(name) + "_";
  return around.find("_" + std::string(word) + "_") != around.npos;
}

// Words for an illness that say nothing of which one.
constexpr std::string_view kIllness[] = {"disease",    "disorder",      "dysfunction", "failure",
                                         "impairment", "insufficiency", "syndrome"};

// `renal_failure`, beside the word `renal`.
bool is_illness_beside(std::string_view name, std::string_view word) {
  const std::string lower = lower_case(name);
  bool found = false;
  for (size_t at = 0; at < lower.size();) {
    const size_t end = std::min(lower.find('_', at), lower.size());
    const std::string_view part = std::string_view(lower).substr(at, end - at);
    at = end + 1;
    const bool illness = std::ranges::find(kIllness, part) != std::end(kIllness);
    if (!illness && part != word) return false;
    found |= illness;
  }
  return found;
}

// The names that share the word; of those for an illness of it, as `renal_failure` is, these alone.
std::set<std::string> names_with(const Schema::Scope& scope, std::string_view word, std::string_view name) {
  std::set<std::string> names, illnesses;
  const auto add = [&](std::string_view spelt, std::string_view of) {
    if (!has_word(spelt, word)) return;
    names.emplace(of);
    if (is_illness_beside(spelt, word)) illnesses.emplace(of);
  };
  for (const auto& [own, id] : scope.own) add(own, own);
  for (const VocabularyEntry& entry : vocabulary_index()) add(entry.name, entry.of);
  return is_illness_beside(name, word) && !illnesses.empty() ? illnesses : names;
}

// `Angiotensin-receptor_blockers` to `angiotensin receptor blocker`.
std::string plain_words(std::string_view text) {
  std::string plain;
  const auto end_word = [&] {
    const size_t begin = plain.rfind(' ') + 1;
    const bool plural = plain.size() - begin >= kTelling && plain.ends_with('s') && !plain.ends_with("ss");
    if (plural) plain.pop_back();
    if (!plain.empty() && plain.back() != ' ') plain += ' ';
  };
  for (const char c : lower_case(text)) {
    if (c == ' ' || c == '_' || c == '-')
      end_word();
    else
      plain += c;
  }
  end_word();
  return plain;
}

std::string_view description_of(const VocabularyEntry& entry) {
  const std::string_view line = vocabulary_text().substr(entry.begin, entry.end - entry.begin);
  const size_t begin = line.find('"') + 1;
  return begin == 0 ? std::string_view() : line.substr(begin, line.find('"', begin) - begin);
}

// The names of the vocabulary by the plain words that they are or are described by.
using NamesSaid = std::map<std::string, std::set<std::string_view>>;
const NamesSaid& vocabulary_said() {
  static const NamesSaid said = [] {
    NamesSaid made;
    for (const VocabularyEntry& entry : vocabulary_index()) {
      made[plain_words(entry.name)].insert(entry.of);
      made[plain_words(description_of(entry))].insert(entry.of);
    }
    return made;
  }();
  return said;
}

}  // namespace

std::vector<std::string> names_with_its_word(const Schema::Scope& scope, std::string_view name) {
  const std::string lower = lower_case(name);
  std::set<std::string> fewest;
  for (size_t at = 0; at < lower.size();) {
    const size_t end = std::min(lower.find('_', at), lower.size());
    const std::string_view word = std::string_view(lower).substr(at, end - at);
    at = end + 1;
    if (word.size() < kTelling) continue;
    const auto names = names_with(scope, word, name);
    if (!names.empty() && names.size() <= kMost && (fewest.empty() || names.size() < fewest.size()))
      fewest = names;
  }
  return {fewest.begin(), fewest.end()};
}

std::string name_said_as(const Schema& schema, const Schema::Scope& scope, std::string_view words) {
  const std::string wanted = plain_words(words);
  std::set<std::string> names;
  for (const auto& [own, id] : scope.own)
    if (plain_words(own) == wanted || plain_words(schema.facts[id].text) == wanted)
      names.insert(schema.facts[id].name);
  const auto said = vocabulary_said().find(wanted);
  if (said != vocabulary_said().end())
    for (const std::string_view name : said->second)
      if (!scope.own.contains(name)) names.emplace(name);
  return names.size() == 1 ? *names.begin() : std::string();
}

std::string standard_name_said_as(std::string_view words) {
  const auto said = vocabulary_said().find(plain_words(words));
  const bool is_one = said != vocabulary_said().end() && said->second.size() == 1;
  return is_one ? std::string(*said->second.begin()) : std::string();
}

}  // namespace crit
