// Windows of the length that the protocol's words have, and of another kind, side, anchor or fact.
#include "tools/lint/window_kinds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grammar/walk.hpp"
#include "interpreter/spelling.hpp"
#include "tools/lint/denial.hpp"
#include "tools/lint/fact_windows.hpp"
#include "tools/lint/same_amount.hpp"

namespace crit {

namespace {

// A fact that the rule asks for inside a window of one plain duration.
struct Asked {
  const Expr* part;
  const Name* name;
  const Window* window;
  RulePeriod period;
  bool denied = false;
};

struct Walk {
  std::vector<Asked> found = {};
  bool tells_cases_apart = false;

  void look(const Expr& e, const Window* around, bool denied) {
    if (const auto* records = std::get_if<Records>(&e.node)) {
      const bool no = records->count == Records::Count::no || records->count == Records::Count::at_most;
      add(e, records->name, records->window ? records->window.get() : around, denied != no);
      return;
    }
    tells_cases_apart = tells_cases_apart || std::holds_alternative<If>(e.node);
    const auto* list = std::get_if<ListOf>(&e.node);
    const bool turns = std::holds_alternative<Not>(e.node) || (list && list->quantifier == Quantifier::none);
    const auto* windowed = std::get_if<Windowed>(&e.node);
    const Window* inside = windowed && windowed->window ? windowed->window.get() : around;
    for_each_child(e, [&](const Expr& child) { look(child, inside, denied != turns); });
  }

  void add(const Expr& part, const Name& name, const Window* window, bool denied) {
    if (!window || !window->duration || window->duration->parts.size() != 1) return;
    const PlainDuration& duration = window->duration->parts.front();
    const auto count = Rational::parse(duration.count.digits);
    if (count)
      found.push_back({&part, &name, window, {*count, duration.unit, false, duration.span, {}}, denied});
  }
};

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list,
               bool (*test)(std::string_view, std::string_view)) {
  return std::ranges::any_of(list, [&](std::string_view words) { return test(text, words); });
}

template <size_t n>
bool is_one_of(std::string_view clause, const std::string_view (&list)[n]) {
  return std::ranges::any_of(list, [&](std::string_view w) { return find_words(clause, w) != clause.npos; });
}

struct Look {
  const CriterionWords& words;
  const std::vector<std::string>& anchors;
  Findings& findings;
  std::vector<Asked> asked = {};

  const PlainText& plain() const { return words.match.text.plain; }
  std::string_view before(const TextNumber& t) const {
    return stripped(std::string_view(plain().lower).substr(0, place_in(plain(), t.begin)));
  }
  std::string_view after(const TextNumber& t) const {
    const std::string_view lower = plain().lower;
    return stripped(lower.substr(std::min(lower.size(), place_in(plain(), t.end))));
  }
  std::vector<const TextNumber*> said_of(const RulePeriod& period) const {
    std::vector<const TextNumber*> said;
    for (const TextNumber& t : words.match.text.numbers)
      if (t.is_period() && same_period(period, t)) said.push_back(&t);
    return said;
  }
  std::string_view written(Span span) const { return text_of(words.input.source, span); }

  // --- "for at least 12 months" and `within 12 months` ---

  // The words of the sentence that the period stands in.
  std::string_view clause_of(const TextNumber& t) const {
    const std::string_view lower = plain().lower;
    const size_t before = lower.rfind(". ", place_in(plain(), t.begin));
    const std::string_view sentence = lower.substr(before == lower.npos ? 0 : before);
    return sentence.substr(0, sentence.find(". ", 1));
  }

  // What is over, or never was, need not last.
  bool speaks_of_an_end(const TextNumber& t) const {
    static constexpr std::string_view kEnds[] = {
        "free",   "off",       "stop",       "stopped",  "discontinue", "discontinued", "stopping",
        "ceased", "cessation", "quit",       "washout",  "wash-out",    "withdrawn",    "since",
        "after",  "abstain",   "abstinence", "resolved", "recovered",   "completed",    "remission",
        "stable", "last dose", "refrain",    "none",     "interval",    "abstinent",    "unresponsive",
        "failed", "failure",   "elapsed",    "ended",    "ending",      "end",          "finished",
        "except", "unless",    "excluding",  "allowed",  "permitted",   "acceptable"};
    return has_denial(clause_of(t)) || is_one_of(clause_of(t), kEnds);
  }

  // "Ended at least 4 weeks before", "surgery at least 4 weeks before": longer ago than the window reaches.
  bool is_longer_ago(const TextNumber& t, const Fact& fact) const {
    static constexpr std::string_view kOver[] = {"ended",     "ending",         "finished",
                                                 "completed", "stopped",        "discontinued",
                                                 "last dose", "last treatment", "ceased"};
    static constexpr std::string_view kUnsaid[] = {"stable", "except", "unless"};
    const std::string_view clause = clause_of(t), head = before(t);
    return is_one_of(head, {"at least", "more than", "minimum of", ">=", ">"}, ends_with_words) &&
           !is_one_of(head, {"for at least", "within at least", "during at least", "in at least"},
                      ends_with_words) &&
           is_one_of(after(t), {"prior", "before", "ago"}, starts_with_words) &&
           (fact.kind == FactKind::event || is_one_of(clause, kOver)) && !has_denial(clause) &&
           !is_one_of(clause, kUnsaid);
  }

  // Under an exclusion "at least 5 years before" may be who stays: a cancer that was cured by then.
  bool lasts_in_words(const TextNumber& t, bool include) const {
    if (t.bound != CompareOp::greater_equal && t.bound != CompareOp::greater) return false;
    const std::string_view head = before(t);
    if (is_one_of(head,
                  {"for at least", "for more than", "for longer than", "for a minimum of", "for over",
                   "for greater than", "for greater than or equal to", "for >=", "for >",
                   "for at least the past", "for at least the last"},
                  ends_with_words))
      return true;
    const bool since = is_one_of(head, {"at least", "more than", "minimum of", ">=", ">"}, ends_with_words);
    return include && since && !ends_with_words(head, "within at least") &&
           is_one_of(after(t), {"prior", "before", "ago"}, starts_with_words);
  }

  void report_longer_ago(const Asked& a, const TextNumber& said) {
    findings.push_back(finding(
        a.window->span,
        fmt::format(
            "`{}` asks for `{}` in that time, and the protocol's words ask that it is longer ago: `at "
            "least {}`",
            written(a.window->span), a.name->text, said.shown),
        fmt::format("write `{0} ever and no {0} {1}`, or the last alone", a.name->text,
                    written(a.window->span))));
  }

  void look_at_kind(const Asked& a, bool include) {
    const Fact* fact = fact_of(words.input, a.name->text);
    if (!fact || a.denied || a.window->kind != Window::Kind::within || a.window->side != Side::before) return;
    const auto said = said_of(a.period);
    const bool another_lasts = std::ranges::any_of(asked, [&](const Asked& other) {
      return other.window->kind == Window::Kind::for_at_least && !said.empty() &&
             same_period(other.period, *said[0]);
    });
    if (another_lasts || said.empty()) return;
    if (include && said.size() == 1 && is_longer_ago(*said[0], *fact)) return report_longer_ago(a, *said[0]);
    if (fact->kind != FactKind::condition && fact->kind != FactKind::drug) return;
    if (said.size() != 1 || !lasts_in_words(*said[0], include) || speaks_of_an_end(*said[0])) return;
    findings.push_back(finding(
        a.window->span,
        fmt::format("`{}` is met by any `{}` in that time, and the protocol's words ask that it lasts: `at "
                    "least {}`",
                    written(a.window->span), a.name->text, said[0]->shown),
        fmt::format("write `{} for at least {}`", a.name->text, written(a.period.span))));
  }

  // --- before and after ---

  void look_at_side(const Asked& a) {
    if (a.window->kind != Window::Kind::within || a.window->side == Side::of) return;
    constexpr size_t kNear = 40;  // bytes: "30 days before or after"
    const auto said = said_of(a.period);
    const bool forward = a.window->side == Side::after;
    if (said.empty() || (!forward && !a.window->anchor)) return;
    const auto is_other = [&](const TextNumber* t) {
      const std::string_view tail = after(*t).substr(0, kNear);
      const bool back = is_one_of(tail, {"prior to", "before", "preceding"}, starts_with_words);
      const bool ahead = is_one_of(tail, {"after", "following"}, starts_with_words);
      const bool both = find_words(tail, back ? "after" : "before") != tail.npos ||
                        find_words(tail, back ? "following" : "prior") != tail.npos;
      return !both && (forward ? back : ahead);
    };
    if (!std::ranges::all_of(said, is_other)) return;
    const std::string_view whole = written(a.window->span);
    findings.push_back(
        finding(a.window->span,
                fmt::format("`{}` looks {}, and the protocol's words look {}: `{} {}`",
                            written(a.window->span), forward ? "forward" : "back",
                            forward ? "back" : "forward", said[0]->shown, next_word(after(*said[0]))),
                fmt::format("write `{} {} {}` if the words are right",
                            stripped(whole.substr(0, whole.find(forward ? " after " : " before "))),
                            forward ? "before" : "after",
                            a.window->anchor ? written(a.window->anchor->span) : "screening")));
  }

  // --- the anchor ---

  static std::string in_words(std::string_view name) {
    std::string text = lower_case(name);
    std::ranges::replace(text, '_', ' ');
    return text;
  }

  // The words between "before" and the next stop.
  static std::string_view clause_of_anchor(std::string_view tail) {
    for (std::string_view side : {"prior to", "before", "of", "preceding", "after", "following"})
      if (starts_with_words(tail, side)) {
        tail = tail.substr(side.size());
        return tail.substr(0, std::min({tail.find_first_of(",;.("), size_t{40}, tail.size()}));
      }
    return {};
  }

  void look_at_anchor(const Asked& a) {
    if (!a.window->anchor || a.window->anchor->kind != Anchor::Kind::named) return;
    const std::string& own = a.window->anchor->name.text;
    std::set<std::string> others;
    for (const TextNumber* t : said_of(a.period)) {
      const std::string_view clause = clause_of_anchor(after(*t));
      if (clause.empty() || find_words(clause, in_words(own)) != clause.npos) return;
      for (const std::string& name : anchors)
        if (find_words(clause, in_words(name)) != clause.npos) others.insert(name);
    }
    if (others.size() != 1) return;
    findings.push_back(finding(
        a.window->anchor->span,
        fmt::format("the window counts from `{}`, and the protocol's words from `{}`", own, *others.begin()),
        fmt::format("write `{}` if the words are right", *others.begin())));
  }

  // --- two facts ---

  // The period that the words have right behind a fact, if they have one only.
  const TextNumber* period_behind(size_t i, const std::vector<std::vector<Mention>>& mentions) const {
    constexpr size_t kFarthest = 80;  // bytes
    const TextNumber* found = nullptr;
    for (const Mention& m : mentions[i]) {
      if (!m.by_name) return nullptr;
      const auto is_behind = [&](const TextNumber& t) {
        return t.is_period() && place_in(plain(), t.begin) >= m.end;
      };
      const auto next = std::ranges::find_if(words.match.text.numbers, is_behind);
      if (next == words.match.text.numbers.end()) continue;
      const size_t begin = place_in(plain(), next->begin);
      const std::string_view middle = std::string_view(plain().text).substr(m.end, begin - m.end);
      if (middle.size() > kFarthest || middle.find_first_of(".;") != middle.npos) return nullptr;
      for (size_t k = 0; k < mentions.size(); ++k)
        for (const Mention& other : mentions[k])
          if (k != i && other.begin >= m.end && other.begin < begin) return nullptr;
      if (found && found != &*next) return nullptr;
      found = &*next;
    }
    return found;
  }

  void look_at_facts() {
    std::vector<const Expr*> parts;
    for (const Asked& a : asked) parts.push_back(a.part);
    const auto mentions = mentions_of(words, parts);
    for (size_t i = 0; i < asked.size(); ++i)
      for (size_t k = i + 1; k < asked.size(); ++k) {
        const TextNumber *one = period_behind(i, mentions), *two = period_behind(k, mentions);
        if (!one || !two) continue;
        const Asked &a = asked[i], &b = asked[k];
        const bool crossed = same_period(a.period, *two) && same_period(b.period, *one) &&
                             !same_period(a.period, *one) && !same_period(b.period, *two);
        if (!crossed) continue;
        findings.push_back(finding(
            a.window->span,
            fmt::format(
                "the windows of `{}` and `{}` have changed places: the protocol's words have `{}` and `{}`",
                a.name->text, b.name->text, one->shown, two->shown),
            fmt::format("write `{} {}` and `{} {}` if the words are right", a.name->text,
                        written(b.window->span), b.name->text, written(a.window->span))));
      }
  }
};

}  // namespace

std::vector<std::string> anchors_of(const LintInput& input) {
  std::set<std::string> names;
  for_each_condition(input, [&](const Expr& condition) {
    for_each_window(condition, [&](const FactWindow& w) {
      if (w.window && w.window->anchor && w.window->anchor->kind == Anchor::Kind::named)
        names.insert(w.window->anchor->name.text);
    });
  });
  return {names.begin(), names.end()};
}

void find_other_windows(const CriterionWords& words, const Criterion& criterion,
                        const std::vector<std::string>& anchors, Findings& findings) {
  Walk walk;
  walk.look(*criterion.condition, nullptr, false);
  if (walk.tells_cases_apart) return;
  Look look{words, anchors, findings, std::move(walk.found)};
  std::set<const Window*> seen;  // which stand behind a list
  for (const Asked& a : look.asked) {
    look.look_at_kind(a, criterion.include);
    if (!seen.insert(a.window).second) continue;
    look.look_at_side(a);
    look.look_at_anchor(a);
  }
  look.look_at_facts();
}

}  // namespace crit
