// How protocols count records, where reading stopped at it: `more than 1`, `2 or more`, `twice`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

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

// `weight >= 50 kg and <= 100 kg`: another limit of the same name, in the same unit or one that can be no
// name of records. The text ends before the word that joins them.
bool has_unit_of_before(const Stop& s, std::string_view text, std::string_view value) {
  const auto before = comparison_at_end(s, text);
  if (!before) return false;
  const auto alike = [](char a, char b) { return (a | 0x20) == (b | 0x20); };  // `kg`, `Kg`
  const std::string_view unit = quantity_at(value).unit, unit_before = quantity_at(before->value).unit;
  if (unit_before.empty() && same_word(before->name, "age")) return unit.empty() || duration_unit(unit);
  return unit_before.empty() || unit.find_first_of("/^%") != unit.npos ||
         std::ranges::equal(unit, unit_before, alike);
}

// `weight at least 50 and no more than 100 kg`
Found no_more_than(const Stop& s, uint32_t begin, size_t value_at) {
  const std::string_view line = s.line_before().substr(0, begin - place_of_word(s, s.line_before())),
                         joint = word_at_end(line);
  const std::string_view ahead = line.substr(0, size_t(joint.data() - line.data()));
  const Span sign{begin, s.token.end, s.token.file};
  const size_t length = worded_comparison_length(text_of(s.source, sign));
  if (length != sign.end - sign.begin || !has_unit_of_before(s, ahead, s.rest().substr(value_at)))
    return std::nullopt;
  return second_limit(s, ahead, joint, sign, worded_comparison(text_of(s.source, sign)), value_at);
}

// `more than 1 hospitalization`, `no more than 2 hospitalization`
Found more_than(const Stop& s) {
  if (!s.after_operand() || !same_word(s.word(), "than")) return std::nullopt;
  if (same_word(s.last(), "older") || same_word(s.last(), "younger")) return std::nullopt;  // an age
  const std::string_view rest = s.rest(), ahead = word_at_end(s.line_before());
  const bool negated = same_word(ahead, "no") || same_word(ahead, "not");
  const size_t at = skip_blanks(rest, s.word().size());
  const CountedWord n = whole_number_at(rest.substr(at));
  const size_t name_at_byte = skip_blanks(rest, at + n.length);
  const NameWords words = name_words_at(rest.substr(name_at_byte));
  const auto meant = count_meant(is_more(s.last()), negated, n.number, true);
  const uint32_t begin = negated ? place_of_word(s, ahead) : s.before.begin;
  if (Found limit = no_more_than(s, begin, at)) return limit;
  const bool of = same_word(first_word(rest.substr(skip_blanks(rest, name_at_byte + words.length))), "of");
  if (n.length == 0 || words.length == 0 || of || !meant || !(is_more(s.last()) || is_fewer(s.last())))
    return mistake(join(s.before, s.token), fmt::format("`{} than` counts nothing", s.last()),
                   "write `at least 3 NAME`, `at most 2 NAME` or `exactly 1 NAME`");
  const Span span{begin, part_of_rest(s, at + n.length).end, s.token.file};
  return counted(span, text_of(s.source, span), *meant, words.name);
}

// `2 or more hospitalization`
Found or_more(const Stop& s) {
  const NameWords words = name_words_at(s.rest());
  if (!s.after_operand() || words.length == 0 || !(is_more(s.last()) || is_fewer(s.last())))
    return std::nullopt;
  const std::string_view line = s.line_before(), joint = word_at_end(line);
  if (!same_word(joint, "or")) return std::nullopt;
  const std::string_view number = word_at_end({line.data(), size_t(joint.data() - line.data())});
  const CountedWord n = whole_number_at(number);
  if (n.length == 0 || n.length != number.size()) return std::nullopt;
  const Span span{place_of_word(s, number), s.before.end, s.before.file};
  return counted(span, text_of(s.source, span), *count_meant(is_more(s.last()), false, n.number, false),
                 words.name);
}

// `>= 2 hospitalization`
Found sign_before_count(const Stop& s) {
  const size_t sign = compare_sign_length(s.rest());
  const auto op = sign > 0 && s.wants("condition") ? compare_op(s.rest().substr(0, sign)) : std::nullopt;
  const size_t at = skip_blanks(s.rest(), sign);
  const CountedWord n = op ? whole_number_at(s.rest().substr(at)) : CountedWord{};
  const NameWords words = name_words_at(s.rest().substr(skip_blanks(s.rest(), at + n.length)));
  const bool more = op == CompareOp::greater || op == CompareOp::greater_equal;
  if (n.length == 0 || words.length == 0 || op == CompareOp::not_equal) return std::nullopt;
  if (words.name.starts_with("x_")) return std::nullopt;  // `<= 5 x ULN`
  // `> 6 U/L`: a unit stands there.
  const size_t behind = skip_blanks(s.rest(), at + n.length) + words.length;
  const bool joined = same_word(s.last(), "and") || same_word(s.last(), "or") || same_word(s.last(), "but");
  if (s.rest().substr(behind).starts_with('/') || duration_unit(words.name) ||
      (joined && has_unit_of_before(s, s.line_before(), s.rest().substr(at))))
    return std::nullopt;
  const auto meant = op == CompareOp::equal ? fmt::format("exactly {}", n.number)
                                            : count_meant(more, false, n.number,
                                                          op == CompareOp::greater || op == CompareOp::less);
  const Span span = part_of_rest(s, at + n.length);
  if (!meant) return std::nullopt;
  return counted(span, text_of(s.source, span), *meant, words.name);
}

// How often, at the front of the text: `once`, `twice`, `3 times`. Length 0: it is not said.
CountedWord times_at(std::string_view text) {
  constexpr std::string_view kTimes[] = {"once", "twice", "thrice"};
  for (uint64_t i = 0; i < std::size(kTimes); ++i)
    if (same_word(first_word(text), kTimes[i])) return {kTimes[i].size(), i + 1};
  CountedWord n = whole_number_at(text);
  const size_t at = skip_blanks(text, n.length);
  const std::string_view word = n.length > 0 ? first_word(text.substr(at)) : std::string_view();
  if (!same_word(word, "times") && !same_word(word, "time")) return {};
  n.length = at + word.size();
  return n;
}

Diagnostic counted_so_often(Span span, std::string_view text, uint64_t n, std::string_view name) {
  const std::string right = n == 1 ? std::string(name) : fmt::format("at least {} {}", n, name);
  return mistake(span, fmt::format("`{}` is not how records are counted", text),
                 fmt::format("write `{}`, or `exactly {} {}`", right, n, name), Fix{span, right, false});
}

// `SBP >= 160 mmHg twice`
Found results_so_often(const Stop& s, size_t length) {
  const std::string_view line = s.line_before();
  const auto compared = comparison_at_end(s, {line.data(), line.size() + s.last().size()});
  if (!compared) return std::nullopt;
  const Span span = part_of_rest(s, length);
  return mistake(span, fmt::format("`{}`: results are not counted", text_of(s.source, span)),
                 results_meant(compared->name.empty() ? "NAME" : compared->name, compared->op));
}

// `a history of asthma`, `a single prednisone`
Found article(const Stop& s) {
  if (!same_word(s.last(), "a") && !same_word(s.last(), "an")) return std::nullopt;
  if (same_word(s.word(), "single")) return std::nullopt;
  return mistake(s.before, fmt::format("`{}` is not needed", s.last()), "delete it",
                 Fix{{s.before.begin, s.token.begin, s.before.file}, "", false});
}

// `single prednisone`
Found single(const Stop& s) {
  const bool last = same_word(s.last(), "single");
  if (!last && !same_word(s.word(), "single")) return std::nullopt;
  const std::string_view rest = s.rest();
  const NameWords words = name_words_at(last ? rest : rest.substr(skip_blanks(rest, s.word().size())));
  if (words.length == 0) return std::nullopt;
  return mistake(last ? s.before : s.token, "`single` is not how records are counted",
                 fmt::format("write `exactly 1 {0}`, or `{0}` where one is enough", words.name));
}

// `ULN`, `the ULN`, `times the upper limit of normal` at the front of the text. Length 0: no limit stands
// there.
struct LimitWords {
  size_t length = 0;
  std::string_view limit;
};
LimitWords limit_words_at(std::string_view text) {
  size_t at = 0;
  for (std::string_view word : {"times", "the"})
    if (same_word(first_word(text.substr(at)), word)) at = skip_blanks(text, at + word.size());
  const std::string_view rest = text.substr(at);
  if (const size_t limit = limit_length(rest); limit > 0) return {at + limit, rest.substr(0, limit)};
  for (std::string_view words : {"limit of the normal range", "limit of normal range", "limit of normal"})
    for (std::string_view which : {"upper", "lower"}) {
      const std::string phrase = fmt::format("{} {}", which, words);
      if (same_word(rest.substr(0, phrase.size()), phrase))
        return {at + phrase.size(), which == "upper" ? "ULN" : "LLN"};
    }
  return {};
}

// `twice ULN`, `three times the upper limit of normal`, and `five U/L` behind a sign: no records are counted
// there.
Found number_of_value(const Stop& s, const CountedWord& number) {
  if (const LimitWords limit = limit_words_at(s.rest()); limit.length > 0) {
    const Span span = join(s.before, part_of_rest(s, limit.length));
    const std::string right = fmt::format("{}*{}", number.number, limit.limit);
    return mistake(span, fmt::format("`{}` is written with `*`", text_of(s.source, span)),
                   fmt::format("write `{}`", right), Fix{span, right, false});
  }
  const std::string_view line = s.line_before();
  const size_t sign = line.find_last_not_of(" \t");
  if (same_word(s.word(), "times") || is_digit(s.last()[0]) || sign == line.npos ||
      compare_sign_length(line.substr(sign)) == 0)
    return std::nullopt;
  const std::string right = std::to_string(number.number);
  return mistake(s.before, fmt::format("`{}` is a number in words", s.last()),
                 fmt::format("write `{}`", right), Fix{s.before, right, false});
}

// `hospitalization at least twice`, `labx > 100 mg/dL more than once`
Found compared_so_often(const Stop& s) {
  const std::string_view rest = s.rest();
  size_t words = 0, at = 0;
  CountedWord often;
  for (size_t end = first_word(rest).size(); end > at && often.length == 0;
       at = skip_blanks(rest, end), end = at + first_word(rest.substr(at)).size()) {
    words = worded_comparison_length(rest.substr(0, end)) == end ? end : 0;
    if (words > 0) often = times_at(rest.substr(skip_blanks(rest, words)));
  }
  if (often.length == 0 || first_word(s.last()).empty()) return std::nullopt;
  const size_t length = skip_blanks(rest, words) + often.length;
  if (Found results = results_so_often(s, length)) return results;
  const CompareOp op = worded_comparison(rest.substr(0, words));
  const bool than = op == CompareOp::greater || op == CompareOp::less;
  const auto meant = count_meant(is_lower_limit(op), false, often.number, than);
  if (name_at(s.last()).empty() || !meant || !(is_lower_limit(op) || is_upper_limit(op))) return std::nullopt;
  const std::string right = fmt::format("{} {}", *meant, s.last());
  return mistake(join(s.before, part_of_rest(s, length)),
                 fmt::format("`{}` is not how records are counted", rest.substr(0, length)),
                 fmt::format("write `{}`", right),
                 Fix{join(s.before, part_of_rest(s, length)), right, false});
}

// `hospitalization twice`, `hospitalization 3 times`; `two hospitalization`
Found so_often(const Stop& s) {
  // In the fields of a trial or a declaration `A` is a name: `arms A B`.
  if (s.part != Part::condition || !s.after_operand() || s.new_line || s.at_start()) return std::nullopt;
  if (Found compared = compared_so_often(s)) return compared;
  const CountedWord behind = times_at(s.rest());
  const std::string_view after = s.rest().substr(skip_blanks(s.rest(), behind.length));
  const bool is_factor = limit_length(after) > 0 || same_word(first_word(after), "the");  // `3 times ULN`
  if (behind.length > 0 && !is_factor)
    if (Found results = results_so_often(s, behind.length)) return results;
  if (behind.length > 0 && !is_factor && !name_at(s.last()).empty())
    return counted_so_often(join(s.before, part_of_rest(s, behind.length)), s.rest().substr(0, behind.length),
                            behind.number, s.last());
  const NameWords words = name_words_at(s.rest());
  CountedWord before = times_at(s.last());
  if (before.length == 0) before = whole_number_at(s.last());
  if (before.length != s.last().size() || before.number == 0) return std::nullopt;
  if (Found value = number_of_value(s, before)) return value;
  if (words.length == 0) return std::nullopt;
  if (Found found = article(s)) return found;
  if (Found found = single(s)) return found;
  const Span span = join(s.before, part_of_rest(s, words.length));
  // `ALT < three times ULN`
  constexpr std::string_view kTimesOf = "times_";
  if (!words.name.starts_with(kTimesOf)) return counted_so_often(span, s.last(), before.number, words.name);
  const std::string right = fmt::format("{}*{}", before.number, words.name.substr(kTimesOf.size()));
  return mistake(span, fmt::format("`{}` is written with `*`", text_of(s.source, span)),
                 fmt::format("write `{}`", right), Fix{span, right, false});
}

}  // namespace

uint32_t place_of_word(const Stop& s, std::string_view word) {
  return static_cast<uint32_t>(word.data() - s.source.text.data());
}

Span part_of_rest(const Stop& s, size_t length) {
  return {s.token.begin, s.token.begin + static_cast<uint32_t>(length), s.token.file};
}

std::optional<Diagnostic> mistake_of_count(const Stop& s) {
  if (Found found = more_than(s)) return found;
  if (Found found = so_often(s)) return found;
  if (Found found = sign_before_count(s)) return found;
  return or_more(s);
}

}  // namespace crit
