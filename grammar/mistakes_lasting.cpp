// How protocols say that something lasts, where reading stopped at it: `for 3 months`, `for the last year`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

// `<= 1.3 mg/dL for men`: a limit of one sex.
Found for_sex(const Stop& s) {
  std::string_view sex;
  for (std::string_view word : {"men", "males", "male"})
    if (same_word(s.word(), word)) sex = "male";
  for (std::string_view word : {"women", "females", "female"})
    if (same_word(s.word(), word)) sex = "female";
  if (sex.empty()) return std::nullopt;
  return mistake(join(s.before, s.token),
                 fmt::format("`for {}` does not say for whom a limit holds", s.word()),
                 fmt::format("write `if sex = {} then ... else ...`, with the condition of each sex", sex));
}

// `for pneumonia`: a reason, where the period belongs.
Found for_reason(const Stop& s) {
  if (Found found = for_sex(s)) return found;
  const NameWords reason = name_words_at(s.rest());
  const std::string_view record = first_word(word_at_end(s.line_before()));
  if (reason.length == 0 || record.empty() || is_reserved(record)) return std::nullopt;
  const std::string right = fmt::format("with (reason = {})", reason.name);
  return mistake(join(s.before, part_of_rest(s, reason.length)), "`for` is followed by a period",
                 fmt::format("write `for at least 3 months`, or for the reason `{} {}`", record, right),
                 Fix{join(s.before, part_of_rest(s, reason.length)), right, false});
}

// `for >= 12 months`
Found for_compared(const Stop& s, size_t sign, bool worded) {
  const std::string_view rest = s.rest();
  const size_t at = skip_blanks(rest, sign), period = period_length(rest.substr(at));
  if (sign == 0 || period == 0) return std::nullopt;
  const std::string_view written_sign = rest.substr(0, sign);
  const CompareOp op =
      worded ? worded_comparison(written_sign) : compare_op(written_sign).value_or(CompareOp::equal);
  const Span span = join(s.before, part_of_rest(s, at + period));
  const std::string right = fmt::format("for at least {}", rest.substr(at, period));
  if (op == CompareOp::greater_equal) return written(span, text_of(s.source, span), right);
  if (op == CompareOp::less || op == CompareOp::less_equal)
    return mistake(
        span, "`for` asks for a time that lasts at least so long",
        fmt::format("where it began within that time, write `starting within {}`", rest.substr(at, period)));
  return mistake(span, "`for` asks for a time that lasts at least so long", fmt::format("write `{}`", right),
                 Fix{span, right, false});
}

// The length of `the last` in `for the last 3 months`; 0: it is another text.
size_t for_the_last(std::string_view text) {
  size_t at = 0;
  while (const size_t noise = noise_length(text.substr(at))) at = skip_blanks(text, at + noise);
  return period_length(text.substr(at)) > 0 ? at : 0;
}

// The word that the text ends with, without blanks behind it.
std::string_view word_right_at_end(std::string_view text) {
  return text.empty() || !is_name_byte(text.back()) ? std::string_view() : word_at_end(text);
}

// Where the denied condition begins that ends the text, such as `no asthma`; npos: what ends it is not
// denied.
size_t denial_at(std::string_view text) {
  size_t depth = 0;
  for (size_t at = text.size(); at > 0;) {
    const std::string_view word = depth > 0 ? std::string_view() : word_right_at_end(text.substr(0, at));
    const auto is = [&](std::string_view other) { return same_word(word, other); };
    if (is("no") || is("none") || is("not")) return at - word.size();
    if (is("and") || is("or") || is("then") || is("else") || is("when") || is("in")) return text.npos;
    at -= std::max<size_t>(word.size(), 1);
    if (text[at] == ')') ++depth;
    if (depth == 0 && (text[at] == '(' || text[at] == ',')) return text.npos;
    if (text[at] == '(') --depth;
  }
  return text.npos;
}

// The period behind `for`, with the day that it ends on: `>= 4 weeks`, `the last 4 weeks before first_dose`.
std::string_view period_meant(std::string_view rest) {
  size_t at = 0;
  const size_t sign = compare_sign_length(rest), worded = worded_comparison_length(rest);
  if (sign + worded > 0) {
    const auto op = sign > 0 ? compare_op(rest.substr(0, sign)) : worded_comparison(rest.substr(0, worded));
    if (!op || !is_lower_limit(*op)) return {};
    at = skip_blanks(rest, sign > 0 ? sign : worded);
  }
  while (const size_t noise = noise_length(rest.substr(at))) at = skip_blanks(rest, at + noise);
  const std::string_view word = first_word(rest.substr(at));
  const size_t closed = rest.find(')', at);
  const bool chosen = (same_word(word, "longer") || same_word(word, "shorter")) && closed != rest.npos;
  const size_t length = chosen ? closed + 1 - at : period_length(rest.substr(at));
  if (length == 0) return {};
  return rest.substr(at, length + anchor_length(rest.substr(at + length)));
}

// `no chemotherapy for 4 weeks`: with `at least` it would read two ways.
Found denied_for(const Stop& s) {
  const std::string_view line = s.line_before(), period = period_meant(s.rest());
  const size_t begin = denial_at(line);
  if (period.empty() || begin == line.npos) return std::nullopt;
  const std::string_view denial = first_word(line.substr(begin));
  std::string_view names = line.substr(skip_blanks(line, begin + denial.size()));
  names = names.substr(0, names.find_last_not_of(" \t") + 1);
  if (names.empty()) return std::nullopt;
  // The window stands before the exceptions: behind them it would be the last one's own.
  const std::string_view exceptions = names.substr(std::min(names.find(" except "), names.size()));
  names.remove_suffix(exceptions.size());
  const bool is_list = same_word(denial, "none");
  const std::string_view no = is_list ? "none" : name_at(names).empty() ? denial : "no";
  const Span span{place_of_word(s, denial), place_of_word(s, period) + static_cast<uint32_t>(period.size()),
                  s.token.file};
  return finding(
      "unsaid-window", span,
      fmt::format("`{} ... for {}` reads two ways: none in that time, or none that lasted so long", denial,
                  period),
      fmt::format("none in that time: `{0} {1} within {2}{4}`\nnone that lasted so long: `not ({3}{1} for at "
                  "least {2}{4})`",
                  no, names, period, is_list ? "any " : "", exceptions));
}

// The name at the front of the text where nothing else stands there but its window. Empty: it is another
// text, or the name is compared, and so one of a measure, which is stable within limits.
std::string_view name_with_window(std::string_view text) {
  const std::string_view name = name_at(text.substr(skip_blanks(text, 0)));
  if (name.empty()) return {};
  const std::string_view behind =
      text.substr(skip_blanks(text, size_t(name.data() - text.data()) + name.size()));
  for (size_t at = 0; at < behind.size(); ++at) {
    const std::string_view word = first_word(behind.substr(at));
    if (same_word(word, "and") || same_word(word, "or") || behind[at] == ',' || behind[at] == '(') return {};
    at += word.size();
  }
  const bool is_alone = behind.empty() || (window_word_length(behind) > 0 && !comparison_ahead(behind));
  return is_alone ? name : std::string_view();
}

// `prednisone currently and not stable for 7 days`: `stable` was read as a name.
Found stable_without_name(const Stop& s) {
  const std::string_view line = s.line_before(), stable = word_at_end(line);
  if (!same_word(stable, "stable") || period_length(s.rest().substr(for_the_last(s.rest()))) == 0)
    return std::nullopt;
  std::string_view ahead(line.data(), size_t(stable.data() - line.data())), joint = word_at_end(ahead);
  if (same_word(joint, "not")) {
    ahead = ahead.substr(0, size_t(joint.data() - line.data()));
    joint = word_at_end(ahead);
  }
  if (!same_word(joint, "and") && !same_word(joint, "or")) return std::nullopt;
  ahead = ahead.substr(0, size_t(joint.data() - line.data()));
  const std::string_view name = name_with_window(ahead);
  const uint32_t begin = place_of_word(s, stable);
  const Span span{begin, begin + static_cast<uint32_t>(stable.size()), s.token.file};
  if (name.empty())
    return mistake(span, "`stable` has no name before it",
                   "write `DRUG stable for ...`, or `MEASURE stable within ...% for ...`");
  const std::string right = fmt::format("{} stable", name);
  return mistake(span, "`stable` has no name before it", fmt::format("write `{}`", right),
                 Fix{span, right, false});
}

Found for_without_at_least(const Stop& s) {
  if (s.expected != "`at least`" || s.line_ends) return std::nullopt;
  if (Found found = stable_without_name(s)) return found;
  if (Found found = denied_for(s)) return found;
  const std::string_view rest = s.rest();
  const bool chosen = same_word(s.word(), "longer") || same_word(s.word(), "shorter");
  if (chosen || period_length(rest) > 0)
    return mistake(s.before, "`for` without `at least`", "write `for at least` and the period",
                   Fix{part_of_rest(s, 0), "at least ", true});
  if (Found found = for_compared(s, compare_sign_length(rest), false)) return found;
  if (Found found = for_compared(s, worded_comparison_length(rest), true)) return found;
  if (const size_t noise = for_the_last(rest); noise > 0) {
    const std::string_view period = rest.substr(noise, period_length(rest.substr(noise)));
    return mistake(
        join(s.before, part_of_rest(s, noise + period.size())), "`for` without `at least`",
        fmt::format("write `within {0}`, or where it lasts all the time `for at least {0}`", period));
  }
  if (Found found = for_reason(s)) return found;
  return mistake(s.before, "`for` without `at least`", "write `for at least` and the period");
}

// The length of `at least`, `>=` or `more than` at the front, with the blanks behind it; 0: it is not there.
size_t at_least_length(std::string_view text) {
  size_t length = 0;
  for (std::string_view words : {"at least", "more than", "longer than", "greater than"})
    if (text.starts_with(words)) length = words.size();
  const size_t sign = compare_sign_length(text);
  const auto op = sign > 0 ? compare_op(text.substr(0, sign)) : std::nullopt;
  if (op && is_lower_limit(*op)) length = sign;
  return length == 0 ? 0 : skip_blanks(text, length);
}

// Where what is said of the time begins: `at least 2 weeks since`, stopped at the last word, `more than 2
// weeks since` at the second, `>= 2 weeks since` at the first.
uint32_t begin_of_time(const Stop& s) {
  if (same_word(s.word(), "than")) return s.before.begin;
  if (!same_word(s.word(), "since")) return s.token.begin;
  const std::string_view number = word_at_end(s.line_before());
  if (number.empty()) return s.token.begin;
  const std::string_view line = s.line_before();
  const size_t words = line.substr(0, size_t(number.data() - line.data())).rfind("at least");
  return words == line.npos ? s.token.begin : place_of_word(s, line.substr(words));
}

// `at least 2 weeks since the last chemotherapy`: none of it within that time.
Found time_since(const Stop& s) {
  if (s.part != Part::condition) return std::nullopt;
  const uint32_t begin = begin_of_time(s);
  const std::string_view text = text_of(s.source, {begin, s.end, s.source.id});
  const size_t at = at_least_length(text), length = period_length(text.substr(at));
  const size_t since = skip_blanks(text, at + length);
  if (at == 0 || length == 0 || !same_word(first_word(text.substr(since)), "since")) return std::nullopt;
  size_t name_at = skip_blanks(text, since + std::string_view("since").size());
  for (std::string_view word : {"the", "any", "last", "end", "of", "dose", "of"})
    if (same_word(first_word(text.substr(name_at)), word)) name_at = skip_blanks(text, name_at + word.size());
  const NameWords name = name_words_at(text.substr(name_at));
  if (name.length == 0) return std::nullopt;
  const Span span{begin, begin + static_cast<uint32_t>(name_at + name.length), s.source.id};
  const std::string right = fmt::format("no {} within {}", name.name, text.substr(at, length));
  return mistake(span, "how long ago something was is said by a window", fmt::format("write `{}`", right),
                 Fix{span, right, false});
}

constexpr Explanation kMistakes[] = {for_without_at_least, time_since};

}  // namespace

std::optional<Diagnostic> mistake_of_lasting(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
