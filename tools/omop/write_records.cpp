// The SELECTs: which tables have records of which kinds of facts, and what their columns say.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/fhir_answers.hpp"
#include "interpreter/spelling.hpp"
#include "tools/omop/write_sql_parts.hpp"

namespace crit {

namespace {

// CONCEPT_IDs of OMOP's vocabulary Meas Value Operator.
constexpr std::string_view kComparator =
    "CASE t.\"operator_concept_id\" WHEN 4171756 THEN '<' WHEN 4171754 THEN '<=' WHEN 4172704 THEN '>' "
    "WHEN 4171755 THEN '>=' ELSE '' END";

std::string two_digits(const SqlText& sql, std::string_view column) {
  return fmt::format("CASE WHEN {0} < 10 THEN '-0' ELSE '-' END || {1}", column, sql.as_text(column));
}

// The day of birth, as far as it is given.
std::string birth_date(const SqlText& sql) {
  const std::string year = sql.as_text("t.\"year_of_birth\"");
  const std::string month = two_digits(sql, "t.\"month_of_birth\"");
  const std::string day = two_digits(sql, "t.\"day_of_birth\"");
  return fmt::format(
      "CASE WHEN t.\"month_of_birth\" IS NULL THEN {0} WHEN t.\"day_of_birth\" IS NULL THEN {0} || {1} "
      "ELSE {0} || {1} || {2} END",
      year, month, day);
}

std::string empty_text(const SqlText& sql) {
  return sql.as_text("NULL");
}

// What an answer says in words, whichever of its columns has them.
std::string said_in(const SqlText& sql, bool is_observation) {
  return fmt::format("COALESCE(v.\"concept_name\", {}{}, NULLIF(t.\"value_source_value\", ''))",
                     is_observation ? "NULLIF(t.\"value_as_string\", ''), " : "",
                     sql.whole_number("t.\"value_as_number\""));
}

struct ResultTable {
  std::string_view table, prefix;
  bool has_limits;
};
constexpr ResultTable kResultTables[] = {{"measurement", "measurement", true},
                                         {"observation", "observation", false}};

std::string column(std::string_view prefix, std::string_view suffix) {
  return fmt::format("t.\"{}_{}\"", prefix, suffix);
}

std::string from_results(Writing& w, const ResultTable& of, std::string_view meant) {
  return from_records(w, of.table, column(of.prefix, "concept_id"), column(of.prefix, "source_concept_id"),
                      meant);
}

}  // namespace

void write_select(Writing& w, const Select& s) {
  w.sql.add(w.first_select ? "  " : "\n  UNION ALL\n  ");
  w.sql.add(
      fmt::format("SELECT {} AS \"person\", {} AS \"part\", {} AS \"id\", {} AS \"place\", {} AS \"fact\"",
                  s.person, w.part++, s.id, s.place, s.fact));
  const std::string* const cells[] = {&s.value, &s.unit, &s.date, &s.start,
                                      &s.end,   &s.lln,  &s.uln,  &s.suspected};
  static_assert(std::size(cells) == kRecordColumns.size());
  for (size_t i = 0; i < kRecordColumns.size(); ++i)
    w.sql.add(fmt::format(",\n    {} AS \"{}\"", cells[i]->empty() ? empty_text(w.sql) : *cells[i],
                          kRecordColumns[i]));
  w.sql.add(fmt::format("\n  FROM {}", s.from));
  if (!s.where.empty()) w.sql.add(fmt::format("\n  WHERE {}", s.where));
  w.first_select = false;
}

std::string when(std::string_view condition, std::string_view then) {
  return fmt::format("CASE WHEN {} THEN {} END", condition, then);
}

std::string from_records(Writing& w, std::string_view table, std::string_view concept_column,
                         std::string_view source_column, std::string_view meant) {
  return fmt::format(
      "{} t LEFT JOIN \"known\" k ON k.\"concept_id\" = {}\n"
      "    JOIN \"{}\" n ON n.\"concept_id\" = COALESCE(k.\"concept_id\", {})",
      w.table(table), source_column, meant, concept_column);
}

std::string in_bounds(Writing& w, std::string_view first, std::string_view last, std::string_view goes_on,
                      std::string_view one_day) {
  std::string ends_late, begins_early;
  for (const std::string_view open : {goes_on, one_day})
    if (!open.empty()) ends_late += fmt::format("{} OR ", open);
  if (!one_day.empty()) begins_early = fmt::format("{} OR ", one_day);
  return fmt::format(
      "(n.\"since\" IS NULL OR {}{} >= n.\"since\") AND (n.\"until\" IS NULL OR {}{} <= n.\"until\")",
      ends_late, w.sql.comparable_day(last), begins_early, w.sql.comparable_day(first));
}

void write_words(Writing& w) {
  bool some = false;
  const auto add = [&](size_t fact, std::string_view said, std::string_view word) {
    if (!some) w.begin_with("\"words\" (\"fact\", \"said\", \"word\")");
    const std::string text = w.sql.value(said), value = w.sql.value(word);
    w.sql.add_raw(fmt::format("{}({}, {}, {})", some ? ",\n    " : "VALUES\n    ", fact, text, value));
    some = true;
  };
  static const std::vector<std::string> yes_and_no = {"yes", "no"};
  for (size_t i = 0; i < w.facts.size(); ++i) {
    const AskedFact& fact = w.facts[i];
    const bool is_flag = fact.kind == FactKind::flag;
    if (!fact.asked || (!is_flag && fact.kind != FactKind::choice)) continue;
    const auto values = is_flag ? yes_and_no : fact.values;
    for (const std::string& value : values) {
      add(i, lower_case(value), value);
      if (is_flag) add(i, value == "yes" ? "positive" : "negative", value);
      for (const AnswerCode& answer : answer_codes()) {
        const bool same = lower_case(answer.word) == lower_case(value);
        const bool means = is_flag && answer.word == (value == "yes" ? "positive" : "negative");
        if (same || means) add(i, answer.code, value);
      }
    }
    for (const AnswerCode& answer : answer_codes())
      if (answer.word.empty()) add(i, answer.code, "");
  }
  if (some) w.sql.add(")");
}

void write_persons(Writing& w) {
  Select birth;
  birth.id = birth.place = "0";
  birth.fact = "'birth_date'";
  birth.value = birth_date(w.sql);
  birth.from = w.table("person") + " t";
  write_select(w, birth);
  Select sex = birth;
  sex.fact = "'sex'";
  sex.value = "CASE t.\"gender_concept_id\" WHEN 8507 THEN 'male' ELSE 'female' END";
  sex.where = "t.\"gender_concept_id\" IN (8507, 8532)";
  write_select(w, sex);
  if (!w.have.death) return;
  Select death = birth;
  death.fact = "'death'";
  // Who has died on a day that is not given must not be taken as living.
  death.value = fmt::format("COALESCE({}, 'not given')", w.sql.day("t.\"death_date\""));
  death.from = fmt::format(
      "(SELECT \"person_id\", MIN(\"death_date\") AS \"death_date\" FROM {} "
      "GROUP BY \"person_id\") t",
      w.table("death"));
  write_select(w, death);
}

void write_results(Writing& w) {
  if (!w.asks({FactKind::measure})) return;
  for (const ResultTable& of : kResultTables) {
    const std::string id = column(of.prefix, "id"), date = column(of.prefix, "date");
    Select s;
    s.id = id;
    s.value = w.sql.number("t.\"value_as_number\"");
    s.unit = "COALESCE(u.\"concept_code\", NULLIF(t.\"unit_source_value\", ''))";
    s.date = w.sql.moment(date, column(of.prefix, "datetime"));
    if (of.has_limits) {
      s.value = fmt::format("{} || {}", kComparator, s.value);
      s.lln = w.sql.number("t.\"range_low\"");
      s.uln = w.sql.number("t.\"range_high\"");
    }
    s.from = from_results(w, of, "measures") +
             "\n    LEFT JOIN \"units\" u ON u.\"concept_id\" = t.\"unit_concept_id\"";
    s.where = fmt::format("t.\"value_as_number\" IS NOT NULL AND {}", in_bounds(w, date, date));
    write_select(w, s);
  }
}

void write_answers(Writing& w) {
  if (!w.asks({FactKind::choice, FactKind::flag})) return;
  for (const ResultTable& of : kResultTables) {
    const std::string id = column(of.prefix, "id"), date = column(of.prefix, "date");
    const std::string said = said_in(w.sql, !of.has_limits);
    Select s;
    s.id = id;
    s.value =
        fmt::format("COALESCE(c.\"word\", a.\"word\", CASE n.\"kind\" WHEN 'choice' THEN {} END)", said);
    s.date = w.sql.moment(date, column(of.prefix, "datetime"));
    s.from = from_results(w, of, "answers") +
             fmt::format(
                 "\n    LEFT JOIN {} v ON v.\"concept_id\" = t.\"value_as_concept_id\" "
                 "AND t.\"value_as_concept_id\" <> 0\n"
                 "    LEFT JOIN \"words\" c ON c.\"fact\" = n.\"fact\" AND c.\"said\" = v.\"concept_code\"\n"
                 "    LEFT JOIN \"words\" a ON a.\"fact\" = n.\"fact\" AND a.\"said\" = LOWER({})",
                 w.table("concept"), said);
    // A choice that nobody answered, in no column, is as if it had not been asked.
    s.where =
        fmt::format("(n.\"kind\" <> 'choice' OR {} IS NOT NULL) AND {}", said, in_bounds(w, date, date));
    write_select(w, s);
  }
}

}  // namespace crit
