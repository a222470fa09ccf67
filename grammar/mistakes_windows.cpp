// What people write of windows and periods that the language writes otherwise, where reading stopped at it:
// `72h`, `4-6 weeks`, `currently with (...)`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

struct ShortUnit {
  std::string_view written;
  DurationUnit meant;
};
// `m` may be minutes or months.
constexpr ShortUnit kShortUnits[] = {
    {"min", DurationUnit::minutes}, {"mins", DurationUnit::minutes}, {"h", DurationUnit::hours},
    {"hr", DurationUnit::hours},    {"hrs", DurationUnit::hours},    {"d", DurationUnit::days},
    {"w", DurationUnit::weeks},     {"wk", DurationUnit::weeks},     {"wks", DurationUnit::weeks},
    {"mo", DurationUnit::months},   {"mos", DurationUnit::months},   {"mth", DurationUnit::months},
    {"mths", DurationUnit::months}, {"y", DurationUnit::years},      {"yr", DurationUnit::years},
    {"yrs", DurationUnit::years}};

std::optional<DurationUnit> short_unit(std::string_view word) {
  for (const ShortUnit& unit : kShortUnits)
    if (same_word(word, unit.written)) return unit.meant;
  return std::nullopt;
}

// `within 72h`, `for at least 4 wks`
Found abbreviated_unit(const Stop& s) {
  const auto unit = short_unit(s.word());
  if (!unit || !s.wants("days, weeks, months or years") || number_length(s.last()) != s.last().size())
    return std::nullopt;
  const Span span = join(s.before, s.token);
  std::string_view whole = spelling(*unit);
  if (s.last() == "1") whole.remove_suffix(1);
  return written(span, text_of(s.source, span), fmt::format("{} {}", s.last(), whole));
}

// `within 4-6 weeks`, `within 10 to 20 days after screening`
Found range_of_periods(const Stop& s) {
  if (!s.wants("days, weeks, months or years") || number_length(s.last()) != s.last().size())
    return std::nullopt;
  const std::string_view rest = s.rest();
  size_t joint = 0;
  for (std::string_view range : {"-", "–", "—", "to "})
    if (rest.starts_with(range)) joint = range.size();
  const size_t high = skip_blanks(rest, joint), length = period_length(rest.substr(high));
  if (joint == 0 || length == 0 || !is_digit(rest[high])) return std::nullopt;
  const Span span = join(s.before, part_of_rest(s, high + length));
  const std::string_view period = rest.substr(high, length);
  const std::string_view unit = period.substr(skip_blanks(period, number_length(period)));
  const std::string message =
      fmt::format("`{}` is a range, and a window has one period", text_of(s.source, span));
  if (!same_word(word_at_end(s.line_before()), "within"))
    return mistake(span, message, fmt::format("write `{} {}` or `{}`", s.last(), unit, period));
  const std::string_view after = rest.substr(skip_blanks(rest, high + length));
  std::string anchor;
  if (side(first_word(after))) {
    const NameWords name = name_words_at(after.substr(skip_blanks(after, first_word(after).size())));
    anchor = fmt::format(" {} {}", first_word(after), name.name);
  }
  return mistake(span, message,
                 fmt::format("write `within {1}`, or where what is nearer than {0} {2} does not count\n"
                             "`within {1}{3} except within {0} {2}{3}`",
                             s.last(), period, unit, anchor));
}

// The length of a parenthesis at the front, with those inside it; 0: it is not closed on its line.
size_t parenthesis_length(std::string_view text) {
  size_t depth = 0;
  for (size_t at = 0; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at + 1;
    if (depth == 0) return 0;
  }
  return 0;
}

// Where the window that ends the text begins, behind the name that it belongs to; npos: there is none.
size_t window_at_end(std::string_view text) {
  size_t window = text.npos;
  for (size_t at = 0; at < text.size();) {
    const std::string_view word = first_word(text.substr(at));
    const bool parts = word.empty() ? std::string_view("(),").find(text[at]) != std::string_view::npos
                                    : same_word(word, "and") || same_word(word, "or");
    if (parts) window = text.npos;
    if (window == text.npos && window_word_length(text.substr(at)) > 0) window = at;
    at += std::max<size_t>(word.size(), 1);
    while (word.empty() && at < text.size() && is_name_byte(text[at - 1]) && is_name_byte(text[at])) ++at;
  }
  return window;
}

// `malignancy within 5 years with (intent = curative)`
Found window_before_with(const Stop& s) {
  if (!s.after_operand() || s.new_line || !same_word(s.word(), "with")) return std::nullopt;
  if (s.rest().starts_with("with the exception of")) return std::nullopt;
  const std::string_view rest = s.rest(), line = s.line_before();
  const std::string_view text(line.data(), line.size() + s.last().size());
  const size_t at = window_at_end(text);
  if (at == text.npos) return std::nullopt;
  // Of a comparison `with` says nothing.
  const std::string_view ahead = text.substr(0, at), name = name_at(word_at_end(ahead));
  if (name.empty() || ahead.find_first_of("<>=") != ahead.npos) return std::nullopt;
  const std::string_view window = text.substr(at);
  const size_t open = skip_blanks(rest, s.word().size()), length = parenthesis_length(rest.substr(open));
  const std::string message = fmt::format("`with` stands behind the window of `{}`", name);
  if (length == 0)
    return finding("syntax", s.token, message, fmt::format("write `{} with (...) {}`", name, window));
  const std::string right = fmt::format("with {} {}", rest.substr(open, length), window);
  const Span whole{place_of_word(s, window), part_of_rest(s, open + length).end, s.token.file};
  return mistake(s.token, message, fmt::format("write `{} {}`", name, right), Fix{whole, right, true});
}

// `between 10 days after screening and ...`, where days stand
Found period_between(const Stop& s) {
  if (s.expected != "`and`" || !side(s.word()) || !duration_unit(s.last())) return std::nullopt;
  const std::string_view line = s.line_before();
  const size_t begin = line.rfind("between");
  if (begin == line.npos) return std::nullopt;
  return mistake(part_of_rest(s, s.word().size()), "`between` stands before two days, not before periods",
                 "write `within 20 days`, or where what is nearer than 10 days does not count\n"
                 "`within 20 days except within 10 days`");
}

// The length of `whichever is longer` at the front, with the parentheses or the comma around it; 0: none.
size_t whichever_length(std::string_view text, std::string_view longer) {
  size_t at = text.starts_with(',') || text.starts_with('(') ? skip_blanks(text, 1) : 0;
  if (!same_word(first_word(text.substr(at)), "whichever")) return 0;
  at = skip_blanks(text, at + std::string_view("whichever").size());
  if (same_word(first_word(text.substr(at)), "is")) at = skip_blanks(text, at + 2);
  if (!same_word(first_word(text.substr(at)), longer)) return 0;
  at += longer.size();
  if (text.starts_with(',') && at < text.size() && text[at] == ',') return at + 1;
  return text.starts_with('(') && at < text.size() && text[at] == ')' ? at + 1 : at;
}

// The two periods that end the text: `14 days or 5 half-lives`. `first` is empty: they are none.
struct TwoPeriods {
  std::string_view first, second;
};
TwoPeriods two_periods_at_end(std::string_view text) {
  constexpr std::string_view kOr = " or ";
  const size_t joint = text.rfind(kOr);
  const size_t within = joint == text.npos ? joint : text.rfind("within ", joint);
  if (within == text.npos) return {};
  const std::string_view second = text.substr(joint + kOr.size());
  if (period_length(second) != second.size()) return {};
  for (size_t at = within; at < joint; ++at)  // `within the last 14 days`
    if (is_digit(text[at]) && period_length(text.substr(at)) == joint - at)
      return {text.substr(at, joint - at), second};
  return {};
}

// `within 14 days or 5 half-lives, whichever is longer`
Found whichever(const Stop& s) {
  if (!s.after_operand() || s.at_start()) return std::nullopt;
  for (std::string_view longer : {"longer", "shorter"}) {
    const size_t length = whichever_length(s.rest(), longer);
    if (length == 0) continue;
    const std::string message = "of two periods it is said first which one counts";
    const std::string_view line(s.line_before().data(), s.line_before().size() + s.last().size());
    const TwoPeriods periods = two_periods_at_end(line);
    if (periods.first.empty())
      return mistake(part_of_rest(s, length), message,
                     fmt::format("write `within {} of (14 days, 5 half-lives)`", longer));
    const std::string both = fmt::format("{} of ({}, {})", longer, periods.first, periods.second);
    const Span span{place_of_word(s, periods.first), part_of_rest(s, length).end, s.token.file};
    return mistake(span, message, fmt::format("write `within {}`", both), Fix{span, both, true});
  }
  return std::nullopt;
}

// `within ±7 days of consent`, `stable within ±5%`
Found plus_or_minus(const Stop& s) {
  const std::string_view rest = s.rest();
  if (s.word() != "±" || !same_word(s.last(), "within")) return std::nullopt;
  const size_t period = period_length(rest.substr(s.word().size()));
  const size_t behind = skip_blanks(rest, s.word().size() + period);
  if (period > 0 && !same_word(first_word(rest.substr(behind)), "of"))
    return mistake(s.token, "`±` is not how both sides of a day are written",
                   fmt::format("write `within {} of` and the day, such as `of screening`",
                               rest.substr(s.word().size(), period)));
  return mistake(s.token, "`±` is not needed: `within` holds on both sides here", "delete it",
                 Fix{s.token, "", false});
}

// `tobramycin started less than 4 months before screening`
Found started_before(const Stop& s) {
  if (s.part != Part::condition || !s.after_operand() || s.new_line || name_at(s.last()).empty())
    return std::nullopt;
  constexpr std::string_view kStarted[] = {"started", "initiated", "begun", "began"},
                             kEnded[] = {"stopped", "ended", "discontinued", "completed"};
  const auto is_word = [&](std::string_view word) { return same_word(s.word(), word); };
  const bool started = std::ranges::any_of(kStarted, is_word);
  if (!started && std::ranges::none_of(kEnded, is_word)) return std::nullopt;
  const std::string_view rest = s.rest();
  size_t at = skip_blanks(rest, s.word().size());
  for (std::string_view words : {"less than", "no more than", "within"})
    if (same_word(rest.substr(at, words.size()), words)) {
      at = skip_blanks(rest, at + words.size());
      const size_t period = period_length(rest.substr(at));
      if (period == 0) return std::nullopt;
      const Span span = part_of_rest(s, at + period);
      return written(span, text_of(s.source, span),
                     fmt::format("{} within {}", started ? "starting" : "ending", rest.substr(at, period)),
                     false);
    }
  return std::nullopt;
}

constexpr Explanation kMistakes[] = {started_before,     plus_or_minus,  abbreviated_unit, range_of_periods,
                                     window_before_with, period_between, whichever};

}  // namespace

std::optional<Diagnostic> mistake_of_window(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
