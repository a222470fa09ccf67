// Plain text to the numbers in it, in digits (`1,500`, `0.7`) and in words ("three", "half", "one third").
#include "tools/lint/scan_numbers.hpp"

#include <algorithm>
#include <optional>

#include "grammar/words.hpp"
#include "tools/lint/scan_fractions.hpp"
#include "tools/lint/text_unit.hpp"

namespace crit {

namespace {

struct NumberWord {
  std::string_view words;
  int numerator;
  int denominator = 1;
};

// Those that are no whole numbers, and those that count; the longer ones first where one begins another.
constexpr NumberWord kWords[] = {
    {"one third", 1, 3}, {"one-third", 1, 3}, {"two thirds", 2, 3},  {"two-thirds", 2, 3},
    {"one half", 1, 2},  {"one-half", 1, 2},  {"one quarter", 1, 4}, {"three quarters", 3, 4},
    {"half", 1, 2},      {"single", 1},       {"twice", 2},          {"thrice", 3},
};

size_t digits_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

// The end of `1,500` or `100 000` whose first digits end at `end`; 0: no groups of thousands.
size_t end_of_thousands(std::string_view text, size_t begin, size_t end) {
  if (end - begin > 3 || end >= text.size()) return 0;
  const char separator = text[end];
  if (separator != ',' && separator != ' ') return 0;
  size_t at = end;
  while (at < text.size() && text[at] == separator && digits_at(text, at + 1) == 3) at += 4;
  // `5 100 mg` may be two numbers; `100 000` hardly.
  if (separator == ' ' && (at == end || text.substr(at - 3, 3) != "000")) return 0;
  return at == end ? 0 : at;
}

// `7,5 %`, `2,5 x ULN`: a decimal comma, where a unit follows.
bool is_decimal_comma(const PlainText& plain, size_t end) {
  if (end >= plain.text.size() || plain.text[end] != ',') return false;
  const size_t digits = digits_at(plain.text, end + 1);
  if (digits == 0 || digits > 2) return false;
  const auto kind = text_unit(plain, end + 1 + digits).kind;
  return kind == TextUnit::Kind::measured || kind == TextUnit::Kind::of_limit;
}

bool in_a_word(const PlainText& plain, size_t begin, size_t end) {
  const std::string& text = plain.text;
  if (begin > 0 && (is_name_byte(text[begin - 1]) || text[begin - 1] == '.')) return true;
  const bool after_sign = begin > 1 && is_letter(text[begin - 2]);
  if (after_sign && (text[begin - 1] == '-' || text[begin - 1] == '^')) return true;  // `IL-6`, `m^2`
  const std::string_view after = next_word(std::string_view(plain.lower).substr(end));
  if (after.empty()) return false;
  if (after == "st" || after == "nd" || after == "rd" || after == "th") return true;
  // `6MWT`, but not `200mg`.
  return after != "x" && !after.starts_with("xuln") && text_unit(plain, end).end == end;
}

// The end of a word behind a blank or a hyphen at `end`; 0: another word stands there.
size_t end_of_next(std::string_view lower, size_t end, std::string_view word) {
  if (end >= lower.size() || (lower[end] != ' ' && lower[end] != '-')) return 0;
  return starts_with_words(lower.substr(end + 1), word) ? end + 1 + word.size() : 0;
}

// "2 thousand", "one million".
void count_in_thousands(std::string_view lower, ScannedNumber& n) {
  struct Word {
    std::string_view word;
    int times;
  };
  for (const auto& [word, times] : {Word{"thousand", 1000}, Word{"million", 1'000'000}}) {
    const size_t end = end_of_next(lower, n.end, word);
    if (end == 0) continue;
    n.value = n.value * times;
    n.end = end;
  }
}

// The end of the exponent of `10^4`, whose digits end at `end`; 0: it is no power of ten.
size_t end_of_power(std::string_view text, size_t begin, size_t end) {
  if (text.substr(begin, end - begin) != "10" || end >= text.size() || text[end] != '^') return 0;
  const size_t digits = digits_at(text, end + 1);
  return digits == 0 || digits > 2 ? 0 : end + 1 + digits;
}

// What belongs to a whole number: `10^4`, `1/2`, `1 1/2`.
void read_on(const PlainText& plain, ScannedNumber& n) {
  const std::string_view text = plain.text;
  if (const size_t end = end_of_power(text, n.begin, n.end); end != 0) {
    int exponent = 0;
    for (const char digit : text.substr(n.begin + 3, end - n.begin - 3))
      exponent = exponent * 10 + (digit - '0');
    n.value = power_of_ten(exponent);
    n.end = end;
  } else if (const auto alone = fraction_alone(plain, n.begin)) {
    n.value = alone->value;
    n.end = alone->end;
  } else if (const auto added = fraction_after(plain, n.end)) {
    n.value += added->value;
    n.end = added->end;
  }
}

ScannedNumber number_in_digits(const PlainText& plain, size_t begin) {
  const std::string& text = plain.text;
  ScannedNumber found{.begin = begin, .end = begin + digits_at(text, begin), .value = {}};
  std::string digits;
  if (const size_t end = end_of_thousands(text, begin, found.end)) found.end = end;
  std::ranges::copy_if(text.substr(begin, found.end - begin), std::back_inserter(digits), is_digit);
  const bool point = found.end < text.size() && text[found.end] == '.';
  if ((point && digits_at(text, found.end + 1) > 0) || is_decimal_comma(plain, found.end)) {
    found.decimals = int(digits_at(text, found.end + 1));
    digits += "." + text.substr(found.end + 1, size_t(found.decimals));
    found.end += size_t(found.decimals) + 1;
  }
  const auto value = Rational::parse(digits);
  found.value = value.value_or(Rational());
  if (found.decimals == 0) read_on(plain, found);
  count_in_thousands(plain.lower, found);
  found.in_name = !value || in_a_word(plain, begin, found.end);
  return found;
}

std::optional<ScannedNumber> number_below_hundred(std::string_view lower, size_t begin) {
  const std::string_view rest = lower.substr(begin);
  for (const NumberWord& word : kWords) {
    if (!starts_with_words(rest, word.words)) continue;
    const size_t end = begin + word.words.size();
    const std::string_view after = stripped(lower.substr(end, 6));
    if (word.words.ends_with("half") && (after.starts_with("-li") || after.starts_with("li"))) continue;
    return ScannedNumber{
        .begin = begin, .end = end, .value = Rational(word.numerator, word.denominator), .in_words = true};
  }
  const std::string_view word = next_word(rest);
  const auto whole = Rational::parse(number_word(word));
  if (!whole || word.starts_with("a") || !starts_with_words(rest, word)) return std::nullopt;  // `a`, `an`
  ScannedNumber found{.begin = begin, .end = begin + word.size(), .value = *whole, .in_words = true};
  // "twenty-five"
  const bool is_ten = word.ends_with("ty") && found.end < lower.size();
  if (!is_ten || (lower[found.end] != '-' && lower[found.end] != ' ')) return found;
  const auto digit = number_below_hundred(lower, found.end + 1);
  if (!digit || !(digit->value < 10) || !digit->value.is_integer()) return found;
  found.value += digit->value;
  found.end = digit->end;
  return found;
}

// "one hundred eighty", "one hundred and twenty", "one hundred thousand".
std::optional<ScannedNumber> number_in_words(std::string_view lower, size_t begin) {
  auto found = number_below_hundred(lower, begin);
  if (!found || !found->value.is_integer()) return found;
  if (const size_t end = end_of_next(lower, found->end, "hundred"); end != 0 && found->value < 10) {
    found->value = found->value * 100;
    found->end = end;
    const size_t joined = end_of_next(lower, end, "and");
    const auto rest = number_below_hundred(lower, std::min(lower.size(), std::max(end, joined) + 1));
    if (rest && rest->value.is_integer()) {
      found->value += rest->value;
      found->end = rest->end;
    }
  }
  count_in_thousands(lower, *found);
  return found;
}

// With the half that is added to it, or that is "half a year".
std::optional<ScannedNumber> with_fraction(const PlainText& plain, std::optional<ScannedNumber> found) {
  if (!found) return found;
  if (const auto added = fraction_after(plain, found->end); added && found->value.is_integer()) {
    found->value += added->value;
    found->end = added->end;
  } else if (found->value == Rational(1, 2)) {
    found->end = end_of_half(plain, found->end);
  }
  return found;
}

// Words that are numbers only beside others: "a year and a half", "triple the ULN".
std::optional<ScannedNumber> number_beside_words(const PlainText& plain, size_t begin) {
  if (is_one_and_a_half(plain, begin))
    return ScannedNumber{.begin = begin, .end = begin + 1, .value = 1, .in_words = true};
  if (const auto times = multiple_in_words(plain, begin))
    return ScannedNumber{.begin = begin, .end = times->end, .value = times->value, .in_words = true};
  return std::nullopt;
}

// "Grade II", "stage III or IV": a number to a rule that counts the grades.
std::optional<ScannedNumber> number_in_roman(const PlainText& plain, size_t begin) {
  constexpr std::string_view kRoman[] = {"I", "II", "III", "IV", "V"};
  const std::string_view word = next_word(std::string_view(plain.text).substr(begin));
  const auto found = std::ranges::find(kRoman, word);
  if (found == std::end(kRoman)) return std::nullopt;
  std::string_view head = stripped(std::string_view(plain.lower).substr(0, begin));
  while (ends_with_words(head, "or") || head.ends_with('-') || head.ends_with('/')) {
    head = stripped(head.substr(0, head.size() - (head.ends_with("or") ? 2 : 1)));
    const std::string_view before = last_word(head);
    if (before.find_first_not_of("iv") != std::string_view::npos) break;
    head = stripped(head.substr(0, head.size() - before.size()));
    if (before.empty()) break;
  }
  for (std::string_view what : {"grade", "grades", "stage", "stages", "class"})
    if (ends_with_words(head, what))
      return ScannedNumber{.begin = begin,
                           .end = begin + word.size(),
                           .value = int(found - std::begin(kRoman)) + 1,
                           .in_words = true,
                           .in_name = true};
  return std::nullopt;
}

// `(4)` or `[4]`.
bool is_in_brackets(const PlainText& plain, const ScannedNumber& n) {
  if (n.begin == 0 || n.end >= plain.text.size()) return false;
  const char open = plain.text[n.begin - 1], close = plain.text[n.end];
  return (open == '(' && close == ')') || (open == '[' && close == ']');
}

// "four (4) weeks", "4 (four) weeks": one number said twice, and the unit stands behind the bracket.
bool is_said_twice(const PlainText& plain, const ScannedNumber& n, const ScannedNumber& again) {
  if (n.in_name || again.in_name || n.in_words == again.in_words || n.value != again.value) return false;
  return is_in_brackets(plain, again) &&
         stripped(std::string_view(plain.text).substr(n.end, again.begin - 1 - n.end)).empty();
}

// "within (4) weeks"; not "(1) the upper limit" nor "either (1) gram-negative infection or (2) ...", which
// are a list's.
bool has_unit_behind_brackets(const PlainText& plain, const ScannedNumber& n) {
  if (n.in_name || !is_in_brackets(plain, n)) return false;
  const std::string_view head = stripped(std::string_view(plain.lower).substr(0, n.begin - 1));
  const bool goes_on = !head.empty() && (is_letter(head.back()) || head.back() == '<' || head.back() == '>' ||
                                         head.back() == '=');
  if (!goes_on || ends_with_words(head, "or") || ends_with_words(head, "and")) return false;
  const TextUnit unit = text_unit(plain, n.end + 1);
  const bool compound =
      unit.end + 1 < plain.text.size() && plain.text[unit.end] == '-' && is_letter(plain.text[unit.end + 1]);
  return !compound && (unit.kind == TextUnit::Kind::duration || unit.kind == TextUnit::Kind::measured);
}

// Brackets belong to the number where it is said twice, and where a unit follows them.
std::vector<ScannedNumber> with_brackets(const PlainText& plain, std::vector<ScannedNumber> numbers) {
  std::vector<ScannedNumber> found;
  for (ScannedNumber& n : numbers) {
    if (!found.empty() && is_said_twice(plain, found.back(), n)) {
      found.back().end = n.end + 1;
      found.back().in_words = false;
      continue;
    }
    if (has_unit_behind_brackets(plain, n)) {
      --n.begin;
      ++n.end;
    }
    found.push_back(std::move(n));
  }
  return found;
}

}  // namespace

std::vector<ScannedNumber> scan_numbers(const PlainText& plain) {
  std::vector<ScannedNumber> found;
  const std::string& text = plain.text;
  for (size_t at = 0; at < text.size();) {
    std::optional<ScannedNumber> number;
    if (is_digit(text[at])) {
      number = number_in_digits(plain, at);
    } else if (is_letter(text[at])) {
      number = with_fraction(plain, number_in_words(plain.lower, at));
      if (!number) number = number_beside_words(plain, at);
      if (!number) number = number_in_roman(plain, at);
      if (!number) {
        // The rest of the word; digits in it belong to it.
        at += next_word(std::string_view(text).substr(at)).size();
        continue;
      }
    } else {
      ++at;
      continue;
    }
    at = number->end;
    found.push_back(std::move(*number));
  }
  return with_brackets(plain, std::move(found));
}

}  // namespace crit
