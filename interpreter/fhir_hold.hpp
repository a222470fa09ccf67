// What FHIR resources say of each patient, held until all of them have been read: a bundle's up to its end, a
// bulk export's (a file a kind of resource) up to the end of the run. Then every patient goes through the
// Intake, record by record, as patients of other forms do.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "interpreter/fhir_resource.hpp"
#include "interpreter/intake.hpp"
#include "interpreter/read_record.hpp"

namespace crit {

inline constexpr size_t kMaxCodes = 100'000;  // different codes in a run, remembered with what they mean

// A code as it was first met: the facts that it means, and how many resources of each kind, meaning none that
// such a resource can state, had it.
struct FhirCode {
  std::string system, code, display;
  std::vector<NamedFact*> facts;
  std::array<uint64_t, kFhirTypes> unmapped{};
};

// What was done with the resources of a run.
struct FhirCounts {
  struct OfType {
    uint64_t read = 0, used = 0, passed = 0;  // passed over: its status says that it does not count
  };
  std::array<OfType, kFhirTypes> types{};
  uint64_t others = 0;  // of kinds that say nothing
};

// Attributes that FHIR fills.
enum class FhirAttribute : uint8_t { reason, substance };
inline constexpr std::array<std::string_view, 2> kFhirAttributes{"reason", "substance"};
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
  FhirType type = FhirType::other;
  bool unconfirmed = false;
  bool began_before = false;  // its start is the latest day on which it began
  uint32_t file = 0;
  uint32_t first_cell = 0, cells = 0;
};

struct HeldPatient {
  std::string_view key;  // by which resources name it
  bool has_resource = false, twice = false, is_dead = false;
  std::string_view id, birth_date, gender, death;
  uint32_t file = 0;
  std::vector<HeldRecord> records;
  std::vector<HeldCell> cells;
};

class FhirHold {
 public:
  std::string_view keep(std::string_view);
  // The patient of a reference or a full URL: `Patient/ID`, `urn:uuid:ID`; made where it is new.
  HeldPatient& patient(std::string_view reference);
  // Makes two names mean one patient.
  void join(std::string_view reference, std::string_view other);
  // Begins a file, which the resources that follow are in.
  void begin_file(std::string_view name);
  uint32_t file() const { return static_cast<uint32_t>(files_.size() - 1); }

  void add_medication(std::string_view reference, std::vector<NamedFact*>);
  void add_void(std::string_view observation);  // a reference to one that does not count

  // Whether there is still room; where not, nobody's record is whole any more.
  bool has_room(size_t most) const { return bytes_ <= most; }
  void count(size_t bytes) { bytes_ += bytes; }

  // Hands all patients on and empties the hold. False: the receiver asked to stop.
  bool finish(Intake&);
  void clear();

 private:
  std::string where(const HeldPatient&, const HeldRecord&) const;
  void tell_nameless(Intake&, const HeldPatient&) const;
  void add_patient_itself(Intake&, const HeldPatient&);
  void add_records(Intake&, const HeldPatient&);
  void add_one(Intake&, const HeldPatient&, const HeldRecord&, NamedFact&);
  void refuse_doubles(Intake&, const HeldPatient&);

  std::deque<HeldPatient> patients_;
  std::unordered_map<std::string_view, HeldPatient*> by_key_;
  std::unordered_map<std::string_view, std::vector<NamedFact*>> medications_;
  std::unordered_set<std::string_view> void_;
  std::vector<std::string> files_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t block_left_ = 0;
  size_t bytes_ = 0;
  RawRecord raw_;
};

// All that the reader of FHIR keeps over a run; in Intake, since files of one export come one by one.
struct FhirRun {
  FhirHold bundle;  // of the bundle that is read
  FhirHold lines;   // of all resources that come alone
  size_t most = kMaxHeldBytes;
  FhirCounts counts;
  std::deque<FhirCode> codes;
  std::unordered_map<std::string, FhirCode*> by_code;
  FhirCode more;                     // stands for the codes past the bound
  uint32_t records_of_resource = 0;  // made so far of the one that is read
};

// The run's own, made when FHIR is first met.
FhirRun& fhir_run(Intake&);

// The part of a reference that resources of one server or bundle agree on: the identifier at its end.
std::string_view id_of_reference(std::string_view);

}  // namespace crit
