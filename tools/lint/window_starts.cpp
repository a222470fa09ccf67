// `within` where the protocol's words tell of a beginning: "initiation of tobramycin within 4 months".
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/same_amount.hpp"
#include "tools/lint/window_kinds.hpp"

namespace crit {

namespace {

constexpr std::string_view kBegins[] = {"initiation of", "initiating",      "initiated", "start of",
                                        "starting",      "started",         "onset of",  "onset",
                                        "beginning of",  "commencement of", "begun"};
constexpr std::string_view kBegun[] = {"initiated", "initiation", "started", "onset", "begun", "commenced"};
// Between a beginning and the fact, or between the fact and a beginning.
constexpr std::string_view kBetween[] = {"a",         "an",      "the",  "any",       "new",  "of",
                                         "treatment", "therapy", "with", "was",       "were", "is",
                                         "been",      "has",     "have", "treatments"};

template <size_t n>
bool is_in(const std::string_view (&list)[n], std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

// The words before the fact end with a beginning, which no other happening is joined to: "initiation or
// change of".
bool begins_before(std::string_view head) {
  head = stripped(head);
  for (std::string_view word = last_word(head); is_in(kBetween, word) && word != "of"; word = last_word(head))
    head = stripped(head.substr(0, head.size() - word.size()));
  if (head.ends_with('-')) head.remove_suffix(1);
  for (std::string_view begins : kBegins) {
    if (!ends_with_words(head, begins)) continue;
    const std::string_view before = last_word(stripped(head.substr(0, head.size() - begins.size())));
    return before != "or" && before != "and" && before != "not";
  }
  return false;
}

bool begins_behind(std::string_view tail) {
  tail = stripped(tail);
  for (std::string_view word = next_word(tail); is_in(kBetween, word); word = next_word(tail))
    tail = stripped(tail.substr(word.size()));
  const std::string_view word = next_word(tail);
  const std::string_view behind = next_word(stripped(tail.substr(word.size())));
  return is_in(kBegun, word) && behind != "or" && behind != "and";
}

struct Asked {
  const Expr* part;
  const Records* records;
  bool plain = false;  // `within` of one duration, back from a day
};

std::vector<Asked> asked_in(const LintInput& input, const Expr& condition) {
  std::vector<Asked> asked;
  for_each_expr(condition, [&](const Expr& e) {
    const auto* records = std::get_if<Records>(&e.node);
    if (!records || !records->window) return;
    const Window& w = *records->window;
    const Fact* fact = fact_of(input, records->name.text);
    const bool lasts = fact && (fact->kind == FactKind::condition || fact->kind == FactKind::drug);
    asked.push_back({&e, records,
                     lasts && w.kind == Window::Kind::within && w.side == Side::before && w.duration &&
                         w.duration->parts.size() == 1});
  });
  return asked;
}

// The rule has the period of the words that stand behind the mention.
bool has_period_behind(const CriterionWords& words, const Asked& asked, const Mention& mention) {
  const PlainDuration& d = asked.records->window->duration->parts.front();
  const auto count = Rational::parse(d.count.digits);
  const auto& numbers = words.match.text.numbers;
  const auto next = std::ranges::find_if(numbers, [&](const TextNumber& t) {
    return t.is_period() && place_in(words.match.text.plain, t.begin) >= mention.end;
  });
  return count && next != numbers.end() && same_period({*count, d.unit, false, d.span, {}}, *next);
}

}  // namespace

void find_unsaid_starts(const CriterionWords& words, const Criterion& criterion, Findings& findings) {
  const std::vector<Asked> asked = asked_in(words.input, *criterion.condition);
  std::vector<const Expr*> parts;
  for (const Asked& a : asked) parts.push_back(a.part);
  const auto mentions = mentions_of(words, parts);
  const std::string_view lower = words.match.text.plain.lower;
  for (size_t i = 0; i < asked.size(); ++i) {
    if (!asked[i].plain || mentions[i].empty()) continue;
    // A name of several words is one mention.
    const Mention whole{mentions[i].front().begin, mentions[i].back().end, true};
    const bool adjacent = whole.end - whole.begin <= asked[i].records->name.text.size() + 2;
    if (!adjacent || !has_period_behind(words, asked[i], whole)) continue;
    if (!begins_before(lower.substr(0, whole.begin)) && !begins_behind(lower.substr(whole.end))) continue;
    const Window& window = *asked[i].records->window;
    const std::string_view written = text_of(words.input.source, window.span);
    findings.push_back(finding(
        window.span,
        fmt::format(
            "`{}` is met by any `{}` in that time, whenever it began, and the protocol's words tell of "
            "its beginning",
            written, asked[i].records->name.text),
        fmt::format("write `starting {}` if the words are right", written)));
  }
}

}  // namespace crit
