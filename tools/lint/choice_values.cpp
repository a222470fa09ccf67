// The values of a choice that a rule asks for, against those that the protocol's words name beside it.
#include "tools/lint/choice_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grammar/walk.hpp"
#include "grammar/words.hpp"
#include "interpreter/spelling.hpp"
#include "tools/lint/denial.hpp"
#include "tools/lint/text_bound.hpp"

namespace crit {

namespace {

using Values = uint64_t;  // bit = index
constexpr size_t kMostValues = 64;

// A choice and the values of it that the rule is met by; `span` has the condition.
struct Asked {
  const Fact* fact = nullptr;
  Values values = 0;
  Span span = {};
  std::optional<uint32_t> limit = {};  // of `>= IIIB`
};

Values bit(size_t index) {
  return Values{1} << index;
}
Values all_of(const Fact& choice) {
  return choice.values.size() >= kMostValues ? ~Values{0} : bit(choice.values.size()) - 1;
}

Values values_by(const Fact& choice, CompareOp op, uint32_t index) {
  Values found = 0;
  for (uint32_t i = 0; i < choice.values.size(); ++i) {
    const bool meets = op == CompareOp::equal        ? i == index
                       : op == CompareOp::not_equal  ? i != index
                       : op == CompareOp::less       ? i < index
                       : op == CompareOp::less_equal ? i <= index
                       : op == CompareOp::greater    ? i > index
                                                     : i >= index;
    if (meets) found |= bit(i);
  }
  // III is met by whoever has IIIA.
  if (op == CompareOp::equal) found |= parts_of(choice, index);
  return found;
}

struct Reader {
  const LintInput& input;
  std::vector<Asked> found = {};
  bool tells_cases_apart = false;

  // Of words: a choice of numbers is held against the numbers of the text.
  const Fact* choice_of(const ExprPtr& e) const {
    const auto* name = e ? std::get_if<Records>(&e->node) : nullptr;
    const Fact* fact = name ? fact_of(input, name->name.text) : nullptr;
    const bool is_choice = fact && fact->kind == FactKind::choice && fact->values.size() <= kMostValues;
    if (!is_choice) return nullptr;
    const auto is_number = [](const std::string& value) { return is_digit(value[0]); };
    return std::ranges::all_of(fact->values, is_number) ? nullptr : fact;
  }
  static std::optional<uint32_t> value_of(const Fact& choice, const ExprPtr& e) {
    const auto* name = e ? std::get_if<Records>(&e->node) : nullptr;
    return name ? value_index(choice, name->name.text) : std::nullopt;
  }

  void add(const Fact& choice, Values values, bool denied, Span span,
           std::optional<uint32_t> limit = std::nullopt) {
    found.push_back({&choice, denied ? all_of(choice) & ~values : values, span, limit});
  }

  void look(const Expr& e, bool denied) {
    if (std::holds_alternative<Records>(e.node)) return;
    tells_cases_apart = tells_cases_apart || std::holds_alternative<If>(e.node);
    if (const auto* c = std::get_if<Comparison>(&e.node); c && c->operands.size() == 2) {
      const Fact* choice = choice_of(c->operands[0]);
      const auto value = choice ? value_of(*choice, c->operands[1]) : std::nullopt;
      const bool is_limit = is_lower_limit(c->ops[0]) || is_upper_limit(c->ops[0]);
      if (value)
        add(*choice, values_by(*choice, c->ops[0], *value), denied, e.span, is_limit ? value : std::nullopt);
    } else if (const auto* is = std::get_if<Is>(&e.node); is && is->kind == Is::Kind::value) {
      const Fact* choice = choice_of(is->operand);
      const auto value = choice ? value_of(*choice, is->value) : std::nullopt;
      if (value) add(*choice, values_by(*choice, CompareOp::equal, *value), denied, e.span);
    } else if (const auto* m = std::get_if<Membership>(&e.node)) {
      if (const Fact* choice = choice_of(m->operand)) {
        Values values = 0;
        for (const ExprPtr& one : m->values)
          if (const auto value = value_of(*choice, one))
            values |= values_by(*choice, CompareOp::equal, *value);
        if (values != 0) add(*choice, values, denied != m->negated, e.span);
      }
    }
    const auto* list = std::get_if<ListOf>(&e.node);
    const bool turns = std::holds_alternative<Not>(e.node) || (list && list->quantifier == Quantifier::none);
    for_each_child(e, [&](const Expr& child) { look(child, denied != turns); });
  }
};

// --- the words ---

// `Child_Pugh_class` is "Child Pugh" in the words, `HIV_test` "HIV".
std::string called(std::string_view name) {
  std::string words(name);
  std::ranges::replace(words, '_', ' ');
  for (std::string_view end : {" class", " stage", " status", " test", " mutation", " rearrangement"})
    if (words.ends_with(end)) words.resize(words.size() - end.size());
  return words;
}

struct Words {
  std::string text, lower;  // with blanks for hyphens
};

std::string_view word_at(std::string_view text) {
  size_t end = 0;
  while (end < text.size() && is_name_byte(text[end])) ++end;
  return text.substr(0, end);
}

std::optional<uint32_t> value_in(const Fact& choice, std::string_view word) {
  if (const auto index = value_index(choice, word)) return index;
  if (word.size() < 4) return std::nullopt;  // `a` is not A
  std::string lower(word);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return value_index(choice, lower);
}

struct Said {
  Values values = 0;
  size_t begin = 0, end = 0;
  std::string limit = {};  // `>= IIIB` of "IIIB or higher"
};

// "III or IV", "II to III", "II or higher", from the first value on.
Said values_from(const Fact& choice, const Words& words, size_t at) {
  Said said{0, at, at};
  std::optional<uint32_t> last;
  bool is_range = false;
  for (size_t next = at;;) {
    const std::string_view word = word_at(std::string_view(words.text).substr(next));
    const auto value = word.empty() ? std::nullopt : value_in(choice, word);
    if (!value) break;
    for (uint32_t i = is_range ? *last : *value; i <= *value; ++i)
      said.values |= values_by(choice, CompareOp::equal, i);
    last = value;
    said.end = next + word.size();
    std::string_view rest = stripped(std::string_view(words.lower).substr(said.end));
    is_range = false;
    for (std::string_view join : {"to", "through", "or", "and/or", "and", ",", "/"}) {
      if (!starts_with_words(rest, join)) continue;
      is_range = choice.ordered && (join == "to" || join == "through");
      rest = stripped(rest.substr(join.size()));
      break;
    }
    next = size_t(rest.data() - words.lower.data());
    if (rest.empty()) break;
  }
  if (!last) return said;
  const auto before = bound_before(std::string_view(words.lower).substr(0, at));
  const auto after = bound_after(std::string_view(words.lower).substr(said.end));
  if (!before && !after) return said;
  const CompareOp op = before ? *before : *after;
  said.values |= values_by(choice, op, *last);
  said.limit = fmt::format("{} {}", spelling(op), choice.values[*last]);
  return said;
}

// Behind the name, "NYHA functional class III", or right before it, "positive for HIV".
Said values_beside(const Fact& choice, const Words& words, size_t begin, size_t end) {
  constexpr int kFillers = 4;
  std::string_view rest = stripped(std::string_view(words.lower).substr(end));
  for (int i = 0; i <= kFillers && !rest.empty(); ++i) {
    const auto at = size_t(rest.data() - words.lower.data());
    const std::string_view word = word_at(std::string_view(words.text).substr(at));
    if (value_in(choice, word)) {
      Said said = values_from(choice, words, at);
      said.begin = begin;
      return said;
    }
    constexpr std::string_view kNear[] = {
        "class", "functional", "classification", "stage", "status", "score", "of",
        "is",    "was",        "test",           "grade", "result"};
    if (std::ranges::find(kNear, word) == std::end(kNear)) break;
    rest = stripped(rest.substr(word.size()));
  }
  std::string_view head = stripped(std::string_view(words.text).substr(0, begin));
  // "a positive test for HIV", "negative results of the test for HIV"
  constexpr std::string_view kBetween[] = {"for",   "to",      "of",       "the",    "a",      "test",
                                           "tests", "testing", "serology", "result", "results"};
  for (int i = 0;
       i <= kFillers && std::ranges::find(kBetween, lower_case(last_word(head))) != std::end(kBetween); ++i)
    head = stripped(head.substr(0, head.size() - last_word(head).size()));
  const std::string_view word = last_word(head);
  if (const auto value = value_in(choice, word); value && word.size() > 3)
    return {values_by(choice, CompareOp::equal, *value), head.size() - word.size(), end};
  return {};
}

// "Stage IIIB or higher" says of no choice by its name which one it is of.
Said limit_of_stage(const Fact& choice, const Words& words) {
  constexpr std::string_view kStage = "stage";
  const size_t at = find_words(words.lower, kStage);
  const bool is_one = at != std::string::npos && find_words(words.lower, kStage, at + 1) == std::string::npos;
  if (!is_one || !choice.name.ends_with("_stage")) return {};
  const Said said = values_beside(choice, words, at, at + kStage.size());
  return said.limit.empty() ? Said{} : said;
}

// All that the words name beside the choice; the places are those of the first.
Said said_of(const Fact& choice, const Words& words) {
  Said said;
  std::set<std::string> names{called(choice.name)};
  for (const std::string& other : choice.also) names.insert(called(other));
  for (const std::string& name : names)
    for (size_t at = find_words(words.text, name); at != std::string::npos;
         at = find_words(words.text, name, at + 1)) {
      const Said here = values_beside(choice, words, at, at + name.size());
      if (here.values == 0) continue;
      if (said.values != 0) said.limit.clear();
      if (said.values == 0) said = here;
      said.values |= here.values;
    }
  return said.values == 0 ? limit_of_stage(choice, words) : said;
}

// "Women only" and `sex = male`, where that is all that the rule asks.
Said said_of_sex(const Words& words) {
  constexpr std::string_view kFemale[] = {"women", "woman", "females", "female"};
  constexpr std::string_view kMale[] = {"men", "man", "males", "male"};
  const auto first = [&](const auto& list) -> std::pair<size_t, size_t> {
    for (std::string_view word : list)
      if (const size_t at = find_words(words.lower, word); at != std::string::npos)
        return {at, at + word.size()};
    return {std::string::npos, 0};
  };
  const auto female = first(kFemale), male = first(kMale);
  const bool is_female = female.first != std::string::npos;
  if (is_female == (male.first != std::string::npos)) return {};
  const auto& place = is_female ? female : male;
  return {is_female ? Values{1} : Values{2}, place.first, place.second};
}

// With each stage of which all parts are there.
Values with_whole_stages(const Fact& choice, Values values) {
  for (auto stage = static_cast<uint32_t>(choice.values.size()); stage-- > 0;) {
    const Values parts = parts_of(choice, stage);
    if (parts != 0 && (parts & ~values) == 0) values |= bit(stage);
  }
  return values;
}

// `>= IIIA` for "IIIB or higher". Of a value that the words have too, bound-differs-from-text tells.
bool is_other_limit(const Asked& asked, const Said& said, const Words& words) {
  return asked.limit && !said.limit.empty() &&
         find_words(words.text, asked.fact->values[*asked.limit]) == std::string::npos &&
         with_whole_stages(*asked.fact, asked.values) != with_whole_stages(*asked.fact, said.values);
}

// The text may say what is not asked for, or who is kept.
bool is_turned(const Criterion& criterion, const std::string& lower) {
  constexpr std::string_view kTurns[] = {"except",   "unless",    "other than", "excluding",
                                         "excluded", "exclusion", "absence",    "cannot",
                                         "if",       "non",       "ineligible"};
  constexpr std::string_view kKeeps[] = {"must",     "required", "should",   "only",
                                         "eligible", "allowed",  "permitted"};
  const auto has = [&](std::string_view word) { return find_words(lower, word) != std::string::npos; };
  return has_denial(lower) || std::ranges::any_of(kTurns, has) ||
         (!criterion.include && std::ranges::any_of(kKeeps, has));
}

}  // namespace

void find_other_values(const LintInput& input, const Criterion& criterion, const TextMatch& m,
                       Findings& findings) {
  Reader reader{input};
  reader.look(*criterion.condition, false);
  if (reader.tells_cases_apart) return;
  Words words{m.text.plain.text, m.text.plain.lower};
  if (is_turned(criterion, words.lower)) return;
  for (std::string* text : {&words.text, &words.lower}) std::ranges::replace(*text, '-', ' ');
  for (const Asked& asked : reader.found) {
    const auto same = [&](const Asked& other) { return other.fact == asked.fact; };
    if (std::ranges::count_if(reader.found, same) != 1) continue;
    const bool is_sex = asked.fact->name == "sex" && asked.fact->standard;
    const Span& whole = criterion.condition->span;
    if (is_sex && (whole.begin != asked.span.begin || whole.end != asked.span.end)) continue;
    const Said said = is_sex ? said_of_sex(words) : said_of(*asked.fact, words);
    const bool apart = (said.values & ~asked.values) != 0 && (asked.values & ~said.values) != 0;
    if (!apart && !is_other_limit(asked, said, words)) continue;
    findings.push_back(finding(
        asked.span,
        fmt::format("`{}` is not what the protocol's words say: `{}`", text_of(input.source, asked.span),
                    apart ? m.text.plain.text.substr(said.begin, said.end - said.begin) : said.limit),
        "mend the one that is wrong"));
  }
}

}  // namespace crit
