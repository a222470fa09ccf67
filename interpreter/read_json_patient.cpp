// One JSON object to the patient: simdjson's On-Demand walks it once, in the order in which it is written.
#include "interpreter/read_json_patient.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "interpreter/json_cells.hpp"
#include "interpreter/json_elements.hpp"
#include "interpreter/read_json_parts.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

using simdjson::error_code;
using simdjson::ondemand::object;
using simdjson::ondemand::value;

using Reading = JsonReading;

void top_fault(const Reading& r, std::string_view key, std::string_view problem) {
  add_fault(r.in, kNoFact, fmt::format("`{}`: {}", key, problem), place_beside_facts(r, key));
}

// A key of a record that is no short field's: another field, or an attribute.
error_code read_other_key(RawRecord& raw, simdjson::ondemand::field& field, bool& twice) {
  std::string_view key;
  SIMDJSON_TRY(text_of_key(field, key));
  Cell cell;
  SIMDJSON_TRY(read_cell(field.value(), cell));
  if (const auto known = field_named(key)) {
    twice |= raw.has(*known);
    raw.set(*known, cell);
    return simdjson::SUCCESS;
  }
  twice |= std::ranges::find(raw.attributes, key, &RawRecord::Named::name) != raw.attributes.end();
  raw.attributes.push_back({key, cell});
  return raw.attributes.size() > kMaxAttributes ? simdjson::CAPACITY : simdjson::SUCCESS;
}

error_code read_record(Reading& r, NamedFact& name, object o, const RecordPlace& place) {
  RawRecord& raw = r.parser.raw;
  raw.clear();
  bool twice = false;
  for (auto item : o) {
    if (item.error()) return item.error();
    simdjson::ondemand::field& field = value_of(item);
    if (const ShortField* known = short_field(field.key().raw())) {
      twice |= raw.has(known->field);
      SIMDJSON_TRY(read_cell(field.value(), raw.cells[size_t(known->field)]));
      raw.present |= 1u << unsigned(known->field);
    } else {
      SIMDJSON_TRY(read_other_key(raw, field, twice));
    }
  }
  if (twice)
    add_fault_of(r.in, name, "a key is here twice", place);
  else
    add_record(r.in, name, raw, place);
  return simdjson::SUCCESS;
}

// An object, or a value alone.
error_code read_one(Reading& r, NamedFact& name, value& v, const RecordPlace& place) {
  if (*v.raw_json_token().data() == '{') {
    object o;
    SIMDJSON_TRY(v.get_object().get(o));
    return read_record(r, name, o, place);
  }
  Cell cell;
  SIMDJSON_TRY(read_cell(v, cell));
  add_cell(r, name, cell, place);
  return simdjson::SUCCESS;
}

error_code read_fact(Reading& r, NamedFact& name, value& v, RecordPlace& place) {
  if (*v.raw_json_token().data() != '[') return read_one(r, name, v, place);
  simdjson::ondemand::array list;
  SIMDJSON_TRY(v.get_array().get(list));
  for (auto item : list) {
    if (item.error()) return item.error();
    value& element = value_of(item);
    ++place.index;
    SIMDJSON_TRY(read_one(r, name, element, place));
  }
  return simdjson::SUCCESS;
}

error_code fact_of_key(Reading& r, simdjson::ondemand::field& field, NamedFact*& into) {
  into = guessed_name(r, field.key().raw());
  if (into) return simdjson::SUCCESS;
  std::string_view key;
  SIMDJSON_TRY(text_of_key(field, key));
  into = &name_of_key(r, key);
  return simdjson::SUCCESS;
}

error_code read_facts(Reading& r, object facts) {
  r.last = &r.parser.first;
  for (auto item : facts) {
    if (item.error()) return item.error();
    simdjson::ondemand::field& field = value_of(item);
    NamedFact* name = nullptr;
    SIMDJSON_TRY(fact_of_key(r, field, name));
    RecordPlace place{r.in.patient->where, name->name, -1, r.is_path};
    if (name->patient == r.in.number) {
      add_fault_of(r.in, *name, "this key is here twice", place);
      continue;
    }
    name->patient = r.in.number;
    SIMDJSON_TRY(read_fact(r, *name, field.value(), place));
  }
  return simdjson::SUCCESS;
}

error_code read_part(Reading& r, PatientPart part, value& v) {
  Cell cell;
  SIMDJSON_TRY(read_cell(v, cell));
  set_part_of(r, part, cell);
  return simdjson::SUCCESS;
}

// A list of the parts that are complete.
error_code read_complete(Reading& r, value& v) {
  simdjson::ondemand::json_type type;
  SIMDJSON_TRY(v.type().get(type));
  if (type != simdjson::ondemand::json_type::array) return read_part(r, PatientPart::complete, v);
  simdjson::ondemand::array list;
  SIMDJSON_TRY(v.get_array().get(list));
  for (auto item : list) {
    if (item.error()) return item.error();
    value& element = value_of(item);
    SIMDJSON_TRY(read_part(r, PatientPart::complete, element));
  }
  return simdjson::SUCCESS;
}

error_code read_facts_of(Reading& r, value& v) {
  simdjson::ondemand::json_type type;
  SIMDJSON_TRY(v.type().get(type));
  if (type == simdjson::ondemand::json_type::null) return simdjson::SUCCESS;
  if (type != simdjson::ondemand::json_type::object) {
    top_fault(r, kFactsKey, "this is an object: a key for each fact");
    return simdjson::SUCCESS;
  }
  object facts;
  SIMDJSON_TRY(v.get_object().get(facts));
  return read_facts(r, facts);
}

error_code read_key(Reading& r, std::string_view key, value& v) {
  const auto part = patient_part_named(key);
  if (!part && key != kFactsKey) {
    const std::string small = key.size() <= kMaxNameBytes ? lower_case(key) : std::string();
    const bool only_case = small == kFactsKey || patient_part_named(small);
    top_fault(r, key.substr(0, kMaxNameBytes),
              only_case ? fmt::format("did you mean `{}`? names are case-sensitive", small)
                        : "this is not known beside `patient`; facts belong into `facts`");
    return simdjson::SUCCESS;
  }
  if (!take_top_key(r, part)) {
    top_fault(r, key, "this key is here twice");
    return simdjson::SUCCESS;
  }
  if (!part) return read_facts_of(r, v);
  return *part == PatientPart::complete ? read_complete(r, v) : read_part(r, *part, v);
}

error_code read_patient(Reading& r, std::string_view text) {
  simdjson::ondemand::document document;
  object top;
  // In a broken text simdjson looks at the byte behind it. That must not depend on what stands there, or on
  // what a buffer had before.
  std::string& padded = r.parser.text;
  padded.assign(text).append(kInputPadding, '\n');
  SIMDJSON_TRY(r.parser.parser.iterate(padded.data(), text.size(), padded.size()).get(document));
  SIMDJSON_TRY(document.get_object().get(top));
  for (auto item : top) {
    if (item.error()) return item.error();
    simdjson::ondemand::field& field = value_of(item);
    std::string_view key;
    SIMDJSON_TRY(text_of_key(field, key));
    SIMDJSON_TRY(read_key(r, key, field.value()));
  }
  const bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  return at_end ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
}

std::string_view words_of(error_code error) {
  if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT || error == simdjson::UNCLOSED_STRING ||
      error == simdjson::EMPTY)
    return "the JSON ends in the middle";
  if (error == simdjson::UTF8_ERROR) return "the text is not UTF-8: save it in UTF-8";
  if (error == simdjson::TRAILING_CONTENT) return "something stands behind the patient's JSON object";
  if (error == simdjson::INCORRECT_TYPE) return "a patient is a JSON object";
  if (error == simdjson::CAPACITY) return "a record has more than 64 attributes";
  return kNoJson;
}

// Whether a key whose first eight bytes are the name's goes on and ends as the name.
bool goes_on_as(const char* raw, std::string_view name) {
  if (name.size() < 8) return true;
  if (name.size() >= kInputPadding) return false;
  return raw[name.size()] == '"' && is_same({raw, name.size()}, name);
}

}  // namespace

bool take_top_key(Reading& r, std::optional<PatientPart> part) {
  const uint32_t bit = top_key(part), before = r.top_keys;
  r.top_keys |= bit;
  return !(before & bit);
}

std::string place_beside_facts(const Reading& r, std::string_view key) {
  const std::string& where = r.in.patient->where;
  return r.is_path ? fmt::format("{}{}{}", where, where.ends_with(']') ? "." : ": ", key) : where;
}

void set_part_of(Reading& r, PatientPart part, const Cell& cell) {
  if (cell.kind == Cell::Kind::nothing) return;
  if (cell.kind != Cell::Kind::text && cell.kind != Cell::Kind::number)
    return top_fault(r, name_of(part), "this is a text");
  if (r.is_path)
    set_part(r.in, part, cell.text, place_beside_facts(r, name_of(part)));
  else
    set_part(r.in, part, cell.text, r.in.patient->where);
}

NamedFact* guessed_name(Reading& r, const char* raw) {
  NamedFact* guess = r.last->next;
  const uint64_t start = eight_bytes(raw);
  for (int tries = 0; guess && tries < 3; ++tries, guess = guess->next)
    if (guess->key.starts(start) && goes_on_as(raw, guess->name)) return r.last = guess;
  return nullptr;
}

NamedFact& name_of_key(Reading& r, std::string_view key) {
  NamedFact& name = named(r.in, key);
  if (&name != &r.in.nameless) r.last = r.last->next = &name;
  return name;
}

void add_cell(Reading& r, NamedFact& name, const Cell& cell, const RecordPlace& place) {
  if (cell.kind == Cell::Kind::nothing) return;
  if (name.lasts && (cell.kind == Cell::Kind::yes || cell.kind == Cell::Kind::no))
    return add_yes_or_no(r.in, name, cell.kind == Cell::Kind::yes, place);
  RawRecord& raw = r.parser.raw;
  raw.clear();
  raw.set(Field::value, cell);
  add_record(r.in, name, raw, place);
}

bool walk_json_patient(Reading& r, std::string_view text, std::string& problem) {
  const error_code error = read_patient(r, text);
  if (error)
    problem = words_of(error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT && goes_on_behind(text)
                           ? simdjson::TRAILING_CONTENT
                           : error);
  return !error;
}

bool read_json_patient(Intake& in, JsonParser& parser, std::string_view text, bool is_path,
                       std::string& problem) {
  Reading plain{in, parser, is_path};
  if (read_plain_patient(plain, text)) return true;
  begin_patient(in, std::string(in.patient->where));
  Reading any{in, parser, is_path};
  return walk_json_patient(any, text, problem);
}

}  // namespace crit
