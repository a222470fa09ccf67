// Where the protocol's words speak of the parts of a list or a chain, and how the words between them join the
// parts.
#include "tools/lint/mentions.hpp"

#include <algorithm>
#include <array>

#include "grammar/walk.hpp"
#include "grammar/words.hpp"
#include "tools/lint/same_amount.hpp"

namespace crit {

namespace {

constexpr size_t kFarthest = 240;  // bytes between two mentions that belong together

// What a part is called: by names, by other names, by words of a description. The later are looked for where
// the earlier are not in the text.
struct Called {
  std::array<std::set<std::string>, 3> words;
  std::set<size_t> numbers;  // of TextMatch::text
  bool is_judgement = false;
};
constexpr size_t kDescription = 2;

bool same_number(const RuleNumber& r, const TextNumber& t) {
  return !t.unit.words.empty() && r.unit ? same_amount(r, t) : r.value == t.value && same_amount(r, t);
}

void add_name(const LintInput& input, std::string_view name, Called& called) {
  called.words[0].merge(telling_words(name));
  if (const Fact* fact = fact_of(input, name)) {
    for (const std::string& other : fact->also) called.words[1].merge(telling_words(other));
    called.words[kDescription].merge(telling_words(fact->text));
  } else if (const Define* define = definition_of(input, name); define && define->text) {
    called.words[kDescription].merge(telling_words(define->text->text));
  }
}

Called called(const CriterionWords& w, const Expr& part) {
  Called c;
  for_each_expr(part, [&](const Expr& e) {
    if (const auto* records = std::get_if<Records>(&e.node)) add_name(w.input, records->name.text, c);
    if (const auto* stable = std::get_if<Stable>(&e.node)) add_name(w.input, stable->name.text, c);
    if (const auto* dose = std::get_if<DoseOf>(&e.node)) add_name(w.input, dose->drug.text, c);
    if (const auto* judgement = std::get_if<Judgement>(&e.node)) {
      c.is_judgement = true;
      if (judgement->text) c.words[0].merge(telling_words(judgement->text->text));
    }
  });
  for (const RuleNumber& n : w.match.rule.numbers) {
    if (n.in_definition || n.span.begin < part.span.begin || n.span.end > part.span.end) continue;
    for (size_t i = 0; i < w.match.text.numbers.size(); ++i)
      if (same_number(n, w.match.text.numbers[i])) c.numbers.insert(i);
  }
  return c;
}

// Words that several parts are called by tell nothing; a judgement leaves its words to the facts beside it.
bool is_called_so(const std::vector<Called>& all, size_t part, std::string_view word, size_t tier) {
  if (!has_stem(all[part].words[tier], word)) return false;
  for (size_t i = 0; i < all.size(); ++i) {
    if (i == part || (all[i].is_judgement && !all[part].is_judgement)) continue;
    for (size_t k = 0; k <= tier; ++k)
      if (has_stem(all[i].words[k], word)) return false;
  }
  return true;
}

// "anti-diabetic" is `antidiabetic` too; empty: no hyphen behind the word.
std::string hyphenated(const CriterionWords& w, size_t i) {
  if (i + 1 >= w.words.size() || w.words[i + 1].begin != w.words[i].end + 1) return {};
  return w.match.text.plain.text[w.words[i].end] == '-' ? w.words[i].word + w.words[i + 1].word
                                                        : std::string();
}

std::vector<Mention> mentions_of_words(const CriterionWords& w, const std::vector<Called>& all, size_t part) {
  std::vector<Mention> found;
  for (size_t tier = 0; tier <= kDescription && found.empty(); ++tier)
    for (size_t i = 0; i < w.words.size(); ++i) {
      const std::string both = hyphenated(w, i);
      const bool named = is_called_so(all, part, w.words[i].word, tier);
      if (!named && (both.empty() || !is_called_so(all, part, both, tier))) continue;
      found.push_back({w.words[i].begin, w.words[named ? i : i + 1].end, tier < kDescription});
    }
  return found;
}

void add_numbers(const CriterionWords& w, const std::vector<Called>& all, size_t part,
                 std::vector<Mention>& found) {
  for (size_t i : all[part].numbers) {
    const auto has = [&](const Called& c) { return c.numbers.contains(i); };
    if (std::ranges::count_if(all, has) != 1) continue;
    const TextNumber& n = w.match.text.numbers[i];
    found.push_back({place_in(w.match.text.plain, n.begin), place_in(w.match.text.plain, n.end), true});
  }
}

std::string without_parentheses(std::string_view text) {
  std::string kept;
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t end = text[i] == '(' ? text.find(')', i) : std::string_view::npos;
    if (end != std::string_view::npos)
      i = end;
    else
      kept += text[i];
  }
  return kept;
}

constexpr std::string_view kRelative[] = {"who",  "whom", "whose", "that", "which",
                                          "with", "but",  "while", "plus"};

bool joins_numbers(std::string_view text, size_t begin, size_t end) {
  const std::string_view head = stripped(text.substr(0, begin)), tail = stripped(text.substr(end));
  return !head.empty() && !tail.empty() && is_digit(head.back()) && is_digit(tail.front());
}

// Where registries lost the full stop: "... of screening Patients with ...".
constexpr std::string_view kBegins[] = {"Patients", "Patient", "Subjects", "Subject", "Participants",
                                        "Females",  "Males",   "Women",    "Men",     "Individuals",
                                        "Any",      "History", "Known"};

// `and/or` is an `or`.
void read_word(std::string_view text, size_t at, std::string_view word, Joint& between) {
  ++between.words;
  const std::string_view after = text.substr(at + word.size());
  if (word == "or" || word == "nor") {
    between.has_or = between.has_or || !is_of_bound(after);
  } else if (word == "and") {
    const bool is_or = after.starts_with("/or");
    between.has_and = between.has_and || (!is_or && !joins_numbers(text, at, at + word.size()));
  } else if (std::ranges::find(kRelative, word) != std::end(kRelative)) {
    between.has_relative = true;
  }
}

Joint read_joint(std::string_view written) {
  std::string text = without_parentheses(written);
  Joint between;
  between.has_separator = std::ranges::any_of(
      kBegins, [&](std::string_view word) { return find_words(text, word) != std::string_view::npos; });
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  for (size_t at = 0; at < text.size();) {
    const std::string_view word = next_word(std::string_view(text).substr(at));
    if (!word.empty()) {
      read_word(text, at, word, between);
      at += word.size();
      continue;
    }
    const char c = text[at];
    const bool blank_after = at + 1 >= text.size() || text[at + 1] == ' ';
    between.has_comma = between.has_comma || c == ',';
    between.has_separator = between.has_separator || c == ';' || c == '\n' ||
                            ((c == '.' || c == ':') && blank_after) ||
                            (c == '-' && blank_after && at > 0 && text[at - 1] == ' ');
    ++at;
  }
  return between;
}

// "class III or IV" is one part of a rule, `NYHA >= III`, and joins none.
std::string without_or_of_values(const LintInput& input, const Expr& condition, const PlainText& plain) {
  std::vector<const Fact*> choices;
  for_each_expr(condition, [&](const Expr& e) {
    const auto* name = std::get_if<Records>(&e.node);
    const Fact* fact = name ? fact_of(input, name->name.text) : nullptr;
    if (fact && fact->kind == FactKind::choice) choices.push_back(fact);
  });
  std::string text = plain.text;
  for (size_t at = find_words(plain.lower, "or"); at != std::string::npos;
       at = find_words(plain.lower, "or", at + 1)) {
    const std::string_view before = stripped(std::string_view(plain.text).substr(0, at));
    const std::string_view after = stripped(std::string_view(plain.text).substr(at + 2));
    const size_t blank = before.find_last_of(" (/,");
    const std::string_view low = before.substr(blank == before.npos ? 0 : blank + 1);
    const std::string_view high = after.substr(0, after.find_first_of(" ),.;/"));
    if (std::ranges::any_of(choices,
                            [&](const Fact* f) { return value_index(*f, low) && value_index(*f, high); }))
      text.replace(at, 2, "  ");
  }
  return text;
}

}  // namespace

bool is_of_bound(std::string_view after_or) {
  static constexpr std::string_view kWords[] = {"older",  "more",  "greater", "higher",  "above",  "over",
                                                "less",   "lower", "below",   "under",   "equal",  "younger",
                                                "longer", "fewer", "larger",  "shorter", "smaller"};
  return std::ranges::find(kWords, next_word(stripped(after_or))) != std::end(kWords);
}

std::optional<CriterionWords> criterion_words(const LintInput& input, const Criterion& criterion) {
  auto match = match_text(input, criterion);
  if (!match) return std::nullopt;
  std::vector<TextWord> words = text_words(match->text.plain);
  std::string joined = without_or_of_values(input, *criterion.condition, match->text.plain);
  return CriterionWords{input, std::move(*match), std::move(words), std::move(joined)};
}

std::vector<std::vector<Mention>> mentions_of(const CriterionWords& w, const std::vector<ExprPtr>& parts) {
  std::vector<const Expr*> all;
  for (const ExprPtr& part : parts) all.push_back(part.get());
  return mentions_of(w, all);
}

std::vector<std::vector<Mention>> mentions_of(const CriterionWords& w,
                                              const std::vector<const Expr*>& parts) {
  std::vector<Called> all;
  for (const Expr* part : parts) all.push_back(part ? called(w, *part) : Called{});
  std::vector<std::vector<Mention>> mentions;
  for (size_t i = 0; i < all.size(); ++i) {
    mentions.push_back(mentions_of_words(w, all, i));
    add_numbers(w, all, i, mentions.back());
  }
  return mentions;
}

std::vector<Joint> joints_of(const CriterionWords& w, const std::vector<ExprPtr>& parts) {
  std::vector<std::vector<Mention>> mentions = mentions_of(w, parts);
  std::erase_if(mentions, [](const auto& of_part) { return of_part.empty(); });
  const std::string_view text = w.joined;
  std::vector<Joint> joints;
  for (size_t i = 0; i + 1 < mentions.size(); ++i) {
    std::optional<std::pair<Mention, Mention>> nearest;
    const auto distance = [](const Mention& a, const Mention& b) { return b.begin - a.end; };
    for (const Mention& a : mentions[i])
      for (const Mention& b : mentions[i + 1]) {
        const Mention &first = a.begin < b.begin ? a : b, &second = a.begin < b.begin ? b : a;
        if (second.begin < first.end || distance(first, second) > kFarthest) continue;
        if (!nearest || distance(first, second) < distance(nearest->first, nearest->second))
          nearest = {first, second};
      }
    if (!nearest) continue;
    joints.push_back(read_joint(text.substr(nearest->first.end, distance(nearest->first, nearest->second))));
    joints.back().begin = nearest->first.begin;
    joints.back().end = nearest->second.end;
    joints.back().by_name = nearest->first.by_name && nearest->second.by_name;
  }
  return joints;
}

}  // namespace crit
