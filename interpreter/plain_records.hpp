// Records of one layout and one unit, whose numbers and days are known already, to the patient in one step:
// what depends on the layout alone is asked once, and not of each record.
#pragma once

#include "interpreter/read_record_parts.hpp"

namespace crit {

struct PlainForm {
  enum class Of : uint8_t { nothing, result, answer, beginning, date };
  Of of = Of::nothing;  // nothing: such a record is left to add_record
  FactId fact = kNoFact;
  const Conversion* unit = nullptr;  // of a result
  uint32_t present = 0;              // the fields, as in RawRecord
};

// The form of a record that add_record has just added.
PlainForm plain_form(const NamedFact&, const RawRecord&);

// Adds a record of the form, whose cells are of the kinds of the record that the form is of, and known where
// those were. False, and nothing is added, where its values may be a fault; where this gives true, add_record
// would have added the same.
inline bool add_plainly(Patient& patient, const PlainForm& form, const RawRecord& raw) {
  if (patient.records.size() >= kMaxRecords) return false;
  const auto has = [&](Field f) { return form.present >> unsigned(f) & 1; };
  const auto set_start = [&](Record& r, Field f) {
    const Day day = raw[f].found;
    r.start = {day, day, -1};
    r.has_start = true;
  };
  const auto set_date = [&](Record& r) {
    if (!has(Field::date)) return;
    set_start(r, Field::date);
    r.end = r.start;
    r.has_end = r.single = true;
  };
  switch (form.of) {
    case PlainForm::Of::nothing:
      return false;
    case PlainForm::Of::result: {
      const bool has_limit = has(Field::upper);
      if (has_limit && raw[Field::upper].found <= 0) return false;
      Record& r = patient.add(form.fact, Says::value);
      r.value = known_number(raw[Field::value]);
      r.has_value = true;
      r.unit = form.unit;
      set_date(r);
      if (has_limit) patient.details_of(r).upper = known_number(raw[Field::upper]);
      return true;
    }
    case PlainForm::Of::answer: {
      const std::string_view by = has(Field::by) ? raw[Field::by].text : std::string_view();
      if (has(Field::by) && (by.empty() || by.front() <= ' ')) return false;
      Record& r = patient.add(form.fact, raw[Field::value].kind == Cell::Kind::yes ? Says::yes : Says::no);
      set_date(r);
      r.signed_by = !by.empty();
      if (r.signed_by) patient.details_of(r).by = patient.keep(by);
      return true;
    }
    case PlainForm::Of::beginning:
      set_start(patient.add(form.fact, Says::yes), Field::start);
      return true;
    case PlainForm::Of::date: {
      if (patient.first(form.fact) != kNone) return false;
      Record& r = patient.add(form.fact, Says::value);
      set_start(r, Field::value);
      r.end = r.start;
      r.has_end = r.single = true;
      return true;
    }
  }
  return false;
}

}  // namespace crit
