// What the readers of patients share over the files of a run: whom to tell, the names met so far, the
// patients seen, and the one Patient that every file's patients are read into.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "interpreter/patient.hpp"
#include "interpreter/schema.hpp"
#include "interpreter/seen_ids.hpp"
#include "interpreter/short_texts.hpp"

namespace crit {

// Bounds of what the input may ask for; beyond each there is an error that says so.
inline constexpr size_t kMaxPatientBytes = 4u << 20;  // a line of NDJSON or CSV, an element of a JSON array
inline constexpr size_t kMaxHeldBytes = size_t{1} << 30;  // a long CSV, whose rows may come in any order
inline constexpr size_t kMaxRecords = 50'000;             // of one patient
inline constexpr size_t kMaxFaults = 100;                 // told of one patient
inline constexpr size_t kMaxNameBytes = 256;              // a patient's identifier, a fact's name, a unit
inline constexpr size_t kMaxUnknownNames = 10'000;        // names of no fact, remembered with what was meant
inline constexpr size_t kMaxUnits = 10'000;               // different units in a run

// How one trial (or several that agree) reads a name; and what a reader asks of the fact for each record of
// it, kept together here, with the units last met: the next patient's are mostly the same.
struct ReadingOfName {
  explicit ReadingOfName(const Fact&);

  const Fact* fact;
  FactId id;
  FactKind kind;
  bool is_usable;          // its declaration was understood
  bool is_age;             // which is derived, and not given
  bool needs_unit;         // a measure that is not a plain number
  uint32_t fields;         // that a record of its kind takes: bits of Field
  uint32_t trial = kNone;  // of a judgement, where the name says one: its place in Schema::scopes
  struct UnitMemo {
    std::string text;
    const Conversion* unit = nullptr;
  };
  std::array<UnitMemo, 2> units;
  std::vector<AttributeInfo> attributes;  // own, inherited and built in; filled when first asked for
  bool has_attributes = false;
};

class JsonShapes;

// What is asked for each patient stands in the first of its lines of the processor's cache.
struct alignas(64) NamedFact {
  KeyText key;                // the beginning of the name and its end, as a key of JSON
  NamedFact* next = nullptr;  // the name that came after it: a guess that is mostly right
  uint64_t patient = 0;       // the number of the patient that last had it: to know a name given twice
  bool lasts = false;         // each reading is a condition, a drug or an event that can be used
  FactId only = kNoFact;      // the fact of its only reading; kNoFact: it has none or several
  std::shared_ptr<JsonShapes> shapes;  // of its records; null: none yet
  // As JSON has it behind the quote of its key. Of what lasts a denial up to the quote of the next key,
  // `asthma": false, "`; of others all that stands before the value, `ALT": `.
  ShortText begins;
  std::string name;                     // as the data writes it
  std::vector<ReadingOfName> readings;  // empty: no file of the run declares it
  // Why no record can be read under it: nobody declares it, or trials ask different things. Empty: they can.
  std::string refusal;
};

struct Holding;

// What the settings of a site say of its data: its own spellings of units, and what its codes mean.
struct Site {
  std::map<std::string, std::string, std::less<>> units;               // `UNITS/L` to `U/L`
  std::map<std::string, std::vector<std::string>, std::less<>> codes;  // key_of_code to names of facts
};

struct Intake {
  explicit Intake(Schema& s) : schema(s) {}

  Schema& schema;
  std::optional<When> screening;  // for patients that have no date of their own
  // Bits 1 << Part: taken as complete for the patients of the file that is read, and for those whose records
  // are put together from several files.
  uint8_t complete = 0, complete_together = 0;
  const Site* site = nullptr;                // null: there are no settings
  std::function<bool(Patient&)> each;        // false: stop reading
  std::function<void(const Fault&)> broken;  // what belongs to no patient that could be named

  // The one being read. Whom `each` is handed may be taken out, if another is put in.
  std::unique_ptr<Patient> patient = std::make_unique<Patient>();
  uint64_t number = 0;  // of the patient being read
  SeenIds seen;
  // Whether no patient of this identifier came before in the run; empty: `seen` knows.
  std::function<bool(const IdHash&)> is_new;
  IdHash id_hash;  // of the patient being read
  std::deque<NamedFact> names;
  std::unordered_map<std::string_view, NamedFact*> by_name;
  size_t unknown_names = 0;
  NamedFact nameless;                // stands for unknown names past the bound
  std::shared_ptr<Holding> holding;  // null: none of the files so far is FHIR or a table
};

// There is none of what lasts, said of the patient being read.
inline void deny(Intake& in, const NamedFact& name) {
  if (name.only != kNoFact) return in.patient->deny(name.only);
  for (const ReadingOfName& reading : name.readings) in.patient->deny(reading.id);
}

// The fact of a name, looked up once a run.
NamedFact& named(Intake&, std::string_view name);

// Begins the patient at `where`; then says what is wrong with it; then hands it on. False: stop reading.
void begin_patient(Intake&, std::string_view where);
[[gnu::cold]] void add_fault(Intake&, FactId, std::string_view message, std::string_view where);
bool finish_patient(Intake&);
// The run's day of screening for who has none of his own; and whether he lived to see it.
void settle_screening(Intake&);
bool has_died_by_screening(const Patient&);  // or may have, where the day of death is not certain

// The parts of a patient that are no facts: beside the facts in JSON, under these names in the other forms.
enum class PatientPart : uint8_t { patient, screening, arm, complete, death };
std::optional<PatientPart> patient_part_named(std::string_view name);
std::string_view name_of(PatientPart);

// Sets a part by its text (of `complete`, adds one). What cannot be read, or is there twice, becomes a fault.
void set_part(Intake&, PatientPart, std::string_view text, std::string_view where);

}  // namespace crit
