// Which numbers of a protocol are none that a rule must have: parts of names, list marks, years, telephone
// numbers.
#include "tools/lint/text_names.hpp"

#include <algorithm>

#include "grammar/words.hpp"
#include "tools/lint/list_marks.hpp"

namespace crit {

namespace {

// A number right after one of these belongs to it: "type 2", "RECIST 1.1", "section 5.1", "visit 1".
constexpr std::string_view kBeforeName[] = {
    "type",     "types",    "version", "v",           "section",    "sections",  "sect",     "appendix",
    "table",    "figure",   "fig",     "part",        "parts",      "phase",     "visit",    "visits",
    "cycle",    "cohort",   "group",   "panel",       "chapter",    "item",      "items",    "page",
    "step",     "recist",   "ctcae",   "ctc",         "irecist",    "dsm",       "icd",      "tween",
    "covid",    "hiv",      "day",     "amendment",   "exon",       "criterion", "criteria", "gold",
    "mers",     "vitamin",  "factor",  "polysorbate", "cytochrome", "men",       "no",       "number",
    "protocol", "schedule", "stage",   "stages"};

// Between two numbers of one name: "type 1 or 2", "visits 1 to 3".
constexpr std::string_view kBetween[] = {"or", "and", "to", "/", "-", ",", "or type", "and type", "and/or"};

std::string_view before(const PlainText& plain, size_t at) {
  return stripped(std::string_view(plain.lower).substr(0, at));
}
std::string_view after(const PlainText& plain, size_t at) {
  return std::string_view(plain.lower).substr(std::min(at, plain.lower.size()));
}

bool follows_name_word(const PlainText& plain, const ScannedNumber& n) {
  const std::string_view head = before(plain, n.begin);
  const std::string_view word = last_word(head);
  if (std::ranges::find(kBeforeName, word) == std::end(kBeforeName)) return false;
  // "no more than", "no 5 mg": only `no.` and `number` name a number.
  return word != "no" || head.ends_with('.');
}

bool is_year(const ScannedNumber& n, const TextUnit& unit) {
  return unit.kind == TextUnit::Kind::none && n.end - n.begin == 4 && n.decimals == 0 && n.value >= 1900 &&
         n.value < 2100;
}

// `800-555-0199`, `4.2.1`, `1:40`, `12/31/2024`: digits that punctuation joins to more digits.
bool is_joined_to_digits(const PlainText& plain, const ScannedNumber& n) {
  const std::string& text = plain.text;
  const auto digit = [&](size_t at) { return at < text.size() && is_digit(text[at]); };
  const auto joined = [&](char c) { return c == ':' || c == '.'; };
  if (n.begin > 1 && joined(text[n.begin - 1]) && digit(n.begin - 2)) return true;
  if (n.end < text.size() && joined(text[n.end]) && digit(n.end + 1)) return true;
  size_t begin = n.begin, end = n.end, groups = 0;
  const auto part = [&](char c) { return is_digit(c) || c == '-' || c == '/'; };
  while (begin > 0 && part(text[begin - 1])) groups += !is_digit(text[--begin]);
  while (end < text.size() && part(text[end])) groups += !is_digit(text[end++]);
  const auto count = std::count_if(text.begin() + long(begin), text.begin() + long(end), is_digit);
  return groups >= 2 && count >= 5;
}

constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December",
                                        "Jan",     "Feb",      "Mar",       "Apr",     "Jun",      "Jul",
                                        "Aug",     "Sep",      "Sept",      "Oct",     "Nov",      "Dec"};

// With its capital: "14 may" is no date.
bool is_month(std::string_view word) {
  return std::ranges::find(kMonths, word) != std::end(kMonths);
}

// The day of "14 July 2024" or "July 14, 2024".
bool is_day_of_date(const PlainText& plain, const ScannedNumber& n) {
  if (n.in_words || n.decimals > 0 || n.value < 1 || n.value > 31) return false;
  const std::string_view text = plain.text;
  std::string_view head = stripped(text.substr(0, n.begin));
  if (head.ends_with('.')) head.remove_suffix(1);  // "Sept. 12"
  if (is_month(last_word(head))) return true;
  std::string_view tail = stripped(text.substr(n.end));
  if (starts_with_words(tail, "of")) tail = stripped(tail.substr(2));
  return is_month(next_word(tail));
}

// `(555) 123-4567`: an area in parentheses, and seven digits.
bool has_area_code(std::string_view run) {
  const auto digits = [&](size_t at, size_t count) {
    return at + count <= run.size() && std::ranges::all_of(run.substr(at, count), is_digit);
  };
  for (size_t at = run.find('('); at != std::string_view::npos; at = run.find('(', at + 1)) {
    if (!digits(at + 1, 3) || run.substr(at + 4, 1) != ")") continue;
    const size_t rest = at + 5 + (run.substr(at + 5, 1) == " ");
    if (digits(rest, 3) && digits(rest + 4, 4) && !digits(rest + 3, 1)) return true;
  }
  return false;
}

// Digits in groups between blanks and hyphens, by what stands before them, or as only telephones have them.
bool is_in_telephone_number(const PlainText& plain, const ScannedNumber& n) {
  if (n.in_words) return false;
  const std::string_view text = plain.text;
  const auto part = [](char c) {
    return is_digit(c) || std::string_view(" -().").find(c) != std::string_view::npos;
  };
  size_t begin = n.begin, end = n.end;
  while (begin > 0 && part(text[begin - 1])) --begin;
  while (end < text.size() && part(text[end])) ++end;
  const bool plus = begin > 0 && text[begin - 1] == '+' && is_digit(text[begin]);
  const std::string_view run = stripped(text.substr(begin, end - begin));
  const auto count = std::ranges::count_if(run, is_digit);
  if (plus) return count >= 7;
  std::string_view head = before(plain, begin);
  // The run begins with the point of "tel. " and the colon ends the word before it.
  while (!head.empty() && (head.back() == ':' || head.back() == '.'))
    head = stripped(head.substr(0, head.size() - 1));
  constexpr std::string_view kCalls[] = {"tel", "telephone", "phone", "fax", "call", "mobile", "hotline"};
  if (std::ranges::find(kCalls, last_word(head)) != std::end(kCalls)) return count >= 6;
  return has_area_code(run);
}

// Behind a period: it is one before something.
bool leads_up(std::string_view tail) {
  tail = stripped(tail);
  if (starts_with_words(tail, "immediately")) tail = stripped(tail.substr(11));
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"before", "prior", "preceding", "leading up"},
      [&](auto words) { return starts_with_words(tail, words); });
}

// "In the 6-month period before screening", "the previous 12-week interval"; not "a 24-hour urine".
bool is_hyphenated_period(const PlainText& plain, const ScannedNumber& n, const TextUnit& unit) {
  if (unit.kind != TextUnit::Kind::duration) return false;
  std::string_view tail = stripped(after(plain, unit.end));
  if (starts_with_words(tail, "time")) tail = stripped(tail.substr(4));
  for (std::string_view noun : {"period", "interval", "window", "span"}) {
    if (!starts_with_words(tail, noun)) continue;
    const std::string_view word = last_word(before(plain, n.begin));
    return leads_up(tail.substr(noun.size())) || word == "previous" || word == "preceding" ||
           word == "last" || word == "past" || word == "prior";
  }
  return false;
}

// "12-lead", "24-hour urine", "(n=5)", "/20".
bool is_in_compound(const PlainText& plain, const ScannedNumber& n, const TextUnit& unit) {
  const std::string& text = plain.text;
  if (n.end + 1 < text.size() && text[n.end] == '-' && is_letter(text[n.end + 1]))
    return unit.kind == TextUnit::Kind::none ||
           (unit.kind == TextUnit::Kind::duration && !is_hyphenated_period(plain, n, unit));
  if (before(plain, n.begin).ends_with("n=") || before(plain, n.begin).ends_with("n =")) return true;
  return n.begin > 1 && text[n.begin - 1] == '/' && !is_digit(text[n.begin - 2]);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

// "3 weeks per cycle", "2 days/week": how often a treatment is given.
bool is_of_each(std::string_view tail) {
  tail = stripped(tail);
  return tail.starts_with('/') || starts_with_words(tail, "per") || starts_with_words(tail, "of each") ||
         starts_with_words(tail, "of every");
}

// "Willing to attend visits for 52 weeks": what a patient will do.
bool is_undertaken(std::string_view head) {
  head = head.substr(head.find_last_of(".;") + 1);
  static constexpr std::string_view kWill[] = {"willing", "willingness", "able",   "ability", "agree",
                                               "agrees",  "attend",      "comply", "remain",  "participate"};
  const bool lasts = ends_with_words(head, "for") || ends_with_words(head, "for at least");
  return lasts && std::ranges::any_of(kWill, [&](auto w) { return find_words(head, w) != head.npos; });
}

}  // namespace

bool is_in_name(const PlainText& plain, const ScannedNumber& n, const TextUnit& unit, bool after_name) {
  if (n.in_name || (!n.in_words && list_mark(plain, n.begin)) || is_year(n, unit) ||
      is_joined_to_digits(plain, n))
    return true;
  if (is_in_compound(plain, n, unit) || is_day_of_date(plain, n) || is_in_telephone_number(plain, n))
    return true;
  const bool measured = unit.kind == TextUnit::Kind::measured || unit.kind == TextUnit::Kind::duration;
  if (!measured && follows_name_word(plain, n)) return true;
  if (!after_name || measured) return false;
  const std::string_view head = before(plain, n.begin);
  return std::ranges::any_of(kBetween, [&](std::string_view words) { return ends_with_words(head, words); });
}

size_t end_of_definition(const PlainText& plain, const ScannedNumber& n) {
  constexpr size_t kLongestName = 40;  // bytes
  if (n.value != 1) return 0;
  const std::string_view rest = after(plain, n.end);
  const size_t sign = rest.find('=');
  if (sign == rest.npos || sign == 0 || sign > kLongestName) return 0;
  const std::string_view name = stripped(rest.substr(0, sign));
  if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz -") != name.npos || name.empty()) return 0;
  int depth = 0;
  for (size_t at = n.end + sign; at < plain.lower.size(); ++at) {
    const char c = plain.lower[at];
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    const bool ends = c == ';' || (c == '.' && (at + 1 == plain.lower.size() || plain.lower[at + 1] == ' '));
    if (depth < 0 || ends) return at;
  }
  return plain.lower.size();
}

bool is_later_period(const PlainText& plain, const ScannedNumber& n, const TextUnit& unit) {
  std::string_view tail = after(plain, unit.end);
  if (is_of_each(tail) || is_undertaken(before(plain, n.begin))) return true;
  // The words up to the fourth after the period, and the two before the number.
  for (int i = 0; i < 4; ++i) {
    tail = tail.substr(std::min(tail.find_first_not_of(" )"), tail.size()));
    const std::string_view word = next_word(tail);
    if (word.empty() || (word == "interval" && leads_up(tail.substr(word.size())))) break;
    if (is_one_of(word,
                  {"after", "following", "post", "thereafter", "follow", "followup", "apart", "interval"}))
      return true;
    if (is_one_of(word, {"before", "prior", "of", "preceding", "from"})) break;
    tail.remove_prefix(word.size());
  }
  std::string_view head = before(plain, n.begin);
  for (int i = 0; i < 2 && !head.empty(); ++i) {
    const std::string_view word = last_word(head);
    if (is_one_of(word, {"every", "each", "next", "subsequent", "coming", "plus", "upcoming"})) return true;
    head = stripped(head.substr(0, head.size() - std::max<size_t>(word.size(), 1)));
  }
  return false;
}

}  // namespace crit
