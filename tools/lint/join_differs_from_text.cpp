// join-differs-from-text: `all of` under a list that the protocol joins with "or", and the other way round.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "interpreter/spelling.hpp"
#include "tools/lint/exclusive_arms.hpp"
#include "tools/lint/mentions.hpp"

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

// `said`: the words that join; empty: all of them.
void report(const Expr& at, Join rule, std::string_view said, Findings& findings) {
  const std::string where = said.empty() ? "" : fmt::format("the protocol: `{}`\n", said);
  findings.push_back(finding(
      at.span,
      fmt::format("the rule asks for {} of these, and the protocol joins them with `{}`",
                  rule == Join::all ? "all" : "any", rule == Join::all ? "or" : "and"),
      where + fmt::format("write `{} of`, or say in a `query join-differs-from-text` how the list is read",
                          rule == Join::all ? "any" : "all")));
}

// "One or more of the following: ...", and where it stands; `none`: no such words.
struct Heading {
  Join join = Join::none;
  size_t at = 0;
};

Heading heading_in(std::string_view lower) {
  for (const auto& [words, join] :
       std::initializer_list<std::pair<std::string_view, Join>>{{"any of the following", Join::any},
                                                                {"one or more of the following", Join::any},
                                                                {"one of the following", Join::any},
                                                                {"either of the following", Join::any},
                                                                {"all of the following", Join::all},
                                                                {"each of the following", Join::all}})
    if (const size_t at = find_words(lower, words); at != std::string_view::npos) return {join, at};
  return {};
}

// How the words between two parts join them; `both`: they do not say. Under an exclusion "pregnant and
// lactating women" are two who are turned away each, and so are the items of a list. `of_judgement`: one of
// two parts is a judgement of the other, "clinically significant" arrhythmia.
Join said_by(const Joint& b, bool admits, bool of_judgement) {
  if (b.has_or) return b.has_and || b.has_relative ? Join::both : Join::any;
  if (b.has_and) return admits ? Join::all : Join::both;
  const bool is_phrase = of_judgement && b.is_adjacent();
  if (admits) return b.has_relative || b.has_separator || is_phrase ? Join::all : Join::both;
  if (b.has_separator) return b.has_relative ? Join::both : Join::any;
  return !b.has_comma && (b.has_relative || is_phrase) ? Join::all : Join::both;
}

// Parts of which an exclusion wants all: conditions, drugs, events and answers, none of them denied.
bool are_records(const std::vector<ExprPtr>& parts) {
  return std::ranges::all_of(parts, [](const ExprPtr& p) {
    const auto* records = p ? std::get_if<Records>(&p->node) : nullptr;
    return records && records->count == Records::Count::some;
  });
}

const std::vector<ExprPtr>* parts_of(const Expr& e) {
  if (const auto* logic = std::get_if<Logic>(&e.node)) return &logic->operands;
  if (const auto* list = std::get_if<ListOf>(&e.node)) return &list->items;
  return nullptr;
}

// A judgement that ends a list: "another condition that may interfere".
bool is_of_others(const Judgement& j) {
  const std::string lower = j.text ? plain_text(j.text->text).lower : std::string();
  const std::string_view first = next_word(lower);
  return first == "another" || first == "other" || first == "any";
}

bool has_judgement(const std::vector<ExprPtr>& parts) {
  return std::ranges::any_of(parts, [](const ExprPtr& p) {
    const auto* judgement = p ? std::get_if<Judgement>(&p->node) : nullptr;
    return judgement && !is_of_others(*judgement);
  });
}

bool denies(const ExprPtr& part) {
  const Expr& e = without_parentheses(*part);
  const auto* records = std::get_if<Records>(&e.node);
  const auto* list = std::get_if<ListOf>(&e.node);
  return std::holds_alternative<Not>(e.node) || (records && records->count == Records::Count::no) ||
         (list && list->quantifier == Quantifier::none);
}

// `not A or B` is "B if A".
bool has_not(const std::vector<ExprPtr>& parts) {
  return std::ranges::any_of(
      parts, [](const ExprPtr& p) { return p && std::holds_alternative<Not>(without_parentheses(*p).node); });
}

// "No A or B" is `no A and no B`: what is denied is joined by `or` in the words and by `and` in the rule.
bool are_denied_one_by_one(const Expr& e) {
  const std::vector<ExprPtr>* parts = parts_of(e);
  return parts && join_at(e) == Join::all &&
         std::ranges::count_if(*parts, [](const ExprPtr& p) { return p && denies(p); }) > 1;
}

struct Look {
  const CriterionWords& words;
  Findings& findings;

  // Each list and chain against the words between its parts. True where the words say something of one.
  bool at(const Expr& e, bool admits) {
    if (const auto* negation = std::get_if<Not>(&e.node))
      return negation->operand && at(*negation->operand, !admits);
    const auto* list = std::get_if<ListOf>(&e.node);
    const bool inner = admits != (list && list->quantifier == Quantifier::none);
    bool said = at_list(e, admits);
    for_each_child(e, [&](const Expr& child) { said = at(child, inner) || said; });
    return said;
  }

  // Three, or two that nothing in the words relates.
  bool are_unjoined(const std::vector<ExprPtr>& parts) const {
    const std::string_view lower = words.match.text.plain.lower;
    return parts.size() > 2 ||
           !has_one_of(lower, {"and", "with", "who", "that", "which", "on", "requiring", "receiving",
                               "taking", "despite", "due to", "caused by", "plus", "both"});
  }

  void report_unsaid(const Expr& e) {
    findings.push_back(
        finding(e.span, "the rule excludes only who has all of these, and the protocol's words do not say so",
                "write `any of`, or say in a `query join-differs-from-text` how the list is read"));
  }

  // "ALT or AST <= 3": no number of the text stands before the "or", so that the two share the one behind it.
  // "Either FVC or DLCO <= 90%" means one.
  bool is_before_a_limit(const Joint& joint) const {
    const PlainText& plain = words.match.text.plain;
    if (has_one_of(plain.lower, {"either", "one of", "at least one"})) return false;
    const std::string_view lower = std::string_view(plain.lower).substr(0, joint.end);
    size_t last = joint.begin;
    for (size_t at = last; at != lower.npos; at = find_words(lower, "or", at + 1)) last = at;
    return std::ranges::none_of(words.match.text.numbers, [&](const TextNumber& t) {
      const size_t begin = place_in(plain, t.begin);
      return t.wanted && begin >= joint.begin && begin < last;
    });
  }

  bool at_list(const Expr& e, bool admits) {
    const Join rule = join_at(e);
    const std::vector<ExprPtr>* parts = parts_of(e);
    if (!parts || (rule != Join::all && rule != Join::any)) return false;
    if (has_not(*parts)) return false;
    bool all = false, any = false, may_be_all = false;
    bool shares = rule == Join::all && admits && share_an_upper_limit(words, *parts);
    std::string_view words_between;
    for (const Joint& joint : joints_of(words, *parts)) {
      const Join said = said_by(joint, admits, parts->size() == 2 && has_judgement(*parts));
      if (said == Join::all || said == Join::any)
        words_between =
            std::string_view(words.match.text.plain.text).substr(joint.begin, joint.end - joint.begin);
      shares = shares && (said != Join::any || is_before_a_limit(joint));
      all = all || said == Join::all;
      any = any || said == Join::any;
      may_be_all = may_be_all || joint.has_and || joint.has_relative || joint.is_adjacent();
    }
    const bool wants_all =
        rule == Join::all && !admits && !any && !may_be_all && are_records(*parts) && are_unjoined(*parts);
    if (wants_all) report_unsaid(e);
    const bool differs = all != any && (rule == Join::all) != all;
    // "ALT or AST <= 3 x ULN" of an inclusion: neither may be above.
    const bool meant = shares || (rule == Join::any && exclude_each_other(words, *parts));
    if (differs && !meant && !are_denied_one_by_one(e)) report(e, rule, words_between, findings);
    return all || any || wants_all;
  }
};

// The heading stands before what the outermost list begins with, and so it is this list's.
bool is_of(const Heading& heading, const CriterionWords& words, const Expr& outermost) {
  const std::vector<ExprPtr>* parts = parts_of(outermost);
  if (!parts || parts->empty()) return false;
  const std::vector<Mention> first = mentions_of(words, *parts).front();
  return std::ranges::all_of(first, [&](const Mention& m) { return m.begin > heading.at; });
}

void look(const LintInput& input, const Criterion& criterion, Findings& findings) {
  const auto words = criterion_words(input, criterion);
  if (!words) return;
  const Expr& outermost = without_parentheses(*criterion.condition);
  const std::string_view lower = words->match.text.plain.lower;
  const Heading heading = heading_in(lower);
  const Join outer = join_at(outermost);
  Look look{*words, findings};
  if (heading.join != Join::none && (outer == Join::all || outer == Join::any) &&
      is_of(heading, *words, outermost)) {
    if (heading.join != outer) return report(outermost, outer, "", findings);
    return for_each_child(outermost, [&](const Expr& part) { look.at(part, criterion.include); });
  }
  if (look.at(*criterion.condition, criterion.include)) return;
  if (outer == Join::any &&
      (has_not(*parts_of(outermost)) || exclude_each_other(*words, *parts_of(outermost))))
    return;
  const Join rule = join_of(*criterion.condition), text = join_in(lower_case(words->joined));
  // "Pregnant and lactating women" are excluded each: only an `all of` turns an exclusion round.
  const bool differs =
      rule == Join::all ? text == Join::any : rule == Join::any && text == Join::all && criterion.include;
  if (differs && !are_denied_one_by_one(outermost)) report(outermost, rule, "", findings);
}

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) { look(input, criterion, findings); });
}

}  // namespace

extern const LintRule kJoinDiffersFromText{
    "join-differs-from-text",
    LintGroup::text,
    Severity::warning,
    "`all of` for a list that the protocol joins with `or`, and `any "
    "of` under an inclusion for one joined with `and`",
    "With `and` for `or` an exclusion turns away only who has "
    "everything in the list. A protocol that has both words, or "
    "neither, is left alone, and so is what is denied one by one: "
    "\"no A or B\" is `no A and no B`. Arms of which a patient fits one only may be joined by "
    "\"and\", and \"ALT or AST <= 3 x ULN\" of an inclusion asks for both.",
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
