// What people write of units and of limits of normal that the language writes otherwise, where reading
// stopped at it.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

struct Phrase {
  std::string_view wrong, right;
};

// `1.5 x the upper limit of normal`
Found times_the_limit(const Stop& s) {
  if (!s.after_operand() || !same_word(s.word(), "the")) return std::nullopt;
  if (s.last() != "x" && s.last() != "\u00d7" && !same_word(s.last(), "times")) return std::nullopt;
  constexpr Phrase kLimits[] = {{"the upper limit of normal", "*ULN"},
                                {"the lower limit of normal", "*LLN"},
                                {"the ULN", "*ULN"},
                                {"the LLN", "*LLN"}};
  for (const Phrase& limit : kLimits) {
    if (!s.rest().starts_with(limit.wrong)) continue;
    const Span span{s.before.begin, part_of_rest(s, limit.wrong.size()).end, s.token.file};
    return written(span, text_of(s.source, span), limit.right);
  }
  return std::nullopt;
}

// `21 units per week`, `14 drinks per week`: what is only counted has no unit.
Found counted_per(const Stop& s, Span whole, std::string_view per) {
  const bool units = same_word(s.last(), "unit") || same_word(s.last(), "units");
  constexpr std::string_view kCounted[] = {"drink",     "drinks",     "glass",    "glasses",
                                           "cigarette", "cigarettes", "episodes", "attacks",
                                           "stools",    "times",      "tablets"};
  const bool counted =
      std::ranges::any_of(kCounted, [&](std::string_view word) { return same_word(s.last(), word); });
  if (!units && !counted) return std::nullopt;
  const std::string message = fmt::format("`{}` is not how it is written", text_of(s.source, whole));
  if (units)
    return mistake(whole, message,
                   fmt::format("of what is counted, such as `alcohol_units`, write `{0}` alone behind the "
                               "number;\nof a drug that is measured in units `U{0}`",
                               per));
  const std::string_view line = s.line_before();
  const uint32_t behind = place_of_word(s, line.substr(line.find_last_not_of(" \t") + 1));
  return mistake(whole, message,
                 fmt::format("what is counted has no unit: write `{}` alone behind the number", per),
                 Fix{{behind, whole.end, whole.file}, std::string(per), false});
}

// `140 mm Hg`, `10 mg daily`, `10 mg per day`: behind a number and its unit.
Found unit_in_words(const Stop& s) {
  const std::string_view line = s.line_before();
  const size_t number = line.find_last_not_of(" \t");
  if (!s.after_operand() || number == line.npos || !is_digit(line[number])) return std::nullopt;
  if (s.last() == "mm" && s.word() == "Hg") {
    const Span span = join(s.before, s.token);
    return written(span, text_of(s.source, span), "mmHg");
  }
  // `60 mL/min/1.73 m2`
  for (std::string_view area : {"m2", "m^2", "m²"})
    if (s.last().ends_with("/1.73") && s.rest().starts_with(area)) {
      const Span span{s.before.begin, part_of_rest(s, area.size()).end, s.token.file};
      return written(span, text_of(s.source, span), fmt::format("{}m2", s.last()));
    }
  constexpr Phrase kRates[] = {{"once daily", "/day"}, {"daily", "/day"},     {"per day", "/day"},
                               {"a day", "/day"},      {"each day", "/day"},  {"every day", "/day"},
                               {"weekly", "/week"},    {"per week", "/week"}, {"a week", "/week"}};
  for (const Phrase& rate : kRates) {
    const std::string_view after = s.rest().substr(std::min(rate.wrong.size(), s.rest().size()));
    if (!s.rest().starts_with(rate.wrong) || (!after.empty() && is_name_byte(after[0]))) continue;
    const Span span{s.before.begin, part_of_rest(s, rate.wrong.size()).end, s.token.file};
    if (Found found = counted_per(s, span, rate.right)) return found;
    return written(span, text_of(s.source, span), fmt::format("{}{}", s.last(), rate.right));
  }
  return std::nullopt;
}

// The length of `10e9` or `10E9` at the front of the text; 0: there is none.
size_t power_with_e_length(std::string_view text) {
  if (!text.starts_with("10e") && !text.starts_with("10E")) return 0;
  const size_t digits = number_length(text.substr(3));
  return digits == 0 ? 0 : 3 + digits;
}

// `100 x 10e9/L`, `100 10e9/L`
Found power_with_e(const Stop& s) {
  const size_t length = power_with_e_length(s.rest());
  const bool crossed = same_word(s.last(), "x");
  const std::string_view line = s.line_before();
  const size_t last = line.find_last_not_of(" \t");
  const bool behind_number =
      crossed ? last != line.npos && is_digit(line[last]) : number_length(s.last()) == s.last().size();
  if (length == 0 || s.at_start() || !behind_number) return std::nullopt;
  const Span span = crossed ? join(s.before, part_of_rest(s, length)) : part_of_rest(s, length);
  return written(span, text_of(s.source, span), fmt::format("10^{}", s.rest().substr(3, length - 3)), false);
}

// `ALT within normal limits`, `ALT and AST within normal limits`, `ALT and AST are normal`
Found within_normal(const Stop& s) {
  const std::string_view last = s.last();
  const bool noise = same_word(last, "the") || same_word(last, "a"), are = same_word(s.word(), "are");
  const std::string_view joint = are ? s.word() : noise ? word_at_end(s.line_before()) : last;
  if (!are && !same_word(joint, "within") && !same_word(joint, "in")) return std::nullopt;
  const uint32_t begin = place_of_word(s, joint);
  const std::string_view source = s.source.text;
  const size_t start = source.substr(0, begin).rfind('\n') + 1;
  const std::string_view line = source.substr(start, begin - start);
  const size_t length = normal_length(text_of(s.source, {begin, s.end, s.source.id}));
  if (length == 0) return std::nullopt;
  const Span span{begin, begin + static_cast<uint32_t>(length), s.source.id};
  const std::string message = fmt::format("`{}` is not how it is written", text_of(s.source, span));
  const std::string_view second = word_at_end(line);
  const std::string_view between = word_at_end({line.data(), size_t(second.data() - line.data())});
  const bool both = same_word(between, "and"), either = same_word(between, "or");
  const std::string_view first =
      both || either ? word_at_end({line.data(), size_t(between.data() - line.data())}) : std::string_view();
  if (name_at(second).empty() || (!first.empty() && name_at(first).empty())) return std::nullopt;
  if (first.empty())
    return mistake(span, message, fmt::format("write `{} is normal`", second), Fix{span, "is normal", false});
  const std::string right =
      fmt::format("{} of ({} is normal, {} is normal)", both ? "all" : "any", first, second);
  return mistake(span, message, fmt::format("write `{}`", right),
                 Fix{{place_of_word(s, first), span.end, span.file}, right, false});
}

// `FEV1 < 50% pred`, `FEV1 < 50% of the predicted normal value`; behind `50% predicted` reading stopped at
// `normal`.
Found predicted_in_words(const Stop& s) {
  const bool is_read = same_word(s.last(), "predicted");
  const size_t length = predicted_length(is_read ? s.from_last() : s.rest());
  const bool goes_on = is_read && length > s.last().size();
  if (!(s.after_operand() || s.expected == "`and`") || length == 0 || !(s.last() == "%" || goes_on))
    return std::nullopt;
  const uint32_t begin = is_read ? s.before.begin : s.token.begin;
  const Span span{begin, begin + static_cast<uint32_t>(length), s.token.file};
  return written(span, text_of(s.source, span), "predicted");
}

// `150` per cent as `1.5`, without rounding.
std::string hundredth(std::string_view number) {
  std::string digits(number);
  const size_t point = std::min(digits.find('.'), digits.size());
  if (point < digits.size()) digits.erase(point, 1);
  size_t whole = point;
  for (; whole < 3; ++whole) digits.insert(0, "0");
  digits.insert(whole - 2, ".");
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.ends_with('.')) digits.pop_back();
  const size_t first = digits.find_first_not_of('0');
  return first == digits.npos || digits[first] == '.' ? "0" + digits.substr(std::min(first, digits.size()))
                                                      : digits.substr(first);
}

// `150% of ULN`, `1.5 fold the ULN`: the unit of the number was read.
Found part_of_limit(const Stop& s) {
  const bool per_cent = s.last() == "%";
  if (!s.after_operand() || !(per_cent ? same_word(s.word(), "of") : same_word(s.last(), "fold")))
    return std::nullopt;
  const std::string_view rest = s.rest();
  size_t at = per_cent ? skip_blanks(rest, s.word().size()) : 0;
  if (same_word(first_word(rest.substr(at)), "the")) at = skip_blanks(rest, at + 3);
  const size_t limit = limit_length(rest.substr(at));
  const std::string_view line = s.line_before();
  const size_t end = line.find_last_not_of(" \t") + 1;
  size_t begin = end;
  while (begin > 0 && (is_digit(line[begin - 1]) || line[begin - 1] == '.')) --begin;
  const std::string_view number = line.substr(begin, end - begin);
  if (limit == 0 || number.empty()) return std::nullopt;
  const std::string right =
      fmt::format("{}*{}", per_cent ? hundredth(number) : std::string(number), rest.substr(at, limit));
  const Span span{place_of_word(s, number), part_of_rest(s, at + limit).end, s.token.file};
  return mistake(span, fmt::format("`{}` is written with `*`", text_of(s.source, span)),
                 fmt::format("write `{}`", right), Fix{span, right, false});
}

constexpr Explanation kMistakes[] = {predicted_in_words, part_of_limit, times_the_limit,
                                     unit_in_words,      power_with_e,  within_normal};

}  // namespace

size_t normal_range_length(std::string_view text) {
  const auto skip = [&](size_t at, std::initializer_list<std::string_view> words) {
    const std::string_view word = first_word(text.substr(at));
    const bool is_one =
        std::ranges::any_of(words, [&](std::string_view one) { return same_word(word, one); });
    return is_one ? skip_blanks(text, at + word.size()) : at;
  };
  const size_t joint = skip(0, {"within", "in"}), the = skip(joint, {"the", "a"}),
               normal = skip(the, {"normal", "reference"}),
               range = skip(normal, {"range", "limits", "limit"});
  if (joint == 0 || normal == the || range == normal) return 0;
  return text.substr(0, range).find_last_not_of(" \t") + 1;
}

size_t predicted_length(std::string_view text) {
  size_t end = 0;
  for (std::string_view word : {"of", "the"})
    if (same_word(first_word(text.substr(end)), word)) end = skip_blanks(text, end + word.size());
  const std::string_view said = first_word(text.substr(end));
  if (!same_word(said, "pred") && !same_word(said, "predicted") && !same_word(said, "expected")) return 0;
  end += said.size();
  if (same_word(said, "pred") && text.substr(end).starts_with('.')) ++end;
  for (std::string_view word : {"normal", "value", "values"}) {
    const size_t at = skip_blanks(text, end);
    if (same_word(first_word(text.substr(at)), word)) end = at + word.size();
  }
  return end;
}

size_t normal_length(std::string_view text) {
  if (const size_t length = normal_range_length(text); length > 0) return length;
  if (!same_word(first_word(text), "are")) return 0;
  const size_t at = skip_blanks(text, 3);
  return same_word(first_word(text.substr(at)), "normal") ? at + std::string_view("normal").size() : 0;
}

std::optional<Diagnostic> mistake_of_unit(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
