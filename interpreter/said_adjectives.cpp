// Words before a name that decide who is meant, to what the language says for them: which result counts, when
// it began, how much.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/text_at.hpp"
#include "grammar/words.hpp"
#include "interpreter/spelling.hpp"
#include "interpreter/words_said.hpp"

namespace crit {

namespace {

// How many of the first words the phrase is, also with `_` between them; 0: another one stands there.
size_t phrase_at_front(const WordsSaid& w, std::string_view phrase) {
  const std::string wanted(phrase);
  const size_t many = 1 + static_cast<size_t>(std::ranges::count(phrase, ' '));
  if (w.words.texts.size() > many && same_in_any_case(w.joined(0, many, " "), wanted)) return many;
  std::string word = w.words.texts[0];
  std::ranges::replace(word, '_', ' ');
  return same_in_any_case(word, wanted) ? 1 : 0;
}

std::string not_said(const WordsSaid& w, size_t words) {
  return fmt::format("`{}` is not how it is written", w.joined(0, words, " "));
}

struct Which {
  std::string_view phrase;
  Selector above, below;  // of a limit that is exceeded, or that is not reached
};
constexpr Selector kHighest = Selector::highest, kLowest = Selector::lowest;
constexpr Which kWhich[] = {{"peak", kHighest, kHighest},
                            {"maximum", kHighest, kHighest},
                            {"maximal", kHighest, kHighest},
                            {"minimum", kLowest, kLowest},
                            {"minimal", kLowest, kLowest},
                            {"nadir", kLowest, kLowest},
                            {"some", kHighest, kLowest},
                            {"every", kLowest, kHighest},
                            {"each", kLowest, kHighest},
                            {"first", Selector::earliest, Selector::earliest},
                            {"initial", Selector::earliest, Selector::earliest},
                            {"last", Selector::latest, Selector::latest},
                            {"most recent", Selector::latest, Selector::latest}};

// `worst ALT`: whether a high or a low one is worse, the person knows.
bool worst_said(const WordsSaid& w) {
  const bool worst = phrase_at_front(w, "worst") > 0;
  if (!worst && phrase_at_front(w, "best") == 0) return false;
  const NamedBehind named = named_behind(w, 1);
  if (!named.fact || named.fact->kind != FactKind::measure) return false;
  w.say(w.words.ends[0], not_said(w, 1), "");
  w.d.fix.reset();
  w.d.help = fmt::format("write `highest {0}` where a high one is {1}, or `lowest {0}`", named.name,
                         worst ? "worse" : "better");
  return true;
}

}  // namespace

bool result_said(const WordsSaid& w) {
  if (worst_said(w)) return true;
  for (const Which& which : kWhich) {
    const size_t first = phrase_at_front(w, which.phrase);
    const NamedBehind named = first == 0 ? NamedBehind{} : named_behind(w, first);
    if (!named.fact || named.fact->kind != FactKind::measure) continue;
    const auto op = comparison_ahead(text_behind(w, named));
    if (which.above != which.below && (!op || !(is_lower_limit(*op) || is_upper_limit(*op)))) return false;
    const Selector selector = op && is_upper_limit(*op) ? which.below : which.above;
    w.say(w.words.ends[named.words - 1], not_said(w, first),
          fmt::format("{} {}", spelling(selector), named.name));
    return true;
  }
  return false;
}

bool beginning_said(const WordsSaid& w) {
  for (std::string_view phrase :
       {"new", "new onset", "newly diagnosed", "newly started", "recently started"}) {
    const size_t first = phrase_at_front(w, phrase);
    const NamedBehind named = first == 0 ? NamedBehind{} : named_behind(w, first);
    if (!named.fact || !is_record(*named.fact) || named.fact->kind == FactKind::event) continue;
    const std::string_view behind = text_behind(w, named), window = first_word(behind);
    const std::string right = named.name + " starting within";
    const bool is_within = same_word(window, "within");
    const auto end = static_cast<uint32_t>(behind.data() + window.size() - w.source.text.data());
    w.say(is_within ? end : w.words.ends[named.words - 1], not_said(w, first), right);
    w.d.help = fmt::format("write `{}` and the time in which it began", right);
    if (!is_within) w.d.fix.reset();
    return true;
  }
  return false;
}

void change_said(const WordsSaid& w) {
  const FactId id = fact_named(w.schema, w.scope, w.words.texts.empty() ? "" : w.words.texts[0]);
  const bool per_cent =
      id != kNoFact && (w.schema.facts[id].unit_text == "%" || w.schema.facts[id].percent_of_predicted);
  const size_t end = w.d.help.rfind("%`");
  if (!per_cent || end == w.d.help.npos) return;
  const size_t begin = w.d.help.find('`');
  const std::string change = w.d.help.substr(begin, end - begin);
  w.d.help = fmt::format(
      "in points of per cent write {0} points`,\nin per cent of what it was {0}% of the earliest`", change);
  w.d.fix.reset();
}

bool dose_said(const WordsSaid& w) {
  const size_t high = phrase_at_front(w, "high dose"), low = phrase_at_front(w, "low dose");
  const NamedBehind named = high + low == 0 ? NamedBehind{} : named_behind(w, high + low);
  if (!named.fact || named.fact->kind != FactKind::drug) return false;
  w.say(w.words.ends[high + low - 1],
        fmt::format("`{}` does not say which dose", w.joined(0, high + low, " ")), "");
  w.d.fix.reset();
  w.d.help =
      fmt::format("write the dose that counts: `dose of {0} {1} ...`, over a window `{2} dose of {0} ...`",
                  named.name, high > 0 ? ">=" : "<=", high > 0 ? "highest" : "lowest");
  return true;
}

}  // namespace crit
