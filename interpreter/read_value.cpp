// Numbers and dates of patient data: the common forms by hand, the others by Rational::parse and parse_when.
#include "interpreter/read_value.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "interpreter/short_texts.hpp"

namespace crit {

namespace {

constexpr std::ptrdiff_t kMostDigits = 40;  // of a number that is read exactly
constexpr size_t kSmallDigits = 18;         // any so many digits fit in 63 bits

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
  const size_t blank = text.find(' ');
  if (blank != text.npos && is_digit(text.front()) && blank + 1 < text.size() && !is_digit(text[blank + 1]))
    return "something stands behind the number: a unit has a field of its own, or stands in the header";
  const auto belongs = [](char c) {
    return is_digit(c) || std::string_view("+-.,eE").find(c) != std::string_view::npos;
  };
  if (!has_digit || !std::ranges::all_of(text, belongs)) return "this is not a number";
  if (has_comma) return "a number has a decimal point and no commas";
  const size_t dash = text.find('-', 1);
  if (dash != text.npos && is_digit(text[dash - 1])) return "this is a range of numbers, not a number";
  if (text.back() == '.') return "a number does not end in its decimal point";
  const auto is_exponent = [](char c) { return c == 'e' || c == 'E'; };
  if (std::ranges::count_if(text, is_digit) <= kMostDigits && std::ranges::none_of(text, is_exponent))
    return "this is not a number";
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

constexpr Day first_of_month(int32_t year, int32_t month) {
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            day(1)};
  return static_cast<Day>(sys_days(date).time_since_epoch().count());
}

}  // namespace

constinit const FirstDays kFirstDays = [] {
  FirstDays starts{};
  for (int32_t i = 0; i < static_cast<int32_t>(starts.size()); ++i)
    starts[static_cast<size_t>(i)] = first_of_month(kFirstYear + i / 12, i % 12 + 1);
  return starts;
}();

std::optional<Rational> read_number(std::string_view text, std::string& problem) {
  if (auto small = small_number(text)) return small;
  constexpr std::string_view kMinus = "−";  // as a text editor writes it
  auto number = text.starts_with(kMinus) ? Rational::parse("-" + std::string(text.substr(kMinus.size())))
                                         : Rational::parse(text);
  if (!number) problem = what_is_wrong(text);
  return number;
}

bool read_bounded(std::string_view text, BoundedNumber& into, std::string& problem) {
  into.bound = Bound::exact;
  if (!text.empty() && !is_digit(text.front())) {
    for (const BoundSign& sign : kBoundSigns) {
      if (!text.starts_with(sign.text)) continue;
      into.bound = sign.bound;
      text = trimmed(text.substr(sign.text.size()));
      break;
    }
  }
  auto number = read_number(text, problem);
  if (number) into.number = std::move(*number);
  return number.has_value();
}

bool read_whole_date(std::string_view text, When& into) {
  Day day = 0;
  if (text.size() != 10 || !read_day(text.data(), day)) return false;
  into = {day, day, -1};
  return true;
}

bool read_when(std::string_view text, When& into, std::string& problem) {
  if (read_whole_date(text, into)) return true;
  const auto when = parse_when(text, &problem);
  if (when) into = *when;
  return when.has_value();
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace crit
