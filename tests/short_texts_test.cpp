// The quick ways through short texts, each against the plain one: numbers, days, cells between separators.
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <string>

#include "interpreter/calendar.hpp"
#include "interpreter/csv_rows.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/short_texts.hpp"
#include "test.hpp"

namespace crit {

namespace {

// A text of some of these letters, up to nine, and what may stand behind one in a file.
std::string random_text(std::mt19937& random, std::string_view letters) {
  std::string text;
  for (size_t size = random() % 9; size > 0; --size) text += letters[random() % letters.size()];
  return text + ",}] \n\"\xff"[random() % 7] + "0123.456";
}

}  // namespace

TEST_CASE("a short number is the one that its text begins with", "[read]") {
  std::mt19937 random(1);
  size_t found = 0;
  for (int i = 0; i < 300'000; ++i) {
    const std::string text = random_text(random, i % 2 ? "0123456789." : "0159.-+eE x,");
    const ShortNumber number = short_number(eight_bytes(text.data()));
    if (number.bytes == 0) continue;
    ++found;
    INFO(text);
    const std::string_view written = std::string_view(text).substr(0, number.bytes);
    const auto exact = Rational::parse(written);
    REQUIRE(exact);
    CHECK(*exact == Rational(number.digits) / power_of_ten(number.decimals));
    const std::string_view behind = std::string_view(text).substr(number.bytes, 1);
    CHECK(behind.find_first_of("0123456789.eE") == std::string_view::npos);
  }
  CHECK(found > 100'000);
}

TEST_CASE("the numbers of results and limits are short", "[read]") {
  for (const char* text : {"0,", "7,", "40.0}", "129.4,", "0.05 ", "123456]", "1234.56,", "12345.6,"}) {
    INFO(text);
    CHECK(short_number(eight_bytes((text + std::string(8, '\0')).data())).bytes ==
          std::string_view(text).size() - 1);
  }
  for (const char* text :
       {"1234567,", "123456.7", "007,", "5.,", ".5,", "-1,", "1e5,", "1.5E2,", "1.2.3,", ",", ""}) {
    INFO(text);
    CHECK(short_number(eight_bytes((text + std::string(8, '\0')).data())).bytes == 0);
  }
}

TEST_CASE("a day read quickly is the day that is written", "[read]") {
  std::mt19937 random(2);
  size_t found = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = fmt::format("{:04}-{:02}-{:02}", 1795 + random() % 410, random() % 14, random() % 33);
    if (i % 4 == 0) text[random() % 10] = "0:/-9a"[random() % 6];
    const auto when = parse_when(text, nullptr);
    Day day = 0;
    INFO(text);
    if (!read_day(text.data(), day)) continue;
    ++found;
    REQUIRE(when);
    CHECK(*when == When{day, day, -1});
  }
  CHECK(found > 100'000);
}

TEST_CASE("a row is cut at every separator", "[read]") {
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string line;
    for (size_t size = 1 + random() % 40; size > 0; --size) line += ",,ab-;.\t+"[random() % 9];
    const std::string text = line + "\nnext,row,of,the,file" + std::string(kInputPadding, '\0');
    CsvRow row;
    row.separator = ",;\t"[random() % 3];
    REQUIRE(split_row(std::string_view(text).substr(0, text.size() - kInputPadding), false, row));
    std::string joined;
    for (const std::string_view cell : row.cells) {
      CHECK(cell.find(row.separator) == std::string_view::npos);
      joined.append(cell) += row.separator;
    }
    joined.pop_back();
    CHECK(joined == line);
  }
}

}  // namespace crit
