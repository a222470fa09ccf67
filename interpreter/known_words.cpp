// Words that stand side by side, which the parser could not read, to what they mean by the names that there
// are.
#include "interpreter/known_words.hpp"

#include "interpreter/pressures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/text_at.hpp"
#include "grammar/words.hpp"
#include "interpreter/alike_names.hpp"
#include "interpreter/choice_words.hpp"
#include "interpreter/spelling.hpp"
#include "interpreter/words_said.hpp"

namespace crit {

namespace {

struct Saying : WordsSaid {
  std::string_view first(size_t many) const {
    const uint32_t begin = d.word_before->begin;
    return std::string_view(source.text).substr(begin, words.ends[many - 1] - begin);
  }

  bool one_name() const {
    for (size_t many = words.texts.size(); many > 1; --many) {
      // Also `breast feeding` and `diabetes type 2`.
      std::string name = name_like(joined(0, many));
      if (name.empty()) name = name_like(joined(0, many, ""));
      if (name.empty()) name = name_like(joined(1, many - 1) + "_" + words.texts[0]);
      const bool is_joined = !name.empty();
      if (name.empty()) name = name_said_as(schema, scope, joined(0, many));
      if (name.empty()) continue;
      say(words.ends[many - 1],
          is_joined ? fmt::format("`{}` is one name", first(many))
                    : fmt::format("`{}` is called `{}` here", first(many), name),
          name);
      return true;
    }
    return false;
  }

  const Fact* choice(size_t from, size_t many) const {
    return choice_named(schema, scope, joined(from, many));
  }

  static std::string value_of(const Fact& fact, std::string_view word) {
    const std::string* value = value_in_any_case(fact, word);
    return value ? *value : std::string();
  }

  struct Said {
    std::string message, right;
    uint32_t end;
  };

  // The choice of the words from one on, and its value behind them: `NYHA class III or IV`.
  std::optional<Said> value_behind(size_t from, size_t many) const {
    const Fact* fact = choice(from, many);
    size_t at = from + many;
    while (fact && at < words.texts.size() && value_of(*fact, words.texts[at]).empty() &&
           is_choice_filler(words.texts[at]))
      ++at;
    if (!fact) return std::nullopt;
    const bool is_next = at < words.texts.size();
    uint32_t end = is_next ? words.ends[at] : words.ends.back();
    const std::string value =
        is_next ? value_of(*fact, words.texts[at]) : value_behind_of(*fact, source.text, end);
    if (value.empty()) return std::nullopt;
    const auto values = values_from(*fact, value, source.text, end);
    const std::string name = name_like(joined(from, many));
    return Said{fmt::format("a sign of comparison is missing between `{}` and `{}`", name,
                            is_next ? words.texts[at] : value),
                values.size() == 1 ? fmt::format("{} = {}", name, value)
                                   : fmt::format("{} in ({})", name, fmt::join(values, ", ")),
                end};
  }

  // `pregnancy_test negative`, `NYHA class III or IV`, `negative pregnancy test`
  bool choice_and_value() const {
    for (size_t many = words.texts.size() - 1; many > 0; --many) {
      if (const Fact* fact = choice(1, many); fact && !value_of(*fact, words.texts[0]).empty()) {
        say(words.ends[many], fmt::format("`{}` stands before `{}`", words.texts[0], fact->name),
            fmt::format("{} = {}", name_like(joined(1, many)), value_of(*fact, words.texts[0])));
        return true;
      }
      const auto said = value_behind(0, many);
      if (!said) continue;
      say(said->end, said->message, said->right);
      return true;
    }
    return false;
  }

  // `heart_failure NYHA class III`: two conditions. Whether the first is asked now or ever the person says.
  bool record_and_choice() const {
    const std::string first_name = name_like(words.texts[0]);
    const FactId id = fact_named(schema, scope, first_name);
    if (id == kNoFact) return false;
    const FactKind kind = schema.facts[id].kind;
    if (kind != FactKind::condition && kind != FactKind::event) return false;
    for (size_t many = words.texts.size() - 1; many > 0; --many) {
      const auto said = many + 1 < words.texts.size() ? value_behind(1, many) : std::nullopt;
      if (!said) continue;
      const std::string window = kind == FactKind::condition ? " currently" : "";
      say(said->end, fmt::format("`{}` and `{}` are two conditions", first_name, words.texts[1]),
          fmt::format("{}{} and {}", first_name, window, said->right));
      return true;
    }
    return false;
  }

  // Behind `HBsAg = positive or`: `HCV_antibody positive`, `severe asthma`. Another test, no value with a
  // word too many.
  bool asks_of_another(const Fact& fact) const {
    for (size_t many = words.texts.size() - 1; many > 0; --many) {
      const Fact* behind = choice(1, many);
      if (value_behind(0, many) || (behind && !value_of(*behind, words.texts[0]).empty())) return true;
    }
    const bool is_named = named_behind(*this, 0).fact || named_behind(*this, 1).fact;
    return is_named && value_of(fact, words.texts[0]).empty();
  }

  // `smoking_status is current smoker`, `with (route = subcutaneous infusion)`
  bool value_of_several_words() const {
    std::string_view ahead = std::string_view(source.text).substr(0, d.word_before->begin);
    ahead = ahead.substr(ahead.rfind('\n') + 1);
    const bool is_joined = same_word(word_at_end(ahead), "or");
    const std::string name = name_compared(ahead);
    if (name.empty()) return false;
    const uint32_t end = words.ends.back();
    const std::string message = fmt::format("a value of `{}` is one word", name);
    const FactId id = fact_named(schema, scope, name);
    if (id == kNoFact) {  // an attribute
      if (ahead.find("with") == ahead.npos) return false;
      say(end, message, joined(0, words.texts.size()));
      return true;
    }
    const Fact& fact = schema.facts[id];
    if (fact.kind != FactKind::choice || (is_joined && asks_of_another(fact))) return false;
    const auto is_value = [&](const std::string& word) { return !value_of(fact, word).empty(); };
    const auto value = std::ranges::find_if(words.texts, is_value);
    say(end, message, value == words.texts.end() ? std::string() : value_of(fact, *value));
    const std::string all = fmt::format("{} is one of {}", name, fmt::join(fact.values, ", "));
    d.help = value == words.texts.end() ? all : fmt::format("{}: {}", d.help, all);
    if (value == words.texts.end()) d.fix.reset();
    return true;
  }

  // `prednisone 10 mg/day`: the parser names the fact, and its dose is meant.
  bool dose() const {
    const FactId id = fact_named(schema, scope, words.texts[0]);
    const std::string start = fmt::format("`{} ", words.texts[0]);
    if (id == kNoFact || schema.facts[id].kind != FactKind::drug || !d.help.starts_with("write " + start))
      return false;
    for (size_t at = 0; (at = d.help.find(start, at)) != d.help.npos; at += start.size())
      d.help.insert(at + 1, "dose of ");
    return true;
  }

  // `ALT at screening`, `asthma now`: the parser says what to write of either.
  bool at_screening() const {
    const FactId id = fact_named(schema, scope, words.texts[0]);
    if (d.rule != "anticipated-mistake" || !d.fix || d.fix->text != "currently") return false;
    if (id == kNoFact) return true;
    switch (schema.facts[id].kind) {
      case FactKind::condition:
      case FactKind::drug:
        break;
      case FactKind::event:
        d.fix->text = "on screening";
        break;
      case FactKind::measure:
      case FactKind::flag:
      case FactKind::choice:
      case FactKind::judgement:
      case FactKind::date:
        d.fix->text.clear();
    }
    d.help = d.fix->text.empty() ? "leave it out: the latest one on or before screening is meant"
                                 : fmt::format("write `{} {}`", words.texts[0], d.fix->text);
    return true;
  }

  // `known pregnant`, `current pregnant`: the parser names a window, and an answer has none.
  bool adjective() const {
    constexpr std::string_view kOfNow[] = {"known",   "documented", "confirmed",
                                           "current", "active",     "ongoing"};
    constexpr std::string_view kGoesOn[] = {"current", "active", "ongoing"};
    const auto is_first = [&](std::string_view word) { return same_word(words.texts[0], word); };
    if (d.rule != "anticipated-mistake" || std::ranges::none_of(kOfNow, is_first)) return false;
    for (size_t many = words.texts.size() - 1; many > 0; --many) {
      const std::string name = name_like(joined(1, many));
      const FactId id = fact_named(schema, scope, name);
      if (id == kNoFact) continue;
      const FactKind kind = schema.facts[id].kind;
      if (kind != FactKind::flag && kind != FactKind::judgement && kind != FactKind::event) return false;
      // An event alone is one at any time: one that goes on is meant.
      const bool goes_on = kind == FactKind::event && std::ranges::any_of(kGoesOn, is_first);
      if (goes_on)
        say(words.ends[many], fmt::format("`{}` is said by the window `currently`", words.texts[0]),
            name + " currently");
      else
        say(words.ends[many], fmt::format("`{}` is not needed", words.texts[0]), name);
      return true;
    }
    return false;
  }

  // `blood pressure > 140/90`
  bool blood_pressure() const {
    if (!same_word(words.texts[0], "blood") || !same_word(words.texts[1], "pressure")) return false;
    const std::string_view behind = std::string_view(source.text).substr(words.ends[1]);
    const auto right = two_pressures(behind);
    d.rule = "anticipated-mistake";
    d.span = {d.word_before->begin, words.ends[1], source.id};
    d.message = std::string(kTwoPressures);
    d.help = right ? fmt::format("write `{}`", right->text) : std::string(kWhichPressure);
    if (right) {
      d.span.end += static_cast<uint32_t>(right->length);
      d.fix = Fix{d.span, right->text, false};
    }
    return true;
  }

  // `uncontrolled hypertension`
  void unheard_first() const {
    if (d.rule != "syntax" || !name_like(words.texts[0]).empty()) return;
    const size_t before =
        source.text.find_last_not_of(" \t", std::max<uint32_t>(d.word_before->begin, 1) - 1);
    if (before != std::string::npos && is_digit(source.text[before])) return;  // the unit of a number
    const std::string first(words.texts[0]);
    const std::string_view number = number_word(first);
    const size_t digits = first.find_first_not_of("0123456789.");
    if (digits == first.npos)
      two_numbers();
    else if (digits > 0)
      d.help =
          fmt::format("a blank stands between a number and its unit: `{0} {1}`, or per day `{0} {1}/day`",
                      first.substr(0, digits), first.substr(digits));
    else if (!number.empty())
      d.help = fmt::format("write `{} {}`", number, words.texts[1]);
    else if (same_word(first, "the"))
      d.help = "leave `the` out";
    else
      d.help = fmt::format(
          "`{}` is no name, and without it others are meant: declare what is meant, such as\n"
          "`flag {} \"{}\"`",
          words.texts[0], fmt::join(words.texts, "_"), fmt::join(words.texts, " "));
  }

  // `ECOG <= 1 2`
  void two_numbers() const {
    d.message = "two numbers stand side by side";
    d.help = "one of them is too many, or what joins them is missing, such as `and`, `or` or `*`";
  }

  void run() const {
    if (!words.texts.empty() && same_word(words.texts[0], "unless")) return exception_said(*this);
    if (d.help.starts_with("write `change in ")) return change_said(*this);
    if (attribute_and_number(*this)) return;
    if (words.texts.empty() || at_screening() || test_and_sign(*this) || words.texts.size() < 2) return;
    if (value_of_several_words() || blood_pressure() || adjective()) return;
    if (either_attribute_said(*this)) return;
    if (choice_and_value() || history_said(*this) || test_and_answer(*this) || condition_and_answer(*this) ||
        one_name() || record_and_choice() || dose())
      return;
    if (d.rule == "syntax" &&
        (result_said(*this) || attribute_said(*this) || beginning_said(*this) || dose_said(*this)))
      return;
    unheard_first();
  }
};

}  // namespace

void say_by_names(std::vector<Diagnostic>& diagnostics, const std::vector<const Source*>& sources,
                  Schema& schema, const Schema::Scope& scope) {
  for (Diagnostic& d : diagnostics)
    if (d.word_before) Saying{{schema, scope, *sources[d.word_before->file], d}}.run();
}

}  // namespace crit
