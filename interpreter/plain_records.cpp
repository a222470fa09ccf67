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

// What is asked of the record that a form is made of.
struct Forming {
  const ReadingOfName& reading;
  const RawRecord& raw;

  bool has_just(uint32_t must, uint32_t may) const { return (raw.present & ~may) == must; }
  bool is_known(Field f, Cell::Known as) const { return !raw.has(f) || raw[f].known == as; }

  bool is_result(const Conversion*& unit) const {
    if (!has_just(bits({Field::value, Field::unit}), bits({Field::upper, Field::date}))) return false;
    unit = met_unit(reading, raw[Field::unit]);
    return unit && unit->convertible && !reading.is_age && is_known(Field::value, Cell::Known::number) &&
           is_known(Field::upper, Cell::Known::number);
  }

  bool is_answer() const {
    return has_just(bits({Field::value}), bits({Field::date, Field::by})) &&
           is_yes_or_no(raw[Field::value]) &&
           (!raw.has(Field::by) || raw[Field::by].kind == Cell::Kind::text);
  }

  bool is_course(const Conversion*& unit) const {
    if (!has_just(bits({Field::dose, Field::unit, Field::start}), 0)) return false;
    unit = met_unit(reading, raw[Field::unit]);
    return unit && is_known(Field::dose, Cell::Known::number);
  }

  bool is_date() const {
    return has_just(bits({Field::value}), 0) && is_known(Field::value, Cell::Known::day);
  }

  bool is_choice() const {
    return has_just(bits({Field::value}), bits({Field::date})) && raw[Field::value].kind == Cell::Kind::text;
  }

  PlainForm::Of form(const Conversion*& unit) const {
    using Of = PlainForm::Of;
    switch (reading.kind) {
      case FactKind::measure:
        return is_result(unit) ? Of::result : Of::nothing;
      case FactKind::flag:
      case FactKind::judgement:
        return is_answer() ? Of::answer : Of::nothing;
      case FactKind::drug:
        if (is_course(unit)) return Of::lasting;
        [[fallthrough]];
      case FactKind::condition:
      case FactKind::event:
        return has_just(bits({Field::start}), 0) ? Of::lasting : Of::nothing;
      case FactKind::date:
        return is_date() ? Of::date : Of::nothing;
      case FactKind::choice:
        return is_choice() ? Of::choice : Of::nothing;
    }
    return Of::nothing;
  }
};

}  // namespace

PlainForm plain_form(const NamedFact& name, const RawRecord& raw) {
  if (name.readings.size() != 1 || !name.readings[0].is_usable || !raw.attributes.empty()) return PlainForm();
  const ReadingOfName& reading = name.readings[0];
  const Forming forming{reading, raw};
  const bool known_days =
      forming.is_known(Field::date, Cell::Known::day) && forming.is_known(Field::start, Cell::Known::day);
  if ((raw.present & ~reading.fields) != 0 || !known_days) return PlainForm();
  const Conversion* unit = nullptr;
  PlainForm form;
  form.of = forming.form(unit);
  form.usual = Record(reading.id, form.of == PlainForm::Of::lasting ? Says::yes : Says::value);
  if (form.of == PlainForm::Of::answer) form.usual.word = reading.trial;
  form.present = raw.present;
  form.chosen = reading.fact;
  form.number = raw.has(Field::dose) ? Field::dose : Field::value;
  const bool is_date = form.of == PlainForm::Of::date;
  form.day = raw.has(Field::start) ? Field::start : is_date ? Field::value : Field::date;
  Record& usual = form.usual;
  usual.unit = unit;
  usual.has_value = unit != nullptr;
  usual.has_start = raw.has(form.day);
  usual.has_end = usual.single = usual.has_start && form.day != Field::start;
  usual.signed_by = raw.has(Field::by);
  return form;
}

void SameRecord::note(std::string_view text, const RawRecord& raw) {
  constexpr size_t kMostBytes = 64;
  const std::string_view by = raw[Field::by].text;
  const bool is_inside = by.data() >= text.data() && by.data() + by.size() <= text.data() + text.size();
  if (text.size() > kMostBytes || !is_inside) return last_.reset();
  if (!last_) last_ = std::make_unique<Last>();
  last_->text = text;
  RawRecord& own = last_->raw;
  for (const Field field : {Field::value, Field::date, Field::by}) own.cells[size_t(field)] = raw[field];
  own.cells[size_t(Field::by)].text =
      std::string_view(last_->text).substr(static_cast<size_t>(by.data() - text.data()), by.size());
}

namespace {

// What is added of a record, and to whom. Each kind gives false where its values may be a fault.
struct Adding {
  Patient& patient;
  const PlainForm& form;
  const RawRecord& raw;

  Record& record() const { return patient.add(form.usual); }
  void set_number(Record& r) const { r.value = known_number(raw[form.number]); }
  void set_day(Record& r) const {
    const Day day = raw[form.day].found;
    r.start.first_day = r.start.last_day = day;
    if (form.usual.single) r.end.first_day = r.end.last_day = day;
  }

  bool result() const {
    const bool has_limit = form.present >> unsigned(Field::upper) & 1;
    if (has_limit && raw[Field::upper].found <= 0) return false;  // a fault of most measures
    Record& r = record();
    set_number(r);
    if (form.usual.has_start) set_day(r);
    if (has_limit) patient.details_of(r).upper = known_number(raw[Field::upper]);
    return true;
  }
  bool answer() const {
    const std::string_view by = raw[Field::by].text;
    if (form.usual.signed_by && (by.empty() || by.front() <= ' ')) return false;
    Record& r = record();
    if (form.usual.has_start) set_day(r);
    r.says = raw[Field::value].kind == Cell::Kind::yes ? Says::yes : Says::no;
    if (r.is_for_one_trial()) patient.answers_one_trial = true;
    if (form.usual.signed_by) r.details = patient.details_signed_by(by);
    return true;
  }
  bool choice() const {
    const auto word = value_index(*form.chosen, raw[Field::value].text);
    if (!word) return false;
    Record& r = record();
    r.word = *word;
    if (form.usual.has_start) set_day(r);
    return true;
  }
  bool lasting() const {
    Record& r = record();
    if (form.usual.has_value) set_number(r);
    set_day(r);
    return true;
  }
  bool date() const {
    if (patient.first(form.usual.fact) != kNone) return false;
    set_day(record());
    return true;
  }
};

}  // namespace

bool add_plainly(Patient& patient, const PlainForm& form, const RawRecord& raw) {
  if (patient.records.size() >= kMaxRecords) return false;
  const Adding adding{patient, form, raw};
  switch (form.of) {
    case PlainForm::Of::nothing:
      return false;
    case PlainForm::Of::result:
      return adding.result();
    case PlainForm::Of::answer:
      return adding.answer();
    case PlainForm::Of::choice:
      return adding.choice();
    case PlainForm::Of::lasting:
      return adding.lasting();
    case PlainForm::Of::date:
      return adding.date();
  }
  return false;
}

}  // namespace crit
