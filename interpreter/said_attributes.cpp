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

std::string without_blanks_behind(std::string_view text) {
  return std::string(text.substr(0, text.find_last_not_of(" \t") + 1));
}

// The sign of comparison that ends the text; empty: there is none.
std::string_view sign_at_end(std::string_view text) {
  for (size_t length : {4u, 3u, 2u, 1u}) {
    if (length > text.size()) continue;
    const std::string_view sign = text.substr(text.size() - length);
    if (compare_sign_length(sign) == length) return sign;
  }
  return {};
}

struct Compared {
  std::string_view sign, number;
  size_t end = 0;  // of the text
};

// `2`, `>= 2`, `2 or higher`, `2+` at the front of the text.
std::optional<Compared> compared_at(std::string_view text) {
  size_t at = skip_blanks(text, 0);
  Compared found;
  found.sign = text.substr(at, compare_sign_length(text.substr(at)));
  at = skip_blanks(text, at + found.sign.size());
  found.number = text.substr(at, number_length(text.substr(at)));
  found.end = at + found.number.size();
  if (found.number.empty()) return std::nullopt;
  if (!found.sign.empty()) return found;
  found.sign = "=";
  if (text.substr(found.end).starts_with('+')) return Compared{">=", found.number, found.end + 1};
  const size_t joint = skip_blanks(text, found.end);
  if (!same_word(first_word(text.substr(joint)), "or")) return found;
  const size_t word = skip_blanks(text, joint + 2);
  const std::string_view sign = sign_in_words(first_word(text.substr(word)));
  if (sign.empty()) return std::nullopt;
  return Compared{sign, found.number, word + first_word(text.substr(word)).size()};
}

// Whether the number has no unit and no second number behind it.
bool ends_behind(const Compared& compared, std::string_view text) {
  const std::string_view behind = without_blanks(text.substr(compared.end));
  return ends_before(behind) || is_reserved(first_word(behind));
}

std::string in_parentheses(std::string_view name, std::string_view attribute, std::string_view sign,
                           std::string_view number) {
  return fmt::format("{} with ({} {} {})", name, attribute,
                     spelling(compare_op(sign).value_or(CompareOp::equal)), number);
}

constexpr std::string_view kBehindTheName = "what is said of a record stands in parentheses behind its name";

// `neuropathy >= grade 2`
bool attribute_behind_sign(const WordsSaid& w) {
  const std::string_view text = w.source.text;
  const std::string ahead = without_blanks_behind(text.substr(0, w.d.word_before->begin));
  const std::string_view sign = sign_at_end(ahead);
  const std::string_view before = std::string_view(ahead).substr(0, ahead.size() - sign.size());
  const std::string_view name = word_at_end(before);
  const auto compared = compared_at(text.substr(w.words.ends[0]));
  if (sign.empty() || !compared || compared->sign != "=" ||
      !ends_behind(*compared, text.substr(w.words.ends[0])) ||
      !with_attribute(w, std::string(name), w.words.texts[0]))
    return false;
  const auto begin = static_cast<uint32_t>(name.data() - ahead.data());
  w.d.word_before = Span{begin, begin, w.source.id};
  w.say(w.words.ends[0] + static_cast<uint32_t>(compared->end), std::string(kBehindTheName),
        in_parentheses(name, w.words.texts[0], sign, compared->number));
  return true;
}

}  // namespace

std::string attributes_said(const WordsSaid& w, const Fact& fact, size_t from, size_t to) {
  const std::vector<AttributeInfo> attributes = attributes_in_data(w.schema, fact);
  std::string all;
  for (size_t i = from; i < to; ++i) {
    std::string said;
    for (const AttributeInfo& info : attributes)
      if (said.empty()) said = said_of(info, w.words.texts[i]);
    if (said.empty()) return {};
    all += (all.empty() ? "" : " and ") + said;
  }
  return all;
}

const Fact* with_attribute(const WordsSaid& w, const std::string& name, const std::string& attribute) {
  const FactId id = fact_named(w.schema, w.scope, name);
  if (id == kNoFact || !is_record(w.schema.facts[id]) || attribute == "dose") return nullptr;  // `dose of`
  const auto attributes = attributes_in_data(w.schema, w.schema.facts[id]);
  const bool has = std::ranges::find(attributes, attribute, &AttributeInfo::name) != attributes.end();
  return has ? &w.schema.facts[id] : nullptr;
}

bool is_record(const Fact& fact) {
  return fact.kind == FactKind::condition || fact.kind == FactKind::drug || fact.kind == FactKind::event;
}

bool ends_before(std::string_view behind) {
  return behind.empty() || std::string_view("\r\n,)#").find(behind[0]) != behind.npos ||
         window_word_length(behind) > 0;
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
  return without_blanks(std::string_view(w.source.text).substr(w.words.ends[named.words - 1]));
}

bool attribute_said(const WordsSaid& w) {
  for (size_t first = 1; first < w.words.texts.size(); ++first) {
    const NamedBehind named = named_behind(w, first);
    if (!named.fact || !is_record(*named.fact)) continue;
    const std::string said = attributes_said(w, *named.fact, 0, first);
    if (said.empty()) return false;
    const bool has_more = same_word(first_word(text_behind(w, named)), "with");
    w.say(w.words.ends[named.words - 1], fmt::format("`{}` is said behind the name", w.joined(0, first, " ")),
          fmt::format("{} with ({}{})", named.name, said, has_more ? " and ..." : ""));
    if (has_more) w.d.fix.reset();  // how the two are joined, the person says
    return true;
  }
  return false;
}

bool either_attribute_said(const WordsSaid& w) {
  const NamedBehind named = w.words.texts.size() < 2 ? NamedBehind{} : named_behind(w, 1);
  const std::string_view text = w.source.text, ahead = text.substr(0, w.d.word_before->begin);
  const std::string_view joint = word_at_end(ahead);
  if (!named.fact || !is_record(*named.fact) || !same_word(joint, "or")) return false;
  const std::string_view first = word_at_end(text.substr(0, size_t(joint.data() - text.data())));
  for (const AttributeInfo& info : attributes_in_data(w.schema, *named.fact)) {
    const std::string one = said_of(info, first), other = said_of(info, w.words.texts[0]);
    if (one.empty() || other.empty()) continue;
    const std::string_view value = std::string_view(other).substr(other.find(" = ") + 3);
    const auto begin = static_cast<uint32_t>(first.data() - text.data());
    w.d.word_before = Span{begin, begin, w.source.id};
    const bool has_more = same_word(first_word(text_behind(w, named)), "with");
    w.say(w.words.ends[named.words - 1], std::string(kBehindTheName),
          fmt::format("{} with ({} in ({}, {}){})", named.name, info.name, one.substr(one.find(" = ") + 3),
                      value, has_more ? " and ..." : ""));
    if (has_more) w.d.fix.reset();
    return true;
  }
  return false;
}

bool attribute_and_number(const WordsSaid& w) {
  if (w.words.texts.empty()) return false;
  if (attribute_behind_sign(w)) return true;
  const std::string_view text = w.source.text;
  // `neuropathy grade 2`, `neuropathy grade >= 2`
  if (w.words.texts.size() > 1 && with_attribute(w, w.words.texts[0], w.words.texts[1])) {
    const auto compared = compared_at(text.substr(w.words.ends[1]));
    if (!compared || !ends_behind(*compared, text.substr(w.words.ends[1]))) return false;
    w.say(w.words.ends[1] + static_cast<uint32_t>(compared->end), std::string(kBehindTheName),
          in_parentheses(w.words.texts[0], w.words.texts[1], compared->sign, compared->number));
    return true;
  }
  // `grade 2 neuropathy`, `grade 2 or higher neuropathy`
  const auto compared = compared_at(text.substr(w.words.ends[0]));
  if (!compared) return false;
  const size_t at = w.words.ends[0] + compared->end;
  const std::string_view behind = text.substr(skip_blanks(text, at)), name = first_word(behind);
  if (!with_attribute(w, std::string(name), w.words.texts[0])) return false;
  w.say(static_cast<uint32_t>(name.data() + name.size() - text.data()), std::string(kBehindTheName),
        in_parentheses(name, w.words.texts[0], compared->sign, compared->number));
  return true;
}

}  // namespace crit
