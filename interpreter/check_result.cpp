// A fact's name as a value: which result it means, and the formula that stands in for it.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/checker.hpp"

namespace crit {

namespace {

// A formula that needs itself, told once for all that are on the way round: those of the trial are taken for
// broken then. True where it is so.
bool is_circle_of_formulas(Checker& c, FactId id) {
  const auto first = std::ranges::find(c.open_formulas, id);
  if (first == c.open_formulas.end()) return false;
  const Fact& fact = c.schema.facts[id];
  report(c, "circular-definition", fact.formula->span,
         fmt::format("the formula of `{}` needs {} itself", fact.name, fact.name));
  for (auto open = first; open != c.open_formulas.end(); ++open)
    if (Fact& part = c.schema.facts[*open]; !part.standard) part.broken = true;
  return true;
}

// The formula as a value in the measure's own unit; its results look into the same window.
ValueId formula_of(Checker& c, FactId id, WindowId window, const Context& context, Span span) {
  const Fact& fact = c.schema.facts[id];
  if (!fact.formula || context.of_predicted) return kNone;
  if (is_circle_of_formulas(c, id)) return kNone;
  c.open_formulas.push_back(id);
  std::vector<uint32_t> refs, picks;
  Context inner;
  inner.window = window;
  inner.of_value = true;
  inner.refs = &refs;
  inner.picks = &picks;
  inner.substance_unit = unit_of_substances(c, *fact.formula, fact.unit);
  const Elsewhere elsewhere(c, fact);
  Typed t = check_value(c, *fact.formula, inner);
  c.open_formulas.pop_back();
  elsewhere.tell_at(span, "formula");
  if (t.type != Typed::Type::number || fact.broken) return kNone;
  const std::string was = to_string(t.unit);
  if (!t.bare || !fact.unit.is_number()) t = in_unit(c, t, fact.unit, id);
  if (t.type == Typed::Type::broken) {
    report(c, "unit-mismatch", fact.standard ? span : fact.formula->span,
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

// `postmenopausal for at least 1 year`: to ask for an answer within a year would ask the opposite.
std::string lasting_instead(const Fact& fact, const WindowSpec& window) {
  if (fact.kind == FactKind::measure && window.kind == Window::Kind::for_at_least)
    return fmt::format(
        "`lowest {0}` and `highest {0}`, each `within` that time, hold all results of it to a limit;\n"
        "`{0}` with `within` holds the latest to it",
        fact.name);
  if (fact.kind == FactKind::measure) return "write `within ...`";
  return fmt::format(
      "{} has no duration. What lasts is a condition: declare it (`condition NAME \"...\"`) and ask\n"
      "`NAME {}`; patients then have it as `NAME since 2023-05`",
      a_kind(fact.kind), window.words);
}

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
         lasting_instead(fact, c.model.windows[window]));
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
    refuse_half_lives(c, c.schema.facts[id], window, span);
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

// `surgery < 3 months before first_dose`: how long ago is meant, and it stands for the sign. Nullopt: it is
// not.
std::optional<std::string> window_meant(const Checker& c, const Name& name, const Context& context) {
  const auto* x = context.comparison ? std::get_if<Comparison>(&context.comparison->node) : nullptr;
  if (!x || x->operands.size() != 2) return std::nullopt;
  const bool below = x->ops[0] == CompareOp::less || x->ops[0] == CompareOp::less_equal;
  const auto* period = std::get_if<Quantity>(&x->operands[1]->node);
  if (!below || !period || !time_unit(period->unit.text)) return std::nullopt;
  std::string meant = fmt::format("{} within {} {}", name.text, period->number.digits, period->unit.text);
  if (context.window == kNone) return meant;
  const WindowSpec& day = c.model.windows[context.window];
  if (day.kind != Window::Kind::before && day.kind != Window::Kind::after) return std::nullopt;
  return fmt::format("{} {}", meant, day.words);
}

// `blood_donation > 500 mL`: an attribute of the record is meant. Empty: none is measured so.
std::string attribute_meant(const Fact& fact, const Name& name, const Context& context) {
  const auto* x = context.comparison ? std::get_if<Comparison>(&context.comparison->node) : nullptr;
  if (!x || x->operands.size() != 2) return {};
  const auto* limit = std::get_if<Quantity>(&x->operands[1]->node);
  const auto unit = limit ? parse_unit(limit->unit.text) : std::nullopt;
  if (!unit) return {};
  for (const AttributeInfo& a : fact.attributes)
    if (a.kind == Attribute::Kind::quantity && commensurable(a.unit, *unit))
      return fmt::format("{} with ({} {} {})", name.text, a.name, spelling(x->ops[0]),
                         print(*x->operands[1]));
  return {};
}

void refuse_no_value(Checker& c, const Fact& fact, const Name& name, const Context& context, Span span) {
  const bool answer = fact.kind == FactKind::flag || fact.kind == FactKind::judgement;
  const std::string message = fmt::format("`{}` is {}, not a value{}", name.text, a_kind(fact.kind),
                                          answer ? ": it is yes or no" : "");
  if (const std::string dose = dose_meant(fact, name, context); !dose.empty())
    return report_fix(c, "type-mismatch", span, message, fmt::format("write `{}`", dose),
                      Fix{{span.begin, span.begin, span.file}, "dose of ", false});
  if (const auto window = answer ? std::nullopt : window_meant(c, name, context)) {
    const auto& comparison = std::get<Comparison>(context.comparison->node);
    if (comparison.told) return;
    return report_fix(c, "type-mismatch", span, message, fmt::format("write `{}`", *window),
                      Fix{comparison.op_spans[0], "within", false});
  }
  if (const std::string attribute = attribute_meant(fact, name, context); !attribute.empty())
    return report(c, "type-mismatch", span, message, fmt::format("write `{}` and its window", attribute));
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
  if (selector == Selector::change) t.scale = Typed::Scale::difference;
  return in_unit_of_substances(c, t, context);
}

Typed check_selection(Checker& c, const Expr& e, const Selection& s, const Context& context) {
  const auto refuse = [&](std::string message) {
    report(c, "type-mismatch", e.span, std::move(message));
    return broken_value(e.span);
  };
  const auto window = window_or(c, s.window.get(), context.window, context);
  const Expr* of = &without_parens(*s.of);
  if (const auto* dose = std::get_if<DoseOf>(&of->node)) {
    const auto own = window ? window_or(c, dose->window.get(), *window, context) : std::nullopt;
    return own ? check_dose(c, e, *dose, &s.selector, *own, context) : broken_value(e.span);
  }
  const auto* records = std::get_if<Records>(&of->node);
  if (!records || records->count != Records::Count::some || records->with || !records->exceptions.empty())
    return refuse(fmt::format("`{}` needs a measure's name", spelling(s.selector)));
  if (is_age(c, records->name))
    return refuse(fmt::format("`{}` needs a measure; age is one value", spelling(s.selector)));
  const Named named = look_up(c, records->name);
  if (named.kind == Named::Kind::broken || !window) return broken_value(e.span);
  if (named.kind != Named::Kind::fact || c.schema.facts[named.fact].kind != FactKind::measure)
    return refuse(fmt::format(
        "`{}` needs a measure, and `{}` is {}", spelling(s.selector), records->name.text,
        named.kind == Named::Kind::fact ? a_kind(c.schema.facts[named.fact].kind) : "a definition"));
  const auto own = window_or(c, records->window.get(), *window, context);
  return own ? check_result(c, records->name, named.fact, s.selector, *own, context, e.span)
             : broken_value(e.span);
}

}  // namespace crit
