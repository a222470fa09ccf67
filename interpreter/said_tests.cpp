// Tests with their answers, and what was once: `HIV positive`, `HBsAg+`, `malignancy history`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/words_said.hpp"

namespace crit {

namespace {

// `HIV positive`: the name of some words, and its answer up to the byte.
bool test_and_answer(const WordsSaid& w, size_t many, std::string_view answer, uint32_t end) {
  const std::string name = w.joined(0, many);
  const auto tests = tests_meant(w.schema, w.scope, name, answer);
  if (tests.empty()) return false;
  const Span both{w.d.word_before->begin, end, w.source.id};
  w.say(end, fmt::format("`{}` is a test and its answer", text_of(w.source, both)), tests[0]);
  if (tests.size() == 1) return true;
  w.d.help = fmt::format("write `{}`", fmt::join(tests, "` or `"));
  w.d.fix.reset();
  return true;
}

}  // namespace

bool test_and_answer(const WordsSaid& w) {
  for (size_t many = w.words.texts.size() - 1; many > 0; --many)
    if (test_and_answer(w, many, w.words.texts[many], w.words.ends[many])) return true;
  return false;
}

// `hepatitis_B positive`: of the condition, or of one of several tests.
bool condition_and_answer(const WordsSaid& w) {
  const bool positive = same_word(w.words.texts[1], "positive");
  if (!positive && !same_word(w.words.texts[1], "negative")) return false;
  const std::string name = w.name_like(w.words.texts[0]);
  const FactId id = fact_named(w.schema, w.scope, name);
  if (id == kNoFact || w.schema.facts[id].kind != FactKind::condition) return false;
  w.d.help = fmt::format(
      "of the condition write `{0}{1} currently` or `{0}{1} ever`;\na test has a name of its own, such as "
      "`HBsAg = {2}`",
      positive ? "" : "no ", name, positive ? "positive" : "negative");
  return true;
}

// `HBsAg+`, `HER2-negative`
bool test_and_sign(const WordsSaid& w) {
  const size_t many = w.words.texts.size();
  const std::string_view behind = std::string_view(w.source.text).substr(w.words.ends[many - 1]);
  const bool plus = behind.starts_with('+');
  if (!plus && !behind.starts_with('-')) return false;
  const std::string_view answer = first_word(behind.substr(1));
  const auto end = static_cast<uint32_t>(w.words.ends[many - 1] + 1 + answer.size());
  if (answer.empty()) return test_and_answer(w, many, plus ? "positive" : "negative", end);
  if (plus || !test_and_answer(w, many, answer, end)) return false;
  // `HER2-negative breast_cancer`
  const auto behind_answer = static_cast<uint32_t>(std::min<size_t>(end + 1, w.source.text.size()));
  const Words next = words_from(w.source, behind_answer);
  if (!w.d.fix || next.texts.empty() || w.name_like(next.texts[0]).empty()) return true;
  // What stands before it, as a `not`, would hold for the first of the two alone.
  w.d.help = fmt::format("write `{} and {}`", w.d.fix->text, next.texts[0]);
  w.d.fix.reset();
  return true;
}

// `malignancy history`, `breast cancer history within 5 years`
bool history_said(const WordsSaid& w) {
  for (size_t many = w.words.texts.size() - 1; many > 0; --many) {
    const std::string name = w.name_like(w.joined(0, many));
    const FactId id = fact_named(w.schema, w.scope, name);
    if (!same_word(w.words.texts[many], "history") || id == kNoFact) continue;
    const FactKind kind = w.schema.facts[id].kind;
    if (kind != FactKind::condition && kind != FactKind::drug && kind != FactKind::event) return false;
    std::string_view behind = std::string_view(w.source.text).substr(w.words.ends[many]);
    behind.remove_prefix(std::min(behind.find_first_not_of(" \t"), behind.size()));
    const bool has_window = window_word_length(behind) > 0 || same_word(first_word(behind), "with");
    w.say(w.words.ends[many], "`history` is said by the window", has_window ? name : name + " ever");
    return true;
  }
  return false;
}

std::string WordsSaid::joined(size_t from, size_t many, std::string_view between) const {
  const std::vector<std::string> parts(words.texts.begin() + ptrdiff_t(from),
                                       words.texts.begin() + ptrdiff_t(from + many));
  return fmt::format("{}", fmt::join(parts, between));
}

void WordsSaid::say(uint32_t end, std::string message, const std::string& right) const {
  d.rule = "anticipated-mistake";
  d.span = {d.word_before->begin, end, source.id};
  d.message = std::move(message);
  d.help = fmt::format("write `{}`", right);
  d.fix = Fix{d.span, right, false};
}

}  // namespace crit
