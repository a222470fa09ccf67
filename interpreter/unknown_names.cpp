// A name that nothing declares to what may be meant by it.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/alike_names.hpp"
#include "interpreter/checker.hpp"
#include "interpreter/pressures.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

// A name in a message: one that fills pages is cut.
std::string shown(const std::string& name) {
  constexpr size_t kMost = 60;
  return name.size() <= kMost ? name : name.substr(0, kMost) + "...";
}

constexpr std::string_view kDeclare =
    "declare it (`flag NAME \"...\"`, `measure NAME \"...\" in UNIT`), or see `crit facts` for what is there";

// `tourette_disorder`, where `tourette_syndrome` is.
std::string declared_or_alike(const Checker& c, const std::string& written) {
  std::vector<std::string> alike;
  for (const std::string& name : names_with_its_word(c.scope, written))
    alike.push_back(fmt::format("`{}`", name));
  if (alike.empty()) return std::string(kDeclare);
  return fmt::format("is {} meant?\notherwise {}", fmt::join(alike, " or "), kDeclare);
}

// `arm = B`
constexpr std::string_view kArms =
    "write `arms B` on a line of its own in the criterion where it holds for one arm of the trial";

// `female`, `women`: the value of a choice.
std::string help_for_unknown(Checker& c, const std::string& written) {
  if (same_word(written, "arm") || same_word(written, "arms")) return std::string(kArms);
  if (same_word(written, "cohort") || same_word(written, "treatment_arm"))
    return fmt::format("{},\nor {}", kArms, kDeclare);
  if (is_blood_pressure(written)) return std::string(kWhichPressure);
  const std::string lower = lower_case(written);
  if (!sign_in_words(lower).empty())  // `age >= 18 years or older`
    return fmt::format("leave `or {}` out: a sign before the number says it, as in `age >= 18 years`", lower);
  const std::string name = lower == "women" || lower == "woman" || lower == "females" ? "female"
                           : lower == "men" || lower == "man" || lower == "males"     ? "male"
                                                                                      : written;
  const auto has_value = [&](FactId id) {
    return id != kNoFact && c.schema.facts[id].kind == FactKind::choice &&
           value_index(c.schema.facts[id], name);
  };
  std::vector<FactId> choices{fact_named(c.schema, c.scope, "sex")};
  for (const auto& [own, id] : c.scope.own) choices.push_back(id);
  std::ranges::sort(choices);
  const auto found = std::ranges::find_if(choices, has_value);
  if (found != choices.end()) return fmt::format("write `{} = {}`", c.schema.facts[*found].name, name);
  return declared_or_alike(c, written);
}

// `age_years`, `weight_kg`: the name before a unit. Empty: it is none.
std::string without_unit(Checker& c, const std::string& name) {
  const size_t last = name.rfind('_');
  if (last == name.npos || last == 0) return {};
  std::string rest = name.substr(0, last);
  const bool known =
      rest == "age" || c.definitions.contains(rest) || fact_named(c.schema, c.scope, rest) != kNoFact;
  const std::string unit = name.substr(last + 1);
  return known && (time_unit(unit) || parse_unit(unit)) ? rest : std::string();
}

// A name that nothing is like.
void report_unheard(Checker& c, const Name& name, const Class* of) {
  const std::string message = fmt::format("there is no fact or definition named `{}`", shown(name.text));
  const auto instead = [&](std::string_view right, std::string_view why) {
    report_fix(c, "unknown-name", name.span, message, fmt::format("write `{}`{}", right, why),
               Fix{name.span, std::string(right), false});
  };
  if (duration_unit(name.text))
    return report(c, "unknown-name", name.span, message,
                  "a window says how long ago something was: `at least 14 days after the last NAME` is\n"
                  "`no NAME within 14 days`");
  if (lower_case(name.text) == "judgment") return instead("judgement", "");
  if (parse_unit(name.text))  // `weight >= 50 kg and at most 100 kg`
    return report(c, "unknown-name", name.span, message,
                  fmt::format("as a unit it stands behind a number that something is compared with: "
                              "`NAME <= 100 {0}`\notherwise {1}",
                              name.text, kDeclare));
  if (const std::string rest = without_unit(c, name.text); !rest.empty())
    return instead(rest, ": the unit stands after the number");
  report(c, "unknown-name", name.span, message,
         of ? fmt::format("{} has the attributes {}\nor is it a fact of the patient? then {}",
                          c.schema.facts[of->fact].name, fmt::join(attributes_of(c, *of), ", "), kDeclare)
            : help_for_unknown(c, name.text));
}

// Of a choice or an attribute of any fact.
bool is_a_value(const Schema& schema, const std::string& word) {
  const auto has = [&](const auto& of) { return std::ranges::find(of, word) != of.end(); };
  return std::ranges::any_of(schema.facts, [&](const Fact& fact) {
    return has(fact.values) ||
           std::ranges::any_of(fact.attributes, [&](const auto& a) { return has(a.words); });
  });
}

}  // namespace

void report_names(Checker& c, const std::vector<ExprPtr>& refused, const Context& context) {
  const auto check_all = [&](Checker& checker) {
    for (const ExprPtr& e : refused) check_condition(checker, *e, context);
  };
  if (refused.empty()) return;
  if (c.names_alone) return check_all(c);
  // Apart, so that what is found and not told here is told where it stands once more.
  Checker apart = c;
  apart.diagnostics.clear();
  apart.names_alone = true;
  check_all(apart);
  for (Diagnostic& d : apart.diagnostics) {
    const auto holds = [&](const ExprPtr& e) {
      return e->span.file == d.span.file && e->span.begin <= d.span.begin && d.span.end <= e->span.end;
    };
    if (d.rule == "unknown-name" && std::ranges::any_of(refused, holds))
      c.diagnostics.push_back(std::move(d));
  }
  c.used_names = std::move(apart.used_names);
}

void report_unknown(Checker& c, const Name& name, const Class* of) {
  if (c.lacks_a_file || (c.names_alone && is_a_value(c.schema, name.text))) return;
  std::string near = of ? nearest_attribute(c, *of, name.text) : std::string();
  if (near.empty()) near = name_said_as(c.schema, c.scope, name.text);
  if (near.empty()) near = nearest_name(c.schema, c.scope, name.text);
  for (const auto& [defined, d] : c.definitions)
    if (near.empty() && defined.size() == name.text.size() && same_in_any_case(defined, name.text))
      near = defined;
  if (near.empty()) {
    report_unheard(c, name, of);
  } else {
    const bool only_case = same_in_any_case(near, name.text);
    report_fix(c, "unknown-name", name.span,
               fmt::format("there is no fact or definition named `{}`", shown(name.text)),
               fmt::format("did you mean `{}`?{}", near, only_case ? " names are case-sensitive" : ""),
               Fix{name.span, near, false});
  }
}

}  // namespace crit
