// A patient's JSON as programs write it to the patient, by guessing what comes next: the names in the order
// of the patient before, ASCII, no escapes. Nearly every patient of a large file is such a text, and is read
// in half of the time; any other one, and whatever is wrong, is left to read_json_patient, which begins
// again. Where this gives true, that would have read the same (tests/read_plain_json_test.cpp holds it to
// that).
#include <bit>

#include "interpreter/json_cells.hpp"
#include "interpreter/read_json_parts.hpp"
#include "interpreter/read_value.hpp"

namespace crit {

namespace {

// The highest bit of each byte that is zero; above the first such byte there may be others.
uint64_t zero_bytes(uint64_t x) {
  return (x - each_byte(1)) & ~x & each_byte(0x80);
}

// Those of a quote, and of what a plain text has none of: a backslash, control characters, and what is not
// ASCII.
uint64_t stops(uint64_t x) {
  const uint64_t control = (x - each_byte(0x20)) & ~x & each_byte(0x80);
  return zero_bytes(x ^ each_byte('"')) | zero_bytes(x ^ each_byte('\\')) | control | (x & each_byte(0x80));
}

bool is_digit(char c) {
  return static_cast<unsigned char>(c - '0') <= 9;
}

bool is_denial_and_more(const char* at) {
  return is_same({at, 10}, R"(: false, ")");
}

const char* pass_digits(const char* at) {
  while (is_digit(*at)) ++at;
  return at;
}

// The end of a JSON number; nullptr where it is none. A text has a byte that is no digit behind it.
const char* end_of_number(const char* at) {
  if (*at == '-') ++at;
  const char* const whole = at;
  at = pass_digits(at);
  if (at == whole || (*whole == '0' && at - whole > 1)) return nullptr;
  if (*at == '.') {
    const char* const fraction = ++at;
    at = pass_digits(at);
    if (at == fraction) return nullptr;
  }
  if (*at != 'e' && *at != 'E') return at;
  ++at;
  if (*at == '+' || *at == '-') ++at;
  const char* const exponent = at;
  at = pass_digits(at);
  return at == exponent ? nullptr : at;
}

// Every function gives false where the text goes on otherwise than guessed. `at` is never behind `end` but
// for the bytes of one token, which kInputPadding holds.
struct Plain {
  JsonReading& r;
  const char* at;
  const char* const end;
  RecordPlace place{r.in.patient.where, {}, -1, r.is_path};  // of the record that is read

  void pass_blanks() {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) ++at;
  }

  bool pass(char c) {
    if (at >= end || *at != c) return false;
    ++at;
    return true;
  }

  // Behind an element: true and `more` where another one follows, false where neither that nor the end does.
  bool pass_separator(char last, bool& more) {
    pass_blanks();
    if (at >= end) return false;
    more = *at == ',';
    if (!more && *at != last) return false;
    ++at;
    if (more) pass_blanks();
    return true;
  }

  // The same in an object, with the quote of the next key.
  [[gnu::always_inline]] bool pass_to_key(bool& more) {
    if (is_same({at, 3}, R"(, ")")) {
      at += 3;
      return true;
    }
    return pass_to_other_key(more);
  }

  [[gnu::noinline]] bool pass_to_other_key(bool& more) {
    return pass_separator('}', more) && (!more || pass('"'));
  }

  // Behind the bracket that opens an object.
  bool pass_to_first_key(bool& more) {
    pass_blanks();
    more = !pass('}');
    return !more || pass('"');
  }

  // The rest of a text whose quote has been passed, and its closing quote.
  bool text(std::string_view& into) {
    const char* const begin = at;
    for (; at < end; at += 8) {
      const uint64_t found = stops(eight_bytes(at));
      if (found == 0) continue;
      at += std::countr_zero(found) / 8;
      into = {begin, static_cast<size_t>(at - begin)};
      return pass('"');
    }
    return false;
  }

  template <size_t N>
  bool word(const char (&letters)[N], Cell::Kind kind, Cell& into) {
    if (!is_word({at, N - 1}, letters)) return false;
    into = {kind, {at, N - 1}};
    at += N - 1;
    return true;
  }

  // The forms of a cell are functions of their own, since what one of them needs the others would pay for.
  bool cell(Cell& into) {
    if (is_digit(*at)) return number(into);
    switch (*at) {
      case '"':
        ++at;
        return at[10] == '"' ? date_or_text(into) : text_cell(into);
      case 'f':
        return word("false", Cell::Kind::no, into);
      case 't':
        return word("true", Cell::Kind::yes, into);
      case 'n':
        return word("null", Cell::Kind::nothing, into);
      default:
        return other_number(into);
    }
  }

  [[gnu::noinline]] bool date_or_text(Cell& into) {
    Day day = 0;
    if (!read_day(at, day)) return text_cell(into);
    into = {Cell::Kind::text, {at, 10}};
    into.known = Cell::Known::day;
    into.found = day;
    at += 11;
    return true;
  }

  [[gnu::noinline]] bool text_cell(Cell& into) {
    std::string_view found;
    if (!text(found)) return false;
    into = {Cell::Kind::text, found};
    return true;
  }

  [[gnu::noinline]] bool number(Cell& into) {
    const ShortNumber found = short_number(eight_bytes(at));
    if (found.bytes == 0) return other_number(into);
    into = {Cell::Kind::number, {at, found.bytes}};
    into.known = Cell::Known::number;
    into.decimals = found.decimals;
    into.found = found.digits;
    at += found.bytes;
    return true;
  }

  [[gnu::noinline]] bool other_number(Cell& into) {
    const char* const number_end = end_of_number(at);
    if (!number_end) return false;
    into = {Cell::Kind::number, {at, static_cast<size_t>(number_end - at)}};
    at = number_end;
    return true;
  }

  bool pass_colon() {
    if (at[0] == ':' && at[1] == ' ' && at[2] > ' ') {
      at += 2;
      return at < end;
    }
    pass_blanks();
    if (!pass(':')) return false;
    pass_blanks();
    return at < end;
  }

  // --- a record
  // ---------------------------------------------------------------------------------------------

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

  // `before`: the field before it, which mostly says which one this is.
  bool field(NamedFact& name, RawRecord& raw, Field& before) {
    uint8_t& guess = name.fields_after[size_t(before)];
    const ShortField* known = &kShortFields[guess];
    if (!known->key.starts(eight_bytes(at))) {
      known = short_field(at);
      if (!known) return other_field(raw);
      guess = static_cast<uint8_t>(known - kShortFields.data());
    }
    before = known->field;
    at += known->bytes;
    if (raw.has(known->field) || !pass_colon()) return false;
    raw.present |= 1u << unsigned(known->field);
    return cell(raw.cells[size_t(known->field)]);
  }

  bool record(NamedFact& name) {
    RawRecord& raw = r.parser.raw;
    raw.clear();
    Field before = Field::suspected;  // mostly the last
    bool more = true;
    if (!pass_to_first_key(more)) return false;
    while (more)
      if (!field(name, raw, before) || !pass_to_key(more)) return false;
    add_record(r.in, name, raw, place);
    return true;
  }

  bool one(NamedFact& name) {
    if (pass('{')) return record(name);
    Cell found;
    if (!cell(found)) return false;
    add_cell(r, name, found, place);
    return true;
  }

  // `: false` behind the name of what lasts, and another name: as half of the facts of a patient are.
  bool denial(const NamedFact& name) {
    if (!name.lasts || !is_denial_and_more(at)) return false;
    for (const ReadingOfName& reading : name.readings) r.in.patient.deny(reading.id);
    at += 7;
    return true;
  }

  bool fact() {
    NamedFact* name = guessed_name(r, at);
    if (name) {
      at += name->name.size() + 1;
    } else {
      std::string_view key;
      if (!text(key)) return false;
      name = &name_of_key(r, key);
    }
    if (name->patient == r.in.number) return false;
    name->patient = r.in.number;
    if (denial(*name)) return true;
    if (!pass_colon()) return false;
    place.name = name->name;
    place.index = -1;
    if (!pass('[')) return one(*name);
    pass_blanks();
    for (bool more = !pass(']'); more;) {
      ++place.index;
      if (!one(*name) || !pass_separator(']', more)) return false;
    }
    return true;
  }

  bool facts() {
    if (!pass('{')) return false;
    r.last = &r.parser.first;
    bool more = true;
    if (!pass_to_first_key(more)) return false;
    while (more)
      if (!fact() || !pass_to_key(more)) return false;
    return true;
  }

  // --- the parts beside the facts
  // ---------------------------------------------------------------------------

  bool part(PatientPart part) {
    Cell found;
    if (!cell(found)) return false;
    set_part_of(r, part, found);
    return true;
  }

  bool complete() {
    if (!pass('[')) return part(PatientPart::complete);
    pass_blanks();
    for (bool more = !pass(']'); more;)
      if (!part(PatientPart::complete) || !pass_separator(']', more)) return false;
    return true;
  }

  bool top() {
    std::string_view key;
    if (!text(key) || !pass_colon()) return false;
    const auto known = patient_part_named(key);
    if ((!known && key != kFactsKey) || !take_top_key(r, known)) return false;
    if (!known) return facts();
    return *known == PatientPart::complete ? complete() : part(*known);
  }

  bool patient() {
    pass_blanks();
    bool more = true;
    if (!pass('{') || !pass_to_first_key(more)) return false;
    while (more)
      if (!top() || !pass_to_key(more)) return false;
    pass_blanks();
    return at == end;
  }
};

}  // namespace

bool read_plain_patient(JsonReading& r, std::string_view text) {
  return Plain{r, text.data(), text.data() + text.size()}.patient();
}

}  // namespace crit
