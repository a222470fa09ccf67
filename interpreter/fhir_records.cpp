// Codes to facts, once a run each; and each kind of resource to the file that knows it.
#include "interpreter/fhir_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "interpreter/fhir_records_parts.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

void drop_wider(std::vector<NamedFact*>& facts) {
  const std::vector<NamedFact*> all = facts;
  std::erase_if(facts, [&](const NamedFact* wide) {
    return std::ranges::any_of(all, [&](const NamedFact* f) { return is_member(f->name, wide->name); });
  });
}

std::string place_of(const FhirReading& r, const FhirResource& resource) {
  return fmt::format("{}: {}/{}", r.hold.file_name(), resource.type_name, resource.id);
}

// Each resource is used, passed over or has no name. True: used.
template <typename Add>
bool add_counted(FhirReading& r, const FhirResource& resource, Add add) {
  Origin& origin = r.run.origins[size_t(resource.type)];
  ++origin.read;
  const bool outer = std::exchange(r.unmapped, false);  // of what this is contained in
  const FhirOutcome outcome = add(r, resource);
  if (outcome.passed && !outcome.used && !resource.is_contained && !resource.id.empty() &&
      !resource.subject.empty())
    r.hold.patient(resource.subject)
        .passed.emplace_back(static_cast<OriginId>(resource.type), r.hold.keep(resource.id));
  origin.used += outcome.used;
  origin.passed += !outcome.used && (outcome.passed || !r.unmapped);
  r.unmapped = outer;
  return outcome.used;
}

FhirOutcome add_report(FhirReading& r, const FhirResource& report) {
  if (is_one_of(report.status, {"entered-in-error", "cancelled"})) {
    for (const std::string_view result : report.results) r.hold.add_void(result);
    return {false, true};
  }
  FhirOutcome outcome;
  for (FhirResource inner : report.contained) {
    if (inner.type != FhirType::observation) continue;
    if (inner.subject.empty()) inner.subject = report.subject;
    inner.has_modifier |= report.has_modifier;
    outcome.used |= add_counted(r, inner, add_observation);
  }
  return outcome;
}

FhirOutcome add_medication(FhirReading& r, const FhirResource& m, std::string_view full_url) {
  const auto facts = facts_of(r, m, m.result.code, kinds({FactKind::drug}));
  for (const std::string_view name : {m.id, full_url})
    if (!name.empty()) r.hold.add_medication(name, {facts, m.has_modifier});
  return {!facts.empty(), false};
}

FhirOutcome add_patient(FhirReading& r, const FhirResource& p, std::string_view full_url) {
  HeldPatient& held = r.hold.patient(p.id.empty() ? full_url : p.id);
  held.twice |= held.has_resource;
  held.has_resource = true;
  held.id = r.hold.keep(p.id);
  held.birth_date = r.hold.keep(local_time(p.birth_date));
  held.gender = r.hold.keep(p.gender);
  held.death = r.hold.keep(local_time(p.death));
  held.is_dead = p.is_dead;
  held.file = r.hold.file();
  held.complete |= r.complete();
  if (p.has_modifier)
    held.faults.push_back({kNoFact,
                           "this Patient has a `modifierExtension`, which may change what all of it says, "
                           "and is not understood "
                           "here: give the patient without it if it changes nothing",
                           place_of(r, p)});
  if (!p.id.empty() && !full_url.empty()) r.hold.join(p.id, full_url);
  return {true, false};
}

// An observation may have those that it is made of within itself.
FhirOutcome add_observations(FhirReading& r, const FhirResource& o) {
  for (FhirResource inner : o.contained) {
    if (inner.type != FhirType::observation) continue;
    if (inner.subject.empty()) inner.subject = o.subject;
    inner.has_modifier |= o.has_modifier;
    if (!is_one_of(o.status, {"entered-in-error", "cancelled"})) add_counted(r, inner, add_observation);
  }
  return add_observation(r, o);
}

FhirOutcome add_by_type(FhirReading& r, const FhirResource& resource, std::string_view full_url) {
  switch (resource.type) {
    case FhirType::patient:
      return add_patient(r, resource, full_url);
    case FhirType::observation:
      return add_observations(r, resource);
    case FhirType::condition:
      return add_condition(r, resource);
    case FhirType::allergy_intolerance:
      return add_allergy(r, resource);
    case FhirType::procedure:
      return add_procedure(r, resource);
    case FhirType::encounter:
      return add_encounter(r, resource);
    case FhirType::medication_administration:
    case FhirType::medication_request:
    case FhirType::medication_statement:
      return add_drug(r, resource);
    case FhirType::immunization:
      return add_immunization(r, resource);
    case FhirType::medication:
      return add_medication(r, resource, full_url);
    case FhirType::diagnostic_report:
      return add_report(r, resource);
    case FhirType::bundle:
    case FhirType::other:
      break;
  }
  return {};
}

}  // namespace

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view w) { return same_in_any_case(w, word); });
}

std::string_view local_time(std::string_view text) {
  constexpr size_t kToMinutes = 16;  // 2025-03-01T08:30
  return text.substr(0, kToMinutes);
}

std::vector<NamedFact*> facts_of(FhirReading& r, const FhirResource& of, const FhirConcept& concept_,
                                 uint32_t kinds, bool quietly) {
  std::vector<NamedFact*> facts;
  HeldCode* first = nullptr;
  for (const FhirCoding& coding : concept_.codings) {
    HeldCode& code = code_of(r.in, coding.system, code_system_of(coding.system), coding.code, coding.display);
    if (!first) first = &code;
    for (NamedFact* fact : code.facts)
      if ((kinds >> unsigned(kind_of(*fact)) & 1) && std::ranges::find(facts, fact) == facts.end())
        facts.push_back(fact);
  }
  if (facts.size() > 1 && concept_.codings.size() > 1) drop_wider(facts);
  if (!facts.empty() || quietly) return facts;
  // Known by its text; without one too it may be anything.
  if (!first) first = &code_of(r.in, {}, {}, {}, concept_.text);
  tell_unnamed(r, of, *first);
  return facts;
}

void tell_unnamed(FhirReading& r, const FhirResource& of, HeldCode& code) {
  const auto origin = static_cast<OriginId>(of.type);
  count_unmapped(code, origin);
  r.unmapped = true;
  if (!of.subject.empty()) ++r.hold.patient(of.subject).unmapped[size_t(r.run.origins[origin].part)];
}

void hold_record(FhirReading& r, const FhirResource& resource, NamedFact* fact, const NewRecord& made) {
  HeldPatient& patient = r.hold.patient(resource.subject);
  patient.complete |= r.complete();
  HeldRecord& record = patient.records.emplace_back();
  record.fact = fact;
  record.medication = r.hold.keep(made.medication);
  record.origin = static_cast<OriginId>(resource.type);
  record.may_be_void = resource.type == FhirType::observation;
  record.unconfirmed = made.unconfirmed || made.has_modifier || resource.has_modifier;
  if (made.has_modifier || resource.has_modifier) count_modified(r.run, place_of(r, resource));
  record.other_reasons = made.other_reasons;
  record.began_before = made.began_before;
  record.file = r.hold.file();
  record.first_cell = static_cast<uint32_t>(patient.cells.size());
  // The records of one resource share the text of its identifier, which is how they are known again.
  if (patient.records.size() > 1) {
    const HeldRecord& before = patient.records[patient.records.size() - 2];
    if (r.run.records_of_resource > 0 && before.id == resource.id) record.id = before.id;
  }
  if (record.id.empty()) record.id = r.hold.keep(resource.id);
  ++r.run.records_of_resource;
  for (const NewRecord::Part& part : made.parts)
    r.hold.add_cell(patient, record, part.place, part.kind, part.text);
  r.hold.count(sizeof record);
}

void add_resource(FhirReading& r, const FhirResource& resource, std::string_view full_url) {
  if (resource.type == FhirType::other) {
    ++r.run.others;
    return;
  }
  r.run.records_of_resource = 0;
  if (resource.is_doubled && resource.type != FhirType::bundle) {
    const std::string_view of = resource.type == FhirType::patient ? resource.id : resource.subject;
    HeldPatient& patient = r.hold.patient(of.empty() ? full_url : of);
    patient.faults.push_back({kNoFact, "a key stands twice in one object", place_of(r, resource)});
  }
  add_counted(r, resource, [&](FhirReading& reading, const FhirResource& each) {
    return each.is_of_other ? FhirOutcome{false, true} : add_by_type(reading, each, full_url);
  });
}

}  // namespace crit
