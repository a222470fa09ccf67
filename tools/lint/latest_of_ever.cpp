// latest-of-ever: `ever` behind a result asks the latest one, as no window at all would; a long window behind
// a flag asks the latest answer in it.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"
#include "tools/lint/same_amount.hpp"

namespace crit {

namespace {

bool is_ever(const Window& window) {
  return window.kind == Window::Kind::ever;
}

// So long back that more than one answer may lie in it; the answer of a shorter time is a recent one.
bool is_of_a_month(const Window& window) {
  if (window.kind != Window::Kind::within || window.side == Side::after || !window.duration) return false;
  return std::ranges::all_of(window.duration->parts, [](const PlainDuration& part) {
    const auto count = Rational::parse(part.count.digits);
    const auto is_at_least = [&](int64_t least) { return count && *count >= Rational(least); };
    switch (part.unit) {
      case DurationUnit::minutes:
      case DurationUnit::hours:
      case DurationUnit::half_lives:
        return false;
      case DurationUnit::days:
        return is_at_least(28);
      case DurationUnit::weeks:
        return is_at_least(4);
      case DurationUnit::months:
      case DurationUnit::years:
        return true;
    }
    return false;
  });
}

// "A negative pregnancy test within 4 weeks" asks for the latest one; a test behind the period is another's.
bool speaks_of_a_test(const Criterion& criterion, const Window& window) {
  const TextReading text = read_protocol_text(criterion.text ? criterion.text->text : std::string());
  std::string_view lower = text.plain.lower;
  if (window.duration && window.duration->parts.size() == 1) {
    const PlainDuration& part = window.duration->parts.front();
    const auto count = Rational::parse(part.count.digits);
    for (const TextNumber& t : text.numbers)
      if (count && same_period({*count, part.unit, false, part.span, {}}, t))
        lower = lower.substr(0, place_in(text.plain, t.begin));
  }
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"test", "tests", "tested", "testing", "hcg"},
      [&](std::string_view word) { return find_words(lower, word) != std::string_view::npos; });
}

// What has once been so stays so: "has been enrolled before".
bool is_of_the_past(const Fact& flag) {
  std::string words = flag.name + ' ' + flag.text;
  std::ranges::replace(words, '_', ' ');
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"has been", "had", "previous", "previously", "prior", "history",
                                              "past", "before", "ever"},
      [&](std::string_view word) { return find_words(words, word) != std::string::npos; });
}

struct Asked {
  const Name* name;
  const Fact* fact;
  const Window* window;
};

// Measures and flags without a selection whose window reaches over several results, each once.
struct Walk {
  const LintInput& input;
  const Criterion& criterion;
  std::vector<Asked> found = {};

  bool reaches_over(const Fact& fact, const Window& window) const {
    if (fact.kind == FactKind::measure) return is_ever(window);
    if (fact.kind != FactKind::flag || is_of_the_past(fact)) return false;
    return (is_ever(window) || is_of_a_month(window)) && !speaks_of_a_test(criterion, window);
  }

  void look(const Expr& e, const Window* around) {
    if (std::holds_alternative<Selection>(e.node)) return;
    if (const auto* records = std::get_if<Records>(&e.node)) {
      const Fact* fact = fact_of(input, records->name.text);
      const Window* window = records->window ? records->window.get() : around;
      const auto same = [&](const Asked& asked) { return asked.fact == fact; };
      if (fact && window && reaches_over(*fact, *window) && std::ranges::none_of(found, same))
        found.push_back({&records->name, fact, window});
      return;
    }
    const auto* windowed = std::get_if<Windowed>(&e.node);
    const Window* inside = windowed ? windowed->window.get() : around;
    for_each_child(e, [&](const Expr& child) { look(child, inside); });
  }
};

Diagnostic of_measure(const Asked& asked) {
  return finding(
      asked.name->span, fmt::format("`ever` takes of `{}` the latest result alone", asked.name->text),
      fmt::format("write `highest {0}` or `lowest {0}`, which look at all results, or leave `ever` out",
                  asked.name->text));
}

Diagnostic of_flag(const LintInput& input, const Asked& asked) {
  const std::string_view window = text_of(input.source, asked.window->span);
  return finding(
      asked.name->span,
      fmt::format("`{} {}` asks the latest answer alone: a later `no` hides an earlier `yes`",
                  asked.name->text, window),
      fmt::format(
          "what may come and go is a condition or an event: declare one (`condition NAME \"...\"`) and "
          "ask `NAME {}`\nwhere the latest answer is meant, say so in an `allow latest-of-ever`",
          window));
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    Walk walk{input, criterion};
    if (criterion.condition) walk.look(*criterion.condition, nullptr);
    for (const Asked& asked : walk.found)
      findings.push_back(asked.fact->kind == FactKind::flag ? of_flag(input, asked) : of_measure(asked));
  });
}

}  // namespace

extern const LintRule kLatestOfEver{
    "latest-of-ever",
    LintGroup::plausibility,
    Severity::warning,
    "`ever` said of a result, or a month and more of a flag, of which the latest alone is looked at",
    "\"ALT above 3 x ULN at any time\" means every result there is; a name alone means the latest, and the "
    "patient whose last ALT was normal again would not be excluded. Of a flag `within 3 months` takes the "
    "last answer: who smoked in the first month and said no in the third has not smoked.",
    R"(trial T1 "example"

exclude E1 "ALT above 3 x ULN at any time"
  ALT > 3*ULN ever
)",
    R"(trial T1 "example"

exclude E1 "ALT above 3 x ULN at any time"
  highest ALT > 3*ULN ever
)",
    run};

}  // namespace crit
