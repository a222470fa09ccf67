// Records of one layout and one unit, whose numbers and days are known already, to the patient in one step:
// what depends on the layout alone is asked once, and not of each record.
#pragma once

#include <memory>
#include <string>

#include "interpreter/read_record.hpp"
#include "interpreter/short_texts.hpp"

namespace crit {

struct PlainForm {
  enum class Of : uint8_t { nothing, result, answer, choice, lasting, date };
  Of of = Of::nothing;           // nothing: such a record is left to add_record
  Record usual = Record();       // what all such records have: the fact, the unit, which days are there
  uint32_t present = 0;          // the fields, as in RawRecord
  Field number = Field::value;   // of a result, or the dose of a course
  Field day = Field::date;       // if usual.has_start
  const Fact* chosen = nullptr;  // the choice that an answer is of
};

// The text of the last signed record of a form, and its cells: who signs a judgement, and when, is mostly who
// signed the one before.
class SameRecord {
 public:
  // Whether this text stands there; 64 bytes can be read.
  bool is_at(const char* at) const { return last_ && is_same({at, last_->text.size()}, last_->text); }
  size_t bytes() const { return last_->text.size(); }
  const RawRecord& raw() const { return last_->raw; }
  // Who signed stands in the text.
  void note(std::string_view text, const RawRecord&);

 private:
  struct Last {
    std::string text;
    RawRecord raw;
  };
  std::unique_ptr<Last> last_;
};

// The form of a record that add_record has just added.
PlainForm plain_form(const NamedFact&, const RawRecord&);

// Adds a record of the form, whose cells are of the kinds of the record that the form is of, and known where
// those were. False, and nothing is added, where its values may be a fault; where this gives true, add_record
// would have added the same.
bool add_plainly(Patient&, const PlainForm&, const RawRecord&);

}  // namespace crit
