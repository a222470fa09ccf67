// Which records are of a plain form.
#include "interpreter/plain_records.hpp"

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
  PlainForm form{PlainForm::Of::nothing, reading.id, nullptr, raw.present};
  if (raw.present & ~reading.fields) return form;
  const auto has_just = [&](uint32_t must, uint32_t may) { return (raw.present & ~may) == must; };
  const auto is_known = [&](Field f, Cell::Known as) { return !raw.has(f) || raw[f].known == as; };
  if (!is_known(Field::date, Cell::Known::day) || !is_known(Field::start, Cell::Known::day)) return form;
  switch (reading.kind) {
    case FactKind::measure:
      if (!has_just(bits({Field::value, Field::unit}), bits({Field::upper, Field::date}))) return form;
      form.unit = met_unit(reading, raw[Field::unit]);
      if (form.unit && !reading.is_age && is_known(Field::value, Cell::Known::number) &&
          is_known(Field::upper, Cell::Known::number))
        form.of = PlainForm::Of::result;
      return form;
    case FactKind::flag:
    case FactKind::judgement:
      if (has_just(bits({Field::value}), bits({Field::date, Field::by})) && is_yes_or_no(raw[Field::value]) &&
          (!raw.has(Field::by) || raw[Field::by].kind == Cell::Kind::text))
        form.of = PlainForm::Of::answer;
      return form;
    case FactKind::condition:
    case FactKind::drug:
    case FactKind::event:
      if (has_just(bits({Field::start}), 0)) form.of = PlainForm::Of::beginning;
      return form;
    case FactKind::date:
      if (has_just(bits({Field::value}), 0) && is_known(Field::value, Cell::Known::day))
        form.of = PlainForm::Of::date;
      return form;
    case FactKind::choice:
      return form;
  }
  return form;
}

}  // namespace crit
