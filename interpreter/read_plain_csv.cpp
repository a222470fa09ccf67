// A row of wide CSV as programs write it to the patient: no quotes, a record's cells one behind the other.
// They are read where they stand, and cut nowhere; any other row, and whatever is wrong, is left to
// read_csv_wide, which begins again. Where this gives true, that would have read the same
// (tests/read_plain_csv_test.cpp holds it to that).
#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "interpreter/csv_plan.hpp"
#include "interpreter/read_value.hpp"

namespace crit {

namespace {

// Each function gets the place of a cell and gives the one behind it; null where the row is not so plain.
struct PlainRow {
  Intake& in;
  CsvPlan& plan;
  RawRecord& raw;
  const char* const end;  // of the row; a byte behind it, behind the last cell

  // Whether a cell ends there.
  bool is_end(const char* place) const { return place == end || (place < end && *place == ','); }

  // The text of a cell; null where it has a quote.
  const char* text(const char* at, std::string_view& into) const {
    if (at > end) return nullptr;
    const char* stop = at;
    for (uint64_t stops = 0; stop < end; stop += 8) {
      const uint64_t bytes = eight_bytes(stop);
      stops = bytes_that_are(bytes, ',') | bytes_that_are(bytes, '"');
      if (stops == 0) continue;
      stop += std::countr_zero(stops) / 8;
      break;
    }
    stop = std::min(stop, end);
    if (stop < end && *stop == '"') return nullptr;
    into = {at, static_cast<size_t>(stop - at)};
    return stop + 1;
  }

  // The numbers of a cell alone, as a record's form takes them.
  [[gnu::always_inline]] const char* found_number(const char* at, Cell& into) const {
    const ShortNumber found = leading_number(eight_bytes(at));
    const char* const stop = at + found.bytes;
    if (found.bytes == 0 || !is_end(stop)) return nullptr;
    into.decimals = found.decimals;
    into.found = found.digits;
    return stop + 1;
  }

  [[gnu::always_inline]] const char* found_day(const char* at, Cell& into) const {
    return is_end(at + 10) && read_day(at, into.found) ? at + 11 : nullptr;
  }

  const char* number_or_day(const char* at, Cell& into) const {
    const bool is_day = at[4] == '-';
    const char* const next = is_day ? found_day(at, into) : found_number(at, into);
    if (!next) return nullptr;
    into.kind = Cell::Kind::text;
    into.known = is_day ? Cell::Known::day : Cell::Known::number;
    into.text = {at, static_cast<size_t>(next - 1 - at)};
    return next;
  }

  const char* no(const char* at, Cell& into) const {
    constexpr std::string_view kNo = "false";
    if (!is_same({at, kNo.size()}, kNo) || !is_end(at + kNo.size())) return nullptr;
    into = {Cell::Kind::no, {at, kNo.size()}};
    return at + kNo.size() + 1;
  }

  [[gnu::noinline]] const char* other(const char* at, Cell& into) const {
    std::string_view found;
    const char* const next = text(at, found);
    if (next) into = csv_cell(found);
    return next;
  }

  // Of kind `nothing` where it is empty.
  const char* cell(const char* at, Cell& into) const {
    if (at > end) return nullptr;
    if (is_end(at)) {
      into.kind = Cell::Kind::nothing;
      return at + 1;
    }
    const char* const next = *at > '9' ? no(at, into) : number_or_day(at, into);
    return next ? next : other(at, into);
  }

  const char* any_record(const char* at, const CsvGroup& group) {
    raw.clear();
    for (const CsvGroup::Column& column : group.columns) {
      Cell found;
      at = cell(at, found);
      if (!at) return nullptr;
      if (found.kind != Cell::Kind::nothing) column.set(found, raw);
    }
    add_group(in, group, raw, in.patient->where);
    return at;
  }

  // Numbers and days, which most are, are asked for first and one by one: the processor foresees that better
  // than a switch.
  [[gnu::always_inline]] const char* fill(const char* at, CsvCell as, Cell& into) const {
    if (as == CsvCell::number) return found_number(at, into);
    if (as == CsvCell::day) return found_day(at, into);
    return fill_other(at, as, into);
  }

  const char* fill_other(const char* at, CsvCell as, Cell& into) const {
    if (as == CsvCell::yes_or_no) return no(at, into);
    if (as == CsvCell::empty) return is_end(at) ? at + 1 : nullptr;
    const char* const next = is_end(at) ? nullptr : other(at, into);
    return next && into.kind == Cell::Kind::text ? next : nullptr;
  }

  [[gnu::always_inline]] const char* record_of_form(const char* at, CsvPlan::Step& step) {
    if (step.same.is_at(at)) {
      at += step.same.bytes();
      return add_plainly(*in.patient, step.form, step.same.raw()) ? at : nullptr;
    }
    const char* const begin = at;
    for (const CsvPlan::Step::FormCell& cell : step.cells) {
      at = fill(at, cell.as, raw.cells[size_t(cell.field)]);
      if (!at) return nullptr;
    }
    if (!add_plainly(*in.patient, step.form, raw)) return nullptr;
    if (step.form.usual.signed_by) step.same.note({begin, static_cast<size_t>(at - begin)}, raw);
    return at;
  }

  void learn(CsvPlan::Step& step) {
    const CsvGroup& group = plan.groups[step.group];
    if (raw.present == 0 || !std::has_single_bit(++step.others)) return;
    step.form = plain_form(*group.fact, raw);
    step.same = {};
    step.cells.clear();
    // A form has the unit of the record that it was learned from: each row has its own here.
    if (std::ranges::any_of(group.columns, [](const auto& c) { return c.field == Field::unit; }))
      step.form = PlainForm();
    for (const CsvGroup::Column& column : group.columns) {
      const Field field = column.field.value_or(Field::value);
      const bool is_there = column.field && raw.has(field);
      step.cells.push_back({field, is_there ? form_in(step.form, field, raw[field]) : CsvCell::empty});
    }
  }

  // A choice's value and who signs are taken by their text, which the number of ECOG 1 and a day have too.
  static CsvCell form_in(const PlainForm& form, Field field, const Cell& cell) {
    const bool is_word = field == Field::by || (field == Field::value && form.of == PlainForm::Of::choice);
    return is_word ? CsvCell::text : form_of(cell);
  }

  static CsvCell form_of(const Cell& cell) {
    if (cell.known == Cell::Known::number) return CsvCell::number;
    if (cell.known == Cell::Known::day) return CsvCell::day;
    return cell.kind == Cell::Kind::text ? CsvCell::text : CsvCell::yes_or_no;
  }

  const char* record(const char* at, CsvPlan::Step& step) {
    if (step.blank_bytes > 0 && step.blank.is_of(eight_bytes(at)) && at + step.blank_bytes <= end)
      return at + step.blank_bytes;
    if (step.form.of != PlainForm::Of::nothing)
      if (const char* const next = record_of_form(at, step)) return next;
    at = any_record(at, plan.groups[step.group]);
    if (at) learn(step);
    return at;
  }

  const char* part(const char* at, CsvPlan::Step& step) {
    Patient& patient = *in.patient;
    const std::string_view rest(at, static_cast<size_t>(std::max(end, at) - at));
    if (is_end(at + step.last.bytes()) && step.last.set(rest, patient)) return at + step.last.bytes() + 1;
    std::string_view found;
    const char* const next = text(at, found);
    if (!next) return nullptr;
    const uint8_t before = std::exchange(patient.complete, 0);
    const bool had_screening = patient.screening.has_value();
    if (const auto cell = trimmed(found); !cell.empty())
      set_part_of_cell(in, *step.part, cell, patient.where);
    if (!patient.faults.empty()) return nullptr;
    if (*step.part == PatientPart::screening || *step.part == PatientPart::complete)
      step.last.note(found, had_screening ? std::nullopt : patient.screening, patient.complete);
    patient.complete |= before;
    return next;
  }

  // Null where the row does not say that there is none.
  const char* denial(const char* at, const CsvPlan::Step& step) {
    const std::string& text = step.denial;
    if (text.empty() || !step.begin_of_denial.is_of(eight_bytes(at))) return nullptr;
    if (text.size() > 8 && !is_same({at, text.size()}, text)) return nullptr;
    deny(in, *step.fact);
    return at + text.size();
  }

  bool row(const char* at) {
    for (CsvPlan::Step& step : plan.steps) {
      if (const char* const next = denial(at, step)) {
        at = next;
        continue;
      }
      at = step.part ? part(at, step) : record(at, step);
      if (!at) return false;
    }
    return at == end + 1 && in.patient->faults.empty() && !in.patient->id.empty();
  }
};

}  // namespace

bool read_plain_row(Intake& in, CsvPlan& plan, std::string_view line, RawRecord& raw) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  PlainRow plain{in, plan, raw, line.data() + line.size()};
  return plain.row(line.data()) && simdjson::validate_utf8(line);
}

}  // namespace crit
