// Numbers and dates of patient data: the common forms by hand, the others by Rational::parse and parse_when.
#include "interpreter/read_value.hpp"

#include <algorithm>
#include <array>

namespace crit {

namespace {

constexpr size_t kSmallDigits = 18;  // any so many digits fit in 63 bits

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// At most 18 digits with at most one dot between digits: nearly every number there is.
std::optional<Rational> small_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > kSmallDigits) return std::nullopt;
  int64_t digits = 0, scale = 1;
  size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) digits = digits * 10 + (text[at] - '0');
  if (at == 0) return std::nullopt;
  if (at < text.size()) {
    if (text[at++] != '.' || at == text.size()) return std::nullopt;
    for (; at < text.size() && is_digit(text[at]); ++at, scale *= 10) digits = digits * 10 + (text[at] - '0');
    if (at < text.size()) return std::nullopt;
  }
  return Rational(negative ? -digits : digits, scale);
}

std::string_view what_is_wrong(std::string_view text) {
  const bool has_comma = text.find(',') != text.npos;
  const bool has_digit = std::ranges::any_of(text, is_digit);
  const auto belongs = [](char c) {
    return is_digit(c) || std::string_view("+-.,eE").find(c) != std::string_view::npos;
  };
  if (!has_digit || !std::ranges::all_of(text, belongs)) return "this is not a number";
  if (has_comma) return "a number has a decimal point and no commas";
  return "this is not a number that can be read exactly: it may have 40 digits and an exponent of ±40";
}

struct BoundSign {
  std::string_view text;
  Bound bound;
};
// The longer signs first.
constexpr std::array<BoundSign, 6> kBoundSigns{{{"<=", Bound::less_equal},
                                                {">=", Bound::greater_equal},
                                                {"≤", Bound::less_equal},
                                                {"≥", Bound::greater_equal},
                                                {"<", Bound::less},
                                                {">", Bound::greater}}};

// `2025-03-01`: nothing for any other form, or where there is no such day.
std::optional<When> whole_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto digit = [&](size_t at) {
    return static_cast<uint32_t>(static_cast<unsigned char>(text[at])) - '0';
  };
  for (const size_t at : {0, 1, 2, 3, 5, 6, 8, 9})
    if (digit(at) > 9) return std::nullopt;
  const auto year = static_cast<int32_t>(digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3));
  const auto month = static_cast<int32_t>(digit(5) * 10 + digit(6));
  const auto day = static_cast<int32_t>(digit(8) * 10 + digit(9));
  // What may be no date is left to parse_when and its words.
  if (year <= 1800 || year >= 2200 || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > 28 && day > days_in_month(year, month)) return std::nullopt;
  const Day at = to_day({year, month, day});
  return When{at, at, -1};
}

}  // namespace

std::optional<Rational> read_number(std::string_view text, std::string& problem) {
  if (auto small = small_number(text)) return small;
  auto number = Rational::parse(text);
  if (!number) problem = what_is_wrong(text);
  return number;
}

std::optional<BoundedNumber> read_bounded(std::string_view text, std::string& problem) {
  BoundedNumber made;
  for (const BoundSign& sign : kBoundSigns) {
    if (!text.starts_with(sign.text)) continue;
    made.bound = sign.bound;
    text = trimmed(text.substr(sign.text.size()));
    break;
  }
  const auto number = read_number(text, problem);
  if (!number) return std::nullopt;
  made.number = *number;
  return made;
}

std::optional<When> read_when(std::string_view text, std::string& problem) {
  if (auto whole = whole_date(text)) return whole;
  return parse_when(text, &problem);
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace crit
