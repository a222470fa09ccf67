// How protocols ask for records that the language asks for otherwise, where reading stopped at it: `prior`,
// `history of`, `ago`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

// `in the last 5 years`, `during the past year`; `in the past`
Found in_the_last(const Stop& s) {
  const bool in = same_word(s.last(), "in");
  if (!in && !(s.after_operand() && (same_word(s.word(), "during") || same_word(s.word(), "over"))))
    return std::nullopt;
  const Span from = in ? s.before : s.token;
  const std::string_view rest = text_of(s.source, {from.begin, s.end, from.file});
  for (std::string_view which : {"the last", "the past", "the previous", "the preceding", "the"}) {
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
  return mistake(span, fmt::format("`{}` is not how it is written", text_of(s.source, span)),
                 results_meant(name, above ? CompareOp::greater : CompareOp::less));
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

constexpr Explanation kMistakes[] = {in_the_last, record_of,    at_screening, at_any_time,
                                     at_a_day,    to_substance, ago,          prior_to};

}  // namespace

std::optional<Diagnostic> mistake_of_records(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
