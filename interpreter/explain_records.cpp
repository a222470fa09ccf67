// Records in words: those that count, those that may, and what the record says where there are none.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/explanation.hpp"

namespace crit {

namespace {

constexpr size_t kMostNamed = 6;  // records named in one sentence

struct Sorted {
  std::vector<uint32_t> certain, possible, excluded;
  bool of_wider = false;  // some of the possible ones do not say their type
};

Sorted sorted(Evaluation& e, const RecordsOf& q) {
  const Class& of = e.model.classes[q.of];
  const bool lasts = q.window != kNone && e.model.windows[q.window].kind == Window::Kind::for_at_least;
  Sorted made;
  const auto look = [&](FactId fact, const Class::Member* member) {
    for (uint32_t r = e.patient.first(fact); r != kNone; r = e.patient.records[r].next) {
      if (e.patient.records[r].says == Says::no) continue;
      const Truth t = match_of(e, q, r, member, true);
      made.of_wider |= !member && t != Truth::no;
      // Records that last on together decide, whichever of them covers how much.
      (lasts || t == Truth::no ? made.excluded : t == Truth::yes ? made.certain : made.possible).push_back(r);
    }
  };
  for (const Class::Member& member : of.members) look(member.fact, &member);
  for (FactId ancestor : of.ancestors) look(ancestor, nullptr);
  if (lasts) std::swap(made.certain, made.excluded);
  return made;
}

std::string names(Telling& to, const std::vector<uint32_t>& records, bool counts) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < records.size(); ++i) {
    use(to, records[i], counts);
    if (i < kMostNamed) texts.push_back(record_words(to.e, to.e.patient.records[records[i]]));
  }
  if (records.size() > kMostNamed) texts.push_back(fmt::format("{} more", records.size() - kMostNamed));
  return joined(texts, ", ");
}

// Why a record only may count: the attribute or the anchor that is missing, or its dates.
std::string doubt(Telling& to, const RecordsOf& q, uint32_t r) {
  Evaluation& e = to.e;
  std::vector<std::string> lacking = missing_in(e, q, r);
  std::erase(lacking, e.model.fact(e.model.classes[q.of].fact).name);
  return lacking.empty() ? "" : fmt::format("{} is not given", joined(lacking, ", "));
}

std::string_view denial_by(const Evaluation& e, const Class& of) {
  const auto denied = [&](FactId fact) {
    for (uint32_t r = e.patient.first(fact); r != kNone; r = e.patient.records[r].next)
      if (e.patient.records[r].says == Says::no) return true;
    return false;
  };
  if (denied(of.fact)) return e.model.fact(of.fact).name;
  for (FactId ancestor : of.ancestors)
    if (denied(ancestor)) return e.model.fact(ancestor).name;
  return {};
}

void tell_none(Telling& to, const RecordsOf& q, const Tally& tally, bool some_left_out) {
  Evaluation& e = to.e;
  const Class& of = e.model.classes[q.of];
  const std::string& name = e.model.fact(of.fact).name;
  if (const std::string_view denied = denial_by(e, of); !denied.empty() && tally.closed)
    return say(to, fmt::format("the record says: no {}", denied));
  const std::string window = q.window == kNone ? "" : " " + window_words(e, q.window);
  const std::string what = fmt::format("no {}{}{}", name, q.with == kNone && !some_left_out ? "" : " that counts", window);
  if (tally.closed) return say(to, fmt::format("{}, and {} are complete", what, name_of(of.part)));
  if (e.patient.is_complete(of.part)) return say(to, fmt::format("{}; {} are complete up to screening only", what, name_of(of.part)));
  say(to, fmt::format("{} is recorded, and {} are not declared complete", what, name_of(of.part)));
}

}  // namespace

void tell_records(Telling& to, const RecordsOf& q) {
  Evaluation& e = to.e;
  const std::string& name = e.model.fact(e.model.classes[q.of].fact).name;
  if (q.window != kNone && !window_of(e, q.window).known && !e.model.windows[q.window].of_half_lives) {
    const auto anchors = missing_anchors(e, e.model.windows[q.window]);
    if (!anchors.empty())
      say(to, fmt::format("{}: {} is not given, and `{}` counts from it", name, joined(anchors, ", "), e.model.windows[q.window].words));
  }
  const Tally tally = tally_of(e, q);
  const Sorted found = sorted(e, q);
  const bool counts = q.count != Records::Count::some && q.count != Records::Count::no;
  if (!found.certain.empty()) {
    const std::string number = counts ? fmt::format("{} of {}: ", tally.certain, name) : "";
    say(to, number + names(to, found.certain, true));
  }
  if (!found.possible.empty() && (counts || tally.certain == 0)) {
    const std::string why = doubt(to, q, found.possible.front());
    const std::string text = names(to, found.possible, true);
    const std::string type = found.of_wider ? fmt::format("whether it is {} is not said", name) : "";
    say(to, fmt::format("{}: {}", text, !why.empty() ? why : !type.empty() ? type
                        : q.window == kNone ? "it is not certain that it counts"
                                            : fmt::format("it is not certain that it is {}", window_words(e, q.window))));
  }
  if (found.certain.empty() && !found.excluded.empty())
    say(to, names(to, found.excluded, false) + (found.excluded.size() == 1 ? " does not count" : " do not count"));
  const bool none = found.certain.empty() && found.possible.empty();
  if (none) tell_none(to, q, tally, !found.excluded.empty());
  else if (counts && !tally.closed) say(to, fmt::format("{} are not declared complete", name_of(e.model.classes[q.of].part)));
}

void tell_stable(Telling& to, const StableDose& q) {
  Evaluation& e = to.e;
  const Class& of = e.model.classes[q.of];
  std::vector<uint32_t> records;
  for (const Class::Member& member : of.members)
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next)
      if (e.patient.records[r].says != Says::no) records.push_back(r);
  const std::string& name = e.model.fact(of.fact).name;
  if (!day_of(e, q.anchor)) return say(to, name + ": the date that it is stable up to is not given");
  if (records.empty()) return say(to, fmt::format("no {} is recorded", name));
  say(to, names(to, records, true));
  const bool no_dose = std::ranges::any_of(records, [&](uint32_t r) { return !e.patient.records[r].has_value; });
  if (no_dose) say(to, fmt::format("a dose of {} is not given", name));
}

std::string dose_words(Telling& to, const DoseValue& v) {
  Evaluation& e = to.e;
  const Class& of = e.model.classes[v.of];
  const std::string which = v.over ? std::string(spelling(*v.over)) + " " : "";
  const std::string name = fmt::format("{}dose of {}", which, e.model.fact(of.fact).name);
  if (v.window != kNone && !window_of(e, v.window).known) {
    const auto anchors = missing_anchors(e, e.model.windows[v.window]);
    return fmt::format("{}: {} is not given", name, joined(anchors, ", "));
  }
  bool no_dose = false;
  for (const Class::Member& member : of.members) {
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next) {
      if (e.patient.records[r].says == Says::no) continue;
      use(to, r);
      no_dose |= !e.patient.records[r].has_value;
    }
  }
  const std::string unit = to_string(v.unit) == "mg/d" ? "mg/day" : to_string(v.unit);
  const std::string window = v.window == kNone ? "" : " " + window_words(e, v.window);
  std::string text = fmt::format("{}{} {}", name, window, amount_words(dose_of(e, v), unit));
  if (no_dose) text += " (a dose is not given)";
  else if (!e.patient.is_complete(Part::drugs) && denial_by(e, of).empty()) text += " (drugs are not declared complete)";
  return text;
}

void tell_attribute(Telling& to, std::string_view name) {
  const AttributeValue* attribute = attribute_of(to.e, to.e.record, name);
  if (attribute) say(to, fmt::format("{} {}", name, attribute->word));
  else say(to, fmt::format("{} is not given", name));
}

}  // namespace crit
