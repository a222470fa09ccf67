// Walking a FHIR document by On-Demand: each field, each element, a text. A value of another type than is
// asked for is passed over: one slip of a hospital system must not cost the patient. For the readers of FHIR.
#pragma once

#include <simdjson.h>

#include <string_view>

#include "interpreter/json_cells.hpp"

namespace crit {

inline char first_of(simdjson::ondemand::value& v) {
  return *v.raw_json_token().data();
}

// `each(key, value)` gives an error_code.
template <class Each>
simdjson::error_code each_field(simdjson::ondemand::value& v, Each each) {
  if (first_of(v) != '{') return simdjson::SUCCESS;
  simdjson::ondemand::object object;
  SIMDJSON_TRY(v.get_object().get(object));
  for (auto item : object) {
    if (item.error()) return item.error();
    simdjson::ondemand::field& field = value_of(item);
    std::string_view key;
    SIMDJSON_TRY(text_of_key(field, key));
    SIMDJSON_TRY(each(key, field.value()));
  }
  return simdjson::SUCCESS;
}

// Each element of an array; an object alone is taken for an array of one.
template <class Each>
simdjson::error_code each_element(simdjson::ondemand::value& v, Each each) {
  if (first_of(v) == '{') return each(v);
  if (first_of(v) != '[') return simdjson::SUCCESS;
  simdjson::ondemand::array list;
  SIMDJSON_TRY(v.get_array().get(list));
  for (auto item : list) {
    if (item.error()) return item.error();
    SIMDJSON_TRY(each(value_of(item)));
  }
  return simdjson::SUCCESS;
}

inline simdjson::error_code read_text_of(simdjson::ondemand::value& v, std::string_view& into) {
  Cell cell;
  SIMDJSON_TRY(read_cell(v, cell));
  if (cell.kind == Cell::Kind::text) into = cell.text;
  return simdjson::SUCCESS;
}

// A number as it is written; one in quotes too.
inline simdjson::error_code read_number_of(simdjson::ondemand::value& v, std::string_view& into) {
  Cell cell;
  SIMDJSON_TRY(read_cell(v, cell));
  if (cell.kind == Cell::Kind::number || cell.kind == Cell::Kind::text) into = cell.text;
  return simdjson::SUCCESS;
}

inline simdjson::error_code read_yes_of(simdjson::ondemand::value& v, bool& into) {
  Cell cell;
  SIMDJSON_TRY(read_cell(v, cell));
  if (cell.kind == Cell::Kind::yes || (cell.kind == Cell::Kind::text && cell.text == "true")) into = true;
  return simdjson::SUCCESS;
}

}  // namespace crit
