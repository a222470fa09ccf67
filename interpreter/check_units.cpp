// One unit for the sides of a comparison or a sum.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "interpreter/checker.hpp"

namespace crit {

Typed broken_value(Span span) {
  Typed t;
  t.span = span;
  return t;
}

Typed add_number(Checker& c, Value what, const Unit& unit, Span span) {
  Typed t;
  t.type = Typed::Type::number;
  t.id = static_cast<ValueId>(c.model.values.size());
  t.unit = unit;
  t.span = span;
  const std::string text = to_string(unit);
  c.model.values.push_back({std::move(what), span, text == "1" ? "" : text, kNone});
  return t;
}

namespace {

std::optional<Linear> scale_of(const Checker& c, const Typed& t, const Unit& unit, FactId via) {
  return via != kNoFact ? fact_conversion(c.schema.facts[via], t.unit, unit) : conversion(t.unit, unit);
}

}  // namespace

bool moves_zero(const Checker& c, const Typed& t, const Unit& unit, FactId via) {
  const auto scale = t.unit == unit ? std::nullopt : scale_of(c, t, unit, via);
  return scale && !scale->offset.is_zero();
}

Typed in_unit(Checker& c, Typed t, const Unit& unit, FactId via) {
  if (t.type != Typed::Type::number || t.unit == unit) return t;
  auto scale = scale_of(c, t, unit, via);
  if (!scale) return broken_value(t.span);
  if (t.scale == Typed::Scale::difference) scale->offset = 0;
  const Unit own = std::exchange(t.unit, unit);
  if (scale->is_identity()) return t;
  if (t.constant) {
    t.constant = (*scale)(*t.constant);
    const ValueId written = t.id;
    // The low end of a range, whose unit is written behind the high one.
    if (c.model.values[written].unit.empty() && !own.is_number())
      c.model.values[written].unit = to_string(own);
    t.id = add_number(c, Literal{*t.constant}, unit, t.span).id;
    c.model.values[t.id].written = written;
  } else {
    t.id = add_number(c, Scaled{t.id, *scale}, unit, t.span).id;
  }
  return t;
}

namespace {

// As people write it: UCUM's year is `a`.
std::string in_words(const Unit& unit) {
  constexpr std::pair<std::string_view, std::string_view> kTimes[] = {
      {"a", "years"}, {"mo", "months"}, {"wk", "weeks"}, {"d", "days"}};
  std::string text = to_string(unit);
  for (const auto& [code, word] : kTimes)
    if (text == code) return std::string(word);
  return text;
}

// The mend is what the protocol's words say. The measure's own unit may be another than the one that was
// meant, but for what has one unit only. Of a range the unit is written behind its last number.
void report_missing_unit(Checker& c, const Typed& t, Span last, const Unit& unit, FactId via) {
  const std::string own =
      via != kNoFact && c.schema.facts[via].unit == unit ? c.schema.facts[via].unit_text : to_string(unit);
  const std::string usual = own == to_string(unit) ? in_words(unit) : own;
  const std::string said =
      usual != "years" && t.constant ? unit_in_words(c.schema, c.words, *t.constant, via, unit) : "";
  const std::string& meant = said.empty() ? usual : said;
  const std::string_view where = last == t.span ? "" : " behind the last number";
  const std::string help = said.empty()
                               ? fmt::format("write the unit{}, such as `{}`", where, usual)
                               : fmt::format("write the unit of the protocol's words{}: `{}`", where, said);
  if (said.empty() && usual != "years" && usual != "%")
    return report(c, "missing-unit", t.span, "this number has no unit", help);
  report_fix(c, "missing-unit", t.span, "this number has no unit", help,
             Fix{{last.end, last.end, last.file}, (meant == "%" ? "" : " ") + meant, false});
}

// `BMI between 18 and 31`: the place of 31.
Span last_without_unit(const std::vector<Typed*>& all) {
  Span last;
  for (const Typed* t : all)
    if (t->bare && !t->points && last.begin <= t->span.begin) last = t->span;
  return last;
}

// In which unit a measure is, and of the two that are taken for one another the one that is in the other.
std::string measured_so(Checker& c, const Fact& fact, const Unit& unit) {
  std::string help = fmt::format("{} is measured in `{}`", fact.name, fact.unit_text);
  for (std::string_view name : {"eGFR", "creatinine_clearance"}) {
    const FactId id = fact_named(c.schema, c.scope, name);
    if (id == kNoFact || !commensurable(c.schema.facts[id].unit, unit)) continue;
    help += fmt::format(", `{}` in `{}`", name, c.schema.facts[id].unit_text);
  }
  return help;
}

}  // namespace

void report_two_scales(Checker& c, Span span, std::string_view from, std::string_view to) {
  report(c, "unit-mismatch", span,
         fmt::format("`{}` and `{}` have other zero points: this may be a value or a difference", from, to),
         fmt::format("write it in `{}`", to));
}

bool unify(Checker& c, std::vector<Typed*> all, Span span, std::string_view doing) {
  const auto has_unit = [](const Typed* t) { return !t->bare && !t->points; };
  auto lead = std::ranges::find_if(all, [&](const Typed* t) { return has_unit(t) && !t->constant; });
  if (lead == all.end()) lead = std::ranges::find_if(all, has_unit);
  if (lead == all.end()) return true;
  const Unit unit = (*lead)->unit;
  const Typed::Scale scale = (*lead)->scale;
  FactId via = kNoFact;
  for (const Typed* t : all)
    if (via == kNoFact) via = t->via;
  for (Typed* t : all) {
    if (t->points) {
      t->unit = unit;
      continue;
    }
    if (t->bare) {
      if (unit.is_number() && unit.factor == 1) continue;
      report_missing_unit(c, *t, last_without_unit(all), unit, via);
      return false;
    }
    const std::string from = in_words(t->unit);
    const Span at = t->span;
    if (t->written && scale != Typed::Scale::point) t->scale = scale;
    if (t->scale == Typed::Scale::either && moves_zero(c, *t, unit, via)) {
      report_two_scales(c, at, from, in_words(unit));
      return false;
    }
    const bool by_own = t->via != kNoFact && scale_of(c, *t, unit, t->via);
    const Typed made = in_unit(c, *t, unit, by_own ? t->via : via);
    if (made.type == Typed::Type::broken) {
      report(c, "unit-mismatch", t->constant ? at : span,
             fmt::format("`{}` and `{}` cannot be {}", in_words(unit), from, doing),
             via != kNoFact ? measured_so(c, c.schema.facts[via], t->unit) : "");
      return false;
    }
    *t = made;
  }
  return true;
}

}  // namespace crit
