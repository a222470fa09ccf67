// A fact's name as a value: which result it means, the formula that stands in for it, and the dose of a drug.
#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "interpreter/checker.hpp"

namespace crit {

namespace {

// The formula as a value in the measure's own unit; its results look into the same window.
ValueId formula_of(Checker& c, FactId id, WindowId window, const Context& context, Span span) {
  const Fact& fact = c.schema.facts[id];
  if (!fact.formula || context.of_predicted) return kNone;
  if (std::ranges::find(c.open_formulas, id) != c.open_formulas.end()) {
    report(c, "circular-definition", fact.span,
           fmt::format("the formula of `{}` needs {} itself", fact.name, fact.name));
    return kNone;
  }
  c.open_formulas.push_back(id);
  std::vector<uint32_t> refs, picks;
  Context inner;
  inner.window = window;
  inner.refs = &refs;
  inner.picks = &picks;
  Typed t = check_value(c, *fact.formula, inner);
  c.open_formulas.pop_back();
  if (t.type != Typed::Type::number) return kNone;
  const std::string was = to_string(t.unit);
  if (!t.bare || !fact.unit.is_number()) t = in_unit(c, t, fact.unit, id);
  if (t.type == Typed::Type::broken) {
    report(c, "unit-mismatch", fact.span,
           fmt::format("the formula of `{}` comes out in `{}`, not in `{}`", fact.name, was, fact.unit_text));
    return kNone;
  }
  if (fact.same_day) t.id = add_number(c, SameDay{t.id, add_children(c, refs)}, fact.unit, span).id;
  for (uint32_t r : refs)
    if (context.refs && std::ranges::find(*context.refs, r) == context.refs->end())
      context.refs->push_back(r);
  for (uint32_t p : picks)
    if (context.picks) context.picks->push_back(p);
  return t.id;
}

// How many base units of `as` one base unit of `from` is: along the equivalences declared between drugs,
// either way.
std::optional<Rational> equivalence(Checker& c, FactId from, FactId as, const Class& among) {
  std::vector<std::pair<FactId, Rational>> reached = {{from, Rational(1)}};
  std::vector<FactId> drugs = {as};
  for (const Class::Member& m : among.members) drugs.push_back(m.fact);
  for (size_t i = 0; i < reached.size(); ++i) {
    const auto [drug, factor] = reached[i];
    if (drug == as) return factor;
    const auto reach = [&](FactId next, const Rational& f) {
      if (std::ranges::find(reached, next, &std::pair<FactId, Rational>::first) == reached.end())
        reached.push_back({next, f});
    };
    for (const Equivalent& e : c.schema.facts[drug].equivalents)
      if (const FactId next = fact_named(c.schema, c.scope, e.drug); next != kNoFact)
        reach(next, factor * e.factor);
    for (FactId other : drugs)
      for (const Equivalent& e : c.schema.facts[other].equivalents)
        if (fact_named(c.schema, c.scope, e.drug) == drug) reach(other, factor / e.factor);
  }
  return std::nullopt;
}

}  // namespace

namespace {

// A result or an answer is of one moment: it does not start, end or last.
void refuse_window_of_lasting(Checker& c, FactId id, WindowId window, Span span) {
  if (window == kNone) return;
  std::string_view words;
  switch (c.model.windows[window].kind) {
    case Window::Kind::starting_within:
      words = "starting within";
      break;
    case Window::Kind::ending_within:
      words = "ending within";
      break;
    case Window::Kind::for_at_least:
      words = "for at least";
      break;
    case Window::Kind::within:
    case Window::Kind::before:
    case Window::Kind::after:
    case Window::Kind::on:
    case Window::Kind::between:
    case Window::Kind::currently:
    case Window::Kind::ever:
      return;
  }
  if (!c.refused_windows.insert(window).second) return;
  const Fact& fact = c.schema.facts[id];
  report(c, "type-mismatch", span,
         fmt::format("`{}` is said of what lasts; {} is {}, and has a date alone", words, fact.name,
                     a_kind(fact.kind)),
         "write `within ...`");
}

}  // namespace

RefId ref_of(Checker& c, FactId id, Selector selector, WindowId window, const Context& context, Span span,
             bool of_predicted) {
  // Sex does not change with the days: a window over a list leaves it as it is.
  if (c.schema.facts[id].name == "sex") window = kNone;
  const bool relative = selector == Selector::change && context.relative_change;
  const std::string key = fmt::format("{}|{}|{}|{}|{}", id, int(selector), window, of_predicted, relative);
  const auto [place, is_new] = c.refs.try_emplace(key, static_cast<RefId>(c.model.refs.size()));
  if (is_new) {
    c.model.refs.push_back({id, window, selector, of_predicted, relative, kNone, span});
    refuse_window_of_lasting(c, id, window, span);
  }
  return place->second;
}

namespace {

// `prednisone > 10 mg/day`: the dose is meant. Empty: it is not.
std::string dose_meant(const Fact& fact, const Name& name, const Context& context) {
  if (fact.kind != FactKind::drug || !context.comparison || !context.dose_unit ||
      commensurable(*context.dose_unit, *parse_unit("d")))
    return {};
  std::string text = print(*context.comparison);
  const size_t at = text.find(name.text);
  return at == text.npos ? std::string() : text.insert(at, "dose of ");
}

// `surgery < 3 months`: how long ago is meant. Empty: it is not.
std::string window_meant(const Name& name, const Context& context) {
  const auto* x = context.comparison ? std::get_if<Comparison>(&context.comparison->node) : nullptr;
  if (!x || x->operands.size() != 2) return {};
  const bool below = x->ops[0] == CompareOp::less || x->ops[0] == CompareOp::less_equal;
  const auto* period = std::get_if<Quantity>(&x->operands[1]->node);
  if (!below || !period || !time_unit(period->unit.text)) return {};
  return fmt::format("{} within {} {}", name.text, period->number.digits, period->unit.text);
}

void refuse_no_value(Checker& c, const Fact& fact, const Name& name, const Context& context, Span span) {
  const bool answer = fact.kind == FactKind::flag || fact.kind == FactKind::judgement;
  const std::string message = fmt::format("`{}` is {}, not a value{}", name.text, a_kind(fact.kind),
                                          answer ? ": it is yes or no" : "");
  if (const std::string dose = dose_meant(fact, name, context); !dose.empty())
    return report_fix(c, "type-mismatch", span, message, fmt::format("write `{}`", dose),
                      Fix{{span.begin, span.begin, span.file}, "dose of ", false});
  if (const std::string window = window_meant(name, context); !answer && !window.empty())
    return report(c, "type-mismatch", span, message, fmt::format("write `{}`", window));
  report(c, "type-mismatch", span, message,
         answer ? fmt::format("write `{}` or `not {}`", name.text, name.text)
                : fmt::format("ask for its records: `{} ever`, `at least 2 {} within 1 year`", name.text,
                              name.text));
}

}  // namespace

Typed check_result(Checker& c, const Name& name, FactId id, Selector selector, WindowId window,
                   const Context& context, Span span) {
  const Fact& fact = c.schema.facts[id];
  if (fact.kind == FactKind::date) {
    const AnchorSpec at =
        fact.name == "screening" ? AnchorSpec{} : AnchorSpec{AnchorSpec::Kind::date_fact, id, kNone, {}};
    Typed t = add_number(c, DateOf{at}, {}, span);
    t.type = Typed::Type::date;
    return t;
  }
  if (fact.kind == FactKind::choice) {
    report(c, "type-mismatch", span,
           fmt::format("`{}` is a choice: compare it with one of its values", name.text),
           fmt::format("{} is one of {}", name.text, fmt::join(fact.values, ", ")));
    return broken_value(span);
  }
  if (fact.kind != FactKind::measure) {
    refuse_no_value(c, fact, name, context, span);
    return broken_value(span);
  }
  const bool predicted = context.of_predicted && fact.percent_of_predicted;
  const RefId ref = ref_of(c, id, selector, window, context, span, predicted);
  if (context.refs && std::ranges::find(*context.refs, ref) == context.refs->end())
    context.refs->push_back(ref);
  if (selector == Selector::latest && !predicted) {
    const ValueId formula = formula_of(c, id, window, context, span);
    c.model.refs[ref].formula = formula;
  }
  const bool relative = c.model.refs[ref].relative;
  Typed t = add_number(c, ResultOf{ref}, relative ? Unit{} : predicted ? *parse_unit("%") : fact.unit, span);
  if (!relative && !predicted) t.via = id;
  return t;
}

Typed check_selection(Checker& c, const Expr& e, const Selection& s, const Context& context) {
  const auto refuse = [&](std::string message) {
    report(c, "type-mismatch", e.span, std::move(message));
    return broken_value(e.span);
  };
  WindowId window = context.window;
  if (s.window) {
    const auto own = check_window(c, *s.window, context);
    if (!own) return broken_value(e.span);
    window = *own;
  }
  const Expr* of = s.of.get();
  while (const auto* paren = std::get_if<Paren>(&of->node)) of = paren->inner.get();
  if (const auto* dose = std::get_if<DoseOf>(&of->node)) {
    WindowId own = window;
    if (dose->window) {
      const auto w = check_window(c, *dose->window, context);
      if (!w) return broken_value(e.span);
      own = *w;
    }
    return check_dose(c, e, *dose, &s.selector, own, context);
  }
  const auto* records = std::get_if<Records>(&of->node);
  if (!records || records->count != Records::Count::some || records->with || !records->exceptions.empty())
    return refuse(fmt::format("`{}` needs a measure's name", spelling(s.selector)));
  if (is_age(c, records->name))
    return refuse(fmt::format("`{}` needs a measure; age is one value", spelling(s.selector)));
  const Named named = look_up(c, records->name);
  if (named.kind == Named::Kind::broken) return broken_value(e.span);
  if (named.kind != Named::Kind::fact || c.schema.facts[named.fact].kind != FactKind::measure)
    return refuse(fmt::format(
        "`{}` needs a measure, and `{}` is {}", spelling(s.selector), records->name.text,
        named.kind == Named::Kind::fact ? a_kind(c.schema.facts[named.fact].kind) : "a definition"));
  if (records->window) {
    const auto w = check_window(c, *records->window, context);
    if (!w) return broken_value(e.span);
    window = *w;
  }
  return check_result(c, records->name, named.fact, s.selector, window, context, e.span);
}

bool is_unit_of_dose(Checker& c, const Unit& unit, bool total, Span span) {
  if ((unit.dimension[size_t(Base::time)] != 0) != total) return true;
  const std::string text = to_string(unit);
  if (total)
    report(c, "unit-mismatch", span, fmt::format("a total dose has no `{}`", text),
           "write a unit without the day, such as `mg`");
  else
    report(c, "unit-mismatch", span, fmt::format("a dose is so much a day, and `{}` is not", text),
           fmt::format("write `{}/day`", text));
  return false;
}

namespace {

// The member that the doses of most others can be told in; the first one where none can.
FactId common_drug(Checker& c, const Class& of) {
  const auto told_in = [&](FactId as) {
    return std::ranges::count_if(
        of.members, [&](const Class::Member& m) { return equivalence(c, m.fact, as, of).has_value(); });
  };
  FactId best = of.members[1].fact;
  for (const Class::Member& m : of.members)
    if (told_in(m.fact) > told_in(best)) best = m.fact;
  return best;
}

// Over several days it is not one dose. What is said to be `currently`, `on` or `before` a day is of that
// day.
bool is_of_one_day(Checker& c, const DoseOf& d, WindowId window, Span span) {
  if (window == kNone) return true;
  const WindowSpec& w = c.model.windows[window];
  if (w.kind == Window::Kind::currently || w.kind == Window::Kind::on || w.kind == Window::Kind::before)
    return true;
  constexpr std::string_view kLasting = "for at least";
  std::string over = w.words;
  if (over.starts_with(kLasting)) over.replace(0, kLasting.size(), "within");
  const std::string& drug = d.drug.text;
  report(
      c, "type-mismatch", span,
      fmt::format("`dose of {}` is the dose of one day, and `{}` is several: which of their doses?", drug,
                  w.words),
      fmt::format("write `highest dose of {} {}`, or `lowest`; without a window it is the dose on the day of "
                  "screening",
                  drug, over));
  return false;
}

}  // namespace

Typed check_dose(Checker& c, const Expr& e, const DoseOf& d, const Selector* selector, WindowId window,
                 const Context& context) {
  const FactId id = fact_or_report(c, d.drug);
  const FactId as = d.as ? fact_or_report(c, *d.as) : id;
  if (id == kNoFact || as == kNoFact || c.schema.facts[id].broken || c.schema.facts[as].broken)
    return broken_value(e.span);
  for (const FactId drug : {id, as}) {
    if (c.schema.facts[drug].kind == FactKind::drug) continue;
    report(
        c, "type-mismatch", e.span,
        fmt::format("`{}` is {}, not a drug", c.schema.facts[drug].name, a_kind(c.schema.facts[drug].kind)));
    return broken_value(e.span);
  }
  DoseValue dose;
  dose.of = class_of(c, id);
  const Class of = c.model.classes[dose.of];
  if (!d.as && of.members.size() > 1) {
    report(c, "type-mismatch", e.span,
           fmt::format("`{}` has several members: as which drug are their doses added?", d.drug.text),
           fmt::format("write `dose of {} as {}`", d.drug.text, c.schema.facts[common_drug(c, of)].name));
    return broken_value(e.span);
  }
  if (d.as)
    for (const Class::Member& m : of.members) dose.factors.push_back(equivalence(c, m.fact, as, of));
  if (selector) {
    if (*selector != Selector::highest && *selector != Selector::lowest && *selector != Selector::total) {
      report(c, "type-mismatch", e.span, fmt::format("a dose has no `{}`", spelling(*selector)),
             "`highest`, `lowest` or `total` over a window");
      return broken_value(e.span);
    }
    dose.over = *selector;
    if (window == kNone) {
      report(c, "unsaid-window", e.span, fmt::format("the {} dose of which time?", spelling(*selector)),
             "give a window: `... within 3 months`");
      return broken_value(e.span);
    }
  }
  if (!selector && !is_of_one_day(c, d, window, e.span)) return broken_value(e.span);
  const bool total = dose.over == Selector::total;
  dose.window = window;
  dose.unit = context.dose_unit ? *context.dose_unit : *parse_unit(total ? "mg" : "mg/day");
  if (!is_unit_of_dose(c, dose.unit, total, e.span)) return broken_value(e.span);
  const Unit unit = dose.unit;
  return add_number(c, std::move(dose), unit, e.span);
}

}  // namespace crit
