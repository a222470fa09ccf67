// The front of a text, or its end, to the words, numbers, periods and names that stand there.
#include "grammar/text_at.hpp"

#include <algorithm>

#include "grammar/words.hpp"

namespace crit {

size_t skip_blanks(std::string_view text, size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

std::string_view without_blanks(std::string_view text) {
  return text.substr(skip_blanks(text, 0));
}

size_t number_length(std::string_view text) {
  size_t n = 0;
  while (n < text.size() && (is_digit(text[n]) || (n > 0 && text[n] == '.'))) ++n;
  return n;
}

std::string_view word_at_end(std::string_view text) {
  const size_t end = text.find_last_not_of(" \t") + 1;
  size_t begin = end;
  while (begin > 0 && is_name_byte(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

CountedWord whole_number_at(std::string_view text) {
  CountedWord found;
  while (found.length < text.size() && found.length < 9 && is_digit(text[found.length]))
    found.number = found.number * 10 + uint64_t(text[found.length++] - '0');
  const std::string_view word = found.length > 0 ? std::string_view() : first_word(text);
  for (char digit : number_word(word)) found.number = found.number * 10 + uint64_t(digit - '0');
  if (found.length == 0 && !number_word(word).empty()) found.length = word.size();
  const std::string_view after = text.substr(found.length);
  return after.empty() || after[0] == ' ' || after[0] == '\t' ? found : CountedWord{};
}

std::string_view name_at(std::string_view text) {
  const std::string_view word = first_word(text);
  for (std::string_view other : {"the", "a", "an", "any", "now", "during", "over", "prior", "than", "which"})
    if (same_word(word, other)) return "";
  return is_reserved(word) || window_word_length(text) > 0 || duration_unit(word) ? "" : word;
}

NameWords name_words_at(std::string_view text) {
  NameWords found;
  for (size_t at = 0;; at = skip_blanks(text, found.length)) {
    const std::string_view word = name_at(text.substr(at));
    if (word.empty() || (found.length > 0 && at == found.length)) return found;
    found.name += (found.name.empty() ? "" : "_") + std::string(word);
    found.length = at + word.size();
  }
}

size_t period_length(std::string_view text) {
  size_t at = number_length(text);
  if (at == 0 && !number_word(first_word(text)).empty()) at = first_word(text).size();
  at = skip_blanks(text, at);
  const size_t unit = duration_unit_length(text.substr(at));
  return unit == 0 ? 0 : at + unit;
}

size_t anchor_length(std::string_view text) {
  const size_t at = skip_blanks(text, 0);
  const std::string_view word = first_word(text.substr(at));
  if (!side(word)) return 0;
  const size_t day = skip_blanks(text, at + word.size());
  const size_t the = same_word(first_word(text.substr(day)), "the") ? skip_blanks(text, day + 3) : day;
  const size_t length = name_words_at(text.substr(the)).length;
  return length == 0 ? 0 : the + length;
}

NameMeant name_meant_at(std::string_view text) {
  const std::string_view all = text.substr(0, text.find_first_of("\"(,\n"));
  NameMeant meant;
  for (size_t at = 0; at < all.size() && !is_reserved(first_word(all.substr(at)));
       at = skip_blanks(all, meant.length)) {
    meant.length = std::min(all.find_first_of(" \t\r", at), all.size());
    if (!meant.name.empty()) meant.name += '_';
    for (const char c : all.substr(at, meant.length - at)) meant.name += is_name_byte(c) ? c : '_';
  }
  return meant;
}

}  // namespace crit
