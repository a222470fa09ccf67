// A measure's result: its number, unit, day and reference limits.
#include <fmt/format.h>

#include "interpreter/read_record_parts.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/short_texts.hpp"
#include "interpreter/stray_words.hpp"

namespace crit {

namespace {

// A reference limit, in the result's unit.
[[gnu::noinline]] std::optional<Rational> other_limit_in(const AddingRecord& a, Field field, Field unit_field,
                                                         const Record& r) {
  auto limit = number_in(a, field);
  const Cell* c = a.cell(unit_field);
  if (!limit || !c) return limit;
  const Conversion* unit = unit_of(a, unit_field, *c);
  if (!unit || unit == r.unit) return limit;
  if (!r.unit && a.reading.needs_unit) return std::nullopt;  // that the result has none is one fault
  const Unit own = r.unit ? r.unit->parsed : Unit{};
  const auto scale = fact_conversion(a.fact(), unit->parsed, own);
  if (!scale) {
    a.fault(field, "this unit cannot be converted to the result's");
    return std::nullopt;
  }
  return (*scale)(*limit);
}

void read_limit(const AddingRecord& a, Field field, Field unit_field, const Record& r,
                std::optional<Rational>& into) {
  if (!a.raw.has(field)) return;
  if (a.raw[field].known == Cell::Known::number && !a.raw.has(unit_field))
    into = known_number(a.raw[field]);
  else
    into = other_limit_in(a, field, unit_field, r);
}

void read_limits(const AddingRecord& a, Record& r) {
  Details& details = a.patient().details_of(r);
  for (const Field limit : {Field::upper, Field::lower})
    if (a.cell(limit) && !a.cell(Field::value))
      a.fault(limit, "a limit of normal is in the unit of the value, and there is none: leave it out");
  read_limit(a, Field::upper, Field::upper_unit, r, details.upper);
  read_limit(a, Field::lower, Field::lower_unit, r, details.lower);
  if (details.lower && details.upper && *details.lower > *details.upper)
    a.fault(Field::lower, "the lower limit is above the upper one");
  // Where no result is below 0, neither is what is normal.
  const bool is_positive = a.fact().plausible_low && a.fact().plausible_low->sign() >= 0;
  if (is_positive && details.upper && details.upper->sign() <= 0)
    a.fault(Field::upper, "an upper limit of normal is above 0: leave it out where there is none");
  if (const Cell* lab = a.cell(Field::lab)) {
    if (lab->kind == Cell::Kind::nested) a.fault(Field::lab, "the laboratory is a text");
    details.lab = a.patient().keep(lab->text);
  }
  // Who found it: a life expectancy is somebody's estimate.
  if (const Cell* by = a.cell(Field::by)) {
    if (by->kind == Cell::Kind::nested) a.fault(Field::by, "the name of who found it is a text");
    details.by = a.patient().keep(by->text);
  }
  if (!a.cell(Field::predicted)) return;
  if (!a.fact().percent_of_predicted)
    a.fault(Field::predicted, "this measure has no predicted value");
  else if (a.cell(Field::value) && r.unit && r.unit->of_predicted)
    a.fault(Field::predicted, "the value is in per cent of predicted too: leave out the one that is wrong");
  else if (a.cell(Field::value))
    details.predicted = number_in(a, Field::predicted);
}

// Without a value the number is that of `predicted`, in per cent, and a unit beside it is of nothing.
void read_result_unit(const AddingRecord& a, Record& r) {
  const Cell* unit = a.cell(Field::unit);
  if (unit) r.unit = unit_of(a, Field::unit, *unit);
  if (!a.cell(Field::value) && (!unit || a.fact().percent_of_predicted))
    r.unit = unit_of(a, Field::predicted, Cell{Cell::Kind::text, "%"});
  else if (!unit && a.reading.needs_unit)
    a.fault(Field::unit, fmt::format("a result{}{}`", kNeedsUnit, a.fact().unit_text));
}

// All but the number.
void read_more(const AddingRecord& a, Record& r) {
  constexpr uint32_t details = bits({Field::upper, Field::lower, Field::predicted, Field::lab, Field::by});
  r.has_value = true;
  read_result_unit(a, r);
  read_dates(a, r);
  if (a.raw.present & details) read_limits(a, r);
}

// A number that is no plain one: with its bound, with an exponent.
[[gnu::noinline]] bool add_other_result(const AddingRecord& a, Field field, const Cell& c) {
  BoundedNumber result;
  std::string problem;
  if (!read_bounded(trimmed(c.text), result, problem)) return a.fault(field, problem);
  Record& r = a.patient().add(a.reading.id, Says::value);
  r.value = std::move(result.number);
  r.bound = result.bound;
  read_more(a, r);
  return true;
}

}  // namespace

std::string_view spelling_of_unit(const Intake& in, std::string_view text) {
  if (!in.site) return text;
  const auto found = in.site->units.find(text);
  return found == in.site->units.end() ? text : std::string_view(found->second);
}

const Conversion* read_unit(const AddingRecord& a, Field field, const Cell& c) {
  if (c.kind != Cell::Kind::text || c.text.empty() || c.text.size() > kMaxNameBytes) {
    a.fault(field, "a unit is a text, such as `U/L`");
    return nullptr;
  }
  if (a.in.schema.conversions.size() >= kMaxUnits) {
    a.fault(field, "this run has had 10,000 different units: there can be no more");
    return nullptr;
  }
  const Conversion* unit = conversion_of(a.in.schema, a.fact().id, spelling_of_unit(a.in, c.text));
  if (!unit) {
    const auto near = nearest_unit(c.text);
    a.fault(field, near ? fmt::format("this is not a known unit: did you mean `{}`?", *near)
                        : "this is not a known unit");
    return nullptr;
  }
  std::swap(a.reading.units[0], a.reading.units[1]);
  a.reading.units[0] = {std::string(c.text), unit};
  return unit;
}

std::optional<Rational> number_in(const AddingRecord& a, Field field) {
  const Cell* c = a.cell(field);
  if (!c) return std::nullopt;
  if (c->known == Cell::Known::number) return known_number(*c);
  std::string problem;
  auto number = is_number(*c) ? read_number(c->text, problem) : std::nullopt;
  if (!number) a.fault(field, problem.empty() ? "this is not a number" : problem);
  return number;
}

// `no ALT` says of a result what only a condition, a drug or an event can be.
std::string words_for_no_number(const AddingRecord& a, const Cell& c) {
  return c.kind == Cell::Kind::no
             ? fmt::format(
                   "a result is a number: where there is none leave it out, or write `{} missing` in "
                   "a case",
                   a.fact().name)
             : "a result is a number";
}

bool add_result(const AddingRecord& a) {
  if (a.reading.is_age) return a.fault("", "age is reckoned from `birth_date`: give that");
  const Field field = a.cell(Field::value) ? Field::value : Field::predicted;
  const Cell* c = a.cell(field);
  if (!c) {
    // Without a day a value of null says nothing.
    if (!a.raw.has(Field::value) || a.cell(Field::date)) missing(a, Field::value, "the value is missing");
    return false;
  }
  if (!is_number(*c)) return a.fault(field, words_for_no_number(a, *c));
  if (c->known != Cell::Known::number) return add_other_result(a, field, *c);
  Record& r = a.patient().add(a.reading.id, Says::value);
  r.value = known_number(*c);
  read_more(a, r);
  return true;
}

}  // namespace crit
