// What stands after a number of the protocol's words, to the unit that it means: `mg/dL`, `x 109/L`, `years`,
// `x ULN`.
#include "tools/lint/text_unit.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "grammar/words.hpp"

namespace crit {

namespace {

constexpr size_t kMostPieces = 8;

// Words that are units to UCUM (`at`, the technical atmosphere) and no units after a number of a protocol.
constexpr std::string_view kNoUnits[] = {"a",  "al", "am", "as", "at",  "b", "c",   "ct", "dl", "ef",
                                         "et", "f",  "gr", "in", "inr", "k", "met", "n",  "p",  "ph",
                                         "pk", "pm", "pr", "pt", "st",  "t", "tg",  "to", "tr", "v"};

struct Spelt {
  std::string_view words;
  std::string_view unit;
};
// Spelt out in protocols, and not by laboratories.
constexpr Spelt kSpelt[] = {{"meters", "m"},
                            {"metres", "m"},
                            {"millimeter", "mm"},
                            {"millimeters", "mm"},
                            {"millimetre", "mm"},
                            {"millimetres", "mm"},
                            {"centimeter", "cm"},
                            {"centimetre", "cm"},
                            {"milliliter", "mL"},
                            {"millilitre", "mL"},
                            {"deciliter", "dL"},
                            {"decilitre", "dL"},
                            {"microliter", "uL"},
                            {"microlitre", "uL"},
                            {"nanogram", "ng"},
                            {"nanograms", "ng"},
                            {"picogram", "pg"},
                            {"picograms", "pg"},
                            {"millimole", "mmol"},
                            {"milliequivalent", "meq"},
                            {"milliequivalents", "meq"},
                            {"international units", "IU"}};

// Goes through the text after a number.
struct Reader {
  const PlainText& plain;
  size_t at = 0;

  char peek(size_t ahead = 0) const { return at + ahead < plain.text.size() ? plain.text[at + ahead] : '\0'; }
  std::string_view rest() const {
    return std::string_view(plain.lower).substr(std::min(at, plain.lower.size()));
  }
  bool skip_blank() {
    const bool blank = peek() == ' ';
    at += blank;
    return blank;
  }
  bool take(std::string_view words) {
    if (!starts_with_words(rest(), words)) return false;
    at += words.size();
    return true;
  }
  template <typename List>
  bool take_one_of(const List& list) {
    return std::ranges::any_of(list, [&](std::string_view words) { return take(words); });
  }
};

// A part of a unit, and where the text goes on after it.
struct Piece {
  std::string text;
  size_t end = 0;
};

// `x 109/L` lost its superscript, `10 9/L` its caret: both are 10^9/L.
std::optional<Piece> power_of_ten(Reader r) {
  if (r.peek() == 'x' || r.peek() == 'X' || r.peek() == '*') ++r.at;
  r.skip_blank();
  if (r.peek() != '1' || r.peek(1) != '0') return std::nullopt;
  r.at += 2;
  while (r.peek() != '\0' && std::string_view("^*(eE ").find(r.peek()) != std::string_view::npos) ++r.at;
  std::string exponent;
  for (; is_digit(r.peek()) && exponent.size() < 2; ++r.at) exponent += r.peek();
  if (r.peek() == ')') ++r.at;
  r.skip_blank();
  if (exponent.empty() || (r.peek() != '/' && !is_letter(r.peek()))) return std::nullopt;
  return Piece{"10^" + exponent, r.at};
}

static_assert(int(TimeUnit::years) == int(DurationUnit::years));

bool is_time_word(std::string_view word) {
  return !word.empty() && time_unit(word).has_value();
}

// `24 hours` and `1.73` after the stroke, where other numbers end the unit (`140/90`).
std::optional<std::string> number_after_stroke(Reader& r) {
  static constexpr std::string_view kDay[] = {"24 hours", "24 hour", "24 hrs", "24 hr", "24 h",
                                              "24-hour",  "24hours", "24hrs",  "24hr",  "24h"};
  if (r.take_one_of(kDay)) return "day";
  if (!r.rest().starts_with("1.73")) return std::nullopt;
  r.at += 4;
  r.skip_blank();
  return "1.73";
}

// A word of a unit at the reader: its letters, and the exponent that is attached to them.
std::string unit_word(Reader& r) {
  for (const Spelt& s : kSpelt)
    if (r.take(s.words)) return std::string(s.unit);
  std::string word;
  for (; is_letter(r.peek()) || is_digit(r.peek()); ++r.at) word += r.peek();
  if (r.peek() == '^' && is_digit(r.peek(1))) {
    word += r.peek(1);
    r.at += 2;
  }
  return word;
}

// The word that joins a unit to what follows, written as the sign that it stands for; empty: none.
std::string joining_word(Reader& r, bool first) {
  if (!first && r.take("of mercury")) return "Hg";
  if (!first && r.take("hg")) return "Hg";
  if (!first && (r.take("squared") || r.take("square"))) return "2";
  if (!first && r.take("cubed")) return "3";
  if (!first && r.take("daily")) return "/day";
  if (!first && r.take("weekly")) return "/wk";
  const size_t kept = r.at;
  if (!first && r.take("a") && r.skip_blank() && is_time_word(next_word(r.rest()))) return "/";
  r.at = kept;
  return r.take("per") ? "/" : "";
}

// `cubic millimeter`, `square meters`, `pack years`.
std::string compound_word(Reader& r) {
  if (r.take("cubic") && r.skip_blank()) return unit_word(r) + "3";
  if (r.take("square") && r.skip_blank()) return unit_word(r) + "2";
  static constexpr std::string_view kPackYears[] = {"pack years", "pack year", "pack-years", "pack-year",
                                                    "packyears"};
  return r.take_one_of(kPackYears) ? "pack-years" : "";
}

// The next part of the unit, or nothing where the unit can't go on.
std::optional<std::string> next_part(Reader& r, bool first, bool after_stroke) {
  const bool blank = r.skip_blank();
  if (r.peek() == '%') {
    ++r.at;
    return "%";
  }
  if (r.peek() == '/') {
    ++r.at;
    r.skip_blank();
    if (!is_digit(r.peek())) return "/";
    const auto number = number_after_stroke(r);
    return number ? std::optional("/" + *number) : std::nullopt;
  }
  if (std::string compound = after_stroke ? compound_word(r) : ""; !compound.empty()) return compound;
  if (std::string joined = joining_word(r, first); !joined.empty()) return joined;
  if (blank && !first && !after_stroke) return std::nullopt;
  if (after_stroke && is_digit(r.peek())) return number_after_stroke(r);
  if (std::string compound = compound_word(r); !compound.empty()) return compound;
  if (!is_letter(r.peek())) return std::nullopt;
  return unit_word(r);
}

std::vector<Piece> pieces_after(const PlainText& plain, size_t at) {
  std::vector<Piece> pieces;
  Reader r{plain, at};
  std::string text;
  r.skip_blank();
  if (const auto power = power_of_ten(r)) {
    text = power->text;
    r.at = power->end;
    pieces.push_back(*power);
  }
  while (pieces.size() < kMostPieces) {
    const bool after_stroke = text.ends_with('/') || text.ends_with("1.73");
    const auto part = next_part(r, text.empty(), after_stroke);
    if (!part) break;
    // `10^3 IU/mL` is a product, `10^9 per liter` and `10^9/L` are none.
    if (pieces.size() == 1 && pieces[0].text.starts_with("10^") && is_letter(part->front())) text += '.';
    text += *part;
    if (text.ends_with("1.73m") && r.rest().starts_with(" 2") && !is_digit(r.peek(2)) && r.peek(2) != '.') {
      text += '2';  // the exponent came down
      r.at += 2;
    }
    pieces.push_back({text, r.at});
  }
  return pieces;
}

// A word, or a name's end (`3A4`).
bool is_plain_word(std::string_view text) {
  const bool capital = text[0] >= 'A' && text[0] <= 'Z';
  if (capital && (text.size() == 1 || (text.size() == 2 && is_digit(text[1]))))
    return text != "L" && text != "U";
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return std::ranges::find(kNoUnits, lower) != std::end(kNoUnits);
}

std::optional<Unit> parse_loosely(const std::string& text) {
  if (is_plain_word(text)) return std::nullopt;
  if (auto unit = parse_unit(text)) return unit;
  std::string lower = text;
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return lower == text ? std::nullopt : parse_unit(lower);
}

bool counts_things(const Unit& unit, const std::string& words) {
  return unit.is_number() && unit.factor == 1 && words.find('/') == std::string::npos;
}

std::optional<TextUnit> measured_unit(const PlainText& plain, size_t at) {
  const std::vector<Piece> pieces = pieces_after(plain, at);
  for (size_t i = pieces.size(); i-- > 0;) {
    const std::string& words = pieces[i].text;
    if (words.ends_with('/')) continue;
    auto unit = parse_loosely(words);
    if (!unit) continue;
    TextUnit found{.kind = TextUnit::Kind::measured, .words = words, .unit = unit, .end = pieces[i].end};
    if (counts_things(*unit, words)) found.kind = TextUnit::Kind::none;
    if (const auto time = time_unit(words)) {
      found.kind = TextUnit::Kind::duration;
      found.time = DurationUnit(static_cast<int>(*time));
    }
    return found;
  }
  return std::nullopt;
}

std::optional<TextUnit> half_lives(const PlainText& plain, size_t at) {
  static constexpr std::string_view kHalfLives[] = {"half-lives", "half lives", "half-life", "half life",
                                                    "halflives"};
  Reader r{plain, at};
  r.skip_blank();
  if (!r.take_one_of(kHalfLives)) return std::nullopt;
  return TextUnit{.kind = TextUnit::Kind::duration,
                  .words = "half-lives",
                  .unit = {},
                  .time = DurationUnit::half_lives,
                  .end = r.at};
}

// `x ULN`, `times the upper limit of normal`, `% of institutional ULN`.
std::optional<TextUnit> multiple_of_limit(const PlainText& plain, size_t at) {
  static constexpr std::string_view kTimes[] = {"x", "*", "times", "time", "fold", "xs"};
  static constexpr std::string_view kFillers[] = {
      "the",          "of",   "institutional", "institution", "local", "laboratory",
      "laboratory's", "site", "normal",        "respective",  "its"};
  static constexpr std::string_view kUpper[] = {"uln",         "unl",          "unr",
                                                "upper limit", "upper limits", "upper normal"};
  static constexpr std::string_view kLower[] = {"lln", "lower limit", "lower limits", "lower normal"};
  Reader r{plain, at};
  r.skip_blank();
  const bool percent = r.peek() == '%';
  r.at += percent || r.peek() == '-';
  r.skip_blank();
  bool times = percent || r.take_one_of(kTimes);
  if (!times && r.peek() == 'x' && (r.rest().starts_with("xuln") || r.rest().starts_with("xlln"))) {
    times = true;
    ++r.at;
  }
  for (r.skip_blank(); r.take_one_of(kFillers); r.skip_blank()) {
  }
  const bool normal =
      times && !percent && ends_with_words(stripped(std::string_view(plain.lower).substr(0, r.at)), "normal");
  TextUnit found{
      .kind = TextUnit::Kind::of_limit, .words = "ULN", .unit = {}, .percent = percent, .end = r.at};
  if (r.take_one_of(kUpper) || normal) {
    found.end = r.at;
    return found;
  }
  if (!r.take_one_of(kLower)) return std::nullopt;
  found.words = "LLN";
  found.lower = true;
  found.end = r.at;
  return found;
}

}  // namespace

TextUnit text_unit(const PlainText& plain, size_t at) {
  if (auto limit = multiple_of_limit(plain, at)) return *limit;
  const bool hyphen = at + 1 < plain.text.size() && plain.text[at] == '-' && is_letter(plain.text[at + 1]);
  const size_t begin = at + hyphen;
  auto found = half_lives(plain, begin);
  if (!found) found = measured_unit(plain, begin);
  if (!found) found = TextUnit{.words = {}, .unit = {}, .end = at};
  found->hyphen = hyphen;
  return *found;
}

}  // namespace crit
