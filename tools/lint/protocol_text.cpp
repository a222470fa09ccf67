// The protocol's words of a criterion, read: its numbers, each with its unit and the comparator in words
// around it.
#include "tools/lint/protocol_text.hpp"

#include <algorithm>

#include "grammar/words.hpp"
#include "tools/lint/scan_numbers.hpp"
#include "tools/lint/text_bound.hpp"
#include "tools/lint/text_names.hpp"

namespace crit {

namespace {

// A number while the text is read; places are those of the plain text.
struct Found {
  ScannedNumber scanned;
  TextUnit unit;
  TextNumber number;
};

std::string_view between(const PlainText& plain, size_t begin, size_t end) {
  return std::string_view(plain.lower).substr(begin, end - begin);
}

bool is_wanted(const PlainText& plain, const Found& f, bool in_name) {
  if (in_name) return false;
  if (f.unit.kind == TextUnit::Kind::duration) return !is_later_period(plain, f.scanned, f.unit);
  if (f.scanned.value.is_zero()) return false;
  // "at least one", "in 1 second", "1 unit is ..."
  const bool counted =
      f.unit.kind == TextUnit::Kind::none || f.unit.words.starts_with("s") || f.unit.words == "unit";
  return !(counted && f.scanned.value == 1);
}

// `-2.5` after a sign, or after a blank and a word that compares; not the `-` of `18-65`, nor an item's dash.
bool is_negative(const PlainText& plain, const ScannedNumber& n) {
  if (n.in_words || n.begin == 0 || plain.text[n.begin - 1] != '-') return false;
  const std::string_view head = stripped(between(plain, 0, n.begin - 1));
  if (head.empty()) return false;
  if (std::string_view("<>=(").find(head.back()) != std::string_view::npos) return true;
  if (plain.text[n.begin - 2] != ' ') return false;
  constexpr std::string_view kCompares[] = {"below",   "above", "than",      "under", "over",
                                            "least",   "most",  "of",        "is",    "to",
                                            "between", "from",  "exceeding", "equal", "score"};
  return std::ranges::any_of(kCompares, [&](std::string_view word) { return ends_with_words(head, word); });
}

// "within 15% of", "within +-30 m of".
bool is_within(const PlainText& plain, const ScannedNumber& n) {
  std::string_view head = stripped(between(plain, 0, n.begin));
  if (head.ends_with("+-") || head.ends_with("+/-"))
    head = stripped(head.substr(0, head.find_last_not_of("+/-") + 1));
  return ends_with_words(head, "within");
}

// What the words say around the number: whether the rule must have it, and how it is compared.
void read_around(const PlainText& plain, Found& f, bool in_name) {
  const size_t end = std::max(f.scanned.end, f.unit.end);
  f.number.wanted = is_wanted(plain, f, in_name);
  if (f.scanned.in_name) return;
  f.number.bound = bound_before(between(plain, 0, f.scanned.begin - (f.number.value.sign() < 0)));
  if (!f.number.bound) f.number.bound = bound_after(between(plain, end, plain.lower.size()));
  if (!f.number.bound && f.unit.kind != TextUnit::Kind::duration && is_within(plain, f.scanned))
    f.number.bound = CompareOp::less_equal;
}

// "A year and a half": the half belongs to the period before it.
bool add_half(const PlainText& plain, Found& period, const ScannedNumber& half, bool in_name) {
  if (period.unit.kind != TextUnit::Kind::duration || half.begin < period.unit.end) return false;
  const std::string_view middle = stripped(between(plain, period.unit.end, half.begin));
  const bool is_part = half.in_words && half.value < 1 && (middle == "and a" || middle == "and");
  if (!is_part || text_unit(plain, half.end).kind != TextUnit::Kind::none) return false;
  period.number.value += half.value;
  period.unit.end = half.end;
  read_around(plain, period, in_name);
  return true;
}

void add_numbers(TextReading& reading, std::vector<Found>& found) {
  const PlainText& plain = reading.plain;
  bool in_name = false;
  size_t end = 0, definition = 0;
  for (const ScannedNumber& n : scan_numbers(plain)) {
    if (n.begin < end) continue;  // part of the unit before it
    if (!found.empty() && add_half(plain, found.back(), n, in_name)) {
      end = found.back().unit.end;
      continue;
    }
    Found f{n, text_unit(plain, n.end), {}};
    end = std::max(n.end, f.unit.end);
    in_name = is_in_name(plain, n, f.unit, in_name);
    f.number.value = is_negative(plain, n) ? -n.value : n.value;
    f.number.decimals = n.decimals;
    f.number.in_name = n.in_name || in_name;
    read_around(plain, f, in_name);
    definition = std::max(definition, end_of_definition(plain, n));
    f.number.wanted = f.number.wanted && n.begin >= definition;
    found.push_back(std::move(f));
  }
}

enum class Join { none, range, pair };

Join joined(const PlainText& plain, const Found& low, const Found& high) {
  if (low.scanned.in_name || high.scanned.in_name) return Join::none;
  const std::string_view middle =
      stripped(between(plain, std::max(low.scanned.end, low.unit.end), high.scanned.begin));
  const std::string_view head = stripped(between(plain, 0, low.scanned.begin));
  if (middle == "/") return Join::pair;
  const bool bare = low.unit.kind == TextUnit::Kind::none && low.number.wanted;
  if (middle == "or" && bare && high.unit.kind == TextUnit::Kind::duration) return Join::pair;
  const bool after_between = ends_with_words(head, "between") || ends_with_words(head, "within");
  if (after_between && middle == "and") return Join::range;
  if (middle == "-" || middle == "to" || middle == "through" || middle == "to <" || middle == "to <=" ||
      middle == "- <" || middle == "- <=")
    return Join::range;
  return Join::none;
}

// The unit behind the second number holds for the first (`18-65 years`, `140/90 mmHg`).
void share_unit(Found& low, const Found& high) {
  if (low.unit.kind != TextUnit::Kind::none || high.unit.kind == TextUnit::Kind::none) return;
  const size_t end = low.unit.end;
  low.unit = high.unit;
  low.unit.end = end;
  if (high.unit.kind == TextUnit::Kind::duration) low.number.wanted = low.number.wanted && high.number.wanted;
}

// "between 30% and 80% (exclusive)", "strictly between 30% and 80%", "30 to 80% (not including 30% and 80%)".
bool is_exclusive(const PlainText& plain, const Found& low, const Found& high) {
  const std::string_view head = stripped(between(plain, 0, low.scanned.begin));
  if (ends_with_words(head, "strictly between")) return true;
  std::string_view tail = between(plain, std::max(high.scanned.end, high.unit.end), plain.lower.size());
  const auto skip = [&] { tail.remove_prefix(std::min(tail.find_first_not_of(" ,(;-"), tail.size())); };
  skip();
  for (std::string_view filler : {"of age", "old", "of predicted", "predicted"})
    if (starts_with_words(tail, filler)) tail.remove_prefix(filler.size());
  skip();
  if (starts_with_words(tail, "exclusive")) return true;
  for (std::string_view words : {"not including", "excluding", "but not including"}) {
    if (!starts_with_words(tail, words)) continue;
    const std::string_view what = stripped(tail.substr(words.size()));
    return !what.empty() && is_digit(what[0]);
  }
  return false;
}

// What the words say of the ends of a range beside their own signs.
void bound_range(const PlainText& plain, Found& low, Found& high) {
  using enum CompareOp;
  const bool exclusive = is_exclusive(plain, low, high);
  low.number.in_range = high.number.in_range = true;
  // "within 18.5 to 35" limits the range, not its lower end.
  const bool bare = !low.number.bound || is_within(plain, low.scanned);
  if (bare) low.number.bound = exclusive ? greater : greater_equal;
  if (!high.number.bound || *high.number.bound == greater_equal)
    high.number.bound = exclusive && bare ? less : less_equal;
}

void join_ranges(const PlainText& plain, std::vector<Found>& found) {
  for (size_t i = 0; i + 1 < found.size(); ++i) {
    Found& low = found[i];
    Found& high = found[i + 1];
    const Join join = joined(plain, low, high);
    if (join == Join::none) continue;
    share_unit(low, high);
    if (join == Join::pair) {
      if (!high.number.bound) high.number.bound = low.number.bound;
      continue;
    }
    bound_range(plain, low, high);
  }
}

// "the past year", "within a month", "in the year before": a period of one without a number.
void add_single_periods(const PlainText& plain, std::vector<Found>& found) {
  static constexpr std::string_view kBefore[] = {"past",     "last",       "previous", "prior",  "preceding",
                                                 "within a", "within the", "for a",    "over a", "least a"};
  for (std::string_view word : {"year", "month", "week"}) {
    for (size_t at = find_words(plain.lower, word); at != std::string::npos;
         at = find_words(plain.lower, word, at + 1)) {
      const std::string_view head = stripped(between(plain, 0, at));
      static constexpr std::string_view kFollowed[] = {"in the", "in a", "during the", "for the"};
      const std::string_view after = stripped(std::string_view(plain.lower).substr(at + word.size()));
      const auto ends = [&](std::string_view w) { return ends_with_words(head, w); };
      const auto goes_on = [&](std::string_view w) { return starts_with_words(after, w); };
      const bool counts = std::ranges::any_of(
          std::initializer_list<std::string_view>{"before", "prior", "preceding"}, goes_on);
      if (std::ranges::none_of(kBefore, ends) && !(counts && std::ranges::any_of(kFollowed, ends))) continue;
      const auto has_it = [&](const Found& f) { return f.scanned.begin < at && at < f.unit.end; };
      if (std::ranges::any_of(found, has_it)) continue;  // "within a year and a half"
      Found f{{.begin = at, .end = at, .value = 1}, text_unit(plain, at), {}};
      f.number.value = 1;
      f.number.wanted = !is_later_period(plain, f.scanned, f.unit);
      if (f.unit.kind == TextUnit::Kind::duration) found.push_back(std::move(f));
    }
  }
}

// A fortnight is two weeks.
void add_fortnights(const PlainText& plain, std::vector<Found>& found) {
  constexpr std::string_view kWord = "fortnight";
  for (size_t at = find_words(plain.lower, kWord); at != std::string::npos;
       at = find_words(plain.lower, kWord, at + 1)) {
    Found f{{.begin = at, .end = at + kWord.size(), .value = 2, .in_words = true}, {}, {}};
    f.unit = {.kind = TextUnit::Kind::duration,
              .words = "weeks",
              .unit = parse_unit("wk"),
              .time = DurationUnit::weeks,
              .end = at + kWord.size()};
    f.number.value = 2;
    read_around(plain, f, false);
    found.push_back(std::move(f));
  }
}

// "Above the ULN", "below the lower limit of normal": once the limit, without a number.
void add_limits_alone(const PlainText& plain, std::vector<Found>& found) {
  constexpr std::string_view kLimits[] = {"uln", "lln", "upper limit", "lower limit"};
  constexpr size_t kNear = 40;  // bytes to what the limit is of
  for (std::string_view words : kLimits)
    for (size_t at = find_words(plain.lower, words); at != std::string::npos;
         at = find_words(plain.lower, words, at + 1)) {
      const auto has_it = [&](const Found& f) { return f.scanned.begin <= at && at < f.unit.end; };
      const std::string_view head = stripped(between(plain, 0, at));
      const bool explains = head.ends_with('(') || head.ends_with('[');  // "upper limit of normal (ULN)"
      if (explains || std::ranges::any_of(found, has_it)) continue;
      const std::string_view near = std::string_view(plain.lower).substr(at, kNear);
      const bool is_known = words.ends_with("ln") || find_words(near, "normal") != near.npos ||
                            find_words(near, "reference") != near.npos;
      Found f{{.begin = at, .end = at, .value = 1}, text_unit(plain, at), {}};
      if (!is_known || f.unit.kind != TextUnit::Kind::of_limit) continue;
      f.number.value = 1;
      read_around(plain, f, false);
      f.number.wanted = false;
      found.push_back(std::move(f));
    }
}

}  // namespace

std::string_view original(std::string_view text, const PlainText& plain, size_t begin, size_t end) {
  return text.substr(plain.origin[begin], plain.origin[end] - plain.origin[begin]);
}

TextReading read_protocol_text(std::string_view text) {
  TextReading reading;
  reading.plain = plain_text(text);
  std::vector<Found> found;
  add_numbers(reading, found);
  join_ranges(reading.plain, found);
  add_single_periods(reading.plain, found);
  add_fortnights(reading.plain, found);
  add_limits_alone(reading.plain, found);
  std::ranges::sort(found, {}, [](const Found& f) { return f.scanned.begin; });
  for (Found& f : found) {
    const size_t end = std::max(f.scanned.end, f.unit.end);
    f.number.unit = f.unit;
    const size_t begin = f.scanned.begin - (f.number.value.sign() < 0);  // with its sign
    f.number.shown = stripped(original(text, reading.plain, begin, end));
    f.number.begin = reading.plain.origin[begin];
    f.number.end = f.number.begin + f.number.shown.size();
    reading.numbers.push_back(std::move(f.number));
  }
  return reading;
}

}  // namespace crit
