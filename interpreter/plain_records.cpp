// Which records are of a plain form, and what such a record is to the patient.
#include "interpreter/plain_records.hpp"

#include "interpreter/read_record_parts.hpp"

namespace crit {

namespace {

bool is_yes_or_no(const Cell& cell) {
  return cell.kind == Cell::Kind::yes || cell.kind == Cell::Kind::no;
}

// The unit that was met last under this text; null: none.
const Conversion* met_unit(const ReadingOfName& reading, const Cell& text) {
  for (const auto& memo : reading.units)
    if (memo.unit && text.kind == Cell::Kind::text && memo.text == text.text) return memo.unit;
  return nullptr;
}

}  // namespace

PlainForm plain_form(const NamedFact& name, const RawRecord& raw) {
  if (name.readings.size() != 1 || !name.readings[0].is_usable || !raw.attributes.empty()) return {};
  const ReadingOfName& reading = name.readings[0];
  PlainForm form{PlainForm::Of::nothing, reading.id, nullptr, reading.fact, raw.present};
  if (raw.present & ~reading.fields) return form;
  const auto has_just = [&](uint32_t must, uint32_t may) { return (raw.present & ~may) == must; };
  const auto is_known = [&](Field f, Cell::Known as) { return !raw.has(f) || raw[f].known == as; };
  if (!is_known(Field::date, Cell::Known::day) || !is_known(Field::start, Cell::Known::day)) return form;
  switch (reading.kind) {
    case FactKind::measure:
      if (!has_just(bits({Field::value, Field::unit}), bits({Field::upper, Field::date}))) return form;
      form.unit = met_unit(reading, raw[Field::unit]);
      if (form.unit && form.unit->convertible && !reading.is_age &&
          is_known(Field::value, Cell::Known::number) && is_known(Field::upper, Cell::Known::number))
        form.of = PlainForm::Of::result;
      return form;
    case FactKind::flag:
    case FactKind::judgement:
      if (has_just(bits({Field::value}), bits({Field::date, Field::by})) && is_yes_or_no(raw[Field::value]) &&
          (!raw.has(Field::by) || raw[Field::by].kind == Cell::Kind::text))
        form.of = PlainForm::Of::answer;
      return form;
    case FactKind::drug:
      if (has_just(bits({Field::dose, Field::unit, Field::start}), 0)) {
        form.unit = met_unit(reading, raw[Field::unit]);
        if (form.unit && is_known(Field::dose, Cell::Known::number)) form.of = PlainForm::Of::course;
        return form;
      }
      [[fallthrough]];
    case FactKind::condition:
    case FactKind::event:
      if (has_just(bits({Field::start}), 0)) form.of = PlainForm::Of::beginning;
      return form;
    case FactKind::date:
      if (has_just(bits({Field::value}), 0) && is_known(Field::value, Cell::Known::day))
        form.of = PlainForm::Of::date;
      return form;
    case FactKind::choice:
      if (has_just(bits({Field::value}), bits({Field::date})) && raw[Field::value].kind == Cell::Kind::text)
        form.of = PlainForm::Of::choice;
      return form;
  }
  return form;
}

namespace {

struct AddingPlainly {
  Patient& patient;
  const PlainForm& form;
  const RawRecord& raw;

  bool has(Field f) const { return form.present >> unsigned(f) & 1; }

  void set_start(Record& r, Field f) const {
    const Day day = raw[f].found;
    r.start = {day, day, -1};
    r.has_start = true;
  }

  void set_single(Record& r, Field f) const {
    set_start(r, f);
    r.end = r.start;
    r.has_end = r.single = true;
  }

  bool result() const {
    const bool has_limit = has(Field::upper);
    // One that is not above 0 is a fault of most measures.
    if (has_limit && raw[Field::upper].found <= 0) return false;
    Record& r = patient.add(form.fact, Says::value);
    r.value = known_number(raw[Field::value]);
    r.has_value = true;
    r.unit = form.unit;
    if (has(Field::date)) set_single(r, Field::date);
    if (has_limit) patient.details_of(r).upper = known_number(raw[Field::upper]);
    return true;
  }

  // Since a day, of a drug with its dose perhaps.
  bool since(bool has_dose) const {
    Record& r = patient.add(form.fact, Says::yes);
    set_start(r, Field::start);
    if (!has_dose) return true;
    r.value = known_number(raw[Field::dose]);
    r.has_value = true;
    r.unit = form.unit;
    return true;
  }

  bool answer() const {
    const std::string_view by = has(Field::by) ? raw[Field::by].text : std::string_view();
    if (has(Field::by) && (by.empty() || by.front() <= ' ')) return false;
    Record& r = patient.add(form.fact, raw[Field::value].kind == Cell::Kind::yes ? Says::yes : Says::no);
    if (has(Field::date)) set_single(r, Field::date);
    r.signed_by = !by.empty();
    if (r.signed_by) patient.details_of(r).by = patient.keep(by);
    return true;
  }

  bool choice() const {
    const auto index = value_index(*form.chosen, raw[Field::value].text);
    if (!index) return false;
    Record& r = patient.add(form.fact, Says::value);
    r.word = *index;
    if (has(Field::date)) set_single(r, Field::date);
    return true;
  }

  bool date() const {
    if (patient.first(form.fact) != kNone) return false;
    set_single(patient.add(form.fact, Says::value), Field::value);
    return true;
  }
};

}  // namespace

bool add_plainly(Patient& patient, const PlainForm& form, const RawRecord& raw) {
  if (patient.records.size() >= kMaxRecords) return false;
  const AddingPlainly adding{patient, form, raw};
  switch (form.of) {
    case PlainForm::Of::nothing:
      return false;
    case PlainForm::Of::result:
      return adding.result();
    case PlainForm::Of::answer:
      return adding.answer();
    case PlainForm::Of::choice:
      return adding.choice();
    case PlainForm::Of::beginning:
      return adding.since(false);
    case PlainForm::Of::course:
      return adding.since(true);
    case PlainForm::Of::date:
      return adding.date();
  }
  return false;
}

}  // namespace crit
