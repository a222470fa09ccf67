// The attributes of a record: `reason respiratory`, `ward yes`, `volume 450 mL`.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/attributes.hpp"
#include "interpreter/read_record_parts.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/spelling.hpp"
#include "interpreter/stray_words.hpp"

namespace crit {

namespace {

bool is_answer(const Cell& c) {
  return c.kind == Cell::Kind::yes || c.kind == Cell::Kind::no;
}

// One of the declared words. The record keeps the declaration's own text of it.
bool read_word(const AddingRecord& a, const AttributeInfo& info, const Cell& c, AttributeValue& into) {
  const auto word = std::ranges::find(info.words, c.text);
  if (word == info.words.end())
    return a.fault(info.name, fmt::format("this is one of {}", fmt::join(info.words, ", ")));
  into.word = *word;
  std::string problem;
  into.number = read_number(c.text, problem);
  return true;
}

// `450 mL`. As of a result, a number without its unit is taken for nothing: it may be in litres.
bool read_quantity(const AddingRecord& a, const AttributeInfo& info, const RawRecord::Named& given,
                   AttributeValue& into) {
  const Cell& c = given.cell;
  const size_t digits = std::min(c.text.find_first_not_of("+-.0123456789eE"), c.text.size());
  std::string_view unit_text = trimmed(c.text.substr(digits));
  if (unit_text.empty()) unit_text = given.unit;  // a row's own comes first
  std::string problem = "this is not a number";
  const auto number = is_answer(c) ? std::nullopt : read_number(trimmed(c.text.substr(0, digits)), problem);
  if (!number) return a.fault(info.name, problem);
  const bool needs_unit = !(info.unit.is_number() && info.unit.factor == 1);
  if (unit_text.empty() && needs_unit)
    return a.fault(info.name, fmt::format("an amount needs its unit: `{0} {1}`, where `{1}` is meant", c.text,
                                          info.unit_text));
  if (unit_text.empty()) {
    into.number = number;
    return true;
  }
  const auto unit = parse_unit(unit_text);
  into.number = unit ? convert(*number, *unit, info.unit) : std::nullopt;
  if (!into.number)
    return a.fault(info.name, fmt::format("this unit cannot be converted to `{}`", info.unit_text));
  return true;
}

// The name of a fact, under the name that its declaration gives it first.
bool read_fact_name(const AddingRecord& a, const AttributeInfo& info, const Cell& c, AttributeValue& into) {
  const NamedFact& meant = named(a.in, c.text);
  if (meant.readings.empty())
    return a.fault(info.name, "no file of this run declares a fact of the name that stands here");
  into.word = meant.readings.front().fact->name;
  return true;
}

// Any single value: a word, and a number or an answer where it is one.
bool read_any(const AddingRecord& a, const Cell& c, AttributeValue& into) {
  into.word = c.kind == Cell::Kind::yes ? "yes" : c.kind == Cell::Kind::no ? "no" : a.patient().keep(c.text);
  if (is_answer(c)) into.yes = c.kind == Cell::Kind::yes;
  std::string problem;
  into.number = read_number(c.text, problem);
  return true;
}

bool read_value_of(const AddingRecord& a, const AttributeInfo& info, const RawRecord::Named& given,
                   AttributeValue& into) {
  const Cell& c = given.cell;
  switch (info.kind) {
    case Attribute::Kind::words:
      return read_word(a, info, c, into);
    case Attribute::Kind::quantity:
      return read_quantity(a, info, given, into);
    case Attribute::Kind::fact:
      return read_fact_name(a, info, c, into);
    case Attribute::Kind::any:
      return read_any(a, c, into);
    case Attribute::Kind::yes_no:
      if (!is_answer(c)) return a.fault(info.name, "this is neither yes nor no");
      into.yes = c.kind == Cell::Kind::yes;
      return true;
  }
  return false;
}

}  // namespace

std::string words_for_stray(std::string_view fact, std::string_view field) {
  std::string words = fmt::format("`{}` {}", fact, kNoSuchField);
  std::string_view unit = field;
  if (unit.starts_with('(') && unit.ends_with(')')) unit = unit.substr(1, unit.size() - 2);
  if (unit.size() <= kMaxNameBytes && parse_unit(unit))
    words += fmt::format("; a unit stands in square brackets: `{} [{}]`", fact, unit);
  return words;
}

namespace {

// A field or an attribute that is spelt so in other cases, such as `uln` for `ULN`; empty: there is none.
std::string in_other_cases(const ReadingOfName& reading, std::string_view name) {
  if (std::string small = lower_case(name); small != name && field_named(small)) return small;
  const auto same = [&](const AttributeInfo& info) { return same_in_any_case(info.name, name); };
  const auto found = std::ranges::find_if(reading.attributes, same);
  return found == reading.attributes.end() ? std::string() : found->name;
}

void add_stray(const AddingRecord& a, std::string_view name) {
  const bool is_short = name.size() <= kMaxNameBytes;
  const std::string meant = is_short ? in_other_cases(a.reading, name) : std::string();
  a.fault(is_short ? name : "", meant.empty()
                                    ? words_for_stray(a.fact().name, name)
                                    : fmt::format("`{}` {}: did you mean `{}`? names are case-sensitive",
                                                  a.fact().name, kNoSuchField, meant));
}

}  // namespace

bool missing(const AddingRecord& a, Field field, std::string_view problem) {
  for (const RawRecord::Named& other : a.raw.attributes) {
    if (!same_in_any_case(other.name, name_of(field))) continue;
    add_stray(a, other.name);
    return false;
  }
  return a.fault(field, problem);
}

const AttributeInfo* attribute_in_data(const AddingRecord& a, std::string_view name) {
  ReadingOfName& reading = a.reading;
  if (!reading.has_attributes) {
    reading.attributes = attributes_in_data(a.in.schema, a.fact());
    reading.has_attributes = true;
  }
  const auto found = std::ranges::find(reading.attributes, name, &AttributeInfo::name);
  return found == reading.attributes.end() ? nullptr : &*found;
}

void add_attribute(const AddingRecord& a, Record& record, const RawRecord::Named& given) {
  const Cell& cell = given.cell;
  const AttributeInfo* const info = attribute_in_data(a, given.name);
  const bool takes_unit = info && info->kind == Attribute::Kind::quantity;
  if (!given.unit.empty() && !takes_unit) return add_stray(a, fmt::format("{} [{}]", given.name, given.unit));
  if (!info) return add_stray(a, given.name);
  if (cell.kind == Cell::Kind::nothing) return;
  if (cell.kind == Cell::Kind::nested) {
    a.fault(info->name, "a single value belongs here");
    return;
  }
  AttributeValue value;
  value.name = info->name;
  if (!read_value_of(a, *info, given, value)) return;
  // Of words it may have several, as a stay may have several reasons.
  const auto is_single = [](const AttributeValue& v) { return v.number || v.yes; };
  const auto is_said = [&](const AttributeValue& v) {
    return v.name == info->name && (is_single(v) || is_single(value));
  };
  auto& known = a.patient().details_of(record).attributes;
  if (std::ranges::any_of(known, is_said)) {
    a.fault(info->name, fmt::format("two {} are given: leave out the one that is wrong",
                                    takes_unit ? "amounts" : "values"));
    return;
  }
  known.push_back(std::move(value));
}

}  // namespace crit
