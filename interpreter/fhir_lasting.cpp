// Conditions, allergies, procedures and encounters to what lasts: from when to when, and how certainly.
#include <algorithm>

#include "interpreter/codes.hpp"
#include "interpreter/fhir_records_parts.hpp"
#include "interpreter/spelling.hpp"
#include "interpreter/truth.hpp"

namespace crit {

namespace {

bool is_refused(const FhirResource& c) {
  return is_one_of(c.verification, {"refuted", "entered-in-error"});
}

// Of a state that is not known it may be refuted as well.
bool is_suspicion(const FhirResource& c) {
  return !c.verification.empty() && !is_one_of(c.verification, {"confirmed"});
}

// Or may be: of a state that is not known.
bool is_over(const FhirResource& c) {
  return c.is_over || (!c.clinical.empty() && !is_one_of(c.clinical, {"active", "recurrence", "relapse"}));
}

// The days of a condition. Without an onset, what goes on had begun when it was recorded; of what is over and
// has no end nothing is known behind its first day.
void set_days(NewRecord& made, const FhirResource& c) {
  const std::string_view onset = local_time(c.when), end = local_time(c.end), known = local_time(c.recorded);
  const std::string_view latest = local_time(c.latest_onset);
  if (!latest.empty() && latest != onset) {
    made.set(is_over(c) && end.empty() ? Field::date : Field::start, latest);
    made.set(Field::end, end);
    made.began_before = true;
  } else if (!end.empty()) {
    made.set(Field::start, onset);
    made.set(Field::end, end);
  } else if (!is_over(c)) {
    made.set(Field::start, onset.empty() ? known : onset);
    made.began_before = onset.empty() && !known.empty();
  } else {
    made.set(Field::date, onset);
  }
}

// A flag is yes from the first day, and no from the last. Of a suspicion, and of what was over on a day that
// nobody told, it is not known what it is.
void hold_flag(FhirReading& r, const FhirResource& c, NamedFact* fact) {
  NewRecord made;
  made.says(true);
  made.unconfirmed = is_suspicion(c) || (is_over(c) && c.end.empty());
  made.set(Field::date, local_time(c.when.empty() ? c.recorded : c.when));
  hold_record(r, c, fact, made);
  if (c.end.empty() || made.unconfirmed) return;
  NewRecord ended;
  ended.says(false);
  ended.set(Field::date, local_time(c.end));
  hold_record(r, c, fact, ended);
}

// By SNOMED CT, of which FHIR R4 names these codes (condition-severity), or in a word.
std::string_view severity_of(const FhirResource& c) {
  constexpr std::pair<std::string_view, std::string_view> kCodes[] = {
      {"255604002", "mild"}, {"6736007", "moderate"}, {"24484000", "severe"}};
  for (const auto& [code, word] : kCodes)
    if (c.severity == code || same_in_any_case(c.severity, word)) return word;
  return {};
}

// An event that only has a first day is over on it.
void hold_event(FhirReading& r, const FhirResource& c, NamedFact* fact) {
  NewRecord made;
  made.unconfirmed = is_suspicion(c);
  made.set(c.end.empty() ? Field::date : Field::start, local_time(c.when));
  made.set(Field::end, local_time(c.end));
  hold_record(r, c, fact, made);
}

// The reasons that `hospitalization` has by these names are those of these facts and their members.
struct ReasonRow {
  std::string_view word, fact;
};
constexpr ReasonRow kReasons[] = {{"respiratory", "respiratory_disease"},
                                  {"cardiovascular", "cardiovascular_disease"},
                                  {"psychiatric", "psychiatric_disorder"},
                                  {"cancer", "malignancy"}};

bool is_or_is_in(std::string_view name, std::string_view of) {
  return name == of || is_member(name, of);
}

Truth means(const std::string& fact, std::string_view word) {
  if (is_or_is_in(fact, word)) return Truth::yes;
  const auto row = std::ranges::find(kReasons, word, &ReasonRow::word);
  if (row != std::end(kReasons) && is_or_is_in(fact, row->fact)) return Truth::yes;
  // Who is admitted for a disease may have come since it got worse.
  constexpr std::string_view kWorse = "_exacerbation";
  const bool may_be =
      word.ends_with(kWorse) && is_or_is_in(fact, word.substr(0, word.size() - kWorse.size()));
  return may_be ? Truth::unknown : Truth::no;
}

constexpr uint32_t kAny = ~uint32_t{0};

// All words of the event's reasons that the stay's reasons mean; none where a trial's own declaration has
// other words. A reason without a word, or with one that it only may mean, leaves open what others there are.
void set_reasons(FhirReading& r, const FhirResource& e, const NamedFact& event, NewRecord& made) {
  if (event.readings.size() != 1) return;
  const auto& attributes = event.readings.front().fact->attributes;
  const auto info = std::ranges::find(attributes, name_of(FhirAttribute::reason), &AttributeInfo::name);
  if (info == attributes.end() || info->words.empty()) return;
  std::vector<bool> is_set(info->words.size());
  made.other_reasons = e.has_other_reasons;
  for (const FhirConcept& reason : e.reasons) {
    bool found = false;
    for (const NamedFact* fact : facts_of(r, e, reason, kAny, true))
      for (size_t w = 0; w < info->words.size(); ++w) {
        const Truth meant = means(fact->name, info->words[w]);
        made.other_reasons |= meant == Truth::unknown;
        if (meant != Truth::yes) continue;
        found = is_set[w] = true;
      }
    made.other_reasons |= !found;
  }
  for (size_t w = 0; w < is_set.size(); ++w)
    if (is_set[w]) made.set(FhirAttribute::reason, info->words[w]);
}

bool has_substance(const NamedFact& allergy) {
  return std::ranges::all_of(allergy.readings, [](const ReadingOfName& reading) {
    return reading.fact->standard ||
           std::ranges::find(reading.fact->attributes, name_of(FhirAttribute::substance),
                             &AttributeInfo::name) != reading.fact->attributes.end();
  });
}

// What to: a drug that is known by its code; of food and dust it is at least known that it is no drug.
std::string_view substance_of(FhirReading& r, const FhirResource& a) {
  const auto drugs = facts_of(r, a, a.result.code, kinds({FactKind::drug}), true);
  if (drugs.size() == 1) return drugs.front()->name;
  const auto is_no_drug = [](std::string_view c) { return is_one_of(c, {"food", "environment"}); };
  const bool none = !a.categories.empty() && std::ranges::all_of(a.categories, is_no_drug);
  return none ? a.categories.front() : std::string_view();
}

// SNOMED CT: no known allergy; and the same of drugs, food, and latex alone, which is no record of allergies.
bool says_none(const FhirResource& a, bool of_all) {
  return std::ranges::any_of(a.result.code.codings, [&](const FhirCoding& c) {
    return of_all ? c.code == "716186003"
                  : is_one_of(c.code, {"409137002", "429625007", "428607008", "428197003", "1003774007"});
  });
}

}  // namespace

std::string_view name_of(FhirAttribute attribute) {
  return kFhirAttributes[size_t(attribute)];
}

FhirOutcome add_condition(FhirReading& r, const FhirResource& c) {
  if (is_refused(c)) return {false, true};
  constexpr uint32_t kAsked = kinds({FactKind::condition, FactKind::event, FactKind::flag});
  FhirOutcome outcome;
  for (NamedFact* fact : facts_of(r, c, c.result.code, kAsked)) {
    const FactKind kind = kind_of(*fact);
    outcome.used = true;
    if (kind == FactKind::flag) {
      hold_flag(r, c, fact);
    } else if (kind == FactKind::event) {
      hold_event(r, c, fact);
    } else {
      NewRecord made;
      made.unconfirmed = is_suspicion(c);
      set_days(made, c);
      made.set(FhirAttribute::severity, severity_of(c));
      hold_record(r, c, fact, made);
    }
  }
  return outcome;
}

FhirOutcome add_allergy(FhirReading& r, const FhirResource& a) {
  // That there is none, which is not certain or no longer so, says nothing.
  const bool doubts_none = says_none(a, true) && (is_suspicion(a) || is_over(a) || a.has_modifier);
  if (is_refused(a) || says_none(a, false) || doubts_none) return {false, true};
  auto facts = facts_of(r, a, a.result.code, kinds({FactKind::condition}), true);
  // Each is an allergy, known by its code or not.
  if (facts.empty()) facts.push_back(&named(r.in, "allergy"));
  for (NamedFact* fact : facts) {
    if (fact->readings.empty()) continue;
    NewRecord made;
    if (says_none(a, true)) {
      made.says(false);
      made.set(Field::date, local_time(a.recorded));
    } else {
      // An intolerance may be of another kind than an allergy.
      made.unconfirmed = is_suspicion(a) || a.kind == "intolerance";
      set_days(made, a);
      if (has_substance(*fact)) made.set(FhirAttribute::substance, substance_of(r, a));
    }
    hold_record(r, a, fact, made);
  }
  return {true, false};
}

FhirOutcome add_procedure(FhirReading& r, const FhirResource& p) {
  if (is_one_of(p.status, {"preparation", "not-done", "entered-in-error"})) return {false, true};
  const bool is_certain = is_one_of(p.status, {"completed", "in-progress"});
  FhirOutcome outcome;
  for (NamedFact* fact : facts_of(r, p, p.result.code, kinds({FactKind::event, FactKind::flag}))) {
    const bool is_flag = kind_of(*fact) == FactKind::flag;
    // What was broken off may not have come to be what its code says.
    if (is_flag && p.status == "stopped") continue;
    NewRecord made;
    made.unconfirmed = !is_certain;
    if (is_flag) made.says(true);
    if (!p.when.empty() || is_flag) {
      made.set(Field::date, local_time(p.when.empty() ? p.start : p.when));
    } else {
      made.set(Field::start, local_time(p.start));
      made.set(Field::end, local_time(p.end));
    }
    hold_record(r, p, fact, made);
    outcome.used = true;
  }
  return outcome;
}

namespace {

// A class that only this hospital knows, or none: it may be a stay.
void tell_class(FhirReading& r, const FhirResource& e) {
  const auto& codings = e.encounter_class.codings;
  const FhirCoding of = codings.empty() ? FhirCoding{{}, {}, e.encounter_class.text} : codings.front();
  tell_unnamed(r, e, code_of(r.in, of.system, {}, of.code, of.display));
}

}  // namespace

FhirOutcome add_encounter(FhirReading& r, const FhirResource& e) {
  if (is_one_of(e.status, {"planned", "cancelled", "entered-in-error"})) return {false, true};
  const auto has_class = [&](std::initializer_list<std::string_view> codes) {
    return std::ranges::any_of(e.encounter_class.codings,
                               [&](const FhirCoding& c) { return is_one_of(c.code, codes); });
  };
  const bool is_stay = has_class({"IMP", "ACUTE", "NONAC"});
  if (!is_stay && !has_class({"EMER"})) {
    if (!has_class({"AMB", "FLD", "HH", "OBSENC", "PRENC", "SS", "VR"})) tell_class(r, e);
    return {};
  }
  NamedFact& fact = named(r.in, is_stay ? "hospitalization" : "emergency_visit");
  if (fact.readings.empty() || kind_of(fact) != FactKind::event) return {};
  NewRecord made;
  made.set(Field::start, local_time(e.start));
  made.set(Field::end, local_time(e.end));
  // Whether it has happened; and a part of another stay may be no stay of its own.
  made.unconfirmed =
      e.is_part || !is_one_of(e.status, {"arrived", "triaged", "in-progress", "onleave", "finished"});
  set_reasons(r, e, fact, made);
  hold_record(r, e, &fact, made);
  return {true, false};
}

}  // namespace crit
