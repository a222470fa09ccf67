// Conditions: and, or, not, if, lists, names and judgements to nodes of the Model.
#include <fmt/format.h>

#include "grammar/words.hpp"
#include "interpreter/checker.hpp"

namespace crit {

namespace {

std::optional<uint32_t> list_count(Checker& c, const ListOf& list) {
  if (!list.n) return 0;
  const auto n = Rational::parse(list.n->digits);
  const auto whole = n ? n->to_int64() : std::nullopt;
  const int64_t size = static_cast<int64_t>(list.items.size());
  if (!whole || *whole < 0) {
    report(c, "count-impossible", list.n->span, "a count is a whole number");
    return std::nullopt;
  }
  if (list.quantifier == Quantifier::at_least && *whole == 0) {
    report(c, "count-impossible", list.n->span, "`at least 0` is always true",
           "write the number that is meant");
    return std::nullopt;
  }
  if (list.quantifier != Quantifier::at_most && *whole > size) {
    report(c, "count-impossible", list.n->span,
           fmt::format("there are only {} conditions in this list", size));
    return std::nullopt;
  }
  return static_cast<uint32_t>(std::min<int64_t>(*whole, UINT32_MAX));
}

// `age >= 18 years`, perhaps in parentheses.
bool is_one_comparison(const Expr& e) {
  if (const auto* p = std::get_if<Paren>(&e.node)) return is_one_comparison(*p->inner);
  if (const auto* n = std::get_if<Not>(&e.node)) return is_one_comparison(*n->operand);
  return std::holds_alternative<Comparison>(e.node) || std::holds_alternative<Between>(e.node) ||
         std::holds_alternative<Membership>(e.node);
}

struct CheckCondition {
  Checker& c;
  const Expr& e;
  const Context& context;

  NodeId refuse(std::string rule, std::string message, std::string help = {}) const {
    report(c, std::move(rule), e.span, std::move(message), std::move(help));
    return unknown_node(c, e.span);
  }

  // What it is made of was refused, and told.
  NodeId beside(const std::vector<ExprPtr>& refused) const {
    report_names(c, refused, context);
    return unknown_node(c, e.span);
  }

  NodeId a_value() const {
    // Its own mistakes come first: a wrong name in it is the finding, not that it is no condition.
    const size_t before = c.diagnostics.size();
    std::vector<uint32_t> refs, picks;
    Context inner = context;
    inner.refs = &refs;
    inner.picks = &picks;
    check_value(c, e, inner);
    if (c.diagnostics.size() == before)
      report(c, "type-mismatch", e.span, fmt::format("`{}` is a value, not a condition", print(e)),
             fmt::format("compare it: `{} <= ...`", print(e)));
    return unknown_node(c, e.span);
  }

  NodeId operator()(const Broken& broken) const { return beside(broken.read); }
  NodeId operator()(const Quantity&) const { return a_value(); }
  NodeId operator()(const DateLiteral&) const { return a_value(); }
  NodeId operator()(const Limit&) const { return a_value(); }
  NodeId operator()(const Negative&) const { return a_value(); }
  NodeId operator()(const Arithmetic& a) const {
    return value_behind_dash(c, e, a) ? unknown_node(c, e.span) : a_value();
  }
  NodeId operator()(const Call&) const { return a_value(); }
  NodeId operator()(const Selection&) const { return a_value(); }
  NodeId operator()(const DoseOf&) const { return a_value(); }
  NodeId operator()(const YesNo&) const {
    return refuse("type-mismatch", "`yes` and `no` are answers, not conditions",
                  "write `NAME = yes`, or the name alone");
  }
  NodeId operator()(const Paren& p) const { return check_condition(c, *p.inner, context); }
  NodeId operator()(const Not& n) const {
    if (absent_for(c, e)) return unknown_node(c, e.span);
    return add(c, Negation{check_condition(c, *n.operand, context)}, e.span);
  }

  // `18 years or older`, with no name before it. True where it was reported.
  bool age_alone(const Logic& logic) const {
    const auto* years = std::get_if<Quantity>(&logic.operands[0]->node);
    const Records* word = bare_name(*logic.operands[1]);
    if (!years || !word || word->window || logic.op != LogicOp::logic_or || logic.operands.size() != 2)
      return false;
    const std::string_view sign = sign_in_words(word->name.text);
    if (sign.empty() || !duration_unit(years->unit.text)) return false;
    const std::string right = fmt::format("age {} {}", sign, print(*logic.operands[0]));
    const Span span = join(logic.operands[0]->span, logic.operands[1]->span);
    report_fix(c, "anticipated-mistake", span, "a limit without the name of what it limits",
               fmt::format("write `{}`", right), Fix{span, right, false});
    return true;
  }

  NodeId operator()(const Logic& logic) const {
    if (sign_of_last_alone(c, logic)) return beside(logic.operands);
    // Where the window reads two ways the names without one are not a second mistake.
    if (window_of_others(context) == kNone && (no_before_others(c, logic) || window_reads_two_ways(c, logic)))
      return beside(logic.operands);
    if (values_after_or(c, logic) || age_alone(logic)) return unknown_node(c, e.span);
    std::vector<uint32_t> operands;
    for (const ExprPtr& operand : logic.operands) operands.push_back(check_condition(c, *operand, context));
    const Children children = add_children(c, operands);
    if (logic.op == LogicOp::logic_and) return add(c, AllOf{children}, e.span);
    return add(c, AnyOf{children}, e.span);
  }

  NodeId operator()(const If& i) const {
    const NodeId condition = check_condition(c, *i.condition, context);
    const NodeId then_node = check_condition(c, *i.then_branch, context);
    const NodeId else_node = i.else_branch ? check_condition(c, *i.else_branch, context) : kNone;
    return add(c, Choose{condition, then_node, else_node}, e.span);
  }

  NodeId operator()(const ListOf& list) const {
    const auto n = list_count(c, list);
    std::vector<uint32_t> items;
    for (const ExprPtr& item : list.items) items.push_back(check_condition(c, *item, context));
    if (!n) return unknown_node(c, e.span);
    const Children children = add_children(c, items);
    switch (list.quantifier) {
      case Quantifier::all:
        return add(c, AllOf{children}, e.span);
      case Quantifier::any:
        return add(c, AnyOf{children}, e.span);
      case Quantifier::none:
        return add(c, Negation{add(c, AnyOf{children}, e.span)}, e.span);
      case Quantifier::at_least:
      case Quantifier::at_most:
      case Quantifier::exactly:
        return add(c, CountOf{list.quantifier, *n, children}, e.span);
    }
    return unknown_node(c, e.span);
  }

  NodeId operator()(const Windowed& w) const {
    if (second_window(c, w) || absent_for(c, e)) return unknown_node(c, e.span);
    const auto window = check_window(c, *w.window, context);
    if (!window) return unknown_node(c, e.span);
    Context inner = context;
    inner.window = *window;
    inner.of_comparison = is_one_comparison(*w.inner);
    inner.measures_only = false;  // in the condition of a value's `if` this window is its own
    return check_condition(c, *w.inner, inner);
  }

  NodeId operator()(const Comparison& x) const { return check_comparison(c, e, x, context); }
  NodeId operator()(const Between& x) const { return check_between(c, e, x, context); }
  NodeId operator()(const Membership& x) const { return check_membership(c, e, x, context); }
  NodeId operator()(const Is& x) const { return check_is(c, e, x, context); }
  NodeId operator()(const Records& x) const {
    if (absent_for(c, e)) return unknown_node(c, e.span);
    return compares_between(c, x) ? check_named_between(c, e, x, context) : check_records(c, e, x, context);
  }
  NodeId operator()(const Stable& x) const { return check_stable(c, e, x, context); }

  NodeId operator()(const Judgement& j) const {
    if (!j.name && !(context.criterion && context.criterion->condition.get() == &e))
      return refuse("type-mismatch", "a judgement inside a condition needs a name",
                    "write `judgement NAME \"the words\"`: it is answered under that name");
    const std::string name = j.name ? j.name->text : context.criterion->id.text;
    const Span span = j.name ? j.name->span : e.span;
    FactId id = kNoFact;
    if (const auto own = c.scope.own.find(name); own != c.scope.own.end()) {
      id = own->second;
      const Fact& fact = c.schema.facts[id];
      if (fact.kind != FactKind::judgement)
        return refuse("duplicate-id", fmt::format("`{}` is declared already, as {}", name, a_kind(fact.kind)),
                      "one name means one thing: choose another");
      if (j.text && j.text->text != fact.text)
        return refuse("duplicate-id",
                      fmt::format("`{}` asks something else already: \"{}\"", name, fact.text),
                      "one answer cannot be to two questions: choose another name, or repeat the words");
    } else {
      Fact fact;
      fact.name = name;
      fact.kind = FactKind::judgement;
      fact.span = span;
      if (j.text)
        fact.text = j.text->text;
      else if (context.criterion && context.criterion->text)
        fact.text = context.criterion->text->text;
      id = add_fact(c.schema, std::move(fact));
      c.scope.own.emplace(name, id);
    }
    return answer_of(c, id, window_of_others(context), context, span);
  }
};

}  // namespace

NodeId check_condition(Checker& c, const Expr& e, const Context& context) {
  return std::visit(CheckCondition{c, e, context}, e.node);
}

}  // namespace crit
