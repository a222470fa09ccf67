// Words that stand side by side, read forward from a place and backward to the sign of a comparison.
#include "interpreter/side_by_side.hpp"

#include "grammar/words.hpp"

namespace crit {

namespace {

constexpr size_t kMostWords = 6;  // of a name

}  // namespace

Words words_from(const Source& source, uint32_t begin) {
  Words words;
  const std::string_view text = source.text;
  for (uint32_t at = begin; words.texts.size() < kMostWords;) {
    uint32_t end = at;
    while (end < text.size() && is_name_byte(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    if (word.empty() || is_reserved(word) || window_word_length(word) == word.size()) break;
    words.texts.emplace_back(word);
    words.ends.push_back(end);
    at = end;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
    if (at == end) break;
  }
  return words;
}

std::string name_compared(std::string_view& ahead) {
  const auto drop = [&](size_t bytes) {
    ahead.remove_suffix(bytes);
    ahead = ahead.substr(0, ahead.find_last_not_of(" \t") + 1);
  };
  const auto word = [&] {
    size_t begin = ahead.size();
    while (begin > 0 && is_name_byte(ahead[begin - 1])) --begin;
    return ahead.substr(begin);
  };
  drop(0);
  while (same_word(word(), "or")) {
    drop(2);
    drop(word().size());
  }
  if (same_word(word(), "not")) drop(3);
  const size_t sign = same_word(word(), "is") || ahead.ends_with("!=") ? 2 : ahead.ends_with('=') ? 1 : 0;
  drop(sign);
  std::string name(sign > 0 ? word() : "");
  drop(name.size());
  return name;
}

}  // namespace crit
