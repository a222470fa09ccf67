// `x is known`, `x is missing`, `x is normal`, `x is yes` to nodes.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/checker.hpp"

namespace crit {

namespace {

struct CheckIs {
  Checker& c;
  const Expr& e;
  const Is& is;
  const Context& context;

  NodeId refuse(std::string message, std::string help = {}) const {
    report(c, "type-mismatch", e.span, std::move(message), std::move(help));
    return unknown_node(c, e.span);
  }

  NodeId known() const {
    if (const Records* r = bare_name(*is.operand)) {
      if (attribute_meant(c, context.record, r->name)) return add(c, AttributeKnown{r->name.text}, e.span);
      if (!is_age(c, r->name)) {
        const Named named = look_up(c, r->name, context.record);
        if (named.kind == Named::Kind::broken) return unknown_node(c, e.span);
        if (named.kind == Named::Kind::fact) return known_fact(*r, named.fact);
        if (named.kind == Named::Kind::condition)
          return refuse(fmt::format("`{}` is a condition: it holds or not", r->name.text));
      }
    }
    std::vector<uint32_t> refs, picks;
    Context inner = context;
    inner.refs = &refs;
    inner.picks = &picks;
    inner.age_unit = TimeUnit::years;
    const Typed t = check_value(c, *is.operand, inner);
    if (t.type == Typed::Type::broken) return unknown_node(c, e.span);
    return add(c, ValueKnown{t.id, add_children(c, refs)}, e.span);
  }

  // What can be computed is known too, by the formula that a comparison of it would use.
  Children refs_of_formula(const Records& r, FactId id, WindowId window) const {
    std::vector<uint32_t> refs, picks;
    Context inner = context;
    inner.refs = &refs;
    inner.picks = &picks;
    check_result(c, r.name, id, Selector::latest, window, inner, e.span);
    return add_children(c, refs);
  }

  NodeId known_fact(const Records& r, FactId id) const {
    const Fact& fact = c.schema.facts[id];
    if (part_of(fact.kind) != Part::none)
      return refuse(fmt::format("`{}` is {}: ask for its records, `{} ever` or `no {} ever`", fact.name,
                                a_kind(fact.kind), fact.name, fact.name));
    const auto window =
        window_or(c, r.window.get(),
                  fact.kind == FactKind::measure ? context.window : window_of_others(context), context);
    if (!window) return unknown_node(c, e.span);
    const Children refs = fact.formula ? refs_of_formula(r, id, *window) : Children{};
    const bool two_series = fact.percent_of_predicted;
    const NodeId own =
        add(c, IsKnown{ref_of(c, id, Selector::latest, *window, context, e.span), refs}, e.span);
    // A flag that does not apply is no, and so known.
    if (const NodeId applies = applies_when(c, fact, e.span); applies != kNone)
      return add(c, AnyOf{add_children(c, {own, add(c, Negation{applies}, e.span)})}, e.span);
    if (!two_series) return own;
    const NodeId other =
        add(c, IsKnown{ref_of(c, id, Selector::latest, *window, context, e.span, true)}, e.span);
    return add(c, AnyOf{add_children(c, {own, other})}, e.span);
  }

  NodeId normal() const {
    const Records* r = bare_name(*is.operand);
    if (!r)
      return refuse("only a measure's name can be `normal`",
                    "its result is held against its reference range");
    if (attribute_meant(c, context.record, r->name)) return value();
    const Named named = look_up(c, r->name, context.record);
    if (named.kind == Named::Kind::broken) return unknown_node(c, e.span);
    if (named.kind != Named::Kind::fact)
      return refuse(fmt::format("`{}` has no reference range", r->name.text));
    const Fact& fact = c.schema.facts[named.fact];
    if (fact.kind == FactKind::choice && value_index(fact, "normal")) return value();
    if (fact.kind != FactKind::measure)
      return refuse(
          fmt::format("`{}` is {}; only a measure has a reference range", fact.name, a_kind(fact.kind)));
    const auto window = window_or(c, r->window.get(), context.window, context);
    if (!window) return unknown_node(c, e.span);
    if (fact.formula) refs_of_formula(*r, fact.id, *window);
    return add(c, IsNormal{ref_of(c, fact.id, Selector::latest, *window, context, e.span)}, e.span);
  }

  NodeId value() const {
    Expr word;
    word.span = is.word.span;
    word.node = Records{Records::Count::some, std::nullopt, is.word, nullptr, nullptr, {}};
    const Expr& written = is.value ? *is.value : word;
    if (const auto worded = check_worded(c, *is.operand, CompareOp::equal, written, context)) return *worded;
    const size_t before = c.diagnostics.size();
    std::vector<uint32_t> refs, picks;
    Context inner = context;
    inner.refs = &refs;
    inner.picks = &picks;
    check_value(c, *is.operand, inner);
    if (c.diagnostics.size() != before) return unknown_node(c, e.span);
    return refuse(fmt::format("`{}` is not a choice, a flag or a judgement", print(*is.operand)),
                  "compare a number with `=`, `<=`, ...");
  }
};

}  // namespace

NodeId check_is(Checker& c, const Expr& e, const Is& is, const Context& context) {
  const CheckIs check{c, e, is, context};
  switch (is.kind) {
    case Is::Kind::known:
      return check.known();
    case Is::Kind::missing:
      return add(c, Negation{check.known()}, e.span);
    case Is::Kind::normal:
      return check.normal();
    case Is::Kind::value:
      return check.value();
  }
  return unknown_node(c, e.span);
}

}  // namespace crit
