// Blocks of the text form to patients: a line is a record, and `like` puts a block's lines over those of
// another.
#include "interpreter/read_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/read_record.hpp"
#include "interpreter/stray_words.hpp"

namespace crit {

namespace {

constexpr int kMaxLike = 16;  // patients in a chain of `like`

Cell cell_of(std::string_view text) {
  if (same_word(text, "yes")) return {Cell::Kind::yes, text};
  if (same_word(text, "no")) return {Cell::Kind::no, text};
  return {Cell::Kind::text, text};
}

Cell joined(Intake& in, std::string_view first, std::string_view between, std::string_view second) {
  return {Cell::Kind::text, in.patient->keep(fmt::format("{}{}{}", first, between, second))};
}

// `stage 1A` is read as a number and its unit, which no choice has.
bool is_value_with_letter(const NamedFact& fact, const PatientLine& line) {
  const auto is_choice = [](const ReadingOfName& reading) { return reading.kind == FactKind::choice; };
  return !line.unit.text.empty() && !fact.readings.empty() && std::ranges::all_of(fact.readings, is_choice);
}

void fill_values(Intake& in, const NamedFact& fact, const PatientLine& line, RawRecord& raw) {
  const bool with_letter = is_value_with_letter(fact, line);
  if (line.kind == PatientLine::Kind::denied) raw.set(Field::value, {Cell::Kind::no, "no"});
  if (!line.bound.empty())
    raw.set(Field::value, joined(in, line.bound, "", line.value));
  else if (with_letter)
    raw.set(Field::value, joined(in, line.value, "", line.unit.text));
  else if (!line.value.empty())
    raw.set(Field::value, cell_of(line.value));
  if (!line.unit.text.empty() && !with_letter) raw.set(Field::unit, {Cell::Kind::text, line.unit.text});
  for (const LimitText& limit : line.limits) {
    raw.set(limit.upper ? Field::upper : Field::lower, {Cell::Kind::text, limit.number});
    if (!limit.unit.text.empty())
      raw.set(limit.upper ? Field::upper_unit : Field::lower_unit, {Cell::Kind::text, limit.unit.text});
  }
  if (line.predicted) raw.set(Field::predicted, {Cell::Kind::text, *line.predicted});
  if (line.lab) raw.set(Field::lab, {Cell::Kind::text, *line.lab});
  if (line.by) raw.set(Field::by, {Cell::Kind::text, *line.by});
}

void fill_dates(const PatientLine& line, RawRecord& raw) {
  const auto set = [&](Field field, const std::optional<DateText>& date) {
    if (date) raw.set(field, {Cell::Kind::text, date->text});
  };
  set(Field::date, line.on);
  set(Field::start, line.since);
  set(Field::start, line.from);
  set(Field::end, line.to);
  set(Field::end, line.until);
}

bool is_dose(const NamedFact& fact, const AttributeText& attribute) {
  const auto takes_dose = [](const ReadingOfName& r) { return r.fields >> unsigned(Field::dose) & 1; };
  return attribute.name.text == name_of(Field::dose) && !fact.readings.empty() &&
         std::ranges::all_of(fact.readings, takes_dose);
}

// `with dose 20 mg/day` is the dose, as under that name in JSON and CSV.
void fill_attributes(Intake& in, const PatientLine& line, const NamedFact& fact, const RecordPlace& place,
                     RawRecord& raw) {
  for (const AttributeText& a : line.attributes) {
    if (!is_dose(fact, a)) {
      raw.attributes.push_back(
          {a.name.text, a.unit.text.empty() ? cell_of(a.value) : joined(in, a.value, " ", a.unit.text)});
      continue;
    }
    if (raw.has(Field::dose)) add_fault_of(in, fact, "`dose` twice: leave out the one that is wrong", place);
    raw.set(Field::dose, cell_of(a.value));
    if (!a.unit.text.empty()) raw.set(Field::unit, {Cell::Kind::text, a.unit.text});
  }
}

// What stands on a line beside its name and its value; empty: nothing.
std::string_view beside_value(const PatientLine& line) {
  if (!line.bound.empty()) return "the sign before it";
  if (!line.unit.text.empty()) return "the unit";
  if (!line.limits.empty() || line.predicted) return "the parentheses";
  if (line.on) return "`on`";
  if (line.since) return "`since`";
  if (line.from) return "`from`";
  if (line.to) return "`to`";
  if (line.until) return "`until`";
  if (!line.attributes.empty()) return "`with`";
  if (line.by) return "`by`";
  return line.lab ? "`lab`" : "";
}

void add_part(Intake& in, PatientPart part, const PatientLine& line, std::string_view where) {
  const std::string_view beside = beside_value(line);
  const bool is_denied = line.kind == PatientLine::Kind::denied;
  if (beside.empty() && !is_denied) return set_part(in, part, line.value, where);
  add_fault(in, kNoFact,
            is_denied
                ? fmt::format("`{}`: `no` is said of a fact: where there is none, leave the line out",
                              name_of(part))
                : fmt::format("`{}`: its value stands alone behind it, without {}", name_of(part), beside),
            where);
}

void add_line(Intake& in, const PatientBlocks& blocks, const PatientLine& line, RawRecord& raw) {
  const std::string where = blocks.where(line.span);
  if (line.kind == PatientLine::Kind::complete) {
    for (const Name& part : line.parts) set_part(in, PatientPart::complete, part.text, where);
    return;
  }
  // Under a slip of the pen the case would test what it does not say.
  const bool is_known = patient_part_named(line.name.text) || !named(in, line.name.text).readings.empty();
  if (line.kind == PatientLine::Kind::missing && is_known) return;
  if (const auto part = patient_part_named(line.name.text)) return add_part(in, *part, line, where);
  raw.clear();
  NamedFact& fact = named(in, line.name.text);
  fill_values(in, fact, line, raw);
  fill_dates(line, raw);
  const RecordPlace place{where, line.name.text};
  fill_attributes(in, line, fact, place, raw);
  add_record(in, fact, raw, place);
}

// What a line speaks of, so that a line under another name of the same fact replaces it too.
std::string subject_of(Intake& in, const PatientLine& line) {
  if (line.kind == PatientLine::Kind::complete) return "complete";
  const NamedFact& fact = named(in, line.name.text);
  return fact.readings.empty() ? line.name.text : std::to_string(fact.readings.front().id);
}

struct LineOf {
  const PatientLine* line;
  const PatientBlock* block;
};
using Lines = std::vector<LineOf>;

// The lines of a model that no line of the block speaks of, and then the block's own.
Lines put_over(Intake& in, const Lines& model, const PatientBlock& block) {
  std::vector<std::string> subjects;
  for (const PatientLine& line : block.lines) subjects.push_back(subject_of(in, line));
  std::ranges::sort(subjects);
  Lines made;
  for (const LineOf& l : model)
    if (!std::ranges::binary_search(subjects, subject_of(in, *l.line))) made.push_back(l);
  for (const PatientLine& line : block.lines) made.push_back({&line, &block});
  return made;
}

bool is_in(const Diagnostic& fault, const PatientLine& line) {
  return fault.span.begin >= line.span.begin && fault.span.begin <= line.span.end;
}

// What the parser found wrong inside a line is a fault of the line's fact, and no more is said of it.
bool tell_faults(Intake& in, const PatientBlocks& blocks, const LineOf& l) {
  bool any = false;
  for (const Diagnostic& fault : l.block->faults) {
    if (!is_in(fault, *l.line)) continue;
    any = true;
    const NamedFact& fact = named(in, l.line->name.text);
    const std::string where = blocks.where(fault.span);
    if (fact.readings.empty()) add_fault(in, kNoFact, fault.message, where);
    for (const ReadingOfName& reading : fact.readings) add_fault(in, reading.fact->id, fault.message, where);
  }
  return any;
}

// A line that could not be read at all is not among the block's lines: whose it is nobody knows.
void tell_other_faults(Intake& in, const PatientBlocks& blocks, const PatientBlock& block) {
  for (const Diagnostic& fault : block.faults)
    if (std::ranges::none_of(block.lines, [&](const PatientLine& line) { return is_in(fault, line); }))
      add_fault(in, kNoFact, fault.message, blocks.where(fault.span));
}

// The block and those that it is like, the furthest first; a fault where one is not there.
std::vector<const PatientBlock*> chain_of(Intake& in, const PatientBlocks& blocks,
                                          const PatientBlock& block) {
  std::vector<const PatientBlock*> chain{&block};
  while (chain.back()->like) {
    const Name& like = *chain.back()->like;
    const auto model = blocks.patients.find(like.text);
    if (model == blocks.patients.end() || chain.size() > kMaxLike) {
      add_fault(in, kNoFact,
                chain.size() > kMaxLike ? "`like`: this goes round, or through more than 16 patients"
                                        : "`like`: there is no patient of this identifier in the file",
                blocks.where(like.span));
      break;
    }
    chain.push_back(model->second);
  }
  std::ranges::reverse(chain);
  return chain;
}

// Told where it stands, which the patient's own place is not.
void check_birth(Intake& in, const PatientBlocks& blocks, const Lines& lines) {
  const auto& screening = in.patient->screening ? in.patient->screening : in.screening;
  for (const LineOf& l : lines) {
    const NamedFact& fact = named(in, l.line->name.text);
    if (!screening || l.line->kind != PatientLine::Kind::record || fact.readings.empty()) continue;
    const Fact& first = *fact.readings.front().fact;
    const auto born = first.standard && first.name == "birth_date" ? parse_when(l.line->value) : std::nullopt;
    if (born && born->first_day > screening->last_day)
      add_fault(in, first.id, std::string(kBornAfterScreening), blocks.where(l.line->span));
  }
}

std::vector<uint32_t> line_ends(std::string_view text) {
  std::vector<uint32_t> ends;
  for (size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
    ends.push_back(static_cast<uint32_t>(at));
  return ends;
}

}  // namespace

uint32_t PatientBlocks::line_of(const Span& span) const {
  return static_cast<uint32_t>(std::ranges::lower_bound(line_ends, span.begin) - line_ends.begin()) + 1;
}

std::string PatientBlocks::where(const Span& span) const {
  return fmt::format("{}:{}", source.name, line_of(span));
}

PatientBlocks patient_blocks(const Source& source, const ParsedPatients& parsed) {
  PatientBlocks made{source, {}, line_ends(source.text)};
  for (const PatientBlock& block : parsed.blocks)
    if (!block.is_case) made.patients.emplace(block.id.text, &block);
  return made;
}

void fill_patient(Intake& in, const PatientBlocks& blocks, const PatientBlock& block) {
  Lines lines;
  for (const PatientBlock* one : chain_of(in, blocks, block)) {
    lines = put_over(in, lines, *one);
    tell_other_faults(in, blocks, *one);
  }
  RawRecord raw;
  for (const LineOf& l : lines)
    if (!tell_faults(in, blocks, l)) add_line(in, blocks, *l.line, raw);
  check_birth(in, blocks, lines);
}

bool read_text(Intake& in, Input& input) {
  const uint64_t lines_before = input.line() - 1;
  const auto text = input.rest(kMaxSourceBytes);
  if (!text) {
    in.broken(
        {kNoFact, "a text file of patients may have 16 MiB: write so many as CSV or NDJSON", input.name()});
    return true;
  }
  Source source;
  source.name = input.name();
  source.text = std::string(lines_before, '\n');
  source.text += *text;
  const ParsedPatients parsed = parse_patients(source);
  const PatientBlocks blocks = patient_blocks(source, parsed);
  for (const Diagnostic& d : parsed.diagnostics) in.broken({kNoFact, d.message, blocks.where(d.span)});
  for (const PatientBlock& block : parsed.blocks) {
    if (block.is_case) continue;
    begin_patient(in, blocks.where(block.span));
    set_part(in, PatientPart::patient, block.id.text, in.patient->where);
    fill_patient(in, blocks, block);
    if (&block == &parsed.blocks.back()) add_fault_of_cut(in, input);
    if (!finish_patient(in)) return false;
  }
  return true;
}

}  // namespace crit
