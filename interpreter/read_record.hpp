// One record as any reader finds it, a text for each of its fields, to Records of the patient: one under each
// reading of its name. Every form of patient data goes through here, so that a record means the same in all
// of them.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/intake.hpp"

namespace crit {

// The fields that data has under these names. A fact's kind says which of them it takes; any other is an
// attribute.
enum class Field : uint8_t {
  value,
  dose,
  unit,
  date,
  start,
  end,
  upper,
  lower,
  upper_unit,
  lower_unit,
  predicted,
  lab,
  by,
  suspected
};
inline constexpr size_t kFields = 14;
std::string_view name_of(Field);  // as data writes it: `uln` for the upper limit
std::optional<Field> field_named(std::string_view name);

// The fields that a fact's kind takes, as bits; any other is an attribute or a mistake.
uint32_t fields_of(FactKind);

// What stands in a field. The text must stay where it is as long as the patient is used.
struct Cell {
  enum class Kind : uint8_t {
    nothing,  // null: as if it were not there
    number,
    text,
    yes,  // true, or a word for it where the form has words
    no,
    nested  // an object or array where a single value belongs
  };
  // What a reader made of the text on its way, so that it is not read twice.
  enum class Known : uint8_t { nothing, number, day };

  Kind kind = Kind::nothing;
  Known known = Known::nothing;
  uint8_t decimals = 0;   // of a number: so many of the digits stand behind the dot
  int32_t found = 0;      // a number's digits, or a day since 1970-01-01
  std::string_view text;  // as written; of yes and no too

  Cell() = default;
  Cell(Kind k, std::string_view t) : kind(k), text(t) {}
};
static_assert(sizeof(Cell) == 24);

struct RawRecord {
  std::array<Cell, kFields> cells;
  uint32_t present = 0;  // bit 1 << Field
  struct Named {
    std::string_view name;
    Cell cell;
    std::string_view unit = {};  // of an amount, where the header of its column says it
  };
  std::vector<Named> attributes;

  bool has(Field f) const { return present >> unsigned(f) & 1; }
  const Cell& operator[](Field f) const { return cells[size_t(f)]; }
  void set(Field f, Cell cell) {
    cells[size_t(f)] = cell;
    present |= 1u << unsigned(f);
  }
  void unset(Field f) { present &= ~(1u << unsigned(f)); }
  void clear() {
    present = 0;
    attributes.clear();
  }
};

// Where a record stands, in words, for the fault of one of its fields (`date`; empty: of the whole record).
// A function, since nearly no record has a fault.
struct RecordPlace {
  std::string_view patient;  // where the patient is; of a file by lines nothing more is said
  std::string_view name;     // JSON: the path goes on with `.facts.NAME`
  int64_t index = -1;        // and `[1]` where the name has an array
  bool is_path = false;
};
std::string where(const RecordPlace&, std::string_view field);

// Adds the record under every reading of its name. What cannot be read becomes a fault of the patient for
// that reading.
void add_record(Intake&, NamedFact&, const RawRecord&, const RecordPlace&);
// The same of nothing but yes or no under a name that lasts, as most facts of a patient are.
void add_yes_or_no(Intake&, const NamedFact&, bool yes, const RecordPlace&);

// Adds a fault to every reading of the name; to all trials where nobody declares it.
[[gnu::cold]] void add_fault_of(Intake&, const NamedFact&, std::string_view problem, const RecordPlace&,
                                std::string_view field = {});

}  // namespace crit
