// Dates and the calendar arithmetic of windows and ages.

#include "interpreter/calendar.hpp"

#include <random>

#include "test.hpp"

using namespace crit;

namespace {

When when(std::string_view text) {
  std::string problem;
  const auto value = parse_when(text, &problem);
  INFO(std::string(text) << ": " << problem);
  REQUIRE(value);
  return *value;
}

Day day(std::string_view text) {
  return when(text).first_day;
}

std::string problem_of(std::string_view text) {
  std::string problem = "none";
  CHECK_FALSE(parse_when(text, &problem));
  return problem;
}

std::string moved(std::string_view from, int32_t months) {
  return day_to_string(add_months(day(from), months));
}

constexpr TimeUnit all_units[] = {TimeUnit::days, TimeUnit::weeks, TimeUnit::months, TimeUnit::years};

}  // namespace

TEST_CASE("a partial date is the range of days that it may be") {
  CHECK(day_to_string(when("2019").first_day) == "2019-01-01");
  CHECK(day_to_string(when("2019").last_day) == "2019-12-31");
  CHECK(day_to_string(when("2019-02").last_day) == "2019-02-28");
  CHECK(day_to_string(when("2020-02").last_day) == "2020-02-29");
  CHECK(when("2025-03-01").is_day());
  CHECK_FALSE(when("2025-03-01").has_time());
  CHECK(when("2025-03-01T08:30").minute == 8 * 60 + 30);
  CHECK(when("2025-03-01T08:30:00") == when("2025-03-01T08:30"));
  CHECK(when("2025-03-01 08:30:00") == when("2025-03-01T08:30"));
  CHECK(day("1970-01-01") == 0);
  CHECK(day("2000-03-01") == 11017);
}

TEST_CASE("a date is printed as it was written") {
  for (const char* text :
       {"2019", "2019-05", "2019-12", "2025-03-01", "2025-03-01T08:30", "2025-03-01T00:00", "1800", "2200"}) {
    CHECK(to_string(when(text)) == text);
  }
  CHECK(to_string(When{day("2019-05-02"), day("2019-06-30")}) == "2019-05-02 to 2019-06-30");
  CHECK(to_string(When{day("2019-01-01"), day("2020-12-31")}) == "2019-01-01 to 2020-12-31");
}

TEST_CASE("what is no date is refused with the reason") {
  CHECK(problem_of("2023-02-29") == "there is no such day");
  CHECK(problem_of("1900-02-29") == "there is no such day");
  CHECK(problem_of("2023-13") == "there is no such day");
  CHECK(problem_of("2023-00") == "there is no such day");
  CHECK(problem_of("2023-01-00") == "there is no such day");
  CHECK(problem_of("1799") == "the year is not between 1800 and 2200");
  CHECK(problem_of("2201-01-01") == "the year is not between 1800 and 2200");
  CHECK(problem_of("2025-03-01T24:00") == "there is no such time of day");
  CHECK(problem_of("2025-03-01T08:60") == "there is no such time of day");
  CHECK(problem_of("2025-03-01T08") == "write the time as HH:MM");
  CHECK(problem_of("2025-03-01T08:30:99") == "write the time as HH:MM");
  CHECK(problem_of("2025-03-01T08:30Z") ==
        "a time zone is not read: write the local time of the clinic without it");
  CHECK(problem_of("2025-03-01T08:30:00+02:00") ==
        "a time zone is not read: write the local time of the clinic without it");
  for (const char* bad :
       {"", "19", "201", "20190", "2019-5", "2019-05-1", "2019-", "2019-05-", "2019/05/01", "01.05.2019",
        "2019-05-01 ", " 2019", "20190501", "2019-05T08:30", "2019-05-01t08:30", "yesterday"}) {
    INFO(bad);
    CHECK(problem_of(bad) == "write the date as YYYY-MM-DD, YYYY-MM or YYYY");
  }
}

TEST_CASE("a day that the month lacks becomes its last day") {
  CHECK(moved("2025-03-01", -3) == "2024-12-01");
  CHECK(moved("2025-03-31", -1) == "2025-02-28");
  CHECK(moved("2024-03-31", -1) == "2024-02-29");
  CHECK(moved("2025-01-31", 1) == "2025-02-28");
  CHECK(moved("2025-05-31", 1) == "2025-06-30");
  CHECK(moved("2024-02-29", -12) == "2023-02-28");
  CHECK(moved("2024-02-29", -48) == "2020-02-29");
  CHECK(moved("2024-12-15", 1) == "2025-01-15");
  CHECK(moved("2025-01-15", -1) == "2024-12-15");
}

TEST_CASE("windows start where the calendar says") {
  const Day screening = day("2025-03-01");
  CHECK(day_to_string(minus(screening, {3, TimeUnit::months})) == "2024-12-01");
  CHECK(day_to_string(minus(screening, {4, TimeUnit::weeks})) == "2025-02-01");
  CHECK(day_to_string(minus(screening, {1, TimeUnit::years})) == "2024-03-01");
  CHECK(day_to_string(minus(screening, {30, TimeUnit::days})) == "2025-01-30");
  CHECK(day_to_string(minus(screening, {24, TimeUnit::hours})) == "2025-02-28");
  CHECK(day_to_string(minus(screening, {25, TimeUnit::hours})) == "2025-02-27");
  CHECK(day_to_string(plus(screening, {1, TimeUnit::minutes})) == "2025-03-02");
  CHECK(day_to_string(plus(screening, {1, TimeUnit::years})) == "2026-03-01");
}

TEST_CASE("born on 29 February, the birthday of a common year is the 28th") {
  const Day born = day("2004-02-29");
  CHECK(completed(born, day("2022-02-27"), TimeUnit::years) == 17);
  CHECK(completed(born, day("2022-02-28"), TimeUnit::years) == 18);
  CHECK(completed(born, day("2022-03-01"), TimeUnit::years) == 18);
  CHECK(completed(born, day("2024-02-28"), TimeUnit::years) == 19);
  CHECK(completed(born, day("2024-02-29"), TimeUnit::years) == 20);
}

TEST_CASE("ages are completed units") {
  const Day born = day("1949-03-15");
  CHECK(completed(born, day("2025-03-01"), TimeUnit::years) == 75);
  CHECK(completed(born, day("2025-03-14"), TimeUnit::years) == 75);
  CHECK(completed(born, day("2025-03-15"), TimeUnit::years) == 76);
  CHECK(completed(day("2025-01-31"), day("2025-02-27"), TimeUnit::months) == 0);
  CHECK(completed(day("2025-01-31"), day("2025-02-28"), TimeUnit::months) == 1);
  CHECK(completed(day("2025-01-01"), day("2025-01-14"), TimeUnit::weeks) == 1);
  CHECK(completed(day("2025-01-02"), day("2025-01-01"), TimeUnit::weeks) == -1);
  CHECK(completed(day("2025-01-02"), day("2025-01-01"), TimeUnit::years) == -1);
}

TEST_CASE("completed years are twelve completed months each, whatever day it is") {
  bool agree = true;
  for (const char* born :
       {"1903-12-31", "1904-02-29", "1955-01-01", "2000-02-28", "2000-02-29", "2023-03-01"}) {
    const Day from = day(born), last = from + 130 * 366;
    for (Day at = from; at < last; ++at)
      agree &= completed(from, at, TimeUnit::years) == completed(from, at, TimeUnit::months) / 12;
  }
  CHECK(agree);
}

TEST_CASE("minutes of a day without a time are all of it") {
  CHECK(last_minute(when("2025-03-01")) - first_minute(when("2025-03-01")) == 24 * 60 - 1);
  CHECK(first_minute(when("2025-03-02")) - last_minute(when("2025-03-01")) == 1);
  CHECK(first_minute(when("2025-03-01T08:30")) == last_minute(when("2025-03-01T08:30")));
  CHECK(last_minute(when("1969")) == -1);
}

TEST_CASE("periods of whole calendar units") {
  CHECK(make_period(Rational(3, 2), TimeUnit::years) == Period{18, TimeUnit::months});
  CHECK(make_period(Rational(1, 2), TimeUnit::hours) == Period{30, TimeUnit::minutes});
  CHECK(make_period(Rational(10, 7), TimeUnit::weeks) == Period{10, TimeUnit::days});
  CHECK(make_period(3, TimeUnit::months) == Period{3, TimeUnit::months});
  CHECK_FALSE(make_period(Rational(1, 2), TimeUnit::weeks));
  CHECK_FALSE(make_period(Rational(1, 2), TimeUnit::months));
  CHECK_FALSE(make_period(Rational(1, 2), TimeUnit::days));
  CHECK_FALSE(make_period(-1, TimeUnit::days));
  CHECK_FALSE(make_period(Rational(1) / Rational(0), TimeUnit::days));
  CHECK(make_period(1000, TimeUnit::years));
  CHECK_FALSE(make_period(1001, TimeUnit::years));
  CHECK_FALSE(make_period(*Rational::parse("1e40"), TimeUnit::minutes));
  CHECK(to_string(Period{1, TimeUnit::years}) == "1 year");
  CHECK(to_string(Period{6, TimeUnit::months}) == "6 months");
}

TEST_CASE("days and civil dates are the same thing twice") {
  Day expected = to_day({1800, 1, 1});
  for (int32_t year = 1800; year <= 2200; ++year) {
    for (int32_t month = 1; month <= 12; ++month) {
      for (int32_t d = 1; d <= days_in_month(year, month); ++d, ++expected) {
        const Civil civil{year, month, d};
        if (to_day(civil) != expected || !(to_civil(expected) == civil)) FAIL(day_to_string(expected));
      }
    }
  }
  CHECK(expected == to_day({2201, 1, 1}));
}

TEST_CASE("laws of the calendar") {
  std::mt19937 random(20250301);
  std::uniform_int_distribution<Day> days(to_day({1800, 1, 1}), to_day({2200, 12, 31}));
  std::uniform_int_distribution<int32_t> months(-600, 600);
  for (int i = 0; i < 20000; ++i) {
    const Day from = days(random);
    const int32_t n = months(random);
    const Day to = add_months(from, n);
    const Civil a = to_civil(from);
    const Civil b = to_civil(to);
    REQUIRE((b.year - a.year) * 12 + b.month - a.month == n);
    REQUIRE((b.day == a.day || (b.day < a.day && b.day == days_in_month(b.year, b.month))));
    REQUIRE(add_months(from + 1, n) >= to);
    REQUIRE(completed(from, to, TimeUnit::months) == n);
    for (const TimeUnit unit : all_units) {
      REQUIRE(completed(from, to, unit) <= completed(from, to + 1, unit));
      const Period period{std::abs(n), unit};
      REQUIRE(completed(from, plus(from, period), unit) == period.count);
      REQUIRE(completed(from, plus(from, period) - 1, unit) < std::max(period.count, 1));
    }
  }
}
