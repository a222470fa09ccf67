// What people write of two limits, where reading stopped at it: `between 18-65 years`, `18 to 75 years`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

Found between_to(const Stop& s) {
  if (s.expected != "`and`" || !same_word(s.word(), "to")) return std::nullopt;
  return written(s.token, "between ... to", "and");
}

// `between 18-65 years`
Found between_with_dash(const Stop& s) {
  if (s.expected != "`and`") return std::nullopt;
  const size_t word = s.line_before().rfind("between");
  if (word == std::string_view::npos) return std::nullopt;
  const uint32_t line = place_of_word(s, s.line_before());
  const std::string_view text = text_of(s.source, {line, s.end, s.source.id});
  const size_t low = skip_blanks(text, word + 7);
  const TwoLimits range = range_at(text.substr(low));
  if (dash_length(range.joint) == 0) return std::nullopt;
  const Span span{line + static_cast<uint32_t>(low), line + static_cast<uint32_t>(low + range.length),
                  s.token.file};
  return mistake(span, "a range with a dash", fmt::format("write `between {}`", range.limits()),
                 Fix{span, range.limits(), true});
}

// `18 to 75 years`, and nothing before it. Of years it is the age that is meant.
Found range_alone(const Stop& s) {
  if (s.part != Part::condition || !s.after_operand() || s.new_line || !same_word(s.word(), "to"))
    return std::nullopt;
  std::string_view line = s.line_before(), low = s.last();
  if (duration_unit(low)) {
    low = word_at_end(line);
    line = line.substr(0, size_t(low.data() - line.data()));
  }
  const size_t at = skip_blanks(s.rest(), s.word().size());
  const Written high = quantity_at(s.rest().substr(at));
  if (low.empty() || number_length(low) != low.size() || high.number.empty() || !begins_condition(line))
    return std::nullopt;
  const Span span{place_of_word(s, low), part_of_rest(s, at + high.whole.size()).end, s.token.file};
  const std::string_view message = "a range, and no name before it";
  if (duration_unit(high.unit) != DurationUnit::years)
    return mistake(span, std::string(message),
                   fmt::format("write `NAME between {} and {}`", low, high.whole));
  const std::string right = fmt::format("{} years <= age <= {} years", low, high.number);
  return mistake(span, std::string(message), fmt::format("write `{}`", right), Fix{span, right, false});
}

// The words of `the range of` from a place on, which say nothing more.
size_t skip_range_words(std::string_view text, size_t at) {
  for (std::string_view word : {"of", "the", "a", "range", "ranging", "ranges", "of", "from", "between"})
    if (same_word(first_word(text.substr(at)), word)) at = skip_blanks(text, at + word.size());
  return at;
}

// `age not between 18 and 65 years`, `heart_rate outside the range 40 to 90 /min`
Found outside_range(const Stop& s) {
  const bool is_not = same_word(s.word(), "not");
  if (s.part != Part::condition || !s.after_operand() || s.new_line || name_at(s.last()).empty() ||
      !(is_not || same_word(s.word(), "outside")))
    return std::nullopt;
  const std::string_view rest = s.rest();
  size_t at = skip_blanks(rest, s.word().size());
  const bool is_between = same_word(first_word(rest.substr(at)), "between");
  const bool is_in = same_word(first_word(rest.substr(at)), "in");
  if (is_not && !is_between && !is_in) return std::nullopt;
  at = skip_range_words(rest, is_in ? skip_blanks(rest, at + 2) : at);
  const TwoLimits range = range_at(rest.substr(at));
  if (range.length == 0) return std::nullopt;
  const Span span = join(s.before, part_of_rest(s, at + range.length));
  return written(span, text_of(s.source, span), fmt::format("not ({} between {})", s.last(), range.limits()),
                 false);
}

// `HbA1c in the range of 6.5 to 10%`
Found in_range(const Stop& s) {
  if (s.expected != "`(`" || !same_word(s.last(), "in")) return std::nullopt;
  const std::string_view name = word_at_end(s.line_before());
  const size_t at = skip_range_words(s.rest(), 0);
  const TwoLimits range = range_at(s.rest().substr(at));
  if (name.empty() || range.length == 0) return std::nullopt;
  const Span span = join(s.before, part_of_rest(s, at + range.length));
  return written(span, text_of(s.source, span), fmt::format("between {}", range.limits()), false);
}

// `age of 18 to 65 years`, `FEV1 ranging from 35% to 80%`
Found range_of_name(const Stop& s) {
  const std::string_view name = name_at(s.last());
  const size_t at = skip_range_words(s.rest(), 0);
  const TwoLimits range = range_at(s.rest().substr(at));
  if (s.part != Part::condition || !s.after_operand() || s.new_line || name.empty() || at == 0 ||
      range.length == 0)
    return std::nullopt;
  // `asthma from 2 to 4 years` ago?
  if (duration_unit(quantity_at(range.high).unit) && !same_word(name, "age")) return std::nullopt;
  const Span span = part_of_rest(s, at + range.length);
  return written(span, text_of(s.source, span), fmt::format("between {}", range.limits()), false);
}

// `age is 18 to 65 years`, `age = 18 to 65 years`, `FEV1 is 35%-80%`
Found range_behind_sign(const Stop& s) {
  const bool is_joint = same_word(s.word(), "to") || dash_length(s.rest()) > 0;
  if (s.part != Part::condition || !s.after_operand() || s.new_line || !is_joint) return std::nullopt;
  const std::string_view line = s.line_before(), text{line.data(), line.size() + s.last().size()};
  const auto compared = comparison_at_end(s, text);
  const bool has_sign =
      compared && (compared->op == CompareOp::equal || compared->op == CompareOp::greater_equal);
  const size_t is = text.rfind(" is ");
  if (compared ? !has_sign : is == text.npos) return std::nullopt;
  const std::string_view name = has_sign ? compared->name : name_at(word_at_end(text.substr(0, is)));
  const size_t value = has_sign ? size_t(compared->value.data() - text.data()) : skip_blanks(text, is + 4);
  const uint32_t begin = place_of_word(s, text.substr(value));
  const TwoLimits range = range_at(text_of(s.source, {begin, s.end, s.source.id}));
  if (name.empty() || range.length == 0) return std::nullopt;
  const Span span{place_of_word(s, name), begin + static_cast<uint32_t>(range.length), s.token.file};
  return written(span, text_of(s.source, span), fmt::format("{} between {}", name, range.limits()), false);
}

// `older than 18 years`, and nothing before it.
Found age_in_words(const Stop& s) {
  const bool older = same_word(s.last(), "older");
  if (s.part != Part::condition || !same_word(s.word(), "than") || !(older || same_word(s.last(), "younger")))
    return std::nullopt;
  const size_t at = skip_blanks(s.rest(), s.word().size());
  const Written age = quantity_at(s.rest().substr(at));
  if (!duration_unit(age.unit) || !begins_condition(s.line_before())) return std::nullopt;
  const Span span = join(s.before, part_of_rest(s, at + age.whole.size()));
  return written(span, text_of(s.source, span), fmt::format("age {} {}", older ? ">" : "<", age.whole),
                 false);
}

constexpr Explanation kMistakes[] = {between_to, between_with_dash, range_alone,       outside_range,
                                     in_range,   range_of_name,     range_behind_sign, age_in_words};

}  // namespace

std::optional<Diagnostic> mistake_of_range(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
