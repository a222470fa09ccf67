// A criterion's rule held against its protocol's words: which numbers and periods one has and the other
// lacks, and where the comparison is another.
#include "tools/lint/text_match.hpp"

#include <algorithm>

#include "grammar/words.hpp"
#include "tools/lint/same_amount.hpp"
#include "tools/lint/text_bound.hpp"

namespace crit {

namespace {

struct Matcher {
  TextMatch& m;
  bool excludes = false;
  std::vector<bool> found;  // of text.numbers: the rule has it

  const std::vector<TextNumber>& texts() const { return m.text.numbers; }

  // A value of a list that lies inside a range of the text: `ECOG in (0, 1, 2)` and "0-2".
  bool in_a_range(const RuleNumber& r) {
    for (size_t i = 0; i + 1 < texts().size(); ++i) {
      const TextNumber &low = texts()[i], &high = texts()[i + 1];
      if (low.in_range && high.in_range && r.listed && low.value <= r.value && r.value <= high.value)
        return true;
    }
    return false;
  }

  // "Assent for children of 7-17 years" under `if age >= 18 years then ... else ...`: those of the `else`.
  bool find_other_branch(const RuleNumber& r) {
    bool any = false;
    for (size_t i = 0; i + 1 < texts().size() && r.either_way && r.fact && r.fact->name == "age"; ++i) {
      const TextNumber &low = texts()[i], &high = texts()[i + 1];
      const bool beyond = r.value == high.value + 1 || r.value == low.value - 1;
      if (low.in_range && high.in_range && beyond) found[i] = found[i + 1] = any = true;
    }
    return any;
  }

  bool find(const RuleNumber& r) {
    bool any = in_a_range(r);
    any = find_other_branch(r) || any;
    for (size_t i = 0; i < texts().size(); ++i) {
      if (texts()[i].in_name && r.unit) continue;  // 6 months are not said by "6MWT"
      if (!same_amount(r, texts()[i]) && !same_whole_limit(r, texts()[i])) continue;
      found[i] = any = true;
    }
    return any;
  }

  bool find(const RulePeriod& r) {
    bool any = false;
    for (size_t i = 0; i < texts().size(); ++i) {
      if (!same_period(r, texts()[i])) continue;
      found[i] = any = true;
    }
    return any;
  }

  // What the words give beside an amount that the rule has: "160 mg/dL (4.1 mmol/L)".
  void find_rounded() {
    for (const RuleNumber& r : m.rule.numbers)
      for (size_t i = 0; i < texts().size(); ++i)
        if (!found[i] && same_when_rounded(r, texts()[i]) &&
            std::ranges::any_of(texts(), [&](const TextNumber& t) { return same_amount(r, t); }))
          found[i] = true;
  }

  // Numbers that notes and the facts' own words have are known to whoever wrote the rule.
  void find_in_words() {
    for (const TextNumber& said : read_protocol_text(m.rule.words).numbers)
      for (size_t i = 0; i < texts().size(); ++i)
        if (same_words(said, texts()[i])) found[i] = true;
  }

  // `six_minute_walk` knows of "6 minutes", not of "6 liters".
  static bool same_words(const TextNumber& a, const TextNumber& b) {
    if (a.value != b.value) return false;
    // `DPP4_inhibitor` knows of "peptidase 4", `FEV1` of no month.
    if (a.in_name && b.unit.kind != TextUnit::Kind::none) return false;
    const bool bare = a.unit.kind == TextUnit::Kind::none || b.unit.kind == TextUnit::Kind::none;
    if (bare || !a.unit.unit || !b.unit.unit) return bare || a.unit.kind == b.unit.kind;
    if (a.is_period() && b.is_period()) return a.unit.time == b.unit.time;  // "one second" is no month
    return commensurable(*a.unit.unit, *b.unit.unit);
  }

  void match() {
    for (size_t i = 0; i < m.rule.numbers.size(); ++i)
      if (!find(m.rule.numbers[i]) && !m.rule.numbers[i].in_definition)
        m.numbers.push_back({i, std::nullopt});
    for (size_t i = 0; i < m.rule.periods.size(); ++i)
      if (!find(m.rule.periods[i]) && !m.rule.periods[i].in_definition)
        m.periods.push_back({i, std::nullopt});
    find_rounded();
    find_in_words();
    for (size_t i = 0; i < texts().size(); ++i) {
      if (found[i] || !texts()[i].wanted) continue;
      (is_window(texts()[i]) ? m.windowless : m.unsaid).push_back(i);
    }
    pair_limits_alone();
    pair();
    compare_bounds();
  }

  // "Children under 12 years".
  static bool is_of_persons(std::string_view head) {
    constexpr std::string_view kSides[] = {"under", "over", "below", "above"};
    constexpr std::string_view kPersons[] = {"children", "adults", "patients", "subjects", "participants",
                                             "women",    "men",    "females",  "males",    "those"};
    const std::string_view side = last_word(head);
    if (std::ranges::find(kSides, side) == std::end(kSides)) return false;
    const std::string_view whom = last_word(stripped(head.substr(0, head.size() - side.size())));
    return std::ranges::find(kPersons, whom) != std::end(kPersons);
  }

  // A period that is no age and no life expectancy.
  bool is_window(const TextNumber& t) const {
    if (!t.is_period()) return false;
    const std::string_view lower = m.text.plain.lower;
    const auto at = [&](size_t byte) { return place_in(m.text.plain, byte); };
    const std::string_view head = lower.substr(0, at(t.begin));
    const std::string_view near = head.substr(head.size() - std::min<size_t>(head.size(), 60));
    const std::string_view tail = stripped(lower.substr(std::min(lower.size(), at(t.end))));
    if (starts_with_words(tail, "of age") || starts_with_words(tail, "old")) return false;
    for (std::string_view word :
         {"life expectancy", "survival", "age", "aged", "ages", "older than", "younger than"})
      if (find_words(near, word) != std::string_view::npos) return false;
    return !is_of_persons(stripped(head));
  }

  // "Over 65 years" says no age by itself, but where the rule has another age in its place.
  void pair_ages() {
    for (TextMatch::Odd& odd : m.numbers) {
      const RuleNumber& r = m.rule.numbers[odd.rule];
      const auto is_age = [&](size_t i) { return r.unit_text == spelling(texts()[i].unit.time); };
      const auto found = std::ranges::find_if(m.windowless, is_age);
      if (!r.fact || r.fact->name != "age" || found == m.windowless.end()) continue;
      odd.text = *found;
      m.windowless.erase(found);
    }
  }

  // `ULN` alone is said by "normal" as well: it is odd only where the words have another limit in its place.
  void pair_limits_alone() {
    std::vector<TextMatch::Odd> kept;
    for (TextMatch::Odd odd : m.numbers) {
      for (size_t i = 0; i < texts().size() && m.rule.numbers[odd.rule].limit_alone && !odd.text; ++i)
        if (!found[i] && texts()[i].unit.kind == TextUnit::Kind::of_limit) odd.text = i;
      if (odd.text) found[*odd.text] = true;
      if (odd.text) std::erase(m.unsaid, *odd.text);
      if (odd.text || !m.rule.numbers[odd.rule].limit_alone) kept.push_back(odd);
    }
    m.numbers = std::move(kept);
  }

  // What the words have in the place of the rule's: a number that the rule lacks, of the same kind of unit if
  // there is one.
  void pair() {
    for (TextMatch::Odd& odd : m.periods) {
      if (m.windowless.empty()) break;
      odd.text = m.windowless.front();
      m.windowless.erase(m.windowless.begin());
    }
    pair_ages();
    for (TextMatch::Odd& odd : m.numbers) {
      if (odd.text) continue;
      if (m.unsaid.empty()) break;
      const RuleNumber& r = m.rule.numbers[odd.rule];
      auto best = std::ranges::find_if(m.unsaid, [&](size_t i) { return alike(r, texts()[i]); });
      if (best == m.unsaid.end()) best = m.unsaid.begin();
      odd.text = *best;
      m.unsaid.erase(best);
    }
  }

  static bool alike(const RuleNumber& r, const TextNumber& t) {
    if (r.of_limit) return t.unit.kind == TextUnit::Kind::of_limit;
    if (r.unit && t.unit.unit) return commensurable(*r.unit, *t.unit.unit);
    return r.value == t.value || r.unit.has_value() == t.unit.unit.has_value();
  }

  // Behind the last full stop or semicolon; the point of `18.5` is none.
  static std::string_view last_clause(std::string_view head) {
    for (size_t i = head.size(); i-- > 0;) {
      const bool point = head[i] == '.' && i + 1 < head.size() && is_digit(head[i + 1]);
      if ((head[i] == '.' && !point) || head[i] == ';') return head.substr(i);
    }
    return head;
  }

  // "Unable to walk at least 150 m", "lack of a platelet count of at least ...": nothing between them begins
  // another thought.
  static bool is_failed(std::string_view head) {
    static constexpr std::string_view kFails[] = {
        "unable to", "inability to", "incapable of", "failure to", "failed to", "fails to",
        "fail to",   "failing to",   "lack of",      "lacks",      "lacking",   "incapacity to"};
    static constexpr std::string_view kParts[] = {"and", "but", "who", "with", "if"};
    for (std::string_view words : kFails) {
      const size_t at = find_words(head, words);
      if (at == std::string_view::npos) continue;
      const std::string_view rest = head.substr(at + words.size());
      const bool parted =
          rest.find(',') != std::string_view::npos || std::ranges::any_of(kParts, [&](std::string_view word) {
            return find_words(rest, word) != std::string_view::npos;
          });
      if (!parted) return true;
    }
    return false;
  }

  // True where the words before the number turn it round, so that the rule may state the other side.
  bool is_turned_round(const TextNumber& t) const {
    const auto begin =
        std::ranges::lower_bound(m.text.plain.origin, uint32_t(t.begin)) - m.text.plain.origin.begin();
    std::string_view head = std::string_view(m.text.plain.lower).substr(0, size_t(begin));
    head = last_clause(head);
    static constexpr std::string_view kTurns[] = {
        "not",     "no",     "without", "never", "none",   "unless",   "except", "excluding", "other than",
        "outside", "cannot", "absence", "must",  "should", "required", "only",   "excluded",  "free of"};
    for (std::string_view word : kTurns) {
      for (size_t at = find_words(head, word); at != std::string_view::npos;
           at = find_words(head, word, at + 1)) {
        const std::string_view after = next_word(stripped(head.substr(at + word.size())));
        const bool of_bound = after == "more" || after == "less" || after == "greater" || after == "higher" ||
                              after == "lower" || after == "older" || after == "younger" ||
                              after == "fewer" || after.starts_with("exceed");
        if (!of_bound) return true;
      }
    }
    return is_failed(head);
  }

  bool agrees(const RuleNumber& r, const TextNumber& t) const {
    if (r.op == t.bound || same_whole_limit(r, t)) return true;
    return opposite(*r.op) == t.bound && (r.either_way || is_turned_round(t));
  }

  // "Age at least 18 years is required" of an exclusion.
  bool is_required(const TextNumber& t) const {
    std::string_view tail = m.text.plain.lower;
    tail.remove_prefix(std::min(tail.size(), place_in(m.text.plain, t.end)));
    tail = tail.substr(0, tail.find_first_of(".,;"));
    return excludes && (find_words(tail, "is required") != std::string_view::npos ||
                        find_words(tail, "are required") != std::string_view::npos ||
                        find_words(tail, "is mandatory") != std::string_view::npos);
  }

  // The rule has the words' own comparison elsewhere: `age >= 18 years` of one arm beside "under 18 years" of
  // the other.
  bool is_said_by_another(const RuleNumber& r, const TextNumber& t) const {
    return std::ranges::any_of(m.rule.numbers, [&](const RuleNumber& other) {
      return &other != &r && other.fact == r.fact && other.op == t.bound && same_amount(other, t);
    });
  }

  void compare_bounds() {
    using enum CompareOp;
    for (size_t i = 0; i < m.rule.numbers.size(); ++i) {
      const RuleNumber& r = m.rule.numbers[i];
      if (!r.op || *r.op == equal || *r.op == not_equal || r.in_definition) continue;
      std::optional<size_t> other;
      bool agreed = false;
      for (size_t k = 0; k < texts().size() && !agreed; ++k) {
        if (!texts()[k].bound || (!same_amount(r, texts()[k]) && !same_whole_limit(r, texts()[k]))) continue;
        agreed = agrees(r, texts()[k]);
        if (!other && !is_said_by_another(r, texts()[k])) other = k;
      }
      if (!other || agreed) continue;
      const bool required = opposite(*r.op) == texts()[*other].bound && is_required(texts()[*other]);
      (required ? m.required : m.bounds).push_back({i, other});
    }
  }
};

}  // namespace

std::optional<TextMatch> match_text(const LintInput& input, const Criterion& criterion) {
  if (!has_words(criterion) || !criterion.condition || is_judgement_alone(criterion)) return std::nullopt;
  TextMatch m{read_rule(input, criterion), read_protocol_text(criterion.text->text), {}, {}, {}, {}, {}, {}};
  Matcher matcher{m, !criterion.include, std::vector<bool>(m.text.numbers.size())};
  matcher.match();
  return m;
}

std::string shown(const LintInput& input, const RuleNumber& n) {
  const std::string written(text_of(input.source, n.span));
  const bool has_unit = n.unit_text.empty() || written.find(n.unit_text) != std::string::npos;
  return has_unit ? written : written + " " + n.unit_text;
}

}  // namespace crit
