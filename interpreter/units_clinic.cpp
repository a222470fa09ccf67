// The unit as a clinic writes it in, UCUM's spelling of it out (the table is units_clinic.def); and what
// somebody may have meant who wrote none of them.

#include <algorithm>
#include <array>
#include <map>

#include "interpreter/spelling.hpp"
#include "interpreter/ucum.hpp"
#include "interpreter/units.hpp"

namespace crit {

namespace {

constexpr size_t most_characters = 100;

enum class Where : uint8_t { ending, component, whole };

struct Spelling {
  Where place;
  std::string_view text;
  std::string_view ucum;  // empty: refused
};

constexpr Spelling spellings[] = {
#define ENDING(text, ucum) Spelling{Where::ending, text, ucum},
#define COMPONENT(text, ucum) Spelling{Where::component, text, ucum},
#define WHOLE(text, ucum) Spelling{Where::whole, text, ucum},
#define REFUSED(text) Spelling{Where::component, text, ""},
#include "interpreter/units_clinic.def"
#undef ENDING
#undef COMPONENT
#undef WHOLE
#undef REFUSED
};

struct Character {
  std::string_view utf8;
  std::string_view plain;
};

constexpr std::array<Character, 28> characters{{
    {"\u00b5", "u"},    {"\u03bc", "u"},  {"\u00b0", "deg"}, {"\u00ba", "deg"}, {"\u2103", "degC"},
    {"\u2109", "degF"}, {"\u00d7", "x"},  {"\u00b7", "."},   {"\u22c5", "."},   {"\u2212", "-"},
    {"\u2013", "-"},    {"\u2044", "/"},  {"\u2215", "/"},   {"\u00a0", " "},   {"\u202f", " "},
    {"\u2009", " "},    {"\u2070", "^0"}, {"\u00b9", "^1"},  {"\u00b2", "^2"},  {"\u00b3", "^3"},
    {"\u2074", "^4"},   {"\u2075", "^5"}, {"\u2076", "^6"},  {"\u2077", "^7"},  {"\u2078", "^8"},
    {"\u2079", "^9"},   {"\u207b", "^-"}, {"\u33a5", "m^3"},
}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// ASCII without blanks, or nothing where a blank separates two numbers (`10 9/L` lost its superscript).
std::optional<std::string> plain_characters(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const auto known =
        std::ranges::find_if(characters, [&](const Character& c) { return text.starts_with(c.utf8); });
    const bool foreign = known != characters.end();
    plain += foreign ? known->plain : text.substr(0, 1);
    text.remove_prefix(foreign ? known->utf8.size() : 1);
  }
  std::string result;
  bool blank = false;
  for (const char c : plain) {
    if (c == ' ') {
      blank = true;
      continue;
    }
    if (blank && !result.empty() && is_digit(result.back()) && is_digit(c)) return std::nullopt;
    blank = false;
    // A second superscript goes on with the first: `⁻¹` came as `^-^1`.
    const bool goes_on =
        c == '^' && result.size() >= 2 && (is_digit(result.back()) || result.back() == '-') &&
        result.find_last_of('^') != std::string::npos &&
        result.find_first_not_of("0123456789-", result.find_last_of('^') + 1) == std::string::npos;
    if (!goes_on) result += c;
  }
  return result;
}

// Powers in UCUM's way: `10^9`, `10E9`, `10(9)`, `x10^9` are 10*9, and `m^2` is m2.
std::string plain_powers(std::string_view text) {
  if ((text.starts_with('x') || text.starts_with('X')) && text.substr(1).starts_with("10"))
    text.remove_prefix(1);
  if (text.starts_with("*10")) text.remove_prefix(1);
  std::string result;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool before_power = at + 1 < text.size() && (is_digit(text[at + 1]) || text[at + 1] == '-');
    const bool after_ten =
        result.ends_with("10") && (result.size() == 2 || !is_digit(result[result.size() - 3]));
    if (after_ten && before_power && (c == '^' || c == '*' || c == 'E' || c == 'e')) {
      result += '*';
    } else if (after_ten && before_power && c == '(' && text.find(')', at) != std::string_view::npos) {
      const size_t end = text.find(')', at);
      result += '*';
      result += text.substr(at + 1, end - at - 1);
      at = end;
    } else if (c == '*' && !after_ten) {
      result += '.';
    } else if (c != '^' || !before_power) {
      result += c;
    }
  }
  return result;
}

// The table in an order to search in.
constexpr auto by_text = [] {
  std::array<Spelling, std::size(spellings)> sorted{};
  std::ranges::copy(spellings, sorted.begin());
  std::ranges::sort(sorted, {}, [](const Spelling& s) { return std::pair(s.place, s.text); });
  return sorted;
}();
static_assert(std::ranges::adjacent_find(by_text, {}, [](const Spelling& s) {
                return std::pair(s.place, s.text);
              }) == by_text.end());

const Spelling* find_spelling(Where place, std::string_view text) {
  const std::pair wanted(place, text);
  const auto found = std::ranges::lower_bound(by_text, wanted, {},
                                              [](const Spelling& s) { return std::pair(s.place, s.text); });
  return found == by_text.end() || found->place != place || found->text != text ? nullptr : &*found;
}

struct Component {
  std::string_view before;  // the operator or parenthesis in front
  std::string_view word;    // with brackets and annotation
  std::string_view exponent;
};

bool is_operator(char c) {
  return c == '/' || c == '.' || c == '(' || c == ')';
}

Component take_component(std::string_view& text) {
  Component part;
  size_t at = 0;
  while (at < text.size() && is_operator(text[at])) ++at;
  part.before = text.substr(0, at);
  const size_t start = at;
  char closing = 0;
  for (; at < text.size() && (closing || !is_operator(text[at])); ++at) {
    if (text[at] == closing)
      closing = 0;
    else if (!closing && text[at] == '[')
      closing = ']';
    else if (!closing && text[at] == '{')
      closing = '}';
  }
  part.word = text.substr(start, at - start);
  size_t end = part.word.size();
  while (end > 0 && is_digit(part.word[end - 1])) --end;
  if (end > 0 && end < part.word.size() && (part.word[end - 1] == '-' || part.word[end - 1] == '+')) --end;
  part.exponent = part.word.substr(end);
  text.remove_prefix(at);
  return part;
}

// The units that results come in, the likelier first.
constexpr std::array<std::string_view, 64> common_units{
    "mg",     "g",    "kg",     "ug",     "ng",    "pg",    "dL",         "L",   "mL",    "uL",     "fL",
    "mmol",   "umol", "nmol",   "pmol",   "mol",   "U",     "IU",         "mIU", "uIU",   "kIU",    "mU",
    "mEq",    "mOsm", "mmHg",   "mm[Hg]", "kPa",   "cm",    "mm",         "m",   "um",    "nm",     "m2",
    "mm3",    "cm2",  "cm3",    "%",      "min",   "h",     "s",          "ms",  "d",     "wk",     "mo",
    "a",      "days", "months", "weeks",  "hours", "years", "minutes",    "bpm", "Cel",   "[degF]", "cells",
    "copies", "10*3", "10*6",   "10*9",   "10*12", "kcal",  "pack-years", "Gy",  "points"};

struct Guess {
  std::string_view word;
  size_t cost;  // 0 as written, 1 another case, then the letters that differ
};

// What a component that no unit is called may have meant.
std::optional<Guess> nearest_component(std::string_view word) {
  if (parse_unit(word)) return Guess{word, 0};
  const std::string wanted = lower_case(word);
  std::optional<Guess> best;
  const auto consider = [&](std::string_view candidate) {
    const size_t distance = edit_distance(wanted, lower_case(candidate));
    const size_t allowed = std::min<size_t>(2, word.size() / 3);
    if (distance <= allowed && (!best || distance + 1 < best->cost)) best = Guess{candidate, distance + 1};
  };
  for (const std::string_view candidate : common_units) consider(candidate);
  for (const Spelling& spelling : spellings) {
    if (spelling.place == Where::component && !spelling.ucum.empty()) consider(spelling.text);
  }
  return best;
}

std::optional<std::string> replace_components(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Component part = take_component(text);
    const std::string_view bare = part.word.substr(0, part.word.size() - part.exponent.size());
    result += part.before;
    if (const Spelling* whole = find_spelling(Where::component, part.word)) {
      if (whole->ucum.empty()) return std::nullopt;
      result += whole->ucum;
    } else if (const Spelling* base = find_spelling(Where::component, bare)) {
      if (base->ucum.empty()) return std::nullopt;
      result += base->ucum;
      result += part.exponent;
    } else {
      result += part.word;
    }
  }
  return result;
}

// The UCUM spelling of what a clinic wrote.
std::optional<std::string> ucum_spelling(std::string_view text) {
  if (text.empty() || text.size() > most_characters) return std::nullopt;
  const auto plain = plain_characters(text);
  if (!plain) return std::nullopt;
  std::string unit = plain_powers(*plain);
  for (const Spelling& spelling : spellings) {
    if (spelling.place != Where::ending || !unit.ends_with(spelling.text)) continue;
    unit.replace(unit.size() - spelling.text.size(), spelling.text.size(), spelling.ucum);
    break;
  }
  if (const Spelling* known = find_spelling(Where::whole, unit)) unit = known->ucum;
  auto replaced = replace_components(unit);
  if (!replaced) return std::nullopt;
  if (const Spelling* known = find_spelling(Where::whole, *replaced)) *replaced = known->ucum;
  return replaced;
}

}  // namespace

std::optional<Unit> parse_unit(std::string_view text) {
  // The declarations of a trial and its vocabulary name the same few units over and over.
  static constexpr size_t most_kept = 200;
  thread_local std::map<std::string, std::optional<Unit>, std::less<>> kept;
  if (const auto found = kept.find(text); found != kept.end()) return found->second;
  const auto ucum = ucum_spelling(text);
  auto unit = ucum ? read_unit(*ucum, Reading::clinic) : std::nullopt;
  if (kept.size() < most_kept && text.size() <= most_characters) kept.emplace(text, unit);
  return unit;
}

std::optional<std::string> nearest_unit(std::string_view text) {
  const auto plain = plain_characters(text);
  if (!plain || plain->empty() || plain->size() > most_characters) return std::nullopt;
  const std::string unit = plain_powers(*plain);
  // Blood counts in giga and tera a litre: not grams.
  if (unit == "G/L") return "10^9/L";
  if (unit == "T/L") return "10^12/L";
  std::string guess;
  size_t cost = 0;
  // `109/L`: 10 to the 9 that lost its superscript.
  const bool lost_power =
      unit.starts_with("10") && unit.find('/') <= 4 && unit.find('/') > 2 && is_digit(unit[2]);
  if (lost_power) {
    guess = "10^" + unit.substr(2);
  } else {
    for (std::string_view rest = unit; !rest.empty();) {
      const Component part = take_component(rest);
      guess += part.before;
      if (part.word.empty()) continue;
      auto near = nearest_component(part.word);
      std::string_view exponent;
      if (!near) {
        exponent = part.exponent;
        near = nearest_component(part.word.substr(0, part.word.size() - exponent.size()));
      }
      if (!near) return std::nullopt;
      guess += near->word;
      guess += exponent;
      cost += near->cost;
    }
    if (cost == 0) return std::nullopt;
  }
  if (guess == text || !parse_unit(guess)) return std::nullopt;
  return guess;
}

std::optional<TimeUnit> time_unit(std::string_view text) {
  struct Name {
    std::string_view ucum;
    TimeUnit unit;
  };
  static constexpr std::array<Name, 6> names{{{"min", TimeUnit::minutes},
                                              {"h", TimeUnit::hours},
                                              {"d", TimeUnit::days},
                                              {"wk", TimeUnit::weeks},
                                              {"mo", TimeUnit::months},
                                              {"a", TimeUnit::years}}};
  const Spelling* spelling = find_spelling(Where::component, text);
  const auto found = std::ranges::find(names, spelling ? spelling->ucum : text, &Name::ucum);
  if (found == names.end()) return std::nullopt;
  return found->unit;
}

}  // namespace crit
