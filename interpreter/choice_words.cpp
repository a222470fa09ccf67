// A choice and its values, to the comparison that is meant by them.
#include "interpreter/choice_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

// A word at the place where it is a value of the choice, as it is declared.
struct ValueAt {
  const std::string* value = nullptr;
  uint32_t end = 0;
};
ValueAt value_at(const Fact& choice, std::string_view text, size_t at) {
  at = std::min(text.find_first_not_of(" \t", at), text.size());
  size_t end = at;
  while (end < text.size() && is_name_byte(text[end])) ++end;
  return {value_in_any_case(choice, text.substr(at, end - at)), static_cast<uint32_t>(end)};
}

// The length of `or`, `/`, `to` or a dash at the front.
size_t joint_length(std::string_view text) {
  for (std::string_view sign : {"-", "–", "—", "/"})
    if (text.starts_with(sign)) return sign.size();
  const std::string_view word = first_word(text);
  return same_word(word, "or") || same_word(word, "to") ? word.size() : 0;
}

}  // namespace

const Fact* choice_named(Schema& schema, const Schema::Scope& scope, const std::string& name) {
  const FactId id = fact_named(schema, scope, name_in_any_case(schema, scope, name));
  return id != kNoFact && schema.facts[id].kind == FactKind::choice ? &schema.facts[id] : nullptr;
}

std::string name_in_any_case(Schema& schema, const Schema::Scope& scope, const std::string& word) {
  if (fact_named(schema, scope, word) != kNoFact) return word;
  const std::string wanted = lower_case(word);
  const auto same = [&](std::string_view name) { return lower_case(name) == wanted; };
  std::string found;
  for (const auto& [own, id] : scope.own)
    if (same(own) && (found.empty() || own < found)) found = own;
  if (!found.empty()) return found;
  const auto index = vocabulary_index();
  const auto entry = std::ranges::find_if(index, [&](const VocabularyEntry& one) { return same(one.name); });
  return entry == index.end() ? std::string() : std::string(entry->name);
}

std::vector<std::string> values_from(const Fact& choice, const std::string& value, std::string_view text,
                                     uint32_t& end) {
  std::vector<std::string> values{value};
  for (;;) {
    const size_t at = text.find_first_not_of(" \t", end);
    const size_t joint = at == text.npos ? 0 : joint_length(text.substr(at));
    const ValueAt next = joint == 0 ? ValueAt{} : value_at(choice, text, at + joint);
    if (!next.value) return values;
    const size_t first = value_index(choice, values.back()).value_or(0),
                 last = value_index(choice, *next.value).value_or(0);
    // A range has those between its ends too.
    const bool is_range = text[at] != '/' && !same_word(first_word(text.substr(at)), "or");
    for (size_t between = first + 1; is_range && between < last; ++between)
      values.push_back(choice.values[between]);
    values.push_back(*next.value);
    end = next.end;
  }
}

std::string value_behind_of(const Fact& choice, std::string_view text, uint32_t& end) {
  const size_t at = std::min(text.find_first_not_of(" \t", end), text.size());
  if (!same_word(first_word(text.substr(at)), "of")) return {};
  const ValueAt found = value_at(choice, text, at + 2);
  if (!found.value) return {};
  end = found.end;
  return *found.value;
}

bool is_choice_filler(std::string_view word) {
  constexpr std::string_view kFillers[] = {"class", "functional", "grade", "performance", "PS",
                                           "scale", "score",      "stage", "status"};
  return std::ranges::any_of(kFillers, [&](std::string_view filler) { return same_word(word, filler); });
}

std::vector<std::string> tests_meant(Schema& schema, const Schema::Scope& scope, const std::string& name,
                                     std::string_view value) {
  std::vector<std::string> found;
  const auto add = [&](const std::string& test) {
    const Fact* fact = choice_named(schema, scope, test);
    const std::string* answer = fact ? value_in_any_case(*fact, value) : nullptr;
    if (answer) found.push_back(fmt::format("{} = {}", fact->name, *answer));
  };
  add(name);
  if (!found.empty() || !(same_word(value, "positive") || same_word(value, "negative"))) return found;
  for (std::string_view of : {"_test", "_antibody", "_RNA_test", "_rearrangement"})
    add(name + std::string(of));
  return found;
}

}  // namespace crit
