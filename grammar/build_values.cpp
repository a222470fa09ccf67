// Tokens and literals: names, numbers, units, dates, texts. What is written otherwise is read as meant and
// reported.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/build.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

constexpr size_t kMaxDigits = 40;

std::string without(std::string_view text, std::string_view unwanted) {
  std::string out;
  for (char c : text)
    if (unwanted.find(c) == std::string_view::npos) out += c;
  return out;
}

// True where each comma (or point) stands before three digits, as in `20,000`.
bool parts_thousands(std::string_view text, char separator) {
  size_t at = text.find(separator);
  if (at == 0 || at > 3 || text[0] == '0') return false;
  for (; at < text.size(); at += 4)
    if (text[at] != separator || text.size() - at < 4) return false;
  return true;
}

// What a number with a comma most likely means.
std::string mended_number(std::string_view text) {
  size_t comma = text.rfind(',');
  size_t point = text.rfind('.');
  if (point != std::string_view::npos && point > comma) return without(text, ",");  // 1,000.5
  if (point == std::string_view::npos && parts_thousands(text, ',')) return without(text, ",");
  return without(text.substr(0, comma), ".,") + "." + std::string(text.substr(comma + 1));
}

bool may_be_thousands(std::string_view text) {
  size_t point = text.find('.');
  return point != std::string_view::npos && point <= 3 && text.size() == point + 4 && text[0] != '0';
}

struct Plain {
  std::string_view pasted, plain;
};
// Characters of pasted units, and how they are written.
constexpr Plain kPlainUnit[] = {{"\xC2\xB5", "u"},     {"\xCE\xBC", "u"},     {"\xC2\xB9", "1"},
                                {"\xC2\xB2", "2"},     {"\xC2\xB3", "3"},     {"\xE2\x81\xB0", "0"},
                                {"\xE2\x81\xB4", "4"}, {"\xE2\x81\xB5", "5"}, {"\xE2\x81\xB6", "6"},
                                {"\xE2\x81\xB7", "7"}, {"\xE2\x81\xB8", "8"}, {"\xE2\x81\xB9", "9"},
                                {"\xE2\x81\xBB", "-"}};

std::string plain_unit(std::string_view unit) {
  std::string out;
  for (size_t i = 0; i < unit.size();) {
    auto pasted = std::find_if(std::begin(kPlainUnit), std::end(kPlainUnit),
                               [&](Plain p) { return unit.substr(i).starts_with(p.pasted); });
    bool found = pasted != std::end(kPlainUnit);
    bool superscript = found && pasted->plain != "u";
    if (superscript && out == "10") out += '^';
    out += found ? pasted->plain : unit.substr(i, 1);
    i += found ? pasted->pasted.size() : 1;
  }
  return out;
}

constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

int days_in_month(int year, int month) {
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == 2) return leap ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// The numbers of a date as written, in order: year, month, day, hour, minute.
std::vector<int> numbers_in(std::string_view text) {
  std::vector<int> numbers;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i])) continue;
    if (i == 0 || !is_digit(text[i - 1])) numbers.push_back(0);
    numbers.back() = numbers.back() * 10 + (text[i] - '0');
  }
  return numbers;
}

std::string wrong_date(std::string_view text) {
  std::vector<int> n = numbers_in(text);
  if (n.size() > 1 && (n[1] < 1 || n[1] > 12))
    return fmt::format("`{}` is no date: there is no month {}", text, n[1]);
  if (n.size() > 2 && (n[2] < 1 || n[2] > days_in_month(n[0], n[1])))
    return fmt::format("`{}` is no date: {} {} has {} days", text, kMonths[n[1] - 1], n[0],
                       days_in_month(n[0], n[1]));
  if (n.size() > 4 && (n[3] > 23 || n[4] > 59)) return fmt::format("`{}` has no time of a day", text);
  return "";
}

// The date with two digits for month, day and time: `2025-3-1` is `2025-03-01`.
std::string full_digits(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    bool lone = i > 0 && is_digit(text[i]) && !is_digit(text[i - 1]) &&
                (i + 1 == text.size() || !is_digit(text[i + 1]));
    if (lone) out += '0';
    out += text[i];
  }
  return out;
}

std::string text_in_quotes(std::string_view quoted, size_t mark) {
  std::string out(quoted.substr(mark, quoted.size() - 2 * mark));
  if (mark > 1) return out;
  for (size_t i = out.find('"'); i != out.npos; i = out.find('"', i + 1)) out.erase(i, 1);
  return out;
}

// `01.02.2025` as a date is written: the day stands first where it may. Empty: no day is meant.
std::string date_with_points(std::string_view text) {
  const std::vector<int> n = numbers_in(text);
  const size_t first = text.find('.'), last = text.rfind('.');
  if (n.size() != 3 || first > 2 || last - first > 3 || text.size() - last != 5) return {};
  for (const auto& [day, month] : {std::pair(n[0], n[1]), std::pair(n[1], n[0])})
    if (std::string date = fmt::format("{:04}-{:02}-{:02}", n[2], month, day); wrong_date(date).empty())
      return date;
  return {};
}

void report_points(Build& b, std::string_view text, Span span) {
  const std::string date = date_with_points(text);
  if (date.empty())
    b.report("syntax", span, fmt::format("`{}` is no number", text), "a number has one decimal point");
  else
    b.report("syntax", span, fmt::format("`{}` is not how a date is written", text),
             fmt::format("write `{}`: the year, the month, the day", date), Fix{span, date, false});
}

// Reports `0,5`, `20,000`, `1.2.3`, and `1.500` in a rule. The digits are those that were meant.
Number checked_number(Build& b, std::string_view text, Span span) {
  if (text.size() > kMaxDigits)
    b.report("syntax", span, fmt::format("a number of more than {} digits", kMaxDigits));
  if (text.find(',') != std::string_view::npos) {
    std::string mended = mended_number(text);
    b.report(
        "decimal-comma", span, fmt::format("`{}` has a comma", text),
        fmt::format("write `{}`: a point before the decimals, and nothing between the thousands", mended),
        Fix{span, mended, false});
    return {std::move(mended), span, true};
  }
  if (std::count(text.begin(), text.end(), '.') > 1) {
    report_points(b, text, span);
    return {std::string(text.substr(0, text.find('.'))), span, true};
  }
  if (b.in_rule && may_be_thousands(text)) {
    std::string whole = without(text, ".");
    b.report(
         "decimal-comma", span, fmt::format("`{}` may be read as {}", text, whole),
         fmt::format("write `{}`, or `{}` where thousands are meant", text.substr(0, text.size() - 1), whole))
        .severity = Severity::warning;
  }
  return {std::string(text), span};
}

}  // namespace

Name build_name(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  std::string_view text = b.text(c.take());
  return {std::string(text), span};
}

Number build_number(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  return checked_number(b, b.text(c.take()), span);
}

UnitText build_unit(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  return {plain_unit(b.text(c.take())), span};
}

bool is_date(std::string_view text) {
  return wrong_date(text).empty() && full_digits(text) == text;
}

DateText build_date(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  std::string_view text = b.text(c.take());
  std::string full = full_digits(text);
  if (std::string wrong = wrong_date(text); !wrong.empty())
    b.report("syntax", span, wrong,
             "a date is written `2025-03-01`, or `2025-03` or `2025` where no more is known");
  else if (full != text)
    b.report("syntax", span, fmt::format("`{}` is not how a date is written", text),
             fmt::format("write `{}`", full), Fix{span, full, true});
  return {full, span};
}

Text build_text(Build& b, Cursor& c) {
  Text text{"", {}, b.span(c.node())};
  while (c.is(Node::text) || c.is(Node::curly_text)) {
    bool curly = c.is(Node::curly_text);
    Span span = b.span(c.node());
    std::string piece = text_in_quotes(b.text(c.take()), curly ? 3 : 1);
    if (curly)
      b.report("anticipated-mistake", span, "curly quotes around a text", "write straight quotes: `\"`",
               Fix{span, "\"" + piece + "\"", true});
    text.text += piece;
    text.pieces.push_back(std::move(piece));
    text.span = join(text.span, span);
  }
  return text;
}

bool build_yes(Build& b, Cursor& c) {
  return same_word(b.text(c.take()), "yes");
}

}  // namespace crit
