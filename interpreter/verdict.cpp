// The words for outcomes and decisions, and whom a model can decide: refusals, and the arms to answer for.
#include "interpreter/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "interpreter/stray_words.hpp"

namespace crit {

namespace {

constexpr std::array<std::string_view, 4> kOutcomes{"pass", "fail", "unknown", "not_applicable"};
constexpr std::array<std::string_view, 3> kDecisions{"eligible", "ineligible", "undetermined"};

// Whose kinship is asked for: one trial's, or, where it is null, all of the run's together.
struct Family {
  const Schema& schema;
  const Model* model;
};

// The names of what is above a fact, of the trial's own declarations and of the vocabulary. Nothing is read
// for it: most of what a patient's record names no rule asks for.
struct Above {
  const Family& family;
  std::vector<std::string_view> names = {};

  void add(std::string_view name) {
    if (std::ranges::find(names, name) != names.end()) return;
    names.push_back(name);
    add_parents_of(name);
  }

  // False where the trial does not declare the name.
  bool add_own_parents(const Schema::Scope& scope, std::string_view name) {
    const auto own = scope.own.find(name);
    if (own == scope.own.end()) return false;
    for (const std::string& parent : family.schema.facts[own->second].parents) add(parent);
    return true;
  }

  void add_parents_of(std::string_view name) {
    if (family.model && add_own_parents(*family.model->scope, name)) return;
    if (!family.model)
      for (const auto& scope : family.schema.scopes) add_own_parents(*scope, name);
    if (const VocabularyEntry* entry = vocabulary_entry(name))
      for (const std::string_view parent : parents_of(*entry)) add(parent);
  }
};

// A denial said on a day holds up to that day only.
bool speaks_of(const Record& denial, const Record& record) {
  return !denial.has_start || !record.has_start || record.start.last_day <= denial.start.first_day;
}

// Asks about the facts that the schema has got since.
void ask_about_new(const Family& family, Kinship& kinship) {
  const auto& facts = family.schema.facts;
  for (; kinship.asked < facts.size(); ++kinship.asked) {
    const auto fact = static_cast<FactId>(kinship.asked);
    if (part_of(facts[fact].kind) == Part::none) continue;
    if (family.model && !reads(*family.model, fact)) continue;
    kinship.deniable.add(fact);
    kinship.ups.push_back({fact, 0, {}});
  }
}

const FactGroup& ups_of(const Family& family, uint32_t rank, Kinship& kinship) {
  Kinship::Ups& ups = kinship.ups[rank];
  if (ups.asked_of == kinship.asked) return ups.facts;
  ups.asked_of = kinship.asked;
  ups.facts = {};
  Above above{family};
  const Fact& fact = family.schema.facts[ups.fact];
  above.add(fact.name);
  for (const Kinship::Ups& other : kinship.ups) {
    const Fact& up = family.schema.facts[other.fact];
    if (up.kind == fact.kind && std::ranges::find(above.names, up.name) != above.names.end())
      ups.facts.add(up.id);
  }
  return ups.facts;
}

bool is_denied_beside(const Patient& patient, FactId up, const Record& record) {
  if (patient.denies(up)) return true;
  for (uint32_t r = patient.first(up); r != kNone; r = patient.records[r].next)
    if (patient.records[r].says == Says::no && speaks_of(patient.records[r], record)) return true;
  return false;
}

// What is above a fact and is denied where this is a record of the fact: `no malignancy` beside malignancy,
// or beside a member of it. Itself, or else the first by name: their numbers are those of the run.
FactId denied_by(const Model& model, const Patient& patient, const Record& record, const FactGroup& ups) {
  if (ups.has(record.fact) && is_denied_beside(patient, record.fact, record)) return record.fact;
  FactId found = kNoFact;
  ups.for_each([&](FactId up) {
    const bool is_first = found == kNoFact || model.fact(up).name < model.fact(found).name;
    if (is_first && is_denied_beside(patient, up, record)) found = up;
    return false;
  });
  return found;
}

std::optional<Fault> contradiction(const Model& model, const Patient& patient, Kinship& kinship) {
  if (!patient.denials || !patient.may_contradict) return std::nullopt;
  const Family family{*model.schema, &model};
  ask_about_new(family, kinship);
  uint32_t denied = kNone;
  FactId denial = kNoFact;
  kinship.deniable.for_each_in(patient.recorded(), [&](FactId fact, uint32_t rank) {
    const FactGroup& ups = ups_of(family, rank, kinship);
    if (!patient.records_of_denials && !ups.meets(patient.denied())) return false;
    for (uint32_t r = patient.first(fact); r < denied; r = patient.records[r].next) {
      if (patient.records[r].says != Says::yes) continue;
      const FactId found = denied_by(model, patient, patient.records[r], ups);
      if (found == kNoFact) continue;
      denied = r;
      denial = found;
    }
    return false;
  });
  if (denied == kNone) return std::nullopt;
  const Fact &fact = model.fact(patient.records[denied].fact), &up = model.fact(denial);
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

bool stops(const Model& model, const Fault& fault) {
  return !fault.warns && reads(model, fault.fact) && (!fault.asked_only || asks(model, fault.fact));
}

Places may_contradict(const Schema& schema, const Batch& batch, Kinship& kinship) {
  const Family all{schema, nullptr};
  ask_about_new(all, kinship);
  Places may = batch.with_record_of_denial();
  batch.for_each_recorded(kinship.deniable, [&](uint32_t rank, Places recorded) {
    may |= recorded & batch.denying(ups_of(all, rank, kinship));
  });
  return may;
}

std::optional<Fault> refusal(const Model& model, const Patient& patient) {
  Kinship kinship;
  return refusal(model, patient, kinship);
}

std::optional<Fault> refusal(const Model& model, const Patient& patient, Kinship& kinship) {
  for (const Fault& fault : patient.faults)
    if (stops(model, fault)) return fault;
  if (!patient.screening) return Fault{kNoFact, "screening: no date is given", patient.where};
  if (model.birth_date != kNoFact) {
    for (uint32_t r = patient.first(model.birth_date); r != kNone; r = patient.records[r].next) {
      const Record& record = patient.records[r];
      if (record.has_start && record.start.first_day > patient.screening->last_day)
        return Fault{kNoFact, std::string(kBornAfterScreening), patient.where};
    }
  }
  return contradiction(model, patient, kinship);
}

std::optional<std::vector<uint32_t>> arms_for(const Model& model, const std::string& arm) {
  if (arm.empty()) {
    if (model.arms.empty()) return std::vector<uint32_t>{kNone};
    std::vector<uint32_t> all(model.arms.size());
    for (uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    return all;
  }
  const auto found = std::ranges::find(model.arms, arm);
  if (found == model.arms.end()) return std::nullopt;
  return std::vector<uint32_t>{static_cast<uint32_t>(found - model.arms.begin())};
}

}  // namespace crit
