// A name that nobody declares, to the declared ones that share its telling word.
#include "interpreter/alike_names.hpp"

#include <algorithm>
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

std::set<std::string> names_with(const Schema::Scope& scope, std::string_view word) {
  std::set<std::string> names;
  for (const auto& [own, id] : scope.own)
    if (has_word(own, word)) names.insert(own);
  for (const VocabularyEntry& entry : vocabulary_index())
    if (has_word(entry.name, word)) names.emplace(entry.of);
  return names;
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
    const auto names = names_with(scope, word);
    if (!names.empty() && names.size() <= kMost && (fewest.empty() || names.size() < fewest.size()))
      fewest = names;
  }
  return {fewest.begin(), fewest.end()};
}

}  // namespace crit
