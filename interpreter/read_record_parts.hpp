// One record being added to the patient under one reading of its name. For the files of read_record only.
#pragma once

#include "interpreter/read_record.hpp"
#include "interpreter/short_texts.hpp"

namespace crit {

constexpr uint32_t bits(std::initializer_list<Field> fields) {
  uint32_t made = 0;
  for (const Field f : fields) made |= 1u << unsigned(f);
  return made;
}

inline bool is_number(const Cell& c) {
  return c.kind == Cell::Kind::number || c.kind == Cell::Kind::text;
}

// Of a cell whose number is known.
inline Rational known_number(const Cell& c) {
  static constexpr int64_t kTens[] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000, 10'000'000};
  return Rational(c.found, kTens[c.decimals]);
}

// One record being added under one reading.
struct AddingRecord {
  Intake& in;
  ReadingOfName& reading;
  const RawRecord& raw;
  const RecordPlace& place;

  const Fact& fact() const { return *reading.fact; }
  Patient& patient() const { return *in.patient; }
  // The cell where there is one that says something.
  const Cell* cell(Field f) const {
    return raw.has(f) && raw[f].kind != Cell::Kind::nothing ? &raw[f] : nullptr;
  }
  // Always false, for `return`.
  [[gnu::cold]] bool fault(std::string_view field, std::string_view problem) const;
  [[gnu::cold]] bool fault(Field field, std::string_view problem) const {
    return fault(name_of(field), problem);
  }
};

// The attribute of this name, own, inherited or built in, into the record's details.
void add_attribute(const AddingRecord&, Record&, const RawRecord::Named&);

// What is known of the attribute; null: the fact has none of this name.
const AttributeInfo* attribute_in_data(const AddingRecord&, std::string_view name);

// For what is neither an attribute nor a field of the fact, such as a unit in round brackets.
std::string words_for_stray(std::string_view fact, std::string_view field);

// Tells that the field is not there, or that it is there in another case (`Value`). Always false.
[[gnu::cold]] bool missing(const AddingRecord&, Field, std::string_view problem);

// By the fact's kind; false where no Record came of it, since nothing is said, or it cannot be read, or there
// is none of the fact.
bool add_result(const AddingRecord&);   // of a measure
bool add_lasting(const AddingRecord&);  // a condition, a drug or an event
bool add_answer(const AddingRecord&);   // to a flag, a judgement or a choice
bool add_date(const AddingRecord&);

// What they share: each tells the fault of the field that it cannot read.
void read_dates(const AddingRecord&, Record&);
std::optional<Rational> number_in(const AddingRecord&, Field);
std::string_view spelling_of_unit(const Intake&, std::string_view text);  // as the site's settings mean it
const Conversion* read_unit(const AddingRecord&, Field, const Cell&);

// The unit of a cell; nullptr where it cannot be read, which is a fault.
inline const Conversion* unit_of(const AddingRecord& a, Field field, const Cell& c) {
  for (const auto& memo : a.reading.units)
    if (memo.unit && is_same(memo.text, c.text)) return memo.unit;
  return read_unit(a, field, c);
}

}  // namespace crit
