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

struct PlainRow {
  Intake& in;
  CsvPlan& plan;
  RawRecord& raw;
  const char* at;  // the beginning of a cell; behind the last one, a byte behind `end`
  const char* const end;

  // Whether a cell ends there.
  bool is_end(const char* place) const { return place == end || (place < end && *place == ','); }

  void pass(size_t bytes) { at += bytes + 1; }

  // The text of a cell; false where it has a quote.
  bool text(std::string_view& into) {
    if (at > end) return false;
    const char* stop = at;
    for (uint64_t stops = 0; stop < end; stop += 8) {
      const uint64_t bytes = eight_bytes(stop);
      stops = bytes_that_are(bytes, ',') | bytes_that_are(bytes, '"');
      if (stops == 0) continue;
      stop += std::countr_zero(stops) / 8;
      break;
    }
    stop = std::min(stop, end);
    if (stop < end && *stop == '"') return false;
    into = {at, static_cast<size_t>(stop - at)};
    pass(into.size());
    return true;
  }

  // The numbers of a cell alone, as a record's form takes them.
  [[gnu::always_inline]] bool found_number(Cell& into) {
    const ShortNumber found = leading_number(eight_bytes(at));
    if (found.bytes == 0 || !is_end(at + found.bytes)) return false;
    into.decimals = found.decimals;
    into.found = found.digits;
    pass(found.bytes);
    return true;
  }

  bool found_day(Cell& into) {
    if (!is_end(at + 10) || !read_day(at, into.found)) return false;
    pass(10);
    return true;
  }

  bool number_or_day(Cell& into) {
    const char* const begin = at;
    const bool is_day = at[4] == '-';
    if (!(is_day ? found_day(into) : found_number(into))) return false;
    into.kind = Cell::Kind::text;
    into.known = is_day ? Cell::Known::day : Cell::Known::number;
    into.text = {begin, static_cast<size_t>(at - 1 - begin)};
    return true;
  }

  bool no(Cell& into) {
    constexpr std::string_view kNo = "false";
    if (!is_same({at, kNo.size()}, kNo) || !is_end(at + kNo.size())) return false;
    into = {Cell::Kind::no, {at, kNo.size()}};
    pass(kNo.size());
    return true;
  }

  [[gnu::noinline]] bool other(Cell& into) {
    std::string_view found;
    if (!text(found)) return false;
    into = csv_cell(found);
    return true;
  }

  // Of kind `nothing` where it is empty.
  bool cell(Cell& into) {
    if (at > end) return false;
    if (is_end(at)) {
      into.kind = Cell::Kind::nothing;
      pass(0);
      return true;
    }
    const bool is_known = *at > '9' ? no(into) : number_or_day(into);
    return is_known || other(into);
  }

  bool any_record(const CsvGroup& group) {
    raw.clear();
    for (const CsvGroup::Column& column : group.columns) {
      Cell found;
      if (!cell(found)) return false;
      if (found.kind == Cell::Kind::nothing) continue;
      if (column.field)
        raw.set(*column.field, found);
      else
        raw.attributes.push_back({column.attribute, found});
    }
    add_group(in, group, raw, in.patient->where);
    return true;
  }

  // Numbers and days, which most are, are asked for first and one by one: the processor foresees that better
  // than a switch.
  [[gnu::always_inline]] bool fill(CsvCell as, Cell& into) {
    if (as == CsvCell::number) return found_number(into);
    if (as == CsvCell::day) return found_day(into);
    return fill_other(as, into);
  }

  bool fill_other(CsvCell as, Cell& into) {
    if (as == CsvCell::yes_or_no) return no(into);
    if (as == CsvCell::text) return !is_end(at) && other(into) && into.kind == Cell::Kind::text;
    if (!is_end(at)) return false;
    pass(0);
    return true;
  }

  [[gnu::always_inline]] bool has_form(const CsvPlan::Step& step) {
    for (const CsvPlan::Step::FormCell& cell : step.cells)
      if (!fill(cell.as, raw.cells[size_t(cell.field)])) return false;
    return add_plainly(*in.patient, step.form, raw);
  }

  void learn(CsvPlan::Step& step) {
    const CsvGroup& group = plan.groups[step.group];
    if (raw.present == 0 || !std::has_single_bit(++step.others)) return;
    step.form = plain_form(*group.fact, raw);
    step.cells.clear();
    for (const CsvGroup::Column& column : group.columns) {
      const Field field = column.field.value_or(Field::value);
      const bool is_there = column.field && raw.has(field);
      step.cells.push_back({field, is_there ? form_of(raw[field]) : CsvCell::empty});
    }
  }

  static CsvCell form_of(const Cell& cell) {
    if (cell.known == Cell::Known::number) return CsvCell::number;
    if (cell.known == Cell::Known::day) return CsvCell::day;
    return cell.kind == Cell::Kind::text ? CsvCell::text : CsvCell::yes_or_no;
  }

  bool record(CsvPlan::Step& step) {
    if (step.blank_bytes > 0 && step.blank.is_of(eight_bytes(at)) && at + step.blank_bytes <= end) {
      at += step.blank_bytes;
      return true;
    }
    const char* const begin = at;
    if (step.form.of != PlainForm::Of::nothing) {
      if (has_form(step)) return true;
      at = begin;
    }
    if (!any_record(plan.groups[step.group])) return false;
    learn(step);
    return true;
  }

  bool part(CsvPlan::Step& step) {
    std::string_view found;
    if (!text(found)) return false;
    found = trimmed(found);
    if (found.empty()) return true;
    if (step.part == PatientPart::complete) return complete(step, found);
    set_part_of_cell(in, *step.part, found, in.patient->where);
    return true;
  }

  bool complete(CsvPlan::Step& step, std::string_view found) {
    Patient& patient = *in.patient;
    if (!is_same(step.complete, found)) {
      const uint8_t before = std::exchange(patient.complete, 0);
      set_part_of_cell(in, PatientPart::complete, found, patient.where);
      if (!patient.faults.empty()) return false;
      step.complete = found;
      step.complete_parts = std::exchange(patient.complete, before);
    }
    patient.complete |= step.complete_parts;
    return true;
  }

  bool denial(const CsvPlan::Step& step) {
    const std::string& text = step.denial;
    if (text.empty() || !step.begin_of_denial.is_of(eight_bytes(at))) return false;
    if (text.size() > 8 && !is_same({at, text.size()}, text)) return false;
    at += text.size();
    deny(in, *step.fact);
    return true;
  }

  bool row() {
    for (CsvPlan::Step& step : plan.steps) {
      if (denial(step)) continue;
      if (!(step.part ? part(step) : record(step))) return false;
    }
    return at == end + 1 && in.patient->faults.empty() && !in.patient->id.empty();
  }
};

}  // namespace

bool read_plain_row(Intake& in, CsvPlan& plan, std::string_view line, RawRecord& raw) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  PlainRow plain{in, plan, raw, line.data(), line.data() + line.size()};
  return plain.row() && simdjson::validate_utf8(line);
}

}  // namespace crit
