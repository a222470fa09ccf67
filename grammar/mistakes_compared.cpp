// What people write of numbers and comparisons that the language writes otherwise, where reading stopped at
// it.
#include <fmt/format.h>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

// `100 000/mm3`
Found blank_in_number(const Stop& s) {
  const std::string_view first = s.last(), rest = s.rest();
  const auto digits_of = [](std::string_view text) {
    return std::min(text.find_first_not_of("0123456789"), text.size());
  };
  if (first.empty() || first.size() > 3 || first[0] == '0' || digits_of(first) != first.size())
    return std::nullopt;
  size_t end = 0;
  std::string digits(first);
  for (size_t at = 0; digits_of(rest.substr(at)) == 3; at = skip_blanks(rest, end)) {
    digits += rest.substr(at, 3);
    end = at + 3;
  }
  if (end > 0 && rest.substr(end).starts_with('.')) {
    const size_t decimals = 1 + digits_of(rest.substr(end + 1));
    digits += rest.substr(end, decimals);
    end += decimals;
  }
  if (end == 0 || (end < rest.size() && is_name_byte(rest[end]))) return std::nullopt;
  const Span span{s.before.begin, part_of_rest(s, end).end, s.token.file};
  const std::string_view unit = rest.substr(end, rest.find_first_of(" \t\n,;)", end) - end);
  return mistake(span, fmt::format("`{}` has a blank", text_of(s.source, span)),
                 fmt::format("a number has no blanks: write `{}{}`", digits, unit), Fix{span, digits, false});
}

// `ALT > 5 U/L 6 U/L`: the token before is the unit of a number.
Found value_behind_value(const Stop& s) {
  const std::string_view line = s.line_before();
  const size_t ahead = line.find_last_not_of(" \t");
  if (is_digit(s.last()[0]) || ahead == line.npos || !is_digit(line[ahead])) return std::nullopt;
  return mistake(s.token, fmt::format("a second value, `{}`, behind the first", quantity_at(s.rest()).whole),
                 "keep one of the two; a range is written `NAME between 5 and 6 U/L`");
}

// `BMI 18,5`; of `ECOG 0,1` the two values are meant.
Found comma_in_number(const Stop& s) {
  const std::string_view rest = s.rest(), whole = rest.substr(0, number_length(rest));
  if (!rest.substr(whole.size()).starts_with(',') || whole.find('.') != whole.npos) return std::nullopt;
  const std::string_view behind = rest.substr(whole.size() + 1);
  const std::string_view decimals = behind.substr(0, number_length(behind));
  const bool goes_on = behind.substr(decimals.size()).starts_with(',');
  const bool follow = whole.size() == 1 && decimals.size() == 1 && whole[0] + 1 == decimals[0];
  if (decimals.empty() || goes_on || follow) return std::nullopt;
  const Span span = part_of_rest(s, whole.size() + 1 + decimals.size());
  Diagnostic d = mistake(span, fmt::format("`{}` has a comma", text_of(s.source, span)),
                         fmt::format("write `{0}.{1}`, or `{2} in ({0}, {1})` where two values are meant",
                                     whole, decimals, s.last()));
  d.rule = "decimal-comma";
  return d;
}

// `ECOG 0 or 1`
Found values_after_name(const Stop& s) {
  const std::string_view rest = s.rest();
  std::string list(rest.substr(0, number_length(rest)));
  size_t end = list.size(), many = 1;
  for (;; ++many) {
    size_t at = skip_blanks(rest, end);
    if (rest.substr(at).starts_with(',') || rest.substr(at).starts_with('/')) at = skip_blanks(rest, at + 1);
    if (same_word(first_word(rest.substr(at)), "or")) at = skip_blanks(rest, at + 2);
    const size_t length = number_length(rest.substr(at));
    if (length == 0 || at == end) break;
    list += fmt::format(", {}", rest.substr(at, length));
    end = at + length;
  }
  if (many < 2 || !quantity_at(rest.substr(end)).whole.empty()) return std::nullopt;
  const Span span{s.before.begin, part_of_rest(s, end).end, s.token.file};
  const std::string right = fmt::format("{} in ({})", s.last(), list);
  return mistake(span, fmt::format("values after `{}` without a word of comparison", s.last()),
                 fmt::format("write `{}`", right), Fix{span, right, false});
}

// `age 18-65 years`, `age 18 to 65`, `FEV1 35%-80% predicted`
Found range_after_name(const Stop& s) {
  const TwoLimits range = range_at(s.rest());
  if (range.length == 0 || same_word(range.joint, "and")) return std::nullopt;
  const Span span{s.before.begin, part_of_rest(s, range.length).end, s.token.file};
  const std::string_view name = same_word(s.last(), "aged") ? "age" : s.last();
  const std::string right = fmt::format("{} between {}", name, range.limits());
  const bool has_unit = number_length(range.high) < range.high.size();
  return mistake(
      span, fmt::format("a range after `{}` without a word of comparison", s.last()),
      fmt::format("write `{}`{}", right, has_unit ? "" : ", and the unit after it if there is one"),
      Fix{span, right, false});
}

// ` before first_dose` at the front, where `prior to` may stand too; empty: no day is named.
std::string day_meant(std::string_view text) {
  constexpr std::string_view kPriorTo = " prior to";
  if (!text.starts_with(kPriorTo)) return std::string(text.substr(0, anchor_length(text)));
  const std::string before = fmt::format(" before{}", text.substr(kPriorTo.size()));
  return before.substr(0, anchor_length(before));
}

// `insulin 3 months before screening`
Found period_after_name(const Stop& s) {
  const std::string_view rest = s.rest();
  const size_t period = period_length(rest);
  const std::string_view when = first_word(rest.substr(skip_blanks(rest, period)));
  if (period == 0 || !(same_word(when, "before") || same_word(when, "prior") || same_word(when, "ago")))
    return std::nullopt;
  return mistake(
      s.token, "`within` is missing before the period",
      fmt::format("write `{} within {}{}`", s.last(), rest.substr(0, period), day_meant(rest.substr(period))),
      Fix{part_of_rest(s, 0), "within ", false});
}

// The sign that stands behind a value, as `+` or in words, and where it ends.
struct SignBehind {
  std::string_view sign;
  size_t end = 0;
};
SignBehind sign_behind(std::string_view rest, const Written& value) {
  if (rest.substr(value.number.size()).starts_with('+')) return {">=", value.number.size() + 1};
  const size_t at = skip_blanks(rest, value.whole.size());
  if (!same_word(first_word(rest.substr(at)), "or")) return {};
  const size_t word_at = skip_blanks(rest, at + 2);
  const std::string_view word = first_word(rest.substr(word_at));
  return {sign_in_words(word), word_at + word.size()};
}

// `100 x 109/L`: copied from where the 9 was raised.
Found lost_power(const Stop& s) {
  const std::string_view rest = s.rest(), last = s.last();
  const bool is_times = last == "x" || last == "X";
  if (!is_times && (last.empty() || !is_digit(last[0]))) return std::nullopt;
  for (const std::string_view lost : {"109/", "1012/", "106/"}) {
    if (!rest.starts_with(lost)) continue;
    const std::string_view unit = rest.substr(0, rest.find_first_of(" \t\n,;)"));
    const std::string meant = fmt::format("10^{}", unit.substr(2));
    Span span = part_of_rest(s, unit.size());
    if (is_times) span.begin = s.before.begin;
    return mistake(span, fmt::format("`{}` has lost the place of its power", unit),
                   fmt::format("write `{}` after the number", meant), Fix{span, meant, false});
  }
  return std::nullopt;
}

// `heart_rate below 50 or above 100 bpm`: what is no word of the language was read as a name.
Found words_without_name(const Stop& s) {
  const std::string_view from = s.from_last();
  const size_t words = worded_comparison_length(from), value = s.token.begin - s.before.begin;
  if (words == 0 || skip_blanks(from, words) != value) return std::nullopt;
  const std::string_view line = s.line_before(), joint = word_at_end(line);
  const Span sign{s.before.begin, s.before.begin + static_cast<uint32_t>(words), s.before.file};
  return second_limit(s, line.substr(0, size_t(joint.data() - line.data())), joint, sign,
                      worded_comparison(from.substr(0, words)), 0);
}

// `age 18+`, `age 18 years or older`, `age 18`: a name, a number, and no sign of comparison.
Found number_after_name(const Stop& s) {
  if (!s.after_operand() || s.part == Part::head || s.new_line || s.at_start() || s.word().empty() ||
      !is_digit(s.word()[0]))
    return std::nullopt;
  if (Found lost = lost_power(s)) return lost;
  if (Found blank = blank_in_number(s)) return blank;
  if (Found second = value_behind_value(s)) return second;
  if (!is_letter(s.last()[0])) return std::nullopt;
  if (Found limit = words_without_name(s)) return limit;
  for (Explanation explanation : {comma_in_number, range_after_name, values_after_name, period_after_name})
    if (Found found = explanation(s)) return found;
  const std::string_view name = s.last();
  const Written value = quantity_at(s.rest());
  const std::string message =
      fmt::format("a sign of comparison is missing between `{}` and `{}`", name, value.number);
  const std::string_view unit = value.unit.empty() ? ", and the unit after it if there is one" : "";
  if (const SignBehind behind = sign_behind(s.rest(), value); !behind.sign.empty()) {
    const Span span{s.before.begin, part_of_rest(s, behind.end).end, s.token.file};
    const std::string right = fmt::format("{} {} {}", name, behind.sign, value.whole);
    Diagnostic d = mistake(span, message, fmt::format("write `{}`{}", right, unit), Fix{span, right, false});
    // `grade 2 or higher neuropathy`: what the number is said of stands behind it.
    if (name_at(s.rest().substr(skip_blanks(s.rest(), behind.end))).empty()) return d;
    d.fix.reset();
    d.word_before = s.before;
    return d;
  }
  Diagnostic d = mistake(join(s.before, s.token), message,
                         fmt::format("write `{0} <= {1}` or `{0} >= {1}`{2}", name, value.whole, unit));
  d.word_before = s.before;  // it may be a name of several words: `type 2 diabetes`
  return d;
}

std::string_view mirrored(CompareOp lower_limit) {
  return spelling(lower_limit == CompareOp::greater ? CompareOp::less : CompareOp::less_equal);
}

// `age >= 18 years and <= 65 years`
Found sign_without_name(const Stop& s) {
  const size_t sign = compare_sign_length(s.rest());
  if (sign == 0 || !s.wants_operand()) return std::nullopt;
  return second_limit(s, s.line_before(), s.last(), part_of_rest(s, sign),
                      *compare_op(s.rest().substr(0, sign)), skip_blanks(s.rest(), sign));
}

// `weight >= 50 kg but <= 100 kg`
Found but(const Stop& s) {
  if (s.part != Part::condition || !s.after_operand() || s.at_start() || !same_word(s.word(), "but"))
    return std::nullopt;
  const size_t at = skip_blanks(s.rest(), s.word().size());
  const size_t sign = compare_sign_length(s.rest().substr(at)),
               words = worded_comparison_length(s.rest().substr(at)), length = std::max(sign, words);
  if (length > 0) {
    const std::string_view text = s.rest().substr(at, length), line = s.line_before();
    const CompareOp op = sign > 0 ? compare_op(text).value_or(CompareOp::equal) : worded_comparison(text);
    const Span span{part_of_rest(s, at).end, part_of_rest(s, at + length).end, s.token.file};
    return second_limit(s, {line.data(), line.size() + s.last().size()}, "and", span, op,
                        skip_blanks(s.rest(), at + length));
  }
  return written(s.token, s.word(), "and", false);
}

// `> or = 7%`, `>/= 7%`
Found or_equal(const Stop& s) {
  if (!s.wants("a value") || (s.last() != ">" && s.last() != "<")) return std::nullopt;
  const std::string_view rest = s.rest();
  const size_t or_end = rest.starts_with('/') ? 1 : same_word(s.word(), "or") ? 2 : 0;
  const size_t at = skip_blanks(rest, or_end);
  const size_t length = rest.substr(at).starts_with('=')           ? 1
                        : rest.substr(at).starts_with("equal to ") ? 8
                                                                   : 0;
  if (or_end == 0 || length == 0) return std::nullopt;
  const Span span{s.before.begin, part_of_rest(s, at + length).end, s.token.file};
  return written(span, text_of(s.source, span), fmt::format("{}=", s.last()));
}

Found needless_is(const Stop& s) {
  bool between = same_word(s.word(), "between"), in = same_word(s.word(), "in");
  if (!same_word(s.last(), "is") || !(between || in)) return std::nullopt;
  return mistake(s.before, fmt::format("`is` is not needed before `{}`", s.word()), "delete it",
                 Fix{s.before, "", true});
}

constexpr Explanation kMistakes[] = {number_after_name, sign_without_name, but, or_equal, needless_is};

}  // namespace

std::optional<Diagnostic> second_limit(const Stop& s, std::string_view ahead, std::string_view joint,
                                       Span sign, CompareOp second, size_t value_at) {
  const bool both = same_word(joint, "and");
  const auto before = comparison_at_end(s, ahead);
  const Written value = quantity_at(s.rest().substr(value_at));
  if (!(both || same_word(joint, "or")) || !before || value.number.empty()) return std::nullopt;
  const CompareOp first = before->op;
  const std::string message = fmt::format("`{}` has no name before it", text_of(s.source, sign));
  if (before->name.empty())
    return mistake(sign, message, fmt::format("say again before `{}` what is compared", spelling(second)));
  const bool rising = is_lower_limit(first) && is_upper_limit(second);
  if (!both || !(rising || (is_upper_limit(first) && is_lower_limit(second)))) {
    const std::string right = fmt::format("{} {}", before->name, spelling(second));
    return mistake(sign, message, fmt::format("write `{} {}`", right, value.whole), Fix{sign, right, false});
  }
  const std::string right = rising ? fmt::format("{} {} {} {} {}", before->value, mirrored(first),
                                                 before->name, spelling(second), value.whole)
                                   : fmt::format("{} {} {} {} {}", value.whole, mirrored(second),
                                                 before->name, spelling(first), before->value);
  return mistake(
      sign, message, fmt::format("write `{}`", right),
      Fix{{place_of_word(s, before->name), part_of_rest(s, value_at + value.whole.size()).end, sign.file},
          right,
          false});
}

std::optional<Diagnostic> mistake_of_comparison(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
