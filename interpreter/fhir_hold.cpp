// Texts in blocks, patients by the names that resources have for them; at the end, to the Intake.
#include "interpreter/fhir_hold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "interpreter/read_value.hpp"

namespace crit {

namespace {

constexpr size_t kBlock = 64u << 10;
constexpr size_t kMaxTold = 20;  // patients without a resource, named one by one

std::string_view without_version(std::string_view reference) {
  return reference.substr(0, reference.find("/_history/"));
}

// A record's start as the days on which it may have begun: from birth, as far as that is known.
void widen_start(Record& record, const std::optional<When>& birth) {
  if (!record.has_start) return;
  const Day from = birth ? birth->first_day : to_day({1800, 1, 1});
  record.start = {std::min(from, record.start.first_day), record.start.last_day, -1};
}

}  // namespace

FhirRun& fhir_run(Intake& in) {
  if (!in.fhir) in.fhir = std::make_shared<FhirRun>();
  return *in.fhir;
}

std::string_view id_of_reference(std::string_view reference) {
  reference = without_version(reference);
  const size_t end = reference.find_last_of("/:#");
  return end == reference.npos ? reference : reference.substr(end + 1);
}

std::string_view FhirHold::keep(std::string_view text) {
  if (text.empty()) return {};
  bytes_ += text.size();
  if (text.size() > kBlock / 4) {
    blocks_.insert(blocks_.begin(), std::make_unique_for_overwrite<char[]>(text.size()));
    std::memcpy(blocks_.front().get(), text.data(), text.size());
    return {blocks_.front().get(), text.size()};
  }
  if (text.size() > block_left_) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(kBlock));
    block_left_ = kBlock;
  }
  char* const to = blocks_.back().get() + (kBlock - block_left_);
  std::memcpy(to, text.data(), text.size());
  block_left_ -= text.size();
  return {to, text.size()};
}

HeldPatient& FhirHold::patient(std::string_view reference) {
  const std::string_view key = id_of_reference(reference);
  if (const auto known = by_key_.find(key); known != by_key_.end()) return *known->second;
  HeldPatient& made = patients_.emplace_back();
  made.key = keep(key);
  bytes_ += sizeof made;
  by_key_.emplace(made.key, &made);
  return made;
}

void FhirHold::join(std::string_view reference, std::string_view other) {
  HeldPatient& patient = this->patient(reference);
  const std::string_view key = id_of_reference(other);
  const auto known = by_key_.find(key);
  if (known == by_key_.end()) {
    by_key_.emplace(keep(key), &patient);
    return;
  }
  HeldPatient& from = *known->second;
  if (&from == &patient || from.has_resource) return;
  const auto before = static_cast<uint32_t>(patient.cells.size());
  patient.cells.insert(patient.cells.end(), from.cells.begin(), from.cells.end());
  for (HeldRecord record : from.records) {
    record.first_cell += before;
    patient.records.push_back(record);
  }
  from = {};
  known->second = &patient;
}

void FhirHold::begin_file(std::string_view name) {
  files_.emplace_back(name);
}

void FhirHold::add_medication(std::string_view reference, std::vector<NamedFact*> facts) {
  medications_.insert_or_assign(keep(id_of_reference(reference)), std::move(facts));
}

void FhirHold::add_void(std::string_view observation) {
  void_.insert(keep(id_of_reference(observation)));
}

std::string FhirHold::where(const HeldPatient& patient, const HeldRecord& record) const {
  const std::string& file = files_[record.file];
  if (record.id.empty()) return fmt::format("{}: {} of {}", file, name_of(record.type), patient.id);
  return fmt::format("{}: {}/{}", file, name_of(record.type), record.id);
}

void FhirHold::tell_nameless(Intake& in, const HeldPatient& patient) const {
  if (patient.records.empty()) return;
  const std::string& file = files_[patient.records.front().file];
  if (patient.key.empty())
    in.broken({kNoFact,
               fmt::format("{} resources name no patient: they are not used", patient.records.size()), file});
  else
    in.broken({kNoFact,
               fmt::format("`{}` has {} resources and no Patient: they are not used", patient.key,
                           patient.records.size()),
               file});
}

// Identifier, birth, sex; and whether there is anybody to screen.
void FhirHold::add_patient_itself(Intake& in, const HeldPatient& p) {
  const std::string at = fmt::format("{}: Patient/{}", files_[p.file], p.id);
  begin_patient(in, at);
  set_part(in, PatientPart::patient, p.id.empty() ? p.key : p.id, at);
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    raw_.clear();
    raw_.set(Field::value, {Cell::Kind::text, value});
    NamedFact& fact = named(in, name);
    if (!fact.readings.empty()) add_record(in, fact, raw_, {at, fact.name, -1, false});
  };
  add("birth_date", p.birth_date);
  if (p.gender == "female" || p.gender == "male") add("sex", p.gender);
  if (p.twice) add_fault(in, kNoFact, "this patient has two resources `Patient`: neither counts", at);
  if (!p.is_dead) return;
  When death;
  std::string problem;
  if (p.death.empty() || !read_when(p.death, death, problem))
    add_fault(in, kNoFact, "this patient has died, and the day is not given", at);
  else if (in.screening && death.first_day <= in.screening->last_day)
    add_fault(in, kNoFact, "this patient died before or on the day of screening", at);
}

// Two versions of one resource would count twice.
void FhirHold::refuse_doubles(Intake& in, const HeldPatient& p) {
  std::set<std::pair<FhirType, std::string_view>> seen;
  const HeldRecord* last = nullptr;
  for (const HeldRecord& r : p.records) {
    // The records of one resource follow each other.
    if (r.id.empty() || (last && last->id.data() == r.id.data())) continue;
    last = &r;
    if (!seen.emplace(r.type, r.id).second)
      add_fault(in, kNoFact, "a resource of this identifier is here twice", where(p, r));
  }
}

void FhirHold::add_one(Intake& in, const HeldPatient& p, const HeldRecord& held, NamedFact& fact) {
  raw_.clear();
  for (uint32_t c = held.first_cell; c < held.first_cell + held.cells; ++c) {
    const HeldCell& cell = p.cells[c];
    const Cell made{cell.kind, {cell.text, cell.size}};
    if (cell.place < kFields)
      raw_.set(static_cast<Field>(cell.place), made);
    else
      raw_.attributes.push_back({kFhirAttributes[cell.place - kFields], made});
  }
  const size_t before = in.patient.records.size();
  add_record(in, fact, raw_, {where(p, held), fact.name, -1, false});
  if (!held.unconfirmed && !held.began_before) return;
  std::optional<When> birth;
  When day;
  std::string problem;
  if (read_when(p.birth_date, day, problem)) birth = day;
  for (size_t r = before; r < in.patient.records.size(); ++r) {
    in.patient.records[r].unconfirmed = held.unconfirmed;
    if (held.began_before) widen_start(in.patient.records[r], birth);
  }
}

void FhirHold::add_records(Intake& in, const HeldPatient& p) {
  for (const HeldRecord& held : p.records) {
    if (held.type == FhirType::observation && void_.contains(held.id)) continue;
    if (held.fact) {
      add_one(in, p, held, *held.fact);
      continue;
    }
    const auto found = medications_.find(id_of_reference(held.medication));
    if (found == medications_.end()) continue;
    for (NamedFact* fact : found->second) add_one(in, p, held, *fact);
  }
}

bool FhirHold::finish(Intake& in) {
  bool go_on = true;
  size_t told = 0;
  for (const HeldPatient& p : patients_) {
    if (!go_on) break;
    if (!p.has_resource) {
      if (told++ < kMaxTold) tell_nameless(in, p);
      continue;
    }
    add_patient_itself(in, p);
    refuse_doubles(in, p);
    add_records(in, p);
    go_on = finish_patient(in);
  }
  if (told > kMaxTold)
    in.broken(
        {kNoFact, fmt::format("{} more have resources and no Patient", told - kMaxTold), files_.back()});
  clear();
  return go_on;
}

void FhirHold::clear() {
  patients_.clear();
  by_key_.clear();
  medications_.clear();
  void_.clear();
  files_.clear();
  blocks_.clear();
  block_left_ = bytes_ = 0;
}

}  // namespace crit
