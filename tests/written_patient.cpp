// A patient as it was read to text: all that a Patient says, a line each.
#include "tests/written_patient.hpp"

#include <fmt/format.h>

namespace crit {

namespace {

std::string number(const Rational& r) {
  return r.to_decimal().text;
}

std::string written(const Schema& schema, const Patient& patient, const Record& r) {
  const Fact& fact = schema.facts[r.fact];
  std::string line = fact.name;
  if (r.says == Says::no) line += " no";
  if (r.says == Says::yes) line += " yes";
  constexpr std::string_view signs[] = {"", "<", "<=", ">", ">="};
  if (r.has_value) line += fmt::format(" {}{}", signs[size_t(r.bound)], number(r.value));
  if (r.unit) line += fmt::format(" {}{}", r.unit->unit, r.unit->convertible ? "" : " (not convertible)");
  if (r.unit && r.unit->of_predicted) line += " of predicted";
  if (r.is_for_one_trial())
    line += " for " + schema.scopes[r.word]->trial;
  else if (r.word != kNone)
    line += " " + fact.values[r.word];
  if (r.single)
    line += " on " + to_string(r.start);
  else if (r.has_start || r.has_end)
    line += fmt::format(" from {} to {}", r.has_start ? to_string(r.start) : "?",
                        r.has_end ? to_string(r.end) : "?");
  if (r.signed_by) line += " signed";
  if (r.unconfirmed) line += " unconfirmed";
  if (r.details == kNone) return line;
  const Details& d = patient.details[r.details];
  if (d.upper) line += " uln " + number(*d.upper);
  if (d.lower) line += " lln " + number(*d.lower);
  if (d.predicted) line += " predicted " + number(*d.predicted);
  if (!d.lab.empty()) line += fmt::format(" lab `{}`", d.lab);
  if (!d.by.empty()) line += fmt::format(" by `{}`", d.by);
  for (const AttributeValue& a : d.attributes) {
    line += fmt::format(" [{}", a.name);
    if (!a.word.empty()) line += fmt::format(" `{}`", a.word);
    if (a.yes) line += *a.yes ? " yes" : " no";
    if (a.number) line += " = " + number(*a.number);
    line += "]";
  }
  return line;
}

}  // namespace

std::string written(const Schema& schema, const Patient& patient) {
  std::string text = fmt::format("patient {} at {}\n", patient.id, patient.where);
  if (patient.screening) text += fmt::format("  screening {}\n", to_string(*patient.screening));
  if (!patient.arm.empty()) text += fmt::format("  arm {}\n", patient.arm);
  for (const Part part : {Part::conditions, Part::drugs, Part::events})
    if (patient.is_complete(part)) text += fmt::format("  complete {}\n", name_of(part));
  for (const Record& r : patient.records) text += fmt::format("  {}\n", written(schema, patient, r));
  patient.denied().for_each([&](FactId fact) { text += fmt::format("  {} no\n", schema.facts[fact].name); });
  for (const Fault& f : patient.faults)
    text += fmt::format("  {} at {}: {}{}\n", f.warns ? "warning" : "error", f.where, f.message,
                        f.fact == kNoFact ? "" : " {" + schema.facts[f.fact].name + "}");
  return text;
}

}  // namespace crit
