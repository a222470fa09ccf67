// One patient's facts: dated records under declared names, in a form that is read fast and used again for the
// next.
#pragma once

#include <array>
#include <forward_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/calendar.hpp"
#include "interpreter/fact.hpp"
#include "interpreter/fact_set.hpp"
#include "interpreter/rational.hpp"

namespace crit {

inline constexpr uint32_t kNone = ~uint32_t{0};

enum class Bound : uint8_t { exact, less, less_equal, greater, greater_equal };

// What a record says of its name: there is (or yes), there is none (or no), or a value.
enum class Says : uint8_t { yes, no, value };

// A Record and its Details have constructors, since the compiler empties what has none by an instruction that
// is slow for so few bytes, and a patient has twenty of them. The small fields come last: what is read soon
// after it was emptied must not lie across two of the words that were written.
struct Record {
  explicit Record(FactId of = kNoFact, Says what = Says::yes) : fact(of), says(what) {}

  FactId fact;
  uint32_t next = kNone;  // the next record of this fact, in the order of the input
  // A choice's value (index into Fact::values); of a judgement that answers one trial alone, that trial
  // (index into Schema::scopes).
  uint32_t word = kNone;
  uint32_t details = kNone;          // index into Patient::details: limits, laboratory, attributes
  const Conversion* unit = nullptr;  // null: none was written (a measure in 1, a drug without a dose)
  Rational value;                    // a measure's result, a drug's dose per day as written
  When start, end;                   // a date fact's value is in `start`
  Says says;
  Bound bound = Bound::exact;
  bool has_start = false, has_end = false;  // a single date sets start = end and both flags, and `single`
  bool single = false;                      // one date was given: `on D`, {"date": ...}
  bool signed_by = false;                   // a judgement's `by`
  bool unconfirmed = false;  // a suspicion: no certain record, and none that is certainly not there
  bool has_value = false;

  bool is_for_one_trial() const { return says != Says::value && word != kNone; }
};

// An attribute of a record: `reason respiratory`, `ward yes`, `volume 450 mL`.
struct AttributeValue {
  std::string_view name;  // interned: the name of the AttributeInfo, or of a built-in attribute
  std::string_view word;  // as written, in Patient::text
  std::optional<bool> yes;
  std::optional<Rational> number;  // in the attribute's unit
};

struct Details {
  Details() : upper(std::nullopt) {}

  std::optional<Rational> upper, lower;  // ULN and LLN, in the result's unit
  std::optional<Rational> predicted;     // per cent of predicted given beside an absolute result
  std::string_view lab, by;
  std::vector<AttributeValue> attributes;
};

// Why a patient, or one fact of it, could not be read. Names the field, never the value of another field.
struct Fault {
  FactId fact = kNoFact;  // only trials that read this fact by this declaration are stopped; kNoFact: all
  std::string message;    // lower case, the field named
  std::string where;      // "patients.ndjson:12", "patients.json: [3].facts.ALT.date"
  // Of a record that nobody chose for this run, from a hospital's system: it stops only trials whose rules
  // may ask for the fact.
  bool asked_only = false;
  bool warns = false;  // it stops no trial, and is told for who would be surprised
};

class Patient {
 public:
  std::string id;
  std::optional<When> screening, death;
  std::string arm;       // empty: not given
  uint8_t complete = 0;  // bit 1 << Part
  uint8_t assumed = 0;   // of those the ones that somebody decided, and the record does not say
  std::array<uint32_t, kPartCount> unmapped{};  // by Part: records with a code that no name stands for
  std::vector<Record> records;
  std::vector<Details> details;
  std::vector<Fault> faults;
  std::string where;                // the file and line (or JSON path) where it begins
  bool denials = false;             // some record of what lasts says no, or a fact is denied
  bool records_of_denials = false;  // the former
  bool may_contradict = true;       // false: no denial is against another record, whichever trial looks
  bool answers_one_trial = false;   // some record is for one trial alone
  bool repeated = false;            // this patient was in the input before; a fault says so too

  // Empties it for the next patient; keeps its memory.
  void clear();
  // Appends to the records of its fact. Order of the input is kept.
  Record& add(FactId fact, Says says) { return append(fact, fact, says); }
  // The same of a copy of the record, which has no details and no next one.
  Record& add(const Record& record) { return append(record.fact, record); }
  // There is none of a fact that lasts, said on no day of its own and with nothing else. No Record is made of
  // it: half of what the data says of a patient is this.
  void deny(FactId fact) {
    denials = true;
    denied_.add(fact);
  }
  // The first record of a fact, or kNone; go on by Record::next.
  uint32_t first(FactId fact) const { return fact < chains_.size() ? chains_[fact].first : kNone; }
  bool denies(FactId fact) const { return denied_.has(fact); }
  const FactSet& denied() const { return denied_; }
  const FactSet& recorded() const { return recorded_; }  // the facts that have a Record
  // The facts that have a record, in the order of the input, and then those that are denied.
  std::vector<FactId> named() const;
  bool is_complete(Part part) const { return part != Part::none && (complete >> uint8_t(part) & 1); }
  // Keeps a text of the patient as long as the patient is not cleared.
  std::string_view keep(std::string_view);
  // The details of a record, made if it has none.
  Details& details_of(Record&);
  // Details that say who signed, and nothing else: the same for all that he signed.
  uint32_t details_signed_by(std::string_view by);
  // Takes all that is said of a fact away (a case's line replaces what its model says).
  void forget(FactId);

 private:
  struct Chain {
    uint32_t first = kNone, last = kNone;  // records of one fact
  };
  [[gnu::cold]] void make_room(FactId);
  template <typename... Parts>
  Record& append(FactId fact, const Parts&... parts) {
    if (fact >= chains_.size()) make_room(fact);
    Chain& chain = chains_[fact];
    const auto index = static_cast<uint32_t>(records.size());
    if (chain.first == kNone) {
      chain.first = index;
      recorded_.add_in_room(fact);
    } else {
      records[chain.last].next = index;
    }
    chain.last = index;
    return records.emplace_back(parts...);
  }

  std::vector<Chain> chains_;  // by FactId
  FactSet recorded_, denied_;
  std::forward_list<std::string> text_;
  std::string_view kept_last_;    // in text_
  uint32_t signed_last_ = kNone;  // what details_signed_by() gave last
};

}  // namespace crit
