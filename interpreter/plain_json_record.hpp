// The record of a fact in plain JSON to the patient: by the shapes that records of its name had, otherwise
// token by token. For the reader of plain JSON only, which is one struct with this.
#pragma once

#include "interpreter/json_shapes.hpp"
#include "interpreter/plain_json.hpp"
#include "interpreter/read_json_parts.hpp"

namespace crit {

struct PlainJsonRecord : PlainJson {
  JsonReading& r;
  RecordPlace place{r.in.patient->where, {}, -1, r.is_path};  // of the record that is read

  PlainJsonRecord(JsonReading& reading, std::string_view text)
      : PlainJson{text.data(), text.data() + text.size()}, r(reading) {}

  bool other_field(RawRecord& raw) {
    std::string_view key;
    Cell found;
    if (!text(key) || !pass_colon() || !cell(found)) return false;
    if (const auto field = field_named(key)) {
      if (raw.has(*field)) return false;
      raw.set(*field, found);
      return true;
    }
    for (const RawRecord::Named& named : raw.attributes)
      if (named.name == key) return false;
    raw.attributes.push_back({key, found});
    return raw.attributes.size() <= kMaxAttributes;
  }

  bool field(RawRecord& raw) {
    const ShortField* const known = short_field(at);
    if (!known) return other_field(raw);
    at += known->bytes;
    if (raw.has(known->field) || !pass_colon()) return false;
    raw.present |= 1u << unsigned(known->field);
    return cell(raw.cells[size_t(known->field)]);
  }

  bool any_record(NamedFact& name) {
    const char* const begin = at;
    RawRecord& raw = r.parser.raw;
    raw.clear();
    bool more = true;
    if (!pass('{') || !pass_to_first_key(more)) return false;
    while (more)
      if (!field(raw) || !pass_to_key(more)) return false;
    add_record(r.in, name, raw, place);
    if (name.readings.empty()) return true;  // of a name that nobody declares nothing is kept
    if (!name.shapes) name.shapes = std::make_shared<JsonShapes>();
    name.shapes->note({begin, static_cast<size_t>(at - begin)}, name, raw);
    return true;
  }

  // One by one: the processor foresees that better than a switch.
  [[gnu::always_inline]] bool fill(JsonShape::Hole hole, Cell& into) {
    if (hole == JsonShape::Hole::number) return short_number_cell(into);
    if (hole == JsonShape::Hole::day) return day_cell(into);
    return text_cell(into);
  }

  [[gnu::always_inline]] bool has_shape(const JsonShape& shape, RawRecord& into) {
    if (shape.text.empty()) return false;
    const bool has_first = shape.pieces.empty() || (at < end && pass(shape.pieces.front().text));
    return has_first && has_rest(shape, into);
  }

  // Behind its first stretch.
  [[gnu::always_inline]] bool has_rest(const JsonShape& shape, RawRecord& into) {
    bool first = true;
    for (const JsonShape::Piece& piece : shape.pieces) {
      if (!first && (at >= end || !pass(piece.text))) return false;
      if (!fill(piece.hole, into.cells[size_t(piece.field)])) return false;
      first = false;
    }
    return at < end && pass(shape.end) && at <= end;
  }

  // A signed answer whose whole text is that of another patient.
  [[gnu::always_inline]] bool answer_as_before(const JsonShape& shape) {
    const size_t bytes = shape.same.is_at(at) ? shape.same.bytes() : 0;
    if (bytes == 0 || at + bytes > end) return false;
    if (!add_plainly(*r.in.patient, shape.form, shape.same.raw())) return false;
    at += bytes;
    return true;
  }

  // Into the cells that all records share, since those of each shape would not stay in the processor's cache.
  bool record_of_form(JsonShape& shape) {
    if (answer_as_before(shape)) return true;
    const char* const begin = at;
    RawRecord& raw = r.parser.raw;
    if (!has_shape(shape, raw)) return false;
    if (shape.form.of == PlainForm::Of::answer) raw.cells[size_t(Field::value)] = shape.raw[Field::value];
    if (!add_plainly(*r.in.patient, shape.form, raw)) return false;
    if (shape.form.usual.signed_by) shape.same.note({begin, static_cast<size_t>(at - begin)}, raw);
    return true;
  }

  bool record(NamedFact& name) {
    if (!name.shapes) return any_record(name);
    const char* const begin = at;
    for (JsonShape& shape : name.shapes->all) {
      at = begin;
      if (shape.form.of != PlainForm::Of::nothing && record_of_form(shape)) return true;
      at = begin;
      if (!has_shape(shape, shape.raw)) continue;
      add_record(r.in, name, shape.raw, place);
      return true;
    }
    at = begin;
    return any_record(name);
  }

  bool one(NamedFact& name) {
    if (*at == '{') return record(name);
    Cell& found = r.parser.raw.cells[size_t(Field::value)];
    if (!cell(found)) return false;
    value(name, found);
    return true;
  }

  void value(NamedFact& name, Cell& found) {
    if (!name.shapes || !name.shapes->has_value_as(found)) return any_value(name, found);
    if (!add_plainly(*r.in.patient, name.shapes->alone, r.parser.raw)) add_cell(r, name, Cell(found), place);
  }

  void any_value(NamedFact& name, Cell found) {
    add_cell(r, name, found, place);
    if (found.kind == Cell::Kind::nothing || name.readings.empty() || name.lasts) return;
    if (!name.shapes) name.shapes = std::make_shared<JsonShapes>();
    name.shapes->note_value(name, r.parser.raw);
  }
};

}  // namespace crit
