// How protocols ask for records that the language asks for otherwise, where reading stopped at it: periods,
// counts, `prior`, `history of`.
#include <fmt/format.h>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

Span part_of_rest(const Stop& s, size_t length) {
  return {s.token.begin, s.token.begin + static_cast<uint32_t>(length), s.token.file};
}

std::string_view name_at(std::string_view text) {
  const std::string_view word = first_word(text);
  for (std::string_view other : {"the", "a", "an", "any", "now", "during", "over", "prior", "than", "which"})
    if (same_word(word, other)) return "";
  return is_reserved(word) || window_word_length(text) > 0 || duration_unit(word) ? "" : word;
}

// The words at the front of the text that are one name when they are joined: `hepatitis B`.
struct NameWords {
  size_t length = 0;
  std::string name;
};
NameWords name_words_at(std::string_view text) {
  NameWords found;
  for (size_t at = 0;; at = skip_blanks(text, found.length)) {
    const std::string_view word = name_at(text.substr(at));
    if (word.empty() || (found.length > 0 && at == found.length)) return found;
    found.name += (found.name.empty() ? "" : "_") + std::string(word);
    found.length = at + word.size();
  }
}

std::string_view last_word(std::string_view text) {
  const size_t end = text.find_last_not_of(" \t") + 1;
  size_t begin = end;
  while (begin > 0 && is_name_byte(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

uint32_t place_of_word(const Stop& s, std::string_view word) {
  return static_cast<uint32_t>(word.data() - s.source.text.data());
}

// `for pneumonia`: a reason, where the period belongs.
Found for_reason(const Stop& s) {
  const NameWords reason = name_words_at(s.rest());
  const std::string_view record = first_word(last_word(s.line_before()));
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

Found for_without_at_least(const Stop& s) {
  if (s.expected != "`at least`" || s.line_ends) return std::nullopt;
  const std::string_view rest = s.rest();
  const bool chosen = same_word(s.word(), "longer") || same_word(s.word(), "shorter");
  if (chosen || period_length(rest) > 0)
    return mistake(s.before, "`for` without `at least`", "write `for at least` and the period",
                   Fix{part_of_rest(s, 0), "at least ", true});
  if (Found found = for_compared(s, compare_sign_length(rest), false)) return found;
  if (Found found = for_compared(s, worded_comparison_length(rest), true)) return found;
  if (Found found = for_reason(s)) return found;
  return mistake(s.before, "`for` without `at least`", "write `for at least` and the period");
}

// `in the last 5 years`, `during the past year`; `in the past`
Found in_the_last(const Stop& s) {
  const bool in = same_word(s.last(), "in");
  if (!in && !(s.after_operand() && (same_word(s.word(), "during") || same_word(s.word(), "over"))))
    return std::nullopt;
  const Span from = in ? s.before : s.token;
  const std::string_view rest = text_of(s.source, {from.begin, s.end, from.file});
  for (std::string_view which : {"the last", "the past", "the previous", "the preceding"}) {
    const size_t at = skip_blanks(rest, from.end - from.begin), end = at + which.size();
    if (!rest.substr(at).starts_with(which) || (end < rest.size() && is_name_byte(rest[end]))) continue;
    const Span span{from.begin, from.begin + static_cast<uint32_t>(end), from.file};
    if (period_length(rest.substr(skip_blanks(rest, end))) > 0)
      return written(span, text_of(s.source, span), "within");
    const std::string_view name = in ? last_word(s.line_before()) : s.last();
    if (which != "the past" || name.empty()) continue;
    return mistake(span, fmt::format("`{}` is not how it is written", text_of(s.source, span)),
                   fmt::format("write `{} ever`", name), Fix{span, "ever", false});
  }
  return std::nullopt;
}

// `no history of malignancy`
Found history_of(const Stop& s) {
  if (!s.after_operand() || !same_word(s.last(), "history") || !same_word(s.word(), "of"))
    return std::nullopt;
  const std::string_view rest = s.rest();
  const size_t at = skip_blanks(rest, s.word().size());
  const NameWords words = name_words_at(rest.substr(at));
  if (words.length == 0) return std::nullopt;
  const Span span = join(s.before, s.token);
  if (window_word_length(rest.substr(skip_blanks(rest, at + words.length))) > 0)
    return mistake(span, "`history of` is not needed: the window says when",
                   fmt::format("write `{}` and the window", words.name),
                   Fix{join(s.before, part_of_rest(s, at + words.length)), words.name, false});
  return mistake(span, "`history of` is said by the window `ever`",
                 fmt::format("write `{0} ever`, or `no {0} ever`", words.name));
}

struct Adjective {
  std::string_view word, windows;
};
constexpr Adjective kAdjectives[] = {{"prior", "ever"},
                                     {"previous", "ever"},
                                     {"past", "ever"},
                                     {"former", "ever"},
                                     {"current", "currently"},
                                     {"active", "currently"},
                                     {"ongoing", "currently"},
                                     {"concomitant", "currently"},
                                     {"concurrent", "currently"},
                                     {"known", ""},
                                     {"documented", ""},
                                     {"confirmed", ""}};

// `prior asthma`, `known hepatitis B`, `active infection within 2 weeks`
Found adjective(const Stop& s) {
  const NameWords words = name_words_at(s.rest());
  if (!s.after_operand() || words.length == 0) return std::nullopt;
  for (const Adjective& a : kAdjectives) {
    if (!same_word(s.last(), a.word)) continue;
    const Span whole = join(s.before, part_of_rest(s, words.length));
    if (window_word_length(s.rest().substr(skip_blanks(s.rest(), words.length))) > 0)
      return mistake(s.before, fmt::format("`{}` is not needed: the window says when", s.last()),
                     fmt::format("write `{}` and the window", words.name), Fix{whole, words.name, false});
    if (a.windows.empty())
      return mistake(s.before, fmt::format("`{}` does not say when", s.last()),
                     fmt::format("write `{0} currently` or `{0} ever`", words.name));
    const std::string right = fmt::format("{} {}", words.name, a.windows);
    return mistake(s.before, fmt::format("`{}` is said by the window `{}`", s.last(), a.windows),
                   fmt::format("write `{}`", right), Fix{whole, right, false});
  }
  return std::nullopt;
}

// The length of `now` or `at screening` at the front.
size_t now_length(std::string_view text) {
  if (same_word(first_word(text), "now")) return 3;
  if (!same_word(first_word(text), "at")) return 0;
  const size_t at = skip_blanks(text, 2);
  for (std::string_view day : {"screening", "baseline", "present"})
    if (same_word(first_word(text.substr(at)), day)) return at + day.size();
  return 0;
}

// `asthma now`, `ALT at screening`
Found at_screening(const Stop& s) {
  const size_t length = s.after_operand() ? now_length(s.rest()) : 0;
  if (length == 0 || s.at_start()) return std::nullopt;
  const Span span = part_of_rest(s, length);
  const std::string_view line = s.line_before();
  const size_t last = line.find_last_not_of(" \t");
  const bool compared =
      !is_letter(s.last()[0]) || (last != line.npos && (is_digit(line[last]) || line[last] == '='));
  const std::string message = fmt::format("`{}` is not how it is written", text_of(s.source, span));
  const std::string_view result = "leave it out: the latest result on or before screening is meant";
  if (compared) return mistake(span, message, std::string(result), Fix{span, "", false});
  Diagnostic d =
      mistake(span, message,
              fmt::format("of a condition or a drug: `{} currently`\nof a result {}", s.last(), result),
              Fix{span, "currently", false});
  d.word_before = s.before;
  return d;
}

// What a count with `more` or `fewer` means; `than`: the number itself is not meant.
std::optional<std::string> count_meant(bool more, bool negated, uint64_t n, bool than) {
  if (!than) return fmt::format("{} {}", more ? "at least" : "at most", n);
  if (more) return negated ? fmt::format("at most {}", n) : fmt::format("at least {}", n + 1);
  if (n == 0) return std::nullopt;
  if (negated) return fmt::format("at least {}", n);
  return n == 1 ? "no" : fmt::format("at most {}", n - 1);
}

bool is_more(std::string_view word) {
  return same_word(word, "more") || same_word(word, "greater");
}
bool is_fewer(std::string_view word) {
  return same_word(word, "fewer") || same_word(word, "less");
}

Diagnostic counted(Span span, std::string_view text, const std::string& right, std::string_view name) {
  return mistake(span, fmt::format("`{}` is not how records are counted", text),
                 fmt::format("write `{} {}`", right, name), Fix{span, right, false});
}

// `more than 1 hospitalization`, `no more than 2 hospitalization`
Found more_than(const Stop& s) {
  if (!s.after_operand() || !same_word(s.word(), "than")) return std::nullopt;
  const std::string_view rest = s.rest(), ahead = last_word(s.line_before());
  const bool negated = same_word(ahead, "no") || same_word(ahead, "not");
  const size_t at = skip_blanks(rest, s.word().size());
  const CountedWord n = whole_number_at(rest.substr(at));
  const size_t name_at_byte = skip_blanks(rest, at + n.length);
  const NameWords words = name_words_at(rest.substr(name_at_byte));
  const auto meant = count_meant(is_more(s.last()), negated, n.number, true);
  const bool of = same_word(first_word(rest.substr(skip_blanks(rest, name_at_byte + words.length))), "of");
  if (n.length == 0 || words.length == 0 || of || !meant || !(is_more(s.last()) || is_fewer(s.last())))
    return mistake(join(s.before, s.token), fmt::format("`{} than` counts nothing", s.last()),
                   "write `at least 3 NAME`, `at most 2 NAME` or `exactly 1 NAME`");
  const Span span{negated ? place_of_word(s, ahead) : s.before.begin, part_of_rest(s, at + n.length).end,
                  s.token.file};
  return counted(span, text_of(s.source, span), *meant, words.name);
}

// `2 or more hospitalization`
Found or_more(const Stop& s) {
  const NameWords words = name_words_at(s.rest());
  if (!s.after_operand() || words.length == 0 || !(is_more(s.last()) || is_fewer(s.last())))
    return std::nullopt;
  const std::string_view line = s.line_before(), joint = last_word(line);
  if (!same_word(joint, "or")) return std::nullopt;
  const std::string_view number = last_word({line.data(), size_t(joint.data() - line.data())});
  const CountedWord n = whole_number_at(number);
  if (n.length == 0 || n.length != number.size()) return std::nullopt;
  const Span span{place_of_word(s, number), s.before.end, s.before.file};
  return counted(span, text_of(s.source, span), *count_meant(is_more(s.last()), false, n.number, false),
                 words.name);
}

Found prior_to(const Stop& s) {
  if (!s.after_operand() || !same_word(s.word(), "prior")) return std::nullopt;
  const size_t length = s.rest().starts_with("prior to") ? 8 : 5;
  const std::string_view after = s.rest().substr(skip_blanks(s.rest(), length));
  const bool day = !name_at(after).empty();
  const Span span = part_of_rest(s, length);
  if (length == 5 && period_length(after) > 0) return written(span, text_of(s.source, span), "within", false);
  return written(span, text_of(s.source, span), "before", day || length == 8);
}

constexpr Explanation kMistakes[] = {
    for_without_at_least, in_the_last, history_of, at_screening, more_than, or_more, prior_to, adjective};

}  // namespace

CountedWord whole_number_at(std::string_view text) {
  CountedWord found;
  while (found.length < text.size() && found.length < 9 && is_digit(text[found.length]))
    found.number = found.number * 10 + uint64_t(text[found.length++] - '0');
  const std::string_view word = found.length > 0 ? std::string_view() : first_word(text);
  for (char digit : number_word(word)) found.number = found.number * 10 + uint64_t(digit - '0');
  if (found.length == 0 && !number_word(word).empty()) found.length = word.size();
  const std::string_view after = text.substr(found.length);
  return after.empty() || after[0] == ' ' || after[0] == '\t' ? found : CountedWord{};
}

size_t period_length(std::string_view text) {
  size_t at = number_length(text);
  if (at == 0 && !number_word(first_word(text)).empty()) at = first_word(text).size();
  at = skip_blanks(text, at);
  const size_t unit = duration_unit_length(text.substr(at));
  return unit == 0 ? 0 : at + unit;
}

std::optional<Diagnostic> mistake_of_records(const Stop& s) {
  for (Explanation explanation : kMistakes)
    if (Found found = explanation(s)) return found;
  return std::nullopt;
}

}  // namespace crit
