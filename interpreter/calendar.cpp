// Written dates to ranges of days; months, years and ages by the civil calendar.

#include "interpreter/calendar.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace crit {

namespace {

constexpr int32_t first_year = 1800;
constexpr int32_t last_year = 2200;
constexpr int32_t minutes_a_day = 24 * 60;
constexpr int32_t most_years = 1000;

std::chrono::year_month_day_last month_end(int32_t year, int32_t month) {
  return std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / std::chrono::last;
}

int64_t floor_divide(int64_t value, int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// Takes `count` digits off the front.
std::optional<int32_t> take_digits(std::string_view& text, size_t count) {
  if (text.size() < count) return std::nullopt;
  int32_t value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// `08:30` or `08:30:00` up to the end of the text.
std::optional<int16_t> parse_minute(std::string_view text, std::string& problem) {
  problem = "write the time as HH:MM";
  const auto hour = take_digits(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute) return std::nullopt;
  if (take(text, ':')) {
    const auto second = take_digits(text, 2);
    if (!second || *second > 59) return std::nullopt;
    if (take(text, '.')) text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
  }
  if (text.starts_with('Z') || text.starts_with('+') || text.starts_with('-')) {
    problem = "a time zone is not read: write the local time of the clinic without it";
    return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  problem = "there is no such time of day";
  if (*hour > 23 || *minute > 59) return std::nullopt;
  return static_cast<int16_t>(*hour * 60 + *minute);
}

std::optional<When> parse_when_or_say(std::string_view text, std::string& problem) {
  problem = "write the date as YYYY-MM-DD, YYYY-MM or YYYY";
  const auto year = take_digits(text, 4);
  if (!year) return std::nullopt;
  if (!text.empty() && !text.starts_with('-')) return std::nullopt;
  std::optional<int32_t> month;
  std::optional<int32_t> day;
  if (take(text, '-') && !(month = take_digits(text, 2))) return std::nullopt;
  if (month && take(text, '-') && !(day = take_digits(text, 2))) return std::nullopt;
  // A blank, as databases and spreadsheets write it.
  const bool blank = text.size() > 1 && text[0] == ' ' && text[1] >= '0' && text[1] <= '9';
  const bool timed = day && (take(text, 'T') || (blank && take(text, ' ')));
  if (!timed && !text.empty()) return std::nullopt;
  problem = "the year is not between 1800 and 2200";
  if (*year < first_year || *year > last_year) return std::nullopt;
  problem = "there is no such day";
  if (month && (*month < 1 || *month > 12)) return std::nullopt;
  if (day && (*day < 1 || *day > days_in_month(*year, *month))) return std::nullopt;
  When when;
  const int32_t last_month = month.value_or(12);
  when.first_day = to_day({*year, month.value_or(1), day.value_or(1)});
  when.last_day = to_day({*year, last_month, day.value_or(days_in_month(*year, last_month))});
  if (timed) {
    const auto minute = parse_minute(text, problem);
    if (!minute) return std::nullopt;
    // Databases and spreadsheets fill the time of a plain day up with midnight.
    if (!blank || *minute > 0) when.minute = *minute;
  }
  return when;
}

}  // namespace

Day to_day(Civil civil) {
  const std::chrono::year_month_day date{std::chrono::year(civil.year),
                                         std::chrono::month(static_cast<unsigned>(civil.month)),
                                         std::chrono::day(static_cast<unsigned>(civil.day))};
  return static_cast<Day>(std::chrono::sys_days(date).time_since_epoch().count());
}

Civil to_civil(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return {static_cast<int>(date.year()), static_cast<int32_t>(static_cast<unsigned>(date.month())),
          static_cast<int32_t>(static_cast<unsigned>(date.day()))};
}

int32_t days_in_month(int32_t year, int32_t month) {
  return static_cast<int32_t>(static_cast<unsigned>(month_end(year, month).day()));
}

std::optional<When> parse_when(std::string_view text, std::string* problem) {
  std::string words;
  const auto when = parse_when_or_say(text, words);
  if (!when && problem) *problem = words;
  return when;
}

std::string day_to_string(Day day) {
  const Civil civil = to_civil(day);
  if (civil.year < 0 || civil.year > 9999)
    return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), civil.year, civil.month, civil.day);
  std::string text = "0000-00-00";
  const auto put = [&](size_t at, int32_t two_digits) {
    text[at] = static_cast<char>('0' + two_digits / 10);
    text[at + 1] = static_cast<char>('0' + two_digits % 10);
  };
  put(0, civil.year / 100);
  put(2, civil.year % 100);
  put(5, civil.month);
  put(8, civil.day);
  return text;
}

std::string to_string(const When& when) {
  if (when.is_day() && !when.has_time()) return day_to_string(when.first_day);
  const std::string first = day_to_string(when.first_day);
  if (when.is_day()) {
    return first + fmt::format("T{:02}:{:02}", when.minute / 60, when.minute % 60);
  }
  const Civil begin = to_civil(when.first_day);
  const Civil end = to_civil(when.last_day);
  const bool whole_months = begin.day == 1 && end.day == days_in_month(end.year, end.month);
  if (whole_months && begin.year == end.year && begin.month == end.month) return first.substr(0, 7);
  if (whole_months && begin.year == end.year && begin.month == 1 && end.month == 12)
    return first.substr(0, 4);
  return first + " to " + day_to_string(when.last_day);
}

int64_t first_minute(const When& when) {
  return int64_t{when.first_day} * minutes_a_day + (when.has_time() ? when.minute : 0);
}

int64_t last_minute(const When& when) {
  return int64_t{when.last_day} * minutes_a_day + (when.has_time() ? when.minute : minutes_a_day - 1);
}

std::optional<Period> make_period(const Rational& count, TimeUnit unit) {
  struct Part {
    TimeUnit unit;
    TimeUnit smaller;  // the unit that a fraction is counted in
    int parts;         // smaller units in one of this
    int a_year;        // at least this many in a year, for the bound
  };
  static constexpr std::array<Part, 6> units{{{TimeUnit::minutes, TimeUnit::minutes, 1, 366 * minutes_a_day},
                                              {TimeUnit::hours, TimeUnit::minutes, 60, 366 * 24},
                                              {TimeUnit::days, TimeUnit::days, 1, 366},
                                              {TimeUnit::weeks, TimeUnit::days, 7, 53},
                                              {TimeUnit::months, TimeUnit::months, 1, 12},
                                              {TimeUnit::years, TimeUnit::months, 12, 1}}};
  const Part& part = units[static_cast<size_t>(unit)];
  if (count.too_large() || count.sign() < 0 || count > Rational(part.a_year) * most_years)
    return std::nullopt;
  if (const auto whole = count.to_int64()) return Period{static_cast<int32_t>(*whole), unit};
  const auto smaller = (count * part.parts).to_int64();
  if (!smaller) return std::nullopt;
  return Period{static_cast<int32_t>(*smaller), part.smaller};
}

int64_t clock_minutes(Period d) {
  switch (d.unit) {
    case TimeUnit::minutes:
      return d.count;
    case TimeUnit::hours:
      return int64_t{d.count} * 60;
    case TimeUnit::days:
      return int64_t{d.count} * minutes_a_day;
    case TimeUnit::weeks:
      return int64_t{d.count} * 7 * minutes_a_day;
    case TimeUnit::months:
    case TimeUnit::years:
      break;
  }
  return 0;
}

Day add_months(Day day, int32_t months) {
  const Civil civil = to_civil(day);
  const int32_t index = civil.year * 12 + civil.month - 1 + months;
  const auto year = static_cast<int32_t>(floor_divide(index, 12));
  const int32_t month = index - year * 12 + 1;
  return to_day({year, month, std::min(civil.day, days_in_month(year, month))});
}

Day plus(Day day, Period d) {
  switch (d.unit) {
    case TimeUnit::minutes:
    case TimeUnit::hours:
      return day + static_cast<Day>(-floor_divide(-clock_minutes(d), minutes_a_day));
    case TimeUnit::days:
      return day + d.count;
    case TimeUnit::weeks:
      return day + d.count * 7;
    case TimeUnit::months:
      return add_months(day, d.count);
    case TimeUnit::years:
      return add_months(day, d.count * 12);
  }
  return day;
}

Day minus(Day day, Period d) {
  const bool clock = is_clock_time(d);
  if (clock) return day - (plus(day, d) - day);
  return plus(day, {-d.count, d.unit});
}

int32_t completed(Day from, Day at, TimeUnit unit) {
  const auto completed_months = [&] {
    const Civil a = to_civil(from);
    const Civil b = to_civil(at);
    const int32_t months = (b.year - a.year) * 12 + b.month - a.month;
    // The same day of that month, or its last where it has no such day.
    const bool reached = a.day <= b.day || b.day == days_in_month(b.year, b.month);
    return reached ? months : months - 1;
  };
  switch (unit) {
    case TimeUnit::minutes:
      return (at - from) * minutes_a_day;
    case TimeUnit::hours:
      return (at - from) * 24;
    case TimeUnit::days:
      return at - from;
    case TimeUnit::weeks:
      return static_cast<int32_t>(floor_divide(at - from, 7));
    case TimeUnit::months:
      return completed_months();
    case TimeUnit::years:
      // Mostly the days alone tell, since no year is shorter than 365 or longer than 366.
      if (const int32_t days = at - from; days >= 0 && days / 366 == days / 365) return days / 365;
      return static_cast<int32_t>(floor_divide(completed_months(), 12));
  }
  return 0;
}

std::string_view name_of(TimeUnit unit) {
  static constexpr std::array<std::string_view, 6> names{"minutes", "hours",  "days",
                                                         "weeks",   "months", "years"};
  return names[static_cast<size_t>(unit)];
}

std::string to_string(Period d) {
  std::string_view name = name_of(d.unit);
  if (d.count == 1) name.remove_suffix(1);
  return std::to_string(d.count) + " " + std::string(name);
}

}  // namespace crit
