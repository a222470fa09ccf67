// The words for outcomes and decisions, and whom a model can decide: refusals, and the arms to answer for.
#include "interpreter/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crit {

namespace {

constexpr std::array<std::string_view, 4> kOutcomes{"pass", "fail", "unknown", "not_applicable"};
constexpr std::array<std::string_view, 3> kDecisions{"eligible", "ineligible", "undetermined"};

// The names of what is above a fact, of this trial's own declarations and of the vocabulary. Nothing is read
// for it: most of what a patient's record names no rule asks for.
struct Above {
  const Model& model;
  std::vector<std::string_view> names = {};

  void add(std::string_view name) {
    if (std::ranges::find(names, name) != names.end()) return;
    names.push_back(name);
    add_parents_of(name);
  }

  void add_parents_of(std::string_view name) {
    if (const auto own = model.scope->own.find(std::string(name)); own != model.scope->own.end()) {
      for (const std::string& parent : model.fact(own->second).parents) add(parent);
      return;
    }
    const VocabularyEntry* entry = vocabulary_entry(name);
    if (!entry) return;
    std::string_view rest = entry->parents;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(' '), rest.size());
      if (end > 0) add(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
};

// A denial said on a day holds up to that day only.
bool speaks_of(const Record& denial, const Record& record) {
  return !denial.has_start || !record.has_start || record.start.last_day <= denial.start.first_day;
}

template <class T>
T& grown(std::vector<T>& list, size_t index) {
  if (list.size() <= index) list.resize(index + 1);
  return list[index];
}

bool reads(const Model& model, FactId id, Kinship& kinship) {
  Kinship::Answer& known = grown(kinship.read, id);
  if (known == Kinship::Answer::unasked)
    known = reads(model, id) ? Kinship::Answer::yes : Kinship::Answer::no;
  return known == Kinship::Answer::yes;
}

const std::vector<FactId>& ups_of(const Model& model, const Fact& fact, Kinship& kinship) {
  Kinship::Ups& ups = grown(kinship.ups, fact.id);
  const auto& facts = model.schema->facts;
  if (ups.asked_of == facts.size()) return ups.facts;
  ups = {facts.size(), {}};
  Above above{model};
  above.add(fact.name);
  for (const Fact& up : facts)
    if (up.kind == fact.kind && std::ranges::find(above.names, up.name) != above.names.end() &&
        reads(model, up.id, kinship))
      ups.facts.push_back(up.id);
  return ups.facts;
}

// Of the records of what is above a fact, the first that denies this record: `no malignancy` beside
// malignancy, or beside a member of it.
uint32_t denial_of(const Model& model, const Patient& patient, const Record& record, Kinship& kinship) {
  uint32_t first = kNone;
  for (const FactId up : ups_of(model, model.fact(record.fact), kinship)) {
    for (uint32_t r = patient.first(up); r < first; r = patient.records[r].next)
      if (patient.records[r].says == Says::no && speaks_of(patient.records[r], record)) first = r;
  }
  return first;
}

// Asks once for each fact whether its records may be contradicted: it lasts, and the model reads it.
void ask_about_named(const Model& model, const Patient& patient, Kinship& kinship) {
  if (FactSet::is_within(patient.affirmed(), kinship.asked)) return;
  for (const FactId fact : patient.named()) {
    kinship.asked.add(fact);
    if (part_of(model.fact(fact).kind) != Part::none && reads(model, fact, kinship))
      kinship.deniable.add(fact);
  }
}

std::optional<Fault> contradiction(const Model& model, const Patient& patient, Kinship& kinship) {
  if (!patient.denials) return std::nullopt;
  ask_about_named(model, patient, kinship);
  uint32_t denied = kNone, denial = kNone;
  FactSet::for_each_of_both(patient.affirmed(), kinship.deniable, [&](FactId fact) {
    for (uint32_t r = patient.first(fact); r < denied; r = patient.records[r].next) {
      if (patient.records[r].says != Says::yes) continue;
      const uint32_t found = denial_of(model, patient, patient.records[r], kinship);
      if (found == kNone) continue;
      denied = r;
      denial = found;
    }
    return false;
  });
  if (denied == kNone) return std::nullopt;
  const Fact &fact = model.fact(patient.records[denied].fact), &up = model.fact(patient.records[denial].fact);
  const std::string message =
      up.id == fact.id
          ? fmt::format("{}: there is a record of it, and the record says that there is none", fact.name)
          : fmt::format("{}: the record says that there is no {}, which this is", fact.name, up.name);
  return Fault{kNoFact, message, patient.where};
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  return kOutcomes[size_t(outcome)];
}
std::string_view name_of(Decision decision) {
  return kDecisions[size_t(decision)];
}

std::optional<Fault> refusal(const Model& model, const Patient& patient) {
  Kinship kinship;
  return refusal(model, patient, kinship);
}

std::optional<Fault> refusal(const Model& model, const Patient& patient, Kinship& kinship) {
  for (const Fault& fault : patient.faults)
    if (reads(model, fault.fact)) return fault;
  if (!patient.screening) return Fault{kNoFact, "screening: no date is given", patient.where};
  if (model.birth_date != kNoFact) {
    for (uint32_t r = patient.first(model.birth_date); r != kNone; r = patient.records[r].next) {
      const Record& record = patient.records[r];
      if (record.has_start && record.start.first_day > patient.screening->last_day)
        return Fault{kNoFact, "birth_date: this is after screening", patient.where};
    }
  }
  return contradiction(model, patient, kinship);
}

std::optional<std::vector<uint32_t>> arms_for(const Model& model, const Patient& patient) {
  if (patient.arm.empty()) {
    if (model.arms.empty()) return std::vector<uint32_t>{kNone};
    std::vector<uint32_t> all(model.arms.size());
    for (uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    return all;
  }
  const auto found = std::ranges::find(model.arms, patient.arm);
  if (found == model.arms.end()) return std::nullopt;
  return std::vector<uint32_t>{static_cast<uint32_t>(found - model.arms.begin())};
}

}  // namespace crit
