// Words beside a name that say an attribute of its records, to the condition in parentheses behind it:
// `severe hypertension`, `neuropathy grade 2`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/text_at.hpp"
#include "grammar/words.hpp"
#include "interpreter/attributes.hpp"
#include "interpreter/spelling.hpp"
#include "interpreter/words_said.hpp"

namespace crit {

namespace {

constexpr std::string_view kSeverities[] = {"mild", "moderate", "severe"};
constexpr std::string_view kRoutes[] = {"oral",    "intravenous",   "inhaled",     "intranasal",
                                        "topical", "intramuscular", "subcutaneous"};
constexpr std::string_view kIntents[] = {"curative", "palliative"};
struct CommonWords {
  std::string_view attribute;
  std::span<const std::string_view> words;
};
// Of attributes that have any word.
constexpr CommonWords kCommonWords[] = {{"severity", kSeverities}, {"route", kRoutes}, {"intent", kIntents}};

// What a word says of an attribute: `severity = severe`, `controlled = no`. Empty: nothing.
std::string said_of(const AttributeInfo& info, std::string_view word) {
  const auto same = [&](std::string_view other) { return same_in_any_case(word, other); };
  switch (info.kind) {
    case Attribute::Kind::words: {
      const auto value = std::ranges::find_if(info.words, same);
      return value == info.words.end() ? std::string() : fmt::format("{} = {}", info.name, *value);
    }
    case Attribute::Kind::yes_no:
      if (same(info.name)) return info.name + " = yes";
      for (std::string_view no : {"un", "non", "a", "in"})
        if (same(std::string(no) + info.name)) return info.name + " = no";
      return {};
    case Attribute::Kind::any:
      for (const CommonWords& common : kCommonWords)
        if (common.attribute == info.name)
          for (std::string_view value : common.words)
            if (same(value)) return fmt::format("{} = {}", info.name, value);
      return {};
    case Attribute::Kind::quantity:
    case Attribute::Kind::fact:
      break;
  }
  return {};
}

// What the first words say of the attributes of a fact; empty: one of them says nothing.
std::string attributes_said(const WordsSaid& w, const Fact& fact, size_t first) {
  const std::vector<AttributeInfo> attributes = attributes_in_data(w.schema, fact);
  std::string all;
  for (size_t i = 0; i < first; ++i) {
    std::string said;
    for (const AttributeInfo& info : attributes)
      if (said.empty()) said = said_of(info, w.words.texts[i]);
    if (said.empty()) return {};
    all += (all.empty() ? "" : " and ") + said;
  }
  return all;
}


}  // namespace

bool is_record(const Fact& fact) {
  return fact.kind == FactKind::condition || fact.kind == FactKind::drug || fact.kind == FactKind::event;
}

NamedBehind named_behind(const WordsSaid& w, size_t first) {
  for (size_t many = w.words.texts.size() - first; many > 0; --many) {
    const std::string name = w.name_like(w.joined(first, many));
    const FactId id = fact_named(w.schema, w.scope, name);
    if (id != kNoFact && !w.schema.facts[id].broken) return {&w.schema.facts[id], name, first + many};
  }
  return {};
}

std::string_view text_behind(const WordsSaid& w, const NamedBehind& named) {
  const std::string_view text = std::string_view(w.source.text).substr(w.words.ends[named.words - 1]);
  return text.substr(skip_blanks(text, 0));
}

bool attribute_said(const WordsSaid& w) {
  for (size_t first = 1; first < w.words.texts.size(); ++first) {
    const NamedBehind named = named_behind(w, first);
    if (!named.fact || !is_record(*named.fact)) continue;
    const std::string said = attributes_said(w, *named.fact, first);
    if (said.empty()) return false;
    const bool has_more = same_word(first_word(text_behind(w, named)), "with");
    w.say(w.words.ends[named.words - 1], fmt::format("`{}` is said behind the name", w.joined(0, first, " ")),
          fmt::format("{} with ({}{})", named.name, said, has_more ? " and ..." : ""));
    if (has_more) w.d.fix.reset();  // how the two are joined, the person says
    return true;
  }
  return false;
}

}  // namespace crit
