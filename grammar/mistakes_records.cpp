// How protocols ask for records that the language asks for otherwise, where reading stopped at it: periods,
// `prior`, `history of`.
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

Found for_without_at_least(const Stop& s) {
  if (s.expected != "`at least`" || s.line_ends) return std::nullopt;
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
    const std::string_view name = in ? word_at_end(s.line_before()) : s.last();
    if (which != "the past" || name.empty()) continue;
    return mistake(span, fmt::format("`{}` is not how it is written", text_of(s.source, span)),
                   fmt::format("write `{} ever`", name), Fix{span, "ever", false});
  }
  return std::nullopt;
}

// `no history of malignancy`, `use of insulin`, `treatment with insulin`
Found record_of(const Stop& s) {
  constexpr std::string_view kWords[] = {"history of",   "use of",         "diagnosis of", "presence of",
                                         "evidence of",  "receipt of",     "exposure to",  "treatment with",
                                         "treated with", "diagnosed with", "therapy with"};
  if (!(s.after_operand() || s.expected == "`(`")) return std::nullopt;
  // `with` asks for a parenthesis, so that reading stopped behind it.
  const std::string_view first = same_word(s.last(), "with") ? word_at_end(s.line_before()) : s.last();
  const uint32_t begin = first.empty() ? s.before.begin : place_of_word(s, first);
  const std::string_view from = text_of(s.source, {begin, s.end, s.source.id});
  for (std::string_view words : kWords) {
    if (!from.starts_with(words) || !same_word(first, words.substr(0, words.find(' ')))) continue;
    const size_t at = skip_blanks(from, words.size());
    const NameWords record = name_words_at(from.substr(at));
    if (record.length == 0) continue;
    const Span span{begin, begin + static_cast<uint32_t>(words.size()), s.before.file};
    const Span whole{span.begin, span.begin + static_cast<uint32_t>(at + record.length), span.file};
    if (words == "history of" && window_word_length(from.substr(skip_blanks(from, at + record.length))) == 0)
      return mistake(span, "`history of` is said by the window `ever`",
                     fmt::format("write `{0} ever`, or `no {0} ever`", record.name));
    return mistake(span, fmt::format("`{}` is not needed: the name and its window say it", words),
                   fmt::format("write `{}` and the window", record.name), Fix{whole, record.name, false});
  }
  return std::nullopt;
}

// `stable dose of prednisone for 4 weeks`
Found stable_dose_of(const Stop& s) {
  constexpr std::string_view kWords = "dose of";
  if (!s.after_operand() || !same_word(s.last(), "stable") || !s.rest().starts_with(kWords))
    return std::nullopt;
  const NameWords drug = name_words_at(s.rest().substr(skip_blanks(s.rest(), kWords.size())));
  if (drug.length == 0) return std::nullopt;
  const Span span{s.before.begin, s.token.begin + static_cast<uint32_t>(kWords.size()), s.before.file};
  const uint32_t end =
      s.token.begin + static_cast<uint32_t>(skip_blanks(s.rest(), kWords.size()) + drug.length);
  const std::string right = fmt::format("{} stable", drug.name);
  return mistake(span, "`stable` stands behind the name", fmt::format("write `{} for 4 weeks`", right),
                 Fix{{span.begin, end, span.file}, right, false});
}

// `prednisone stable`, `prednisone stable 4 weeks`
Found stable_without_for(const Stop& s) {
  if (!s.after_operand() || !same_word(s.word(), "stable")) return std::nullopt;
  const std::string_view rest = s.rest().substr(s.word().size());
  const size_t at = skip_blanks(rest, 0), length = period_length(rest.substr(at));
  if (length == 0 && s.last().ends_with(')'))
    return mistake(s.token, "`stable` is said of a name alone",
                   "write it of each drug or measure: `NAME stable for 4 weeks`");
  if (length == 0)
    return mistake(s.token, "`stable` without its period",
                   fmt::format("write `{} stable for 4 weeks`", s.last()));
  const std::string right = fmt::format("stable for {}", rest.substr(at, length));
  const Span span = part_of_rest(s, s.word().size() + at + length);
  return written(span, text_of(s.source, span), right);
}

// `surgery less than 3 months ago`
Found ago(const Stop& s) {
  if (!s.after_operand() || !same_word(s.word(), "ago")) return std::nullopt;
  const std::string_view line = s.line_before(), number = word_at_end(line);
  if (number.empty() || !duration_unit(s.last())) return std::nullopt;
  std::string_view ahead = line.substr(0, line.size() - size_t(line.end() - number.begin()));
  ahead = ahead.substr(0, ahead.find_last_not_of(" \t") + 1);
  const auto ends_with = [&](std::string_view words) { return ahead.ends_with(words); };
  constexpr std::string_view kLonger[] = {
      "more than",  "longer than", "greater than", "at least", "over", "a minimum of",
      "not within", ">",           ">=",           "≥"};
  if (std::ranges::any_of(kLonger, ends_with))
    return mistake(
        s.token,
        fmt::format("`ago` is no window, and `within {0} {1}` means the last {0} {1}", number, s.last()),
        fmt::format("write `NAME ever except within {0} {1}` where it was then or before,\n"
                    "or `no NAME within {0} {1}` where it was not since",
                    number, s.last()));
  return mistake(s.token, "`ago` is said by the window `within`",
                 fmt::format("write `NAME within {} {}`", number, s.last()));
}

// `hypersensitivity to paclitaxel`
Found to_substance(const Stop& s) {
  if (!s.after_operand() || !same_word(s.word(), "to")) return std::nullopt;
  if (!same_word(s.last(), "allergy") && !same_word(s.last(), "hypersensitivity")) return std::nullopt;
  const size_t at = skip_blanks(s.rest(), s.word().size());
  const NameWords substance = name_words_at(s.rest().substr(at));
  if (substance.length == 0) return std::nullopt;
  const std::string right = fmt::format("with (substance = {})", substance.name);
  return mistake(part_of_rest(s, at + substance.length), "a substance stands in parentheses",
                 fmt::format("write `{} {}`", s.last(), right),
                 Fix{part_of_rest(s, at + substance.length), right, false});
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
  const bool compared = !is_letter(s.last()[0]) || same_word(s.last(), "uln") || same_word(s.last(), "lln") ||
                        (last != line.npos && (is_digit(line[last]) || line[last] == '='));
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

// The length of `at any time` at the front.
size_t any_time_length(std::string_view text) {
  size_t length = 0;
  for (std::string_view words : {"at any time", "at any point", "any time", "anytime"})
    if (length == 0 && text.starts_with(words)) length = words.size();
  return length == text.size() || (length > 0 && !is_name_byte(text[length])) ? length : 0;
}

// `asthma at any time`, `ALT at any time > 3*ULN`, `ALT > 3*ULN at any time`
Found at_any_time(const Stop& s) {
  const size_t length = s.after_operand() && !s.at_start() ? any_time_length(s.rest()) : 0;
  if (length == 0) return std::nullopt;
  const Span span = part_of_rest(s, length);
  const std::string_view after = s.rest().substr(skip_blanks(s.rest(), length));
  const std::string_view line = s.line_before();
  const size_t sign = compare_sign_length(after) > 0 ? line.npos : line.find_first_of("<>");
  if (sign == line.npos && compare_sign_length(after) == 0)
    return written(span, text_of(s.source, span), "ever", false);
  const std::string_view name = sign == line.npos ? s.last() : word_at_end(line.substr(0, sign));
  const bool above = (sign == line.npos ? after[0] : line[sign]) == '>';
  return mistake(
      span, fmt::format("`{}` is not how it is written", text_of(s.source, span)),
      fmt::format("a name alone means the latest result: write `{1} {0}` where one result is enough,"
                  "\nor `{2} {0}` where all of them count",
                  name, above ? "highest" : "lowest", above ? "lowest" : "highest"));
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

// `age >= 18 years at consent`
Found at_a_day(const Stop& s) {
  if (!s.after_operand() || !same_word(s.word(), "at")) return std::nullopt;
  const std::string_view rest = s.rest();
  const NameWords day = name_words_at(rest.substr(skip_blanks(rest, s.word().size())));
  if (day.name.empty()) return std::nullopt;
  return mistake(s.token, "`at` begins no window", fmt::format("write `on {}`", day.name));
}

constexpr Explanation kMistakes[] = {for_without_at_least, in_the_last, record_of,      at_screening,
                                     at_any_time,          at_a_day,    stable_dose_of, stable_without_for,
                                     to_substance,         ago,         prior_to};

}  // namespace

std::optional<Diagnostic> mistake_of_records(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
