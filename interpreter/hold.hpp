// What FHIR resources and the rows of tables say of each patient, held until all of them have been read: a
// bundle's up to its end, a bulk export's (a file a kind of resource) and a hospital's tables up to the end
// of the run. Then every patient goes through the Intake, record by record, as patients of other forms do.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "interpreter/codes.hpp"
#include "interpreter/intake.hpp"
#include "interpreter/read_record.hpp"

namespace crit {

inline constexpr size_t kMaxCodes = 100'000;  // different codes in a run, remembered with what they mean

// Where records come from, a kind of FHIR resource or a table: what its codes may mean, and what was done
// with it in this run.
struct Origin {
  std::string name;                         // `Observation`, `labs.txt`
  uint32_t kinds = 0;                       // bits 1 << FactKind
  Part part = Part::none;                   // of the record that its codes tell of
  uint64_t read = 0, used = 0, passed = 0;  // passed over: it does not count or says nothing
};
using OriginId = uint16_t;  // index into Holding::origins

constexpr uint32_t kinds(std::initializer_list<FactKind> list) {
  uint32_t made = 0;
  for (const FactKind kind : list) made |= 1u << unsigned(kind);
  return made;
}

// A code as it was first met: the facts that it means, and how often something of each origin, meaning none
// that it can state, had it.
struct HeldCode {
  std::string system, code, display;
  std::vector<NamedFact*> facts;
  std::vector<std::pair<OriginId, uint64_t>> unmapped;
};

// Attributes that FHIR fills.
enum class FhirAttribute : uint8_t { reason, substance, severity };
inline constexpr std::array<std::string_view, 3> kFhirAttributes{"reason", "substance", "severity"};
std::string_view name_of(FhirAttribute);

// A cell whose text lies in the hold. Its place: a Field, or an attribute behind them.
struct HeldCell {
  uint8_t place = 0;
  Cell::Kind kind = Cell::Kind::text;
  uint32_t size = 0;
  const char* text = nullptr;
};

struct HeldRecord {
  NamedFact* fact = nullptr;  // null: of `medication`
  std::string_view medication;
  std::string_view id;  // of the resource
  OriginId origin = 0;
  bool may_be_void = false;  // where add_void names it
  bool unconfirmed = false;  // of an answer: that it was given is known, and what it is is not
  bool other_reasons = false;
  bool began_before = false;  // its start is the latest day on which it began
  uint32_t file = 0;
  uint32_t line = 0;  // of a table's row; 0: of a resource
  uint32_t first_cell = 0, cells = 0;
};

struct HeldPatient {
  std::string_view key;  // by which resources name it
  bool has_resource = false, twice = false, is_dead = false;
  uint8_t complete = 0;  // Intake::complete of the files that say something of it
  std::string_view id, screening, birth_date, gender, death;
  uint32_t file = 0, line = 0;
  std::array<uint32_t, kPartCount> unmapped{};  // Patient::unmapped
  std::vector<HeldRecord> records;
  std::vector<HeldCell> cells;
  std::vector<std::pair<OriginId, std::string_view>> passed;  // resources that do not count
  std::vector<Fault> faults;                                  // of rows that could not be read
};

// What a resource `Medication` says.
struct HeldMedication {
  std::vector<NamedFact*> facts;
  bool is_modified = false;  // FhirResource::has_modifier
};

class Hold {
 public:
  std::string_view keep(std::string_view);
  // The patient of a reference or a full URL: `Patient/ID`, `urn:uuid:ID`; made where it is new.
  HeldPatient& patient(std::string_view reference);
  HeldPatient& patient_named(std::string_view key);
  // Makes two names mean one patient.
  void join(std::string_view reference, std::string_view other);
  // Begins a file, which the resources that follow are in.
  void begin_file(std::string_view name);
  const std::string& file_name() const { return files_.back(); }
  uint32_t file() const { return static_cast<uint32_t>(files_.size() - 1); }
  // Adds cells to a patient's record and keeps their texts.
  void add_cell(HeldPatient&, HeldRecord&, uint8_t place, Cell::Kind, std::string_view text);

  void add_medication(std::string_view reference, const HeldMedication&);
  void add_void(std::string_view observation);  // a reference to one that does not count

  // Whether there is still room; where not, nobody's record is whole any more.
  bool has_room(size_t most) const { return bytes_ <= most; }
  void count(size_t bytes) { bytes_ += bytes; }

  // None of its patients can be answered, for this reason.
  void refuse_all(std::string_view why);
  // Hands all patients on and empties the hold. False: the receiver asked to stop.
  bool finish(Intake&);
  void clear();

 private:
  std::string where(const HeldPatient&) const;
  std::string where(const Intake&, const HeldPatient&, const HeldRecord&) const;
  void tell_nameless(Intake&, const HeldPatient&) const;
  void add_patient_itself(Intake&, const HeldPatient&);
  void add_records(Intake&, const HeldPatient&);
  void add_one(Intake&, const HeldPatient&, const HeldRecord&, NamedFact&);
  void refuse_doubles(Intake&, const HeldPatient&);
  void count_unconverted(Intake&, const HeldPatient&, const HeldRecord&, const NamedFact&,
                         size_t first_record);  // hold_units.cpp
  void refuse_lost_zeros();                     // hold_ids.cpp

  std::deque<HeldPatient> patients_;
  std::unordered_map<std::string_view, HeldPatient*> by_key_;
  std::unordered_map<std::string_view, HeldMedication> medications_;
  std::unordered_set<std::string_view> void_;
  std::vector<std::string> files_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t block_left_ = 0;
  size_t bytes_ = 0;
  RawRecord raw_;
};

// Results of one fact and file in a unit that does not convert to the fact's.
struct Unconverted {
  std::string file, where;  // of the first
  std::string fact, unit, own_unit;
  uint64_t results = 0;
};

// All that is kept over a run; in Intake, since files of one export come one by one.
struct Holding {
  Hold bundle;  // of the bundle that is read
  Hold lines;   // of all resources that come alone, and of the rows of tables
  size_t most = kMaxHeldBytes;
  bool told_full = false;
  bool is_cut = false;  // a file could not be read to its end: whose records are missing nobody knows
  std::vector<Unconverted> unconverted;  // of tables
  uint64_t modified = 0;                 // records of a resource that has a modifierExtension
  std::string first_modified;            // where it is
  std::vector<Origin> origins;           // the kinds of resource, then the tables
  uint64_t others = 0;                   // resources of kinds that say nothing
  std::deque<HeldCode> codes;
  std::unordered_map<std::string, HeldCode*> by_code;
  HeldCode more;                     // stands for the codes past the bound
  uint32_t records_of_resource = 0;  // made so far of the one that is read
};

// The run's own, made when FHIR or a table is first met.
Holding& holding(Intake&);

// Whether another record may be held to the end of the run; the first time that it may not, that is told.
bool has_room_to_hold(Intake&, std::string_view where);
// Counts a record that is open since its resource has a modifierExtension.
void count_modified(Holding&, const std::string& where);
// At the end of a run, after all files: the patients of its resources and tables. False: the receiver asked
// to stop.
bool finish_held(Intake&);

// A code of this run; `system` as it is written, and what it is, where that is known.
HeldCode& code_of(Intake&, std::string_view system, std::optional<CodeSystem>, std::string_view code,
                  std::string_view display);
void count_unmapped(HeldCode&, OriginId);
// How Site::codes writes a code; without a system it is the site's own.
std::string key_of_code(std::optional<CodeSystem>, std::string_view code);
FactKind kind_of(const NamedFact&);

// The part of a reference that resources of one server or bundle agree on: the identifier at its end.
std::string_view id_of_reference(std::string_view);

}  // namespace crit
