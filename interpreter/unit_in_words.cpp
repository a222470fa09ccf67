// The unit that the protocol's words give to a number: `at most 2 mg/dL`, `30 to 80 % of predicted`.
#include "grammar/text_at.hpp"
#include "grammar/words.hpp"
#include "interpreter/checker.hpp"

namespace crit {

namespace {

// Digits, and a dot between two of them: one that ends a sentence is none.
size_t digits_length(std::string_view text) {
  size_t n = 0;
  while (n < text.size() &&
         (is_digit(text[n]) || (text[n] == '.' && n + 1 < text.size() && is_digit(text[n + 1]))))
    ++n;
  return n;
}

// `30 to 80 %`: the unit stands behind the second number.
std::string_view behind_range(std::string_view text) {
  const std::string_view rest = without_blanks(text);
  for (const std::string_view word : {"to", "and", "-", "–"}) {
    if (!rest.starts_with(word)) continue;
    const std::string_view other = without_blanks(rest.substr(word.size()));
    if (const size_t length = digits_length(other)) return other.substr(length);
  }
  return text;
}

std::string unit_before(const Schema& schema, std::string_view text, FactId via, const Unit& unit) {
  std::string_view word = without_blanks(text);
  word = word.substr(0, word.find_first_of(" \t,;)"));
  while (word.ends_with('.')) word.remove_suffix(1);
  if (via != kNoFact && schema.facts[via].percent_of_predicted && word.starts_with('%')) return "%";
  const auto written = parse_unit(word);
  if (!written || word.empty()) return {};
  const auto scale =
      via != kNoFact ? fact_conversion(schema.facts[via], *written, unit) : conversion(*written, unit);
  return scale ? to_string(*written) : std::string();
}

}  // namespace

std::string unit_in_words(const Schema& schema, std::string_view words, const Rational& number, FactId via,
                          const Unit& unit) {
  for (size_t at = 0; at < words.size();) {
    const size_t length = digits_length(words.substr(at));
    if (length == 0) {
      ++at;
      continue;
    }
    const bool apart =
        at == 0 || !(is_name_byte(words[at - 1]) || words[at - 1] == '.' || words[at - 1] == ',');
    const auto found = Rational::parse(words.substr(at, length));
    at += length;
    if (!apart || !found || *found != number) continue;
    std::string given = unit_before(schema, words.substr(at), via, unit);
    if (given.empty()) given = unit_before(schema, behind_range(words.substr(at)), via, unit);
    if (!given.empty()) return given;
  }
  return {};
}

}  // namespace crit
