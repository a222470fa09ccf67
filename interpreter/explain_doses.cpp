// Doses in words: the courses behind one, and whether it stays as it is.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/explanation.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

void tell_stable(Telling& to, const StableDose& q) {
  Evaluation& e = to.e;
  const Class& of = e.model.classes[q.of];
  std::vector<uint32_t> records;
  for (const Class::Member& member : of.members)
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next)
      if (e.patient.records[r].says != Says::no && may_take_part(e, q, e.patient.records[r]))
        records.push_back(r);
  const std::string& name = e.model.fact(of.fact).name;
  const auto anchor = day_of(e, q.anchor);
  if (!anchor) return say(to, name + ": the date that it is stable up to is not given");
  const bool in_minutes = is_clock(q.duration);
  const auto stretch = spanned(q.duration, Side::before, *anchor, in_minutes, nullptr);
  const std::string when =
      stretch ? fmt::format(" from {} to {}", tick_words(stretch->from.first, in_minutes), to_string(*anchor))
              : "";
  const Truth truth = stable_dose(e, q);
  const bool no_dose =
      std::ranges::any_of(records, [&](uint32_t r) { return !e.patient.records[r].has_value; });
  if (records.empty()) {
    say(to, fmt::format("no {} is recorded{}", name, when));
  } else {
    const std::string how = truth == Truth::yes  ? "one unbroken dose" + when
                            : truth == Truth::no ? "not one unbroken dose" + when
                            : no_dose            ? "a dose is not given" + when
                                      : fmt::format("whether it is one unbroken dose{} is not certain", when);
    say(to, fmt::format("{}: {}", records_words(to, records, true), how));
  }
  if (truth == Truth::unknown && !no_dose && !e.patient.is_complete(Part::drugs))
    say(to, "drugs are not declared complete");
}

namespace {

// What keeps a dose from being known, or may add to it.
std::string doubt_of_dose(Evaluation& e, const DoseValue& v, const std::vector<uint32_t>& records) {
  const Class& of = e.model.classes[v.of];
  if (dose_of(e, v).kind == Amount::Kind::exact) return {};
  for (FactId ancestor : of.ancestors)
    for (uint32_t r = e.patient.first(ancestor); r != kNone; r = e.patient.records[r].next)
      if (e.patient.records[r].says != Says::no && may_take_part(e, v, e.patient.records[r]))
        return fmt::format("; whether {} is {} is not said", record_words(e, e.patient.records[r]),
                           e.model.fact(of.fact).name);
  for (uint32_t r : records) {
    const Record& record = e.patient.records[r];
    const auto member = std::ranges::find(of.members, record.fact, &Class::Member::fact);
    if (!record.has_value) return "; a dose is not given";
    if (record.fact == of.fact && of.members.size() > 1)
      return fmt::format("; which {} it is, is not said", e.model.fact(of.fact).name);
    if (!v.factors.empty() && !v.factors[size_t(member - of.members.begin())])
      return fmt::format("; no equivalence of {} is declared", e.model.fact(record.fact).name);
  }
  if (is_closed(e, of, window_of(e, v.window))) return {};
  return e.patient.is_complete(Part::drugs) ? "; drugs are complete up to screening only"
                                            : "; drugs are not declared complete";
}

}  // namespace

std::string dose_words(Telling& to, const DoseValue& v) {
  Evaluation& e = to.e;
  const Class& of = e.model.classes[v.of];
  const std::string which = v.over ? std::string(spelling(*v.over)) + " " : "";
  const std::string as =
      v.as == kNoFact || v.as == of.fact ? "" : fmt::format(" as {}", e.model.fact(v.as).name);
  const std::string name = fmt::format("{}dose of {}{}", which, e.model.fact(of.fact).name, as);
  if (v.window != kNone && !window_of(e, v.window).known) {
    const auto anchors = missing_anchors(e, e.model.windows[v.window]);
    return fmt::format("{}: {} is not given", name, joined(anchors, ", "));
  }
  std::vector<uint32_t> taken, outside;
  for (const Class::Member& member : of.members)
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next)
      if (e.patient.records[r].says != Says::no)
        (may_take_part(e, v, e.patient.records[r]) ? taken : outside).push_back(r);
  const std::string unit = day_spelt_out(to_string(v.unit));
  const std::string window = v.window == kNone ? "" : fmt::format(" {}:", window_words(e, v.window));
  const std::string amount = amount_words(dose_of(e, v), unit);
  const std::string of_them = taken.empty() ? fmt::format("no {} is recorded", e.model.fact(of.fact).name)
                                            : records_words(to, taken, true);
  for (uint32_t r : outside) use(to, r, false);
  return fmt::format("{}{} {} ({}{})", name, window, amount, of_them, doubt_of_dose(e, v, taken));
}

}  // namespace crit
