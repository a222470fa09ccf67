// A file of patients to the counts for NCT06534528, its criteria written by hand over crit's own reader: what
// a loop without a language would take, for tools/bench to measure crit against. The criteria say of
// trials/NCT06534528.crit what the patients of bench_patients need: one record a fact, whole dates, results
// in the measure's own unit.
#include <fmt/format.h>

#include <array>

#include "interpreter/load.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/truth.hpp"

namespace crit {

namespace {

// clang-format off
#define FACTS(X)                                                                                       \
  X(enrollment) X(birth_date) X(sex) X(ILD) X(IPF) X(ALT) X(AST) X(TBIL) X(DBIL) X(creatinine) X(DLCO) \
  X(FVC) X(FEV1_FVC_pre) X(prednisone) X(azathioprine) X(methotrexate) X(amiodarone)                   \
  X(irregular_corticosteroid_use) X(mechanical_ventilation) X(pneumonia) X(asthma) X(lung_abnormality) \
  X(oxygen_therapy) X(pregnant) X(lactating) X(malignancy) X(hospitalization) X(E8) X(substance_abuse) \
  X(allergy) X(trial_participation) X(stem_cell_therapy) X(stem_cell_transplant) X(E13)                \
  X(bronchoscopy_intolerance) X(massive_hemoptysis) X(hypertension) X(arrhythmia)
// clang-format on
#define AS_NAME(name) name,
#define AS_TEXT(name) #name,
enum Name { FACTS(AS_NAME) kNames };
constexpr std::array<const char*, kNames> kTexts{FACTS(AS_TEXT)};
#undef AS_TEXT
#undef AS_NAME
#undef FACTS

constexpr std::array kCriteria{"I1", "I2", "I3", "I4", "E1",  "E2",  "E3",  "E4",  "E5",
                               "E6", "E7", "E8", "E9", "E10", "E11", "E12", "E13", "E14"};
using Passes = std::array<Truth, kCriteria.size()>;

// The days that windows begin on: the same for all patients of a screening day.
struct Calendar {
  Day screening = 0;
  Day month = 0, quarter = 0, four_weeks = 0, grown_up = 0;

  void move_to(Day day) {
    if (day == screening) return;
    screening = day;
    month = add_months(day, -1);
    quarter = add_months(day, -3);
    four_weeks = day - 28;
    grown_up = add_months(day, -18 * 12);
  }
};

struct Loop {
  std::array<FactId, kNames> ids = {};
  uint32_t female = 0;
  Calendar calendar = {};
  const Patient* patient = nullptr;
  bool conditions = false, drugs = false, events = false;  // are complete

  const Record* of(Name name) const {
    const uint32_t r = patient->first(ids[name]);
    if (r != kNone) return &patient->records[r];
    static const Record denial = [] {
      Record made;
      made.says = Says::no;
      return made;
    }();
    return patient->denies(ids[name]) ? &denial : nullptr;
  }
  static bool is_there(const Record* r) { return r && r->says != Says::no; }
  static bool is_denied(const Record* r) { return r && r->says == Says::no; }
  static Truth not_there(bool none) { return none ? Truth::no : Truth::unknown; }

  // Began at any time, and has no end.
  Truth there(const Record* r, bool complete) const {
    if (is_there(r) && r->start.first_day <= calendar.screening) return Truth::yes;
    return not_there(complete || is_denied(r));
  }
  // The same where an attribute that decides is not said.
  Truth maybe(const Record* r, bool complete) const {
    const Truth t = there(r, complete);
    return t == Truth::yes ? Truth::unknown : t;
  }
  // Began on a day and is over `months` later at the latest.
  Truth lasting(const Record* r, bool complete, Day from, Day to, int32_t months) const {
    if (is_there(r) && r->start.first_day <= to) {
      if (r->start.first_day >= from) return Truth::yes;
      if (months == kEndless || add_months(r->start.first_day, months) >= from) return Truth::unknown;
    }
    return not_there(complete || is_denied(r));
  }
  static constexpr int32_t kEndless = -1;

  Truth judged(Name name) const {
    const Record* r = of(name);
    if (!r || !r->signed_by || !r->has_start || r->start.last_day > calendar.screening) return Truth::unknown;
    return truth(r->says == Says::yes);
  }

  // In the measure's own unit: the digits as written are near enough to the number for this loop.
  std::optional<double> result(const Record* r, Day from) const {
    if (!r || !r->has_value || r->start.last_day > calendar.screening || r->start.first_day < from) return {};
    return r->value.to_double();
  }
  Truth below_limit(Name name, double times) const {
    const Record* r = of(name);
    const auto value = result(r, INT32_MIN);
    if (!value || r->details == kNone) return Truth::unknown;
    const auto& limit = patient->details[r->details].upper;
    return limit ? truth(*value <= times * limit->to_double()) : Truth::unknown;
  }
  Truth in_range(Name name, double low, double high) const {
    const auto value = result(of(name), calendar.quarter);
    return value ? truth(*value >= low && *value <= high) : Truth::unknown;
  }

  Truth grown_up() const {
    const Record* r = of(birth_date);
    return r ? truth(r->start.first_day <= calendar.grown_up) : Truth::unknown;
  }

  Truth ild() const { return there(of(ILD), conditions) | there(of(IPF), conditions && !is_there(of(ILD))); }

  // An ILD whose type is not said may be an IPF.
  Truth ipf() const {
    const Record *own = of(IPF), *any = of(ILD);
    if (is_there(own)) return there(own, conditions);
    if (is_denied(own) || is_denied(any)) return Truth::no;
    return is_there(any) ? Truth::unknown : not_there(conditions);
  }

  Truth corticosteroids() const {
    const Record* start = of(enrollment);
    if (!start) return Truth::unknown;
    const Day day = start->start.first_day;
    const bool past = day <= calendar.screening;
    const Record* drug = of(prednisone);
    Truth high = not_there(drugs && past);
    // 5 mg of prednisone are as 4 mg of methylprednisolone.
    if (is_there(drug) && drug->start.first_day <= day && drug->value.to_double() * 4 > 240 * 5)
      high = Truth::yes;
    const Record* use = of(irregular_corticosteroid_use);
    if (high == Truth::yes) return high;
    if (is_there(use) && use->start.first_day >= day - 3 && use->start.first_day <= day) return Truth::yes;
    return high | not_there((events && past) || is_denied(use));
  }

  Truth immunosuppressed() const {
    int current = 0;
    bool stable = true;
    for (const Name name : {azathioprine, methotrexate}) {
      const Record* r = of(name);
      if (there(r, drugs) != Truth::yes) continue;
      ++current;
      stable &= r->start.first_day <= calendar.four_weeks;
    }
    return current == 2 || (current == 1 && !stable) ? Truth::yes : not_there(drugs);
  }

  Truth breathing() const {
    const auto ratio = result(of(FEV1_FVC_pre), INT32_MIN);
    return lasting(of(mechanical_ventilation), events, calendar.month, calendar.screening, 0) |
           lasting(of(pneumonia), conditions, calendar.month, calendar.screening, 3) |
           there(of(asthma), conditions) | (ratio ? truth(*ratio < 70) : Truth::unknown) |
           judged(lung_abnormality) | maybe(of(oxygen_therapy), events);
  }

  // Of a man it is false; where the sex is not known a yes is none.
  Truth of_women(Name name) const {
    const Record *r = of(name), *which = of(sex);
    if (which && which->word != female) return Truth::no;
    if (!r) return Truth::unknown;
    return r->says != Says::yes ? Truth::no : which ? Truth::yes : Truth::unknown;
  }

  Truth unfit_for_bronchoscopy() const {
    return judged(bronchoscopy_intolerance) |
           lasting(of(massive_hemoptysis), conditions, calendar.screening, calendar.screening, 1) |
           maybe(of(hypertension), conditions) | maybe(of(arrhythmia), conditions);
  }

  Passes answer(const Patient& p) {
    patient = &p;
    calendar.move_to(p.screening->first_day);
    conditions = p.is_complete(Part::conditions);
    drugs = p.is_complete(Part::drugs);
    events = p.is_complete(Part::events);
    const Record* stay = of(hospitalization);  // one at most
    return {
        grown_up(),
        ild(),
        below_limit(ALT, 2.5) & below_limit(AST, 2.5) & below_limit(TBIL, 2) & below_limit(DBIL, 1.5) &
            below_limit(creatinine, 3),
        in_range(DLCO, 30, 80) & in_range(FVC, 40, 70),
        !corticosteroids(),
        !immunosuppressed(),
        !(ipf() & (there(of(amiodarone), drugs) | there(of(methotrexate), drugs))),
        !breathing(),
        !(of_women(pregnant) | of_women(lactating)),
        !maybe(of(malignancy), conditions),
        !not_there(events || is_denied(stay)),
        !judged(E8),
        !there(of(substance_abuse), conditions),
        !maybe(of(allergy), conditions),
        !lasting(of(trial_participation), events, calendar.quarter, calendar.screening, kEndless),
        !(there(of(stem_cell_therapy), drugs) | there(of(stem_cell_transplant), conditions)),
        !judged(E13),
        !unfit_for_bronchoscopy(),
    };
  }
};

struct Counts {
  uint64_t patients = 0, ineligible = 0, undetermined = 0;
  std::array<uint64_t, kCriteria.size()> fail = {}, unknown = {};

  void add(const Passes& passes) {
    bool failed = false, open = false;
    for (size_t i = 0; i < passes.size(); ++i) {
      fail[i] += passes[i] == Truth::no;
      unknown[i] += passes[i] == Truth::unknown;
      failed |= passes[i] == Truth::no;
      open |= passes[i] == Truth::unknown;
    }
    ++patients;
    ineligible += failed;
    undetermined += !failed && open;
  }
};

int count(const char* trial_file, const char* patients_file) {
  Rules rules;
  std::string problem;
  const auto trial = load(rules, trial_file, problem);  // for the facts that it declares
  if (!trial) return 2;
  Loop loop;
  for (size_t i = 0; i < kNames; ++i) loop.ids[i] = fact_named(rules.schema, *trial->model.scope, kTexts[i]);
  loop.female = value_index(rules.schema.facts[loop.ids[sex]], "female").value_or(kNone);
  Counts counts;
  bool broken = false;
  Intake intake(rules.schema);
  intake.each = [&](const Patient& patient) {
    broken |= !patient.faults.empty() || !patient.screening;
    if (!broken) counts.add(loop.answer(patient));
    return !broken;
  };
  intake.broken = [&](const Fault&) { broken = true; };
  if (read_patients(intake, patients_file) != ReadEnd::done || broken) return 1;
  fmt::print("{} {} {}", counts.patients, counts.ineligible, counts.undetermined);
  for (size_t i = 0; i < kCriteria.size(); ++i) fmt::print(" {} {}", counts.fail[i], counts.unknown[i]);
  fmt::print("\n");
  return 0;
}

}  // namespace

}  // namespace crit

int main(int argc, char** argv) {
  if (argc == 3) return crit::count(argv[1], argv[2]);
  fmt::print(stderr, "usage: bench_hand TRIAL.crit PATIENTS\n");
  return 2;
}
