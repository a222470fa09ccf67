// join-differs-from-text: `all of` under a list that the protocol joins with "or", and the other way round.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/criteria.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

enum class Join { none, all, any, both };

const Expr& without_parentheses(const Expr& e) {
  const auto* paren = std::get_if<Paren>(&e.node);
  if (paren && paren->inner) return without_parentheses(*paren->inner);
  const auto* windowed = std::get_if<Windowed>(&e.node);
  return windowed && windowed->inner ? without_parentheses(*windowed->inner) : e;
}

Join join_at(const Expr& e) {
  if (const auto* logic = std::get_if<Logic>(&e.node))
    return logic->op == LogicOp::logic_and ? Join::all : Join::any;
  const auto* list = std::get_if<ListOf>(&e.node);
  if (list && list->quantifier == Quantifier::all) return Join::all;
  if (list && list->quantifier == Quantifier::any) return Join::any;
  return std::holds_alternative<Membership>(e.node) || std::holds_alternative<If>(e.node) || list
             ? Join::both
             : Join::none;
}

// How the condition joins its parts, if it has one way all through: an inner list may be what the words join.
Join join_of(const Expr& condition) {
  const Join join = join_at(without_parentheses(condition));
  bool other = false;
  for_each_expr(condition, [&](const Expr& e) {
    const Join inner = join_at(e);
    other = other || (inner != Join::none && inner != join);
  });
  return other ? Join::both : join;
}

// "18 years or older" joins nothing.
bool is_of_bound(std::string_view after) {
  static constexpr std::string_view kWords[] = {"older",  "more",  "greater", "higher",  "above",  "over",
                                                "less",   "lower", "below",   "under",   "equal",  "younger",
                                                "longer", "fewer", "larger",  "shorter", "smaller"};
  return std::ranges::find(kWords, next_word(stripped(after))) != std::end(kWords);
}

bool has_or(std::string_view lower) {
  for (size_t at = find_words(lower, "or"); at != std::string_view::npos;
       at = find_words(lower, "or", at + 1))
    if (!is_of_bound(lower.substr(at + 2))) return true;
  return false;
}

bool has_one_of(std::string_view lower, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return find_words(lower, word) != std::string_view::npos; });
}

// The protocol's way to join; `both` where it has both ways, `none` where it has neither.
Join join_in(std::string_view lower) {
  while (!lower.empty() && std::string_view(" .;,").find(lower.back()) != std::string_view::npos)
    lower.remove_suffix(1);
  const bool any = has_or(lower) || has_one_of(lower, {"either", "any of", "one of", "one or more", "any"});
  const bool all = has_one_of(lower, {"and", "both", "all of", "with", "who", "as well as", "plus", "but"}) ||
                   lower.find(';') != std::string_view::npos || lower.find(". ") != std::string_view::npos;
  if (any) return all ? Join::both : Join::any;
  return all ? Join::all : Join::none;
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (!criterion.text || !criterion.condition) return;
    const Join rule = join_of(*criterion.condition);
    const Join text = join_in(plain_text(criterion.text->text).lower);
    // "Pregnant and lactating women" are excluded each: only an `all of` turns an exclusion round.
    const bool differs =
        rule == Join::all ? text == Join::any : rule == Join::any && text == Join::all && criterion.include;
    if (!differs) return;
    findings.push_back(
        finding(without_parentheses(*criterion.condition).span,
                fmt::format("the rule asks for {} of these, and the protocol joins them with `{}`",
                            rule == Join::all ? "all" : "any", rule == Join::all ? "or" : "and"),
                fmt::format("write `{} of`, or say in a `query join-differs-from-text` how the list is read",
                            rule == Join::all ? "any" : "all")));
  });
}

}  // namespace

extern const LintRule kJoinDiffersFromText{"join-differs-from-text",
                                           LintGroup::text,
                                           Severity::warning,
                                           "`all of` for a list that the protocol joins with `or`, and `any "
                                           "of` under an inclusion for one joined with `and`",
                                           "With `and` for `or` an exclusion turns away only who has "
                                           "everything in the list. A protocol that has both words, or "
                                           "neither, is left alone.",
                                           R"(trial T1 "example"

exclude E1 "Asthma or epilepsy"
  all of (asthma, epilepsy) ever
)",
                                           R"(trial T1 "example"

exclude E1 "Asthma or epilepsy"
  any of (asthma, epilepsy) ever
)",
                                           run};

}  // namespace crit
