// One JSON object to the patient: simdjson's On-Demand walks it once, in the order in which it is written.
#include "interpreter/read_json_patient.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "interpreter/read_record.hpp"

namespace crit {

namespace {

using simdjson::error_code;
using simdjson::ondemand::object;
using simdjson::ondemand::value;

struct Reading {
  Intake& in;
  JsonParser& parser;
  bool is_path;
  NamedFact* last = nullptr;
  uint32_t top_keys = 0;

  RecordPlace place_of(std::string_view name) const { return {in.patient.where, name, -1, is_path}; }
};

// The keys beside the facts are the parts of a patient; this is one more.
constexpr std::string_view kFacts = "facts";
constexpr unsigned kFactsBit = 31;

std::string place_beside_facts(const Reading& r, std::string_view key) {
  const std::string& where = r.in.patient.where;
  return r.is_path ? fmt::format("{}{}{}", where, where.ends_with(']') ? "." : ": ", key) : where;
}

void top_fault(Reading& r, std::string_view key, std::string_view problem) {
  add_fault(r.in, kNoFact, fmt::format("`{}`: {}", key, problem), place_beside_facts(r, key));
}

// A key's text. Nearly always it stands in the input as it is.
error_code text_of(simdjson::ondemand::raw_json_string raw, simdjson::ondemand::field& field,
                   std::string_view& into) {
  const char* begin = raw.raw();
  const char* end = begin;
  while (*end != '"' && *end != '\\') ++end;
  if (*end == '\\') return field.unescaped_key().get(into);
  into = {begin, static_cast<size_t>(end - begin)};
  return simdjson::SUCCESS;
}

bool is_json_number(std::string_view text) {
  const auto digits = [&] {
    const size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool zero = text.starts_with('0');
  const size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  return text.empty();
}

error_code read_text(value v, std::string_view token, Cell& into) {
  into.kind = Cell::Kind::text;
  if (std::memchr(token.data(), '\\', token.size())) return v.get_string().get(into.text);
  if (token.size() < 2 || token.back() != '"') return simdjson::STRING_ERROR;
  into.text = token.substr(1, token.size() - 2);
  return simdjson::SUCCESS;
}

// A single value, still as text; `nested` for anything else.
error_code read_cell(value v, Cell& into) {
  std::string_view token = v.raw_json_token();
  while (!token.empty() &&
         (token.back() == ' ' || token.back() == '\t' || token.back() == '\r' || token.back() == '\n'))
    token.remove_suffix(1);
  into.text = token;
  switch (token.empty() ? '\0' : token.front()) {
    case '"':
      return read_text(v, token, into);
    case '{':
    case '[':
      into.kind = Cell::Kind::nested;
      return simdjson::SUCCESS;
    case 't':
      into.kind = Cell::Kind::yes;
      return token == "true" ? simdjson::SUCCESS : simdjson::T_ATOM_ERROR;
    case 'f':
      into.kind = Cell::Kind::no;
      return token == "false" ? simdjson::SUCCESS : simdjson::F_ATOM_ERROR;
    case 'n':
      into.kind = Cell::Kind::nothing;
      return token == "null" ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
    default:
      into.kind = Cell::Kind::number;
      return is_json_number(token) ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
  }
}

// The keys of a record: a field, or an attribute.
error_code read_record(Reading& r, NamedFact& name, object o, RecordPlace place) {
  RawRecord& raw = r.parser.raw;
  raw.clear();
  bool twice = false;
  for (auto item : o) {
    simdjson::ondemand::field field;
    std::string_view key;
    SIMDJSON_TRY(std::move(item).get(field));
    SIMDJSON_TRY(text_of(field.key(), field, key));
    Cell cell;
    SIMDJSON_TRY(read_cell(field.value(), cell));
    if (const auto known = field_named(key)) {
      twice |= raw.has(*known);
      raw.set(*known, cell);
    } else {
      twice |= std::ranges::find(raw.attributes, key, &RawRecord::Named::name) != raw.attributes.end();
      raw.attributes.push_back({key, cell});
    }
    if (raw.attributes.size() > kMaxAttributes) return simdjson::CAPACITY;
  }
  if (twice)
    add_fault_of(r.in, name, "a key is here twice", place);
  else
    add_record(r.in, name, raw, place);
  return simdjson::SUCCESS;
}

// An object, or a value alone.
error_code read_one(Reading& r, NamedFact& name, value v, const RecordPlace& place) {
  simdjson::ondemand::json_type type;
  SIMDJSON_TRY(v.type().get(type));
  if (type == simdjson::ondemand::json_type::object) {
    object o;
    SIMDJSON_TRY(v.get_object().get(o));
    return read_record(r, name, o, place);
  }
  RawRecord& raw = r.parser.raw;
  raw.clear();
  Cell cell;
  SIMDJSON_TRY(read_cell(v, cell));
  if (cell.kind == Cell::Kind::nothing) return simdjson::SUCCESS;
  raw.set(Field::value, cell);
  add_record(r.in, name, raw, place);
  return simdjson::SUCCESS;
}

error_code read_fact(Reading& r, NamedFact& name, value v, RecordPlace place) {
  simdjson::ondemand::json_type type;
  SIMDJSON_TRY(v.type().get(type));
  if (type != simdjson::ondemand::json_type::array) return read_one(r, name, v, place);
  simdjson::ondemand::array list;
  SIMDJSON_TRY(v.get_array().get(list));
  for (auto item : list) {
    value element;
    SIMDJSON_TRY(std::move(item).get(element));
    ++place.index;
    SIMDJSON_TRY(read_one(r, name, element, place));
  }
  return simdjson::SUCCESS;
}

// The fact of a key. The names that followed each other in the last patient mostly follow each other in this
// one.
NamedFact& fact_of_key(Reading& r, std::string_view key) {
  NamedFact* guess = r.last ? r.last->next : nullptr;
  for (int tries = 0; guess && tries < 3; ++tries, guess = guess->next) {
    if (guess->name == key) return *(r.last = guess);
  }
  NamedFact& found = named(r.in, key);
  if (r.last) r.last->next = &found;
  return *(r.last = &found);
}

error_code read_facts(Reading& r, object facts) {
  r.last = &r.parser.first;
  for (auto item : facts) {
    simdjson::ondemand::field field;
    std::string_view key;
    SIMDJSON_TRY(std::move(item).get(field));
    SIMDJSON_TRY(text_of(field.key(), field, key));
    NamedFact& name = fact_of_key(r, key);
    const RecordPlace place = r.place_of(key);
    if (name.patient == r.in.number) {
      add_fault_of(r.in, name, "this key is here twice", place);
      continue;
    }
    name.patient = r.in.number;
    SIMDJSON_TRY(read_fact(r, name, field.value(), place));
  }
  return simdjson::SUCCESS;
}

error_code read_part(Reading& r, PatientPart part, value v) {
  Cell cell;
  SIMDJSON_TRY(read_cell(v, cell));
  if (cell.kind == Cell::Kind::nothing) return simdjson::SUCCESS;
  if (cell.kind == Cell::Kind::text || cell.kind == Cell::Kind::number)
    set_part(r.in, part, cell.text, r.is_path ? place_beside_facts(r, name_of(part)) : r.in.patient.where);
  else
    top_fault(r, name_of(part), "this is a text");
  return simdjson::SUCCESS;
}

// A list of the parts that are complete.
error_code read_complete(Reading& r, value v) {
  simdjson::ondemand::json_type type;
  SIMDJSON_TRY(v.type().get(type));
  if (type != simdjson::ondemand::json_type::array) return read_part(r, PatientPart::complete, v);
  simdjson::ondemand::array list;
  SIMDJSON_TRY(v.get_array().get(list));
  for (auto item : list) {
    value element;
    SIMDJSON_TRY(std::move(item).get(element));
    SIMDJSON_TRY(read_part(r, PatientPart::complete, element));
  }
  return simdjson::SUCCESS;
}

error_code read_facts_of(Reading& r, value v) {
  simdjson::ondemand::json_type type;
  SIMDJSON_TRY(v.type().get(type));
  if (type == simdjson::ondemand::json_type::null) return simdjson::SUCCESS;
  if (type != simdjson::ondemand::json_type::object) {
    top_fault(r, kFacts, "this is an object: a key for each fact");
    return simdjson::SUCCESS;
  }
  object facts;
  SIMDJSON_TRY(v.get_object().get(facts));
  return read_facts(r, facts);
}

error_code read_key(Reading& r, std::string_view key, value v) {
  const auto part = patient_part_named(key);
  if (!part && key != kFacts) {
    top_fault(r, key.substr(0, kMaxNameBytes),
              "this is not known beside `patient`; facts belong into `facts`");
    return simdjson::SUCCESS;
  }
  const uint32_t bit = 1u << (part ? unsigned(*part) : kFactsBit);
  if (r.top_keys & bit) {
    top_fault(r, key, "this key is here twice");
    return simdjson::SUCCESS;
  }
  r.top_keys |= bit;
  if (!part) return read_facts_of(r, v);
  return *part == PatientPart::complete ? read_complete(r, v) : read_part(r, *part, v);
}

error_code read_patient(Reading& r, std::string_view text) {
  simdjson::ondemand::document document;
  object top;
  SIMDJSON_TRY(r.parser.parser.iterate(text.data(), text.size(), text.size() + kInputPadding).get(document));
  SIMDJSON_TRY(document.get_object().get(top));
  for (auto item : top) {
    simdjson::ondemand::field field;
    std::string_view key;
    SIMDJSON_TRY(std::move(item).get(field));
    SIMDJSON_TRY(text_of(field.key(), field, key));
    SIMDJSON_TRY(read_key(r, key, field.value()));
  }
  const bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  return at_end ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
}

std::string_view words_of(error_code error) {
  if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT || error == simdjson::UNCLOSED_STRING ||
      error == simdjson::EMPTY)
    return "the JSON ends in the middle";
  if (error == simdjson::UTF8_ERROR) return "the text is not UTF-8";
  if (error == simdjson::TRAILING_CONTENT) return "something stands behind the patient's JSON object";
  if (error == simdjson::INCORRECT_TYPE) return "a patient is a JSON object";
  if (error == simdjson::CAPACITY) return "a record has more than 64 attributes";
  return "this is not JSON";
}

}  // namespace

bool read_json_patient(Intake& in, JsonParser& parser, std::string_view text, bool is_path,
                       std::string& problem) {
  Reading reading{in, parser, is_path};
  const error_code error = read_patient(reading, text);
  if (error) problem = words_of(error);
  return !error;
}

}  // namespace crit
