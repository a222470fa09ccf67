// `A <= B <= C`, `between`, `in (...)`: words are told from numbers and dates, which are compared.
#include "interpreter/checker.hpp"

namespace crit {

namespace {

// Two sides: words first (sex = female, ward = yes), either way round, then numbers and dates.
NodeId compare_pair(Checker& c, const Expr& e, const Expr& left, CompareOp op, const Expr& right,
                    const Context& context) {
  if (const auto worded = check_worded(c, left, op, right, context)) return *worded;
  if (const auto worded = check_worded(c, right, turned(op), left, context)) return *worded;
  return compare(c, e, {&left, &right}, {op}, context);
}

// Two bounds of one choice are one set of its values, so that two answers of one day are held against both.
NodeId both_bounds(Checker& c, const Expr& e, NodeId low, NodeId high) {
  const auto* above = std::get_if<OneOf>(&c.model.nodes[low].what);
  const auto* below = std::get_if<OneOf>(&c.model.nodes[high].what);
  if (!above || !below) return add(c, AllOf{add_children(c, {low, high})}, e.span);
  const uint64_t values = above->values & below->values;
  const uint64_t possible = (above->values | above->maybe) & (below->values | below->maybe);
  const OneOf inside{above->ref, values, possible & ~values};
  if (inside.values == 0 && above->values != 0 && below->values != 0) {
    report(c, "empty-range", e.span, "no value lies in this range: its low end is above its high end",
           "swap the two values");
    return unknown_node(c, e.span);
  }
  return add(c, inside, e.span);
}

// Both ends against words; nullopt: they are numbers or dates.
std::optional<NodeId> worded_bounds(Checker& c, const Expr& e, const Expr& subject, CompareOp from,
                                    const Expr& low, CompareOp to, const Expr& high, const Context& context) {
  const size_t before = c.diagnostics.size();
  const auto first = check_worded(c, subject, from, low, context);
  if (!first) return std::nullopt;
  // That the values have no order is one mistake, not one for each end.
  if (c.diagnostics.size() > before && c.diagnostics.back().rule == "type-mismatch")
    return unknown_node(c, e.span);
  const auto second = check_worded(c, subject, to, high, context);
  return both_bounds(c, e, *first, second ? *second : unknown_node(c, e.span));
}

bool is_day(const Checker& c, const Anchor& anchor) {
  if (anchor.kind != Anchor::Kind::named || anchor.name.text == "screening") return true;
  const FactId id = fact_named(c.schema, c.scope, anchor.name.text);
  return id != kNoFact && c.schema.facts[id].kind == FactKind::date;
}

ExprPtr end_of(const Anchor& anchor) {
  auto made = std::make_unique<Expr>();
  made->span = anchor.span;
  if (anchor.kind == Anchor::Kind::date) {
    made->node = DateLiteral{anchor.date};
  } else {
    Records named;
    named.name = anchor.name;
    made->node = std::move(named);
  }
  return made;
}

}  // namespace

bool compares_between(const Checker& c, const Records& r) {
  const bool plain = r.count == Records::Count::some && !r.with && r.exceptions.empty();
  if (!plain || !r.window || r.window->kind != Window::Kind::between || !r.window->blackouts.empty())
    return false;
  const Anchor &from = *r.window->anchor, &to = *r.window->until;
  const FactId id = fact_named(c.schema, c.scope, r.name.text);
  const bool defined = is_age(c, r.name) || c.definitions.contains(r.name.text);
  if (id == kNoFact && !defined) return false;
  if (!defined && c.schema.facts[id].kind == FactKind::date) {
    const auto one_day = [](const Anchor& a) {
      return a.kind == Anchor::Kind::named || a.kind == Anchor::Kind::date;
    };
    return one_day(from) && one_day(to);
  }
  const bool value =
      defined || c.schema.facts[id].kind == FactKind::measure || c.schema.facts[id].kind == FactKind::choice;
  return value && !is_day(c, from) && !is_day(c, to);
}

bool second_window(Checker& c, const Windowed& w) {
  const auto* records = std::get_if<Records>(&w.inner->node);
  const bool has_one = records ? records->window && !compares_between(c, *records)
                               : std::holds_alternative<Stable>(w.inner->node);
  if (!has_one) return false;
  report(c, "syntax", w.window->span, "a second window",
         "one window a fact; `except within ...` takes a part of it away");
  return true;
}

NodeId check_named_between(Checker& c, const Expr& e, const Records& r, const Context& context) {
  Records named;
  named.name = r.name;
  auto operand = std::make_unique<Expr>();
  operand->span = r.name.span;
  operand->node = std::move(named);
  return check_between(c, e, Between{std::move(operand), end_of(*r.window->anchor), end_of(*r.window->until)},
                       context);
}

NodeId check_comparison(Checker& c, const Expr& e, const Comparison& x, const Context& outer) {
  if (pressure_as_ratio(c, e, x) || record_as_unit(c, e, x) || counted_by_sign(c, e, x) ||
      sign_of_several(c, e, x, outer))
    return unknown_node(c, e.span);
  Context context = outer;
  if (const Window* window = trailing_window(*x.operands.back())) {
    const auto id = check_window(c, *window, outer);
    if (!id) return unknown_node(c, e.span);
    context.window = *id;
    context.of_comparison = true;
  }
  if (x.operands.size() == 2) return compare_pair(c, e, *x.operands[0], x.ops[0], *x.operands[1], context);
  if (const auto worded = worded_bounds(c, e, *x.operands[1], turned(x.ops[0]), *x.operands[0], x.ops[1],
                                        *x.operands[2], context))
    return *worded;
  std::vector<const Expr*> operands;
  for (const ExprPtr& operand : x.operands) operands.push_back(operand.get());
  return compare(c, e, std::move(operands), x.ops, context);
}

NodeId check_between(Checker& c, const Expr& e, const Between& x, const Context& context) {
  if (const auto worded = worded_bounds(c, e, *x.operand, CompareOp::greater_equal, *x.low,
                                        CompareOp::less_equal, *x.high, context))
    return *worded;
  return compare(c, e, {x.low.get(), x.operand.get(), x.high.get()},
                 {CompareOp::less_equal, CompareOp::less_equal}, context);
}

// Of all values that are named: `in (IIIA, IIIB, IIIC)` takes a III without its part.
OneOf of_list(const Checker& c, const OneOf& each) {
  return one_of_values(c.schema.facts[c.model.refs[each.ref].fact], each.ref, each.values, each.values);
}

NodeId check_membership(Checker& c, const Expr& e, const Membership& x, const Context& context) {
  std::vector<uint32_t> any;
  std::optional<OneOf> choice;  // one set of values: two answers of one day may differ and both be in it
  std::optional<AttributeOneOf> words;
  for (const ExprPtr& value : x.values) {
    any.push_back(compare_pair(c, e, *x.operand, CompareOp::equal, *value, context));
    const Condition& made = c.model.nodes[any.back()].what;
    if (const auto* one = std::get_if<OneOf>(&made)) {
      if (!choice) choice = OneOf{one->ref, 0};
      choice->values |= one->values;
    } else if (const auto* word = std::get_if<AttributeOneOf>(&made)) {
      if (!words) words = AttributeOneOf{word->name, {}, {}};
      words->words.insert(words->words.end(), word->words.begin(), word->words.end());
      words->possible.insert(words->possible.end(), word->possible.begin(), word->possible.end());
    }
  }
  const NodeId made = choice  ? add(c, of_list(c, *choice), e.span)
                      : words ? add(c, *words, e.span)
                              : add(c, AnyOf{add_children(c, any)}, e.span);
  return x.negated ? add(c, Negation{made}, e.span) : made;
}

}  // namespace crit
