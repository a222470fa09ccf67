// `dose of DRUG as AGENT` to a value: the class, what each member is worth of the agent, the days and the
// unit.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/checker.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

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

// How many members' doses can be told in one of them, itself included.
ptrdiff_t told_in(Checker& c, const Class& of, FactId as) {
  return std::ranges::count_if(
      of.members, [&](const Class::Member& m) { return equivalence(c, m.fact, as, of).has_value(); });
}

// The member that the doses of most others can be told in; the first one where none can.
FactId common_drug(Checker& c, const Class& of) {
  FactId best = of.members[1].fact;
  for (const Class::Member& m : of.members)
    if (told_in(c, of, m.fact) > told_in(c, of, best)) best = m.fact;
  return best;
}

void refuse_several_members(Checker& c, const std::string& drug, const Class& of, std::string_view unit,
                            Span span) {
  const FactId as = common_drug(c, of);
  const std::string& name = c.schema.facts[as].name;
  report(c, "type-mismatch", span,
         fmt::format("`{}` has several members: as which drug are their doses added?", drug),
         told_in(c, of, as) > 1
             ? fmt::format("write `dose of {} as {}`", drug, name)
             : fmt::format(
                   "none of them says what its dose is worth in another: declare an `equivalent` of each,\n"
                   "with its source, or of the whole dose of a day a measure, such as\n"
                   "`measure {0}_dose \"daily dose of {0}\" in {1}`",
                   drug, unit));
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

// `mg/day`, `U/day`, `mcg/h`. The `U` of a drug counts what it does; as UCUM's it has a minute in it.
bool is_by_time(const Unit& unit) {
  int minutes = 0;
  for (const UnitPower& part : unit.symbols)
    if (part.symbol.ends_with('U')) minutes += part.exponent;
  return unit.dimension[size_t(Base::time)] + minutes != 0;
}

}  // namespace

bool is_unit_of_dose(Checker& c, const Unit& unit, bool total, Span span) {
  const bool by_volume = unit.dimension[size_t(Base::length)] <= -3;  // what is in the blood: `U/L`
  if (is_by_time(unit) != total && !by_volume) return true;
  const std::string text = day_spelt_out(to_string(unit));
  if (by_volume)
    report(c, "unit-mismatch", span,
           fmt::format("a dose is so much of a drug, and `{}` is of a result", text),
           fmt::format("write a unit such as `{}`", total ? "mg" : "mg/day"));
  else if (total)
    report(c, "unit-mismatch", span, fmt::format("a total dose has no `{}`", text),
           "write a unit without the day, such as `mg`");
  else
    report(c, "unit-mismatch", span, fmt::format("a dose is so much a day, and `{}` is not", text),
           fmt::format("write `{}/day`", text));
  return false;
}

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
  if (!d.as && of.members.size() > 2) {  // itself, and several
    refuse_several_members(c, d.drug.text, of,
                           context.dose_unit ? day_spelt_out(to_string(*context.dose_unit)) : "mg/day",
                           e.span);
    return broken_value(e.span);
  }
  if (d.as) dose.as = as;
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
