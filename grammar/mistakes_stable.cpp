// How protocols say that a dose stays the same, where reading stopped at it: `stable dose of prednisone`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

// `for 4 weeks`, `for at least 4 weeks` at the front of the text, and where it ends. Empty: it is not there.
struct PeriodBehind {
  std::string_view period;
  size_t end = 0;
};
PeriodBehind period_behind(std::string_view text) {
  size_t at = skip_blanks(text, 0);
  if (!same_word(first_word(text.substr(at)), "for")) return {};
  at = skip_blanks(text, at + 3);
  const std::string_view rest = text.substr(at);
  const size_t sign = compare_sign_length(rest), worded = worded_comparison_length(rest);
  if (sign > 0 && compare_op(rest.substr(0, sign)) == CompareOp::greater_equal) at += sign;
  if (worded > 0 && worded_comparison(rest.substr(0, worded)) == CompareOp::greater_equal) at += worded;
  at = skip_blanks(text, at);
  while (const size_t noise = noise_length(text.substr(at))) at = skip_blanks(text, at + noise);
  const size_t length = period_length(text.substr(at));
  return length == 0 ? PeriodBehind{} : PeriodBehind{text.substr(at, length), at + length};
}

// `whole`: the drug and what is said of its dose, without the period behind them. Without a period the person
// must say one, and so nothing is mended.
Diagnostic stable_meant(const Stop& s, Span said, Span whole, std::string_view drug) {
  const PeriodBehind behind = period_behind(text_of(s.source, {whole.end, s.end, whole.file}));
  const bool is_there = !behind.period.empty();
  const std::string right = fmt::format("{} stable for {}", drug, is_there ? behind.period : "4 weeks");
  whole.end += static_cast<uint32_t>(behind.end);
  return mistake(said, "`stable` stands behind the name", fmt::format("write `{}`", right),
                 is_there ? std::optional(Fix{whole, right, false}) : std::nullopt);
}

// The length of the words at the front, each of which may be left out, with the blanks behind them.
size_t words_length(std::string_view text, std::initializer_list<std::string_view> words) {
  size_t at = 0;
  for (std::string_view word : words)
    if (same_word(first_word(text.substr(at)), word)) at = skip_blanks(text, at + word.size());
  return at;
}

// `stable dose of prednisone for 4 weeks`, `on a stable dose of prednisone`, `stable prednisone`
Found stable_before(const Stop& s) {
  const bool at_on = s.wants("condition") && same_word(s.word(), "on");
  const bool at_stable = s.part == Part::condition && s.after_operand() && !s.new_line;
  if (!at_on && !(at_stable && same_word(s.last(), "stable"))) return std::nullopt;
  const Span from = at_on ? s.token : s.before;
  const std::string_view text = text_of(s.source, {from.begin, s.end, from.file});
  const size_t stable = words_length(text, {"on", "a"});
  if (!same_word(first_word(text.substr(stable)), "stable")) return std::nullopt;
  const size_t said = stable + words_length(text.substr(stable), {"stable", "dose", "doses", "of"});
  const NameWords drug = name_words_at(text.substr(said));
  if (drug.length == 0) return std::nullopt;
  const auto place = [&](size_t at) { return from.begin + static_cast<uint32_t>(at); };
  return stable_meant(s, {from.begin, place(text.substr(0, said).find_last_not_of(" \t") + 1), from.file},
                      {from.begin, place(said + drug.length), from.file}, drug.name);
}

// `prednisone at stable dose for 4 weeks`, `prednisone on a stable dose`: after `on` a day's name was read.
Found stable_dose_behind(const Stop& s) {
  if (!s.after_operand() || s.at_start() || s.new_line) return std::nullopt;
  const std::string_view line = s.line_before();
  std::string_view joint = s.word();
  if (!same_word(joint, "at")) {
    joint = word_at_end(line);
    if (!same_word(joint, "on")) return std::nullopt;
  }
  const uint32_t begin = place_of_word(s, joint);
  const std::string_view text = text_of(s.source, {begin, s.end, s.source.id});
  const size_t stable = words_length(text, {joint, "a", "the"}),
               dose = stable + words_length(text.substr(stable), {"stable"}),
               end = dose + words_length(text.substr(dose), {"dose", "doses"});
  const std::string_view drug = word_at_end({line.data(), size_t(joint.data() - line.data())});
  if (dose == stable || end == dose || name_at(drug).empty()) return std::nullopt;
  const uint32_t last = begin + static_cast<uint32_t>(text.substr(0, end).find_last_not_of(" \t") + 1);
  return stable_meant(s, {begin, last, s.source.id}, {place_of_word(s, drug), last, s.source.id}, drug);
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

// `metformin stable for at least 8 weeks`
Found stable_for_at_least(const Stop& s) {
  const std::string_view words = "at least";
  const size_t at = skip_blanks(s.rest(), words.size());
  if (!s.wants("period") || !s.rest().starts_with(words) || !same_word(s.last(), "for") ||
      period_length(s.rest().substr(at)) == 0)
    return std::nullopt;
  const std::string_view period = s.rest().substr(at, period_length(s.rest().substr(at)));
  return mistake(part_of_rest(s, words.size()), "`at least` is not needed after `stable for`",
                 fmt::format("write `stable for {}`", period), Fix{part_of_rest(s, at), "", true});
}

constexpr Explanation kMistakes[] = {stable_before, stable_dose_behind, stable_without_for,
                                     stable_for_at_least};

}  // namespace

std::optional<Diagnostic> mistake_of_stable(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
