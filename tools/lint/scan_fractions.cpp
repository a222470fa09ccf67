// Halves and thirds that the protocol's words add to a number or make one of: "one and a half years", "1 1/2
// years", "half a year".
#include "tools/lint/scan_fractions.hpp"

#include "grammar/words.hpp"
#include "tools/lint/text_unit.hpp"

namespace crit {

namespace {

struct Added {
  std::string_view words;
  int numerator, denominator;
};
constexpr Added kAdded[] = {{"and a half", 1, 2},      {"and one half", 1, 2}, {"and one-half", 1, 2},
                            {"and-a-half", 1, 2},      {"and-one-half", 1, 2}, {"and a quarter", 1, 4},
                            {"and one quarter", 1, 4}, {"and a third", 1, 3},  {"and one third", 1, 3}};

struct Multiple {
  std::string_view word;
  int times;
};
constexpr Multiple kMultiples[] = {{"double", 2},  {"triple", 3},    {"treble", 3},   {"quadruple", 4},
                                   {"twofold", 2}, {"threefold", 3}, {"fourfold", 4}, {"fivefold", 5}};

std::string_view rest_at(const PlainText& plain, size_t at) {
  return std::string_view(plain.lower).substr(std::min(at, plain.lower.size()));
}

bool is_time_at(const PlainText& plain, size_t at) {
  return text_unit(plain, at).kind == TextUnit::Kind::duration;
}

// `1/2` with a small denominator and no further digit.
std::optional<ScannedFraction> written_fraction(const PlainText& plain, size_t begin) {
  const std::string_view rest = rest_at(plain, begin);
  if (rest.size() < 3 || !is_digit(rest[0]) || rest[1] != '/' || rest[2] < '2' || rest[2] > '4') return {};
  const int numerator = rest[0] - '0', denominator = rest[2] - '0';
  const bool goes_on = rest.size() > 3 && (is_digit(rest[3]) || rest[3] == '/' || rest[3] == '.');
  const bool ends = !goes_on || (rest[3] == '.' && (rest.size() == 4 || rest[4] == ' '));
  if (numerator == 0 || numerator >= denominator || !ends) return {};
  return ScannedFraction{Rational(numerator) / denominator, begin + 3};
}

}  // namespace

std::optional<ScannedFraction> fraction_after(const PlainText& plain, size_t end) {
  const std::string_view rest = rest_at(plain, end);
  if (rest.empty() || (rest[0] != ' ' && rest[0] != '-')) return std::nullopt;
  for (const Added& part : kAdded)
    if (starts_with_words(rest.substr(1), part.words))
      return ScannedFraction{Rational(part.numerator, part.denominator), end + 1 + part.words.size()};
  return written_fraction(plain, end + 1);
}

std::optional<ScannedFraction> fraction_alone(const PlainText& plain, size_t begin) {
  auto found = written_fraction(plain, begin);
  if (!found) return std::nullopt;
  const auto kind = text_unit(plain, found->end).kind;
  const bool is_one = kind == TextUnit::Kind::duration || kind == TextUnit::Kind::of_limit;
  return is_one ? found : std::nullopt;
}

size_t end_of_half(const PlainText& plain, size_t end) {
  for (std::string_view words : {" a", "-a", " of a", " of one"})
    if (starts_with_words(rest_at(plain, end), words) && is_time_at(plain, end + words.size()))
      return end + words.size();
  return end;
}

bool is_one_and_a_half(const PlainText& plain, size_t begin) {
  if (!starts_with_words(rest_at(plain, begin), "a") || !is_time_at(plain, begin + 1)) return false;
  return starts_with_words(rest_at(plain, text_unit(plain, begin + 1).end), " and a half");
}

std::optional<ScannedFraction> multiple_in_words(const PlainText& plain, size_t begin) {
  const std::string_view word = next_word(rest_at(plain, begin));
  for (const Multiple& m : kMultiples) {
    if (word != m.word) continue;
    const size_t end = begin + word.size();
    if (text_unit(plain, end).kind == TextUnit::Kind::of_limit)
      return ScannedFraction{Rational(m.times), end};
  }
  return std::nullopt;
}

}  // namespace crit
