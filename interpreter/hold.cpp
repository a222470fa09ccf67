// Texts in blocks, patients by the names that resources have for them; at the end, to the Intake.
#include "interpreter/hold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>

#include "interpreter/attributes.hpp"
#include "interpreter/fhir_records.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/stray_words.hpp"

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

// An answer or a result that nobody knows is there all the same: it comes after those before it.
void doubt(Record& record, FactKind kind) {
  record.unconfirmed = true;
  if (kind == FactKind::measure) record.has_value = false;
  if (kind != FactKind::flag && kind != FactKind::choice) return;
  record.says = Says::value;
  record.word = kNone;
}

// A table's row has the birth of a patient of many rows: it is told where it stands.
void check_birth(Intake& in, const NamedFact& named, size_t first_record, const std::string& where) {
  if (where.empty() || named.readings.empty()) return;
  const Fact& fact = *named.readings.front().fact;
  const auto& screening = in.patient->screening ? in.patient->screening : in.screening;
  if (!screening || !fact.standard || fact.name != "birth_date") return;
  for (size_t r = first_record; r < in.patient->records.size(); ++r) {
    const Record& record = in.patient->records[r];
    if (record.has_start && record.start.first_day > screening->last_day)
      add_fault(in, fact.id, std::string(kBornAfterScreening), where);
  }
}

}  // namespace

Holding& holding(Intake& in) {
  if (!in.holding) {
    in.holding = std::make_shared<Holding>();
    in.holding->origins = fhir_origins();
  }
  return *in.holding;
}

bool has_room_to_hold(Intake& in, std::string_view where) {
  Holding& run = holding(in);
  if (run.lines.has_room(run.most)) return true;
  if (!std::exchange(run.told_full, true))
    in.broken(
        {kNoFact,
         fmt::format("the records of this run take more than {} MiB: none of their patients is answered",
                     run.most >> 20),
         std::string(where)});
  return false;
}

void count_modified(Holding& run, const std::string& where) {
  if (run.modified++ == 0) run.first_modified = where;
}

bool finish_held(Intake& in) {
  if (!in.holding) return true;
  Hold& lines = in.holding->lines;
  if (!in.holding->is_cut && lines.has_room(in.holding->most)) return lines.finish(in);
  lines.clear();
  return true;
}

std::string_view id_of_reference(std::string_view reference) {
  reference = without_version(reference);
  const size_t end = reference.find_last_of("/:#");
  return end == reference.npos ? reference : reference.substr(end + 1);
}

std::string_view Hold::keep(std::string_view text) {
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

HeldPatient& Hold::patient(std::string_view reference) {
  return patient_named(id_of_reference(reference));
}

HeldPatient& Hold::patient_named(std::string_view key) {
  if (const auto known = by_key_.find(key); known != by_key_.end()) return *known->second;
  HeldPatient& made = patients_.emplace_back();
  made.key = keep(key);
  bytes_ += sizeof made;
  by_key_.emplace(made.key, &made);
  return made;
}

void Hold::join(std::string_view reference, std::string_view other) {
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
  patient.passed.insert(patient.passed.end(), from.passed.begin(), from.passed.end());
  for (size_t part = 0; part < kPartCount; ++part) patient.unmapped[part] += from.unmapped[part];
  from = {};
  known->second = &patient;
}

void Hold::begin_file(std::string_view name) {
  files_.emplace_back(name);
}

void Hold::add_medication(std::string_view reference, const HeldMedication& drug) {
  const auto [known, is_new] = medications_.try_emplace(keep(id_of_reference(reference)), drug);
  known->second.is_modified |= drug.is_modified;
  if (!is_new && known->second.facts != drug.facts)
    known->second.facts.clear();  // nobody knows which of the two is meant
}

void Hold::add_void(std::string_view observation) {
  void_.insert(keep(id_of_reference(observation)));
}

void Hold::add_cell(HeldPatient& patient, HeldRecord& record, uint8_t place, Cell::Kind kind,
                    std::string_view text) {
  const std::string_view kept = keep(text);
  patient.cells.push_back({place, kind, static_cast<uint32_t>(kept.size()), kept.data()});
  ++record.cells;
  bytes_ += sizeof(HeldCell);
}

std::string Hold::where(const HeldPatient& patient) const {
  const std::string& file = files_[patient.file];
  return patient.line > 0 ? fmt::format("{}:{}", file, patient.line)
                          : fmt::format("{}: Patient/{}", file, patient.id);
}

std::string Hold::where(const Intake& in, const HeldPatient& patient, const HeldRecord& record) const {
  const std::string& file = files_[record.file];
  if (record.line > 0) return fmt::format("{}:{}", file, record.line);
  const std::string& type = in.holding->origins[record.origin].name;
  if (record.id.empty()) return fmt::format("{}: {} of {}", file, type, patient.id);
  return fmt::format("{}: {}/{}", file, type, record.id);
}

void Hold::tell_nameless(Intake& in, const HeldPatient& patient) const {
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
void Hold::add_patient_itself(Intake& in, const HeldPatient& p) {
  const std::string at = where(p);
  begin_patient(in, at);
  set_part(in, PatientPart::patient, p.id.empty() ? p.key : p.id, at);
  if (!p.screening.empty()) set_part(in, PatientPart::screening, p.screening, at);
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    raw_.clear();
    raw_.set(Field::value, {Cell::Kind::text, value});
    NamedFact& fact = named(in, name);
    if (!fact.readings.empty()) add_record(in, fact, raw_, {at, fact.name, -1, false});
  };
  add("birth_date", p.birth_date);
  if (p.gender == "female" || p.gender == "male") add("sex", p.gender);
  for (const Fault& fault : p.faults) add_fault(in, fault.fact, fault.message, fault.where);
  if (p.twice) add_fault(in, kNoFact, "this patient has two resources `Patient`: neither counts", at);
  if (!p.is_dead) return;
  When death;
  std::string problem;
  if (p.death.empty() || !read_when(p.death, death, problem))
    add_fault(in, kNoFact, "this patient has died, and the day is not given", at);
  else
    in.patient->death = death;
}

// Two versions of one resource would count twice, and one that was withdrawn would count.
void Hold::refuse_doubles(Intake& in, const HeldPatient& p) {
  std::set<std::pair<OriginId, std::string_view>> seen(p.passed.begin(), p.passed.end());
  const HeldRecord* last = nullptr;
  for (const HeldRecord& r : p.records) {
    // The records of one resource follow each other.
    if (r.id.empty() || (last && last->id.data() == r.id.data())) continue;
    last = &r;
    if (!seen.emplace(r.origin, r.id).second)
      add_fault(in, kNoFact, "a resource of this identifier is here twice", where(in, p, r));
  }
}

void Hold::add_one(Intake& in, const HeldPatient& p, const HeldRecord& held, NamedFact& fact) {
  raw_.clear();
  for (uint32_t c = held.first_cell; c < held.first_cell + held.cells; ++c) {
    const HeldCell& cell = p.cells[c];
    const Cell made{cell.kind, {cell.text, cell.size}};
    if (cell.place < kFields)
      raw_.set(static_cast<Field>(cell.place), made);
    else
      raw_.attributes.push_back({kFhirAttributes[cell.place - kFields], made});
  }
  const size_t before = in.patient->records.size(), faults = in.patient->faults.size();
  add_record(in, fact, raw_, {where(in, p, held), fact.name, -1, false});
  for (size_t f = faults; f < in.patient->faults.size(); ++f) in.patient->faults[f].asked_only = true;
  std::erase_if(in.patient->faults, [](const Fault& f) { return f.warns; });  // count_unconverted tells
  count_unconverted(in, p, held, fact, before);
  check_birth(in, fact, before, held.line > 0 ? where(in, p, held) : std::string());
  if (!held.unconfirmed && !held.began_before && !held.other_reasons) return;
  std::optional<When> birth;
  When day;
  std::string problem;
  if (read_when(p.birth_date, day, problem)) birth = day;
  for (size_t r = before; r < in.patient->records.size(); ++r) {
    Record& record = in.patient->records[r];
    if (held.unconfirmed) doubt(record, in.schema.facts[record.fact].kind);
    if (held.began_before) widen_start(record, birth);
    if (held.other_reasons)
      in.patient->details_of(record).attributes.push_back({name_of(FhirAttribute::reason), kAnyWord, {}, {}});
  }
}

void Hold::add_records(Intake& in, const HeldPatient& p) {
  for (const HeldRecord& held : p.records) {
    if (held.may_be_void && void_.contains(held.id)) continue;
    if (held.fact) {
      add_one(in, p, held, *held.fact);
      continue;
    }
    const auto found = medications_.find(id_of_reference(held.medication));
    if (found == medications_.end() || found->second.facts.empty()) {
      ++in.patient->unmapped[size_t(Part::drugs)];
      continue;
    }
    HeldRecord record = held;
    if (found->second.is_modified) {
      record.unconfirmed = true;
      count_modified(*in.holding, where(in, p, held));
    }
    for (NamedFact* fact : found->second.facts) add_one(in, p, record, *fact);
  }
}

bool Hold::finish(Intake& in) {
  bool go_on = true;
  size_t told = 0;
  const uint8_t complete = in.complete;
  refuse_lost_zeros();
  for (const HeldPatient& p : patients_) {
    if (!go_on) break;
    if (!p.has_resource) {
      if (p.records.empty()) continue;
      if (told++ < kMaxTold) tell_nameless(in, p);
      continue;
    }
    add_patient_itself(in, p);
    in.patient->unmapped = p.unmapped;
    refuse_doubles(in, p);
    add_records(in, p);
    in.complete = p.complete;
    go_on = finish_patient(in);
  }
  in.complete = complete;
  if (told > kMaxTold)
    in.broken(
        {kNoFact, fmt::format("{} more have resources and no Patient", told - kMaxTold), files_.back()});
  clear();
  return go_on;
}

void Hold::clear() {
  patients_.clear();
  by_key_.clear();
  medications_.clear();
  void_.clear();
  files_.clear();
  blocks_.clear();
  block_left_ = bytes_ = 0;
}

}  // namespace crit
