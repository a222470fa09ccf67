// Records that last, answers and dates: what is said, and when.
#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "grammar/words.hpp"
#include "interpreter/attributes.hpp"
#include "interpreter/read_record_parts.hpp"
#include "interpreter/read_value.hpp"
#include "interpreter/stray_words.hpp"

namespace crit {

namespace {

bool read_other_date(const AddingRecord& a, Field field, const Cell& c, When& into) {
  if (!is_number(c)) return a.fault(field, "a date is a text: YYYY-MM-DD, YYYY-MM or YYYY");
  std::string problem;
  return read_when(c.text, into, problem) || a.fault(field, problem);
}

[[gnu::always_inline]] inline bool read_when_cell(const AddingRecord& a, Field field, When& into,
                                                  bool& given) {
  const Cell* c = a.cell(field);
  if (!c) return false;
  if (c->known != Cell::Known::day) return given = read_other_date(a, field, *c, into);
  into = {c->found, c->found, -1};
  return given = true;
}

bool ends_before_start(const When& start, const When& end) {
  if (end.last_day != start.first_day) return end.last_day < start.first_day;
  return start.has_time() && end.has_time() && end.minute < start.minute;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view one) { return same_word(word, one); });
}

// A day, or a month; of a year alone nobody knows whether it is an amount.
bool is_day(std::string_view text) {
  std::string problem;
  When when;
  return text.find('-', 1) != text.npos && is_digit(text[0]) && read_when(text, when, problem);
}

// What is written where nobody knows, or where a cell may not be empty.
bool is_placeholder(std::string_view text) {
  return is_one_of(text, {"unknown", "unk", "uk", "nk", "na", "n/a", "nd", "?", "-", "--", "–"});
}

// What stands where yes or no belongs: to leave it out would lose what somebody has written there.
std::string instead_of_answer(const AddingRecord& a, std::string_view text) {
  if (is_day(text))
    return "this is a day, where yes or no stands: write `on` before it, in a table or JSON `date`";
  if (is_one_of(text, {"none", "negative", "neg", "n", "nil", "never", "absent", "denied", "denies", "0"}))
    return "this is neither yes nor no: where it means that there is none, write `no` (in JSON `false`)";
  if (is_one_of(text, {"positive", "pos", "y", "present", "ever", "1"}))
    return "this is neither yes nor no: where it means that there is one, write `yes` (in JSON `true`)";
  if (is_placeholder(text)) return "this is neither yes nor no; where nobody knows, leave it out";
  const auto attributes = attributes_in_data(a.in.schema, a.fact());
  const auto quantity = std::ranges::find(attributes, Attribute::Kind::quantity, &AttributeInfo::kind);
  if (!text.empty() && is_digit(text[0]) && quantity != attributes.end())
    return fmt::format("this is an amount, where yes or no stands: write `with {}` before it, behind the day",
                       quantity->name);
  if (attributes.empty()) return "this is neither yes nor no: write which of them it means";
  return "this is neither yes nor no: what else is said of it has a place of its own, a column or key "
         "of that name, and in text `with ATTRIBUTE VALUE`";
}

// Yes, no, or nothing said (then a record is a yes).
std::optional<Says> read_yes_no(const AddingRecord& a, const Cell& c, Field field = Field::value) {
  if (c.kind == Cell::Kind::yes) return Says::yes;
  if (c.kind == Cell::Kind::no) return Says::no;
  const bool quoted_no = same_word(c.text, "no") || same_word(c.text, "false");
  if (quoted_no || same_word(c.text, "yes") || same_word(c.text, "true"))
    a.fault(field, fmt::format("this is a text: write `{}`, or in JSON `{}` without quotes",
                               quoted_no ? "no" : "yes", quoted_no ? "false" : "true"));
  else
    a.fault(field, field == Field::value ? instead_of_answer(a, c.text)
                                         : "this is neither yes nor no; where nobody knows, leave it out");
  return std::nullopt;
}

// Also what is none, so that it is told what is wrong with it; a day and a word are no doses.
bool is_dose(const Cell& c) {
  return is_number(c) && (c.text.empty() || !(is_letter(c.text[0]) || is_day(c.text)));
}

void read_dose(const AddingRecord& a, Record& r, Field field) {
  const auto dose = number_in(a, field);
  if (!dose) return;
  if (dose->sign() < 0) a.fault(field, "a dose is not below 0");
  r.value = *dose;
  r.has_value = true;
  if (const Cell* unit = a.cell(Field::unit))
    r.unit = unit_of(a, Field::unit, *unit);
  else
    a.fault(Field::unit, fmt::format("a dose{}mg/day`", kNeedsUnit));
}

void read_judge(const AddingRecord& a, Record& r, const Cell& by) {
  if (by.kind == Cell::Kind::nested) a.fault(Field::by, "the name of who judged is a text");
  r.signed_by = !trimmed(by.text).empty();
  a.patient().details_of(r).by = a.patient().keep(by.text);
}

}  // namespace

void read_dates(const AddingRecord& a, Record& r) {
  if (!(a.raw.present & bits({Field::date, Field::start, Field::end}))) return;
  const bool on = a.raw.has(Field::date) && read_when_cell(a, Field::date, r.start, r.has_start);
  if (on && a.cell(Field::start)) {
    a.fault(Field::date, "a record has a `date` or a `start`, not both");
    return;
  }
  if (a.raw.has(Field::start)) read_when_cell(a, Field::start, r.start, r.has_start);
  const bool ended = a.raw.has(Field::end) && read_when_cell(a, Field::end, r.end, r.has_end);
  if (on && !ended && !a.cell(Field::end)) {
    r.end = r.start;
    r.has_end = r.single = true;
  }
  if (r.has_start && r.has_end && ends_before_start(r.start, r.end))
    a.fault(Field::end, "this is before the start");
}

// What is `no` or 0 says that there is none, as an empty cell does.
bool says_some(const Cell& c) {
  if (c.kind == Cell::Kind::nothing || c.kind == Cell::Kind::no || is_placeholder(c.text)) return false;
  std::string problem;
  return !is_number(c) || read_number(c.text, problem) != Rational(0);
}

// Beside a `no` stands what only there can be where there is one. What the fact does not have is told as
// such.
bool contradicts_no(const AddingRecord& a) {
  const auto is_none = [&](std::string_view name) {
    a.fault(name.size() <= kMaxNameBytes ? name : "",
            "the record says that there is none, and has this: is it yes or no?");
    return true;
  };
  constexpr uint32_t kSayNothing = bits({Field::value, Field::unit, Field::date});
  for (size_t f = 0; f < kFields; ++f)
    if ((a.raw.present & a.reading.fields & ~kSayNothing) >> f & 1 && says_some(a.raw.cells[f]))
      return is_none(name_of(static_cast<Field>(f)));
  for (const RawRecord::Named& attribute : a.raw.attributes)
    if (attribute_in_data(a, attribute.name) && says_some(attribute.cell)) return is_none(attribute.name);
  return false;
}

// Programs write the number 2 as 2.0 where some of a column are missing.
std::optional<uint32_t> index_of_answer(const Fact& fact, std::string_view text) {
  if (const auto index = value_index(fact, text)) return index;
  std::string problem;
  const auto number = read_number(text, problem);
  const auto is_it = [&](const std::string& value) { return Rational::parse(value) == number; };
  if (!number || std::ranges::count_if(fact.values, is_it) != 1) return std::nullopt;
  return static_cast<uint32_t>(std::ranges::find_if(fact.values, is_it) - fact.values.begin());
}

// A condition, a drug or an event. False too where it is denied, which makes no Record.
bool add_lasting(const AddingRecord& a) {
  const bool is_drug = a.reading.kind == FactKind::drug;
  const Cell* value = a.cell(Field::value);
  // `null` alone, or a value of null with nothing else, says nothing.
  if (a.raw.has(Field::value) && !value && !a.cell(Field::date) && !a.cell(Field::start) &&
      !a.cell(Field::end))
    return false;
  const bool value_is_dose = is_drug && value && is_dose(*value);
  Says says = Says::yes;
  if (value && !value_is_dose) {
    const auto said = read_yes_no(a, *value);
    if (!said) return false;
    says = *said;
  }
  if (says == Says::no && a.raw.present == bits({Field::value}) && a.raw.attributes.empty()) {
    a.patient().deny(a.reading.id);
    return false;
  }
  if (says == Says::no && contradicts_no(a)) return false;
  Record& r = a.patient().add(a.reading.id, says);
  if (says == Says::no) a.patient().denials = a.patient().records_of_denials = true;
  read_dates(a, r);
  if (const Cell* suspected = a.raw.has(Field::suspected) && !is_drug ? a.cell(Field::suspected) : nullptr)
    r.unconfirmed = read_yes_no(a, *suspected, Field::suspected) == Says::yes;
  if (value_is_dose && a.cell(Field::dose))
    a.fault(Field::dose, "a record has one dose");
  else if (value_is_dose || (is_drug && a.cell(Field::dose)))
    read_dose(a, r, value_is_dose ? Field::value : Field::dose);
  return true;
}

// A flag, a judgement or a choice: the answer, and when it was given.
bool add_answer(const AddingRecord& a) {
  const Cell* value = a.cell(Field::value);
  if (!value) {
    if (!a.raw.has(Field::value) || a.cell(Field::date)) a.fault(Field::value, "the answer is missing");
    return false;
  }
  const Fact& fact = a.fact();
  Says says = Says::value;
  uint32_t word = a.reading.trial;
  if (a.reading.kind == FactKind::choice) {
    const auto index = index_of_answer(fact, value->text);
    if (!index)
      return a.fault(Field::value, fmt::format("the answer is one of {}", fmt::join(fact.values, ", ")));
    word = *index;
  } else {
    const auto said = read_yes_no(a, *value);
    if (!said) return false;
    says = *said;
  }
  Record& r = a.patient().add(a.reading.id, says);
  r.word = word;
  if (r.is_for_one_trial()) a.patient().answers_one_trial = true;
  read_dates(a, r);
  if (const Cell* by = a.cell(Field::by)) read_judge(a, r, *by);
  return true;
}

bool add_date(const AddingRecord& a) {
  When when;
  bool given = false;
  if (!read_when_cell(a, Field::value, when, given)) {
    if (!a.raw.has(Field::value))
      a.fault(Field::value, a.raw.has(Field::date)
                                ? "this fact is a date: write the day alone, without `on` or `date`"
                                : "the date is missing");
    return false;
  }
  if (a.patient().first(a.reading.id) != kNone) return a.fault("", "this date is here twice");
  Record& r = a.patient().add(a.reading.id, Says::value);
  r.start = r.end = when;
  r.has_start = r.has_end = r.single = true;
  return true;
}

}  // namespace crit
