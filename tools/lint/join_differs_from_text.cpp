// join-differs-from-text: `all of` under a list that the protocol joins with "or", and the other way round.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "interpreter/spelling.hpp"
#include "tools/lint/exclusive_arms.hpp"
#include "tools/lint/list_heading.hpp"
#include "tools/lint/list_parts.hpp"
#include "tools/lint/mentions.hpp"

namespace crit {

namespace {

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

// "A higher one is acceptable if ...": an alternative, whatever its own words are joined with.
bool has_alternative(std::string_view lower) {
  return has_one_of(lower, {"acceptable", "accepted", "allowed", "permitted"});
}

// The protocol's way to join; `both` where it has both ways, `none` where it has neither.
Join join_in(std::string_view lower) {
  while (!lower.empty() && std::string_view(" .;,").find(lower.back()) != std::string_view::npos)
    lower.remove_suffix(1);
  const bool any = has_or(lower) || has_one_of(lower, {"either", "any of", "one of", "one or more", "any"});
  const bool all = has_one_of(lower, {"and", "both", "all of", "with", "who", "as well as", "plus", "but"}) ||
                   lower.find(';') != std::string_view::npos || lower.find(". ") != std::string_view::npos;
  if (has_alternative(lower)) return Join::both;
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

Join join_of(const ListHeading& heading) {
  switch (heading.asks) {
    case ListHeading::Asks::one:
      return Join::any;
    case ListHeading::Asks::all:
      return Join::all;
    case ListHeading::Asks::unsaid:
      return Join::both;
  }
  return Join::both;
}

// A list whose own first item begins another: "(a) any of the following".
bool has_separator(std::string_view words) {
  words = words.substr(std::min(words.find_first_not_of(" -:.;()\n0123456789"), words.size()));
  return words.find_first_of(";\n") != words.npos || words.find(". ") != words.npos;
}

struct Look {
  const CriterionWords& words;
  Findings& findings;
  std::vector<ListHeading> headings = list_headings(words.match.text.plain);  // that no list has taken

  // Each list and chain against the words between its parts. True where the words say something of one.
  // `is_case`: for whom the rest of it holds is one of its parts, and nothing joins the two: "Men: ...".
  bool at(const Expr& e, bool admits, bool is_case = false) {
    if (const auto* negation = std::get_if<Not>(&e.node))
      return negation->operand && at(*negation->operand, !admits);
    if (const auto* paren = std::get_if<Paren>(&e.node))
      return paren->inner && at(*paren->inner, admits, is_case);
    const auto* list = std::get_if<ListOf>(&e.node);
    const bool inner = admits != (list && list->quantifier == Quantifier::none);
    bool said = !is_case && at_list(e, admits);
    const bool has_cases = join_at(e) == Join::any && exclude_each_other(words, *parts_of(e));
    for_each_child(e, [&](const Expr& child) { said = at(child, inner, has_cases) || said; });
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

  // Where the words first speak of a part; npos: nowhere.
  static size_t first_of(const std::vector<std::vector<Mention>>& mentions) {
    size_t first = std::string_view::npos;
    for (const auto& of_part : mentions)
      for (const Mention& m : of_part) first = std::min(first, m.begin);
    return first;
  }

  // Every part that the words speak of is spoken of behind the heading.
  static bool may_be_of(const ListHeading& heading, const std::vector<std::vector<Mention>>& mentions) {
    return std::ranges::all_of(mentions, [&](const auto& of_part) {
      return of_part.empty() ||
             std::ranges::any_of(of_part, [&](const Mention& m) { return m.begin >= heading.end; });
    });
  }

  // The rule's join is not the heading's, and nothing says that the heading is of another list.
  bool is_against(const ListHeading& heading, Join rule, const std::vector<ExprPtr>& parts,
                  size_t first) const {
    const Expr& inner = without_parentheses(*parts.front());
    if (!heading.certain || (parts_of(inner) && join_at(inner) == join_of(heading))) return false;
    if (has_not(parts) || std::ranges::any_of(parts, [](const ExprPtr& p) { return denies(p); }))
      return false;
    if (rule == Join::any && exclude_each_other(words, parts)) return false;
    const std::string_view text = words.match.text.plain.text;
    if (first != text.npos && has_separator(text.substr(heading.end, first - heading.end))) return false;
    return rule == Join::all ||
           std::ranges::none_of(joints_of(words, parts), [](const Joint& j) { return j.has_or; });
  }

  // True where a heading says how the list is joined.
  bool at_heading(const Expr& e, Join rule, const std::vector<ExprPtr>& parts) {
    auto mentions = mentions_of(words, parts);
    for (auto& of_part : mentions)  // the number of "all three of the following" is no limit
      std::erase_if(of_part, [&](const Mention& m) {
        return std::ranges::any_of(
            headings, [&](const ListHeading& h) { return m.begin >= h.begin && m.begin < h.end; });
      });
    const size_t first = first_of(mentions);
    const auto take = [&](auto heading) { return headings.erase(heading), true; };
    const auto behind = std::ranges::find_if(headings, [&](const ListHeading& h) { return h.end > first; });
    const auto last =
        first == std::string_view::npos || behind == headings.begin() ? headings.begin() : std::prev(behind);
    const auto agrees = [&](const ListHeading& h) {
      return (join_of(h) == rule || join_of(h) == Join::both) && may_be_of(h, mentions);
    };
    if (last != headings.end() && last->end <= first) {
      if (agrees(*last)) return take(last);
      if (is_against(*last, rule, parts, first)) {
        const std::string_view text = words.match.text.plain.text;
        report(e, rule, stripped(text.substr(last->begin, last->end - last->begin)), findings);
        return take(last);
      }
    }
    const auto other = std::ranges::find_if(headings, agrees);
    return other != headings.end() && take(other);
  }

  bool at_list(const Expr& e, bool admits) {
    const Join rule = join_at(e);
    const std::vector<ExprPtr>* parts = parts_of(e);
    if (!parts || parts->empty() || (rule != Join::all && rule != Join::any)) return false;
    if (!headings.empty() && at_heading(e, rule, *parts)) return true;
    if (has_not(*parts)) return false;
    bool all = false, any = false, may_be_all = false;
    bool shares = rule == Join::all && admits && share_an_upper_limit(words, *parts);
    std::string_view words_between;
    for (const Joint& joint : joints_of(words, *parts)) {
      Join said = said_by(joint, admits, parts->size() == 2 && has_judgement(*parts));
      const std::string_view between =
          std::string_view(words.match.text.plain.lower).substr(joint.begin, joint.end - joint.begin);
      if (said == Join::all && admits && has_alternative(between)) said = Join::both;
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

void look(const LintInput& input, const Criterion& criterion, Findings& findings) {
  const auto words = criterion_words(input, criterion);
  if (!words) return;
  const Expr& outermost = without_parentheses(*criterion.condition);
  const Join outer = join_at(outermost);
  if (outer == Join::all && asks_for_all_at_end(words->match.text.plain)) return;
  Look look{*words, findings};
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
