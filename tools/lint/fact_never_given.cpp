// fact-never-given: with --facts, a fact of the rules that no patient of the file has.
#include <fmt/format.h>

#include <set>

#include "grammar/walk.hpp"
#include "tools/lint/names_used.hpp"

namespace crit {

namespace {

using Names = std::set<std::string, std::less<>>;

constexpr int kMostFormulas = 16;  // one inside the other

Names given_names(const LintInput& input) {
  Names names;
  for (const std::string& given : input.facts_given->names) {
    const Fact* fact = fact_of(input, given);
    names.insert(fact ? fact->name : given);
  }
  return names;
}

// A record of a member is a record of the fact; a result may come from a formula's results.
bool is_given(const LintInput& input, const Fact& fact, const Names& given, int depth = 0) {
  if (given.contains(fact.name) || (fact.name == "age" && given.contains("birth_date"))) return true;
  for (const std::string& name : given)
    if (is_member_of_any(input, name, {fact.name})) return true;
  if (!fact.formula || depth > kMostFormulas) return false;
  bool all = true;
  for_each_name(*fact.formula, [&](const Name& name) {
    const Fact* part = fact_of(input, name.text);
    all = all && (!part || is_given(input, *part, given, depth + 1));
  });
  return all;
}

// What becomes of a fact that nobody has: absent where its part of the record is complete, or where a wider
// one is said not to be there.
std::string help_for(const LintInput& input, const Fact& fact) {
  const Part part = part_of(fact.kind);
  const auto is_in = [&](uint8_t parts) { return part != Part::none && (parts >> unsigned(part) & 1); };
  constexpr std::string_view kQuestion = "is it recorded under another name?";
  if (is_in(input.facts_given->complete_of_all))
    return fmt::format("it counts as absent for every patient, since their {} are complete: {}",
                       name_of(part), kQuestion);
  const Names denied(input.facts_given->denied.begin(), input.facts_given->denied.end());
  if (is_in(input.facts_given->complete) || is_member_of_any(input, fact.name, denied))
    return fmt::format(
        "it counts as absent for the patients whose {} are complete or say no, and stays unknown for "
        "the others: {}",
        name_of(part), kQuestion);
  return fmt::format("every patient stays unknown here: {}", kQuestion);
}

// The names inside `with (...)` are a record's attributes and their values.
std::set<uint32_t> names_in_with(const Expr& e) {
  std::set<uint32_t> places;
  const auto add = [&](const ExprPtr& with) {
    if (with) for_each_name(*with, [&](const Name& name) { places.insert(name.span.begin); });
  };
  for_each_expr(e, [&](const Expr& part) {
    const auto* records = std::get_if<Records>(&part.node);
    if (!records) return;
    add(records->with);
    for (const Exception& x : records->exceptions) add(x.with);
  });
  return places;
}

void run(const LintInput& input, Findings& findings) {
  if (!input.facts_given) return;
  const Names given = given_names(input);
  Names told = {"screening"};  // given for the whole run or with each patient
  const auto look = [&](const Name& name, const std::set<uint32_t>& inside) {
    const Fact* fact = fact_of(input, name.text);
    if (!fact || inside.contains(name.span.begin) || !told.insert(fact->name).second ||
        is_given(input, *fact, given))
      return;
    findings.push_back(
        finding(name.span, fmt::format("no patient has `{}`", fact->name), help_for(input, *fact)));
  };
  const auto look_in = [&](const Expr* e) {
    if (!e) return;
    const std::set<uint32_t> inside = names_in_with(*e);
    for_each_name(*e, [&](const Name& name) { look(name, inside); });
  };
  for_each_criterion(input, [&](const Criterion& criterion) {
    look_in(when_of(criterion));
    look_in(criterion.condition.get());
  });
}

}  // namespace

extern const LintRule kFactNeverGiven{
    "fact-never-given",
    LintGroup::missing_data,
    Severity::warning,
    "with `--facts FILE`: a fact of the rules that no patient of the file has",
    "A name that the data spell otherwise leaves a criterion unknown for everybody, which looks like work "
    "still to do.",
    R"(trial T1 "example"

# The patients of FILE have `creatinine`.
measure crea "creatinine in serum" in mg/dL

include I1 "Creatinine at most 1.5 mg/dL"
  crea <= 1.5 mg/dL
)",
    R"(trial T1 "example"

# The patients of FILE have `creatinine`.
include I1 "Creatinine at most 1.5 mg/dL"
  creatinine <= 1.5 mg/dL
)",
    run,
    Needs::facts_given};

}  // namespace crit
