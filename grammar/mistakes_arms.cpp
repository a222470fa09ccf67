// How protocols say for which arm a criterion holds, where reading stopped at it: `for arm B`, `cohort 2:
// ...`.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

// A name or a number at the front.
std::string_view arm_at(std::string_view text) {
  size_t n = 0;
  while (n < text.size() && is_name_byte(text[n])) ++n;
  return is_reserved(text.substr(0, n)) ? std::string_view() : text.substr(0, n);
}

// `A`, `A, B`, `A and B`: the names at the front of the text, and where the last one ends.
struct ArmsWritten {
  std::vector<std::string_view> names;
  size_t end = 0;
};
ArmsWritten arms_at(std::string_view text) {
  ArmsWritten found;
  for (size_t at = 0;;) {
    const std::string_view name = arm_at(text.substr(at));
    if (name.empty()) return found;
    found.names.push_back(name);
    found.end = at + name.size();
    at = skip_blanks(text, found.end);
    const bool comma = text.substr(at).starts_with(',');
    const std::string_view word = first_word(text.substr(at));
    if (!comma && !same_word(word, "and") && !same_word(word, "or")) return found;
    at = skip_blanks(text, at + (comma ? 1 : word.size()));
  }
}

// The arms that the trial declares: a line of its own, before the first criterion.
std::vector<std::string_view> declared_arms(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::string_view inner = line.substr(skip_blanks(line, 0)), word = first_word(inner);
    if (same_word(word, "include") || same_word(word, "exclude")) return {};
    if (same_word(word, "arms")) return arms_at(inner.substr(skip_blanks(inner, word.size()))).names;
  }
  return {};
}

bool is_arm_word(std::string_view word) {
  constexpr std::string_view kWords[] = {"arm", "arms", "cohort", "cohorts", "part", "group"};
  return std::ranges::any_of(kWords, [&](std::string_view one) { return same_word(word, one); });
}

// The names behind the word; those that the trial does not declare are taken for arms where they are short:
// of `arm circumference` something else is meant.
Found arms_behind(const Stop& s, Span word, std::string_view text) {
  const size_t begin = skip_blanks(text, 0);
  ArmsWritten arms = arms_at(text.substr(begin));
  const auto declared = declared_arms(s.source.text);
  const auto is_declared = [&](std::string_view arm) {
    return std::ranges::find(declared, arm) != declared.end();
  };
  if (arms.names.empty() || (!is_declared(arms.names[0]) && arms.names[0].size() > 2)) return std::nullopt;
  if (!is_declared(arms.names[0])) arms.names.resize(1);
  while (declared.size() > 1 && arms.names.size() > 1 && !is_declared(arms.names.back()))
    arms.names.pop_back();
  const std::string_view last = arms.names.back();
  const Span span{word.begin, place_of_word(s, last) + static_cast<uint32_t>(last.size()), word.file};
  std::string help =
      fmt::format("write `arms {}` on a line of its own in the criterion", fmt::join(arms.names, ", "));
  if (declared.empty()) help += ";\nthe line `arms A, B` under the trial says which arms there are";
  return mistake(span, "for which arms a criterion holds stands apart from its condition", std::move(help));
}

// `arm B: ALT <= 3*ULN`, `when arm B`
Found arm_first(const Stop& s) {
  if (!s.after_operand() || s.at_start() || s.new_line || !is_arm_word(s.last())) return std::nullopt;
  return arms_behind(s, s.before, s.rest());
}

// `only arm B`, `ALT <= 3*ULN for arm B`, `ALT <= 3*ULN in arm B`, or on the line behind the condition
Found arm_behind(const Stop& s) {
  if (s.at_start() || !is_arm_word(s.word())) return std::nullopt;
  const bool led = (s.expected == "`at least`" && same_word(s.last(), "for")) ||
                   (s.expected == "`(`" && same_word(s.last(), "in"));
  if (!led && !s.wants_end()) return std::nullopt;
  return arms_behind(s, s.token, s.rest().substr(s.word().size()));
}

// `arm A, B`
Found slip_of_arms(const Stop& s) {
  if (!s.at_start() || !same_word(s.word(), "arm")) return std::nullopt;
  return written(s.token, s.word(), "arms");
}

// `arms A and B`
Found joint_of_arms(const Stop& s) {
  const std::string_view line = s.line_before();
  if (!same_word(first_word(line.substr(skip_blanks(line, 0))), "arms")) return std::nullopt;
  if (!same_word(s.word(), "and") && !same_word(s.word(), "or")) return std::nullopt;
  return mistake(s.token, "arms are parted by commas", "write `arms A, B`",
                 Fix{{s.before.end, s.token.end, s.token.file}, ",", true});
}

}  // namespace

std::optional<Diagnostic> mistake_of_arms(const Stop& s) {
  if (s.part == Part::trial_field)
    if (Found found = slip_of_arms(s)) return found;
  if (s.part == Part::trial_field || s.part == Part::criterion_field)
    if (Found found = joint_of_arms(s)) return found;
  if (s.part != Part::condition && s.part != Part::criterion_field) return std::nullopt;
  if (Found found = arm_first(s)) return found;
  return arm_behind(s);
}

}  // namespace crit
