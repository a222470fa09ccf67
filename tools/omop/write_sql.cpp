// First the concepts and what they mean, then a SELECT for each table and kind of fact.
#include "tools/omop/write_sql.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/codes.hpp"
#include "tools/omop/write_sql_parts.hpp"

namespace crit {

namespace {

// `WITH NAME (COLUMNS) AS (VALUES ...)`; without rows there is nothing of it.
struct Rows {
  Writing& w;
  bool some = false;

  Rows(Writing& writing, std::string_view head) : w(writing) { w.begin_with(head); }
  void add(const std::string& row) {
    w.sql.add_raw(some ? ",\n    " : "VALUES\n    ");
    w.sql.add_raw(row);
    some = true;
  }
  ~Rows() { w.sql.add_raw(")"); }
};

std::string day_or_null(Writing& w, const std::optional<Day>& day) {
  if (!day) return w.sql.dialect == Dialect::sqlite ? "NULL" : "CAST(NULL AS DATE)";
  const std::string value = w.sql.value(day_to_string(*day));
  return w.sql.dialect == Dialect::sqlite ? value : fmt::format("CAST({} AS DATE)", value);
}

}  // namespace

std::string_view kind_word(FactKind kind) {
  switch (kind) {
    case FactKind::measure:
      return "measure";
    case FactKind::condition:
      return "condition";
    case FactKind::drug:
      return "drug";
    case FactKind::event:
      return "event";
    case FactKind::flag:
      return "flag";
    case FactKind::choice:
      return "choice";
    case FactKind::judgement:
      return "judgement";
    case FactKind::date:
      return "date";
  }
  return {};
}

void write_asked(Writing& w) {
  Rows rows(w, "\"asked\" (\"fact\", \"name\", \"kind\", \"since\", \"until\")");
  for (size_t i = 0; i < w.facts.size(); ++i) {
    const AskedFact& fact = w.facts[i];
    if (!fact.asked) continue;
    const std::string name = w.sql.value(fact.name), kind = w.sql.value(kind_word(fact.kind));
    const std::string since = day_or_null(w, fact.since), until = day_or_null(w, fact.until);
    rows.add(fmt::format("({}, {}, {}, {}, {})", i, name, kind, since, until));
  }
}

namespace {

void write_codes(Writing& w, bool ranges) {
  Rows rows(w, ranges ? "\"code_ranges\" (\"fact\", \"vocabulary\", \"low\", \"high\")"
                      : "\"codes\" (\"fact\", \"vocabulary\", \"code\")");
  for (size_t i = 0; i < w.facts.size(); ++i)
    for (const OmopCodes& codes : w.facts[i].codes) {
      if (codes.high.empty() == ranges) continue;
      const std::string vocabulary = w.sql.value(codes.vocabulary), low = w.sql.value(codes.low);
      rows.add(ranges ? fmt::format("({}, {}, {}, {})", i, vocabulary, low, w.sql.value(codes.high))
                      : fmt::format("({}, {}, {})", i, vocabulary, low));
    }
}

bool has_codes(const Writing& w, bool ranges) {
  return std::ranges::any_of(w.facts, [&](const AskedFact& fact) {
    return std::ranges::any_of(fact.codes, [&](const OmopCodes& c) { return c.high.empty() != ranges; });
  });
}

}  // namespace

void write_named(Writing& w) {
  const bool exact = has_codes(w, false), ranges = has_codes(w, true);
  if (exact) write_codes(w, false);
  if (ranges) write_codes(w, true);
  const std::string concepts = w.table("concept");
  const std::string code = w.sql.in_byte_order("c.\"concept_code\"");
  w.begin_with("\"coded\"");
  if (exact)
    w.sql.add(
        fmt::format("SELECT e.\"fact\", c.\"concept_id\" FROM \"codes\" e JOIN {} c\n"
                    "    ON c.\"vocabulary_id\" = e.\"vocabulary\" AND c.\"concept_code\" = e.\"code\"",
                    concepts));
  if (exact && ranges) w.sql.add("\n  UNION\n  ");
  if (ranges)
    w.sql.add(
        fmt::format("SELECT r.\"fact\", c.\"concept_id\" FROM \"code_ranges\" r JOIN {0} c\n"
                    "    ON c.\"vocabulary_id\" = r.\"vocabulary\" AND {1} >= r.\"low\" AND {1} < r.\"high\"",
                    concepts, code));
  w.sql.add(")");
}

// That a code maps to History of event says nothing of what the history is of.
void write_reached(Writing& w) {
  std::string_view from = "coded";
  if (w.have.concept_relationship) {
    w.begin_with("\"mapped\"");
    w.sql.add(
        fmt::format("SELECT \"fact\", \"concept_id\" FROM \"coded\"\n  UNION\n"
                    "  SELECT m.\"fact\", r.\"concept_id_2\" FROM \"coded\" m JOIN {} r\n"
                    "    ON r.\"concept_id_1\" = m.\"concept_id\" AND r.\"relationship_id\" = 'Maps to'\n"
                    "    AND (r.\"invalid_reason\" IS NULL OR r.\"invalid_reason\" = '')\n"
                    "    AND r.\"concept_id_2\" NOT IN ({}))",
                    w.table("concept_relationship"), kHistories));
    from = "mapped";
  }
  w.begin_with("\"reached\"");
  w.sql.add(fmt::format("SELECT \"fact\", \"concept_id\" FROM \"{}\"", from));
  if (w.have.concept_ancestor)
    w.sql.add(
        fmt::format("\n  UNION\n"
                    "  SELECT m.\"fact\", a.\"descendant_concept_id\" FROM \"{}\" m JOIN {} a\n"
                    "    ON a.\"ancestor_concept_id\" = m.\"concept_id\"",
                    from, w.table("concept_ancestor")));
  w.sql.add(")");
}

namespace {

// Spark works a part of WITH out again wherever it is named, and what that names too, which grows beyond
// measure: it gets the concepts as a statement of their own, whose rows it keeps.
void begin_meaning(Writing& w) {
  if (w.sql.dialect != Dialect::spark) return w.begin_with("\"meaning\"", true);
  w.sql.text.insert(0, "CACHE TABLE `crit_meaning` AS\n");
  w.sql.add_raw("\n");
}

void end_meaning(Writing& w) {
  if (w.sql.dialect != Dialect::spark) return w.sql.add(")");
  w.sql.add_raw(";\n\n");
  w.first_with = true;
  w.begin_with("\"meaning\"");
  w.sql.add("SELECT * FROM \"crit_meaning\")");
}

// Of a name and another that it is, the narrower is meant.
void write_meaning(Writing& w) {
  bool some = false;
  for (size_t narrow = 0; narrow < w.facts.size(); ++narrow)
    for (size_t wide = 0; wide < w.facts.size(); ++wide) {
      if (!is_member(w.facts[narrow].name, w.facts[wide].name)) continue;
      if (!some) w.begin_with("\"wider\" (\"narrow\", \"wide\")");
      w.sql.add_raw(fmt::format("{}({}, {})", some ? ", " : "VALUES\n    ", narrow, wide));
      some = true;
    }
  if (some) w.sql.add(")");
  begin_meaning(w);
  w.sql.add(
      "SELECT r.\"concept_id\", r.\"fact\", a.\"name\", a.\"kind\", a.\"since\", a.\"until\"\n"
      "    FROM \"reached\" r LEFT JOIN \"asked\" a ON a.\"fact\" = r.\"fact\"");
  if (some)
    w.sql.add(
        "\n  WHERE NOT EXISTS (SELECT 1 FROM \"reached\" n JOIN \"wider\" w ON w.\"narrow\" = n.\"fact\"\n"
        "    WHERE n.\"concept_id\" = r.\"concept_id\" AND w.\"wide\" = r.\"fact\")");
  end_meaning(w);
  w.begin_with("\"known\"", true);
  w.sql.add("SELECT DISTINCT \"concept_id\" FROM \"meaning\")");
}

// The concepts of the facts of some kinds.
void write_concepts_of(Writing& w, std::string_view name, std::initializer_list<FactKind> kinds) {
  if (!w.asks(kinds)) return;
  std::string words;
  for (const FactKind kind : kinds)
    words += fmt::format("{}'{}'", words.empty() ? "" : ", ", kind_word(kind));
  w.begin_with(fmt::format("\"{}\"", name), true);
  w.sql.add(fmt::format("SELECT * FROM \"meaning\" WHERE \"kind\" IN ({}))", words));
}

void write_units(Writing& w) {
  if (!w.asks({FactKind::measure})) return;
  w.begin_with("\"units\"", true);
  w.sql.add(fmt::format("SELECT \"concept_id\", \"concept_code\" FROM {} WHERE \"vocabulary_id\" = 'UCUM')",
                        w.table("concept")));
}

}  // namespace

void Writing::begin_with(std::string_view head, bool is_read_often) {
  sql.add_raw(first_with ? "WITH " : ",\n");
  first_with = false;
  sql.add(fmt::format("{} AS {}(\n  ", head, is_read_often ? sql.materialized() : ""));
}

bool Writing::asks(std::initializer_list<FactKind> kinds) const {
  return std::ranges::any_of(facts, [&](const AskedFact& fact) {
    return fact.asked && std::ranges::find(kinds, fact.kind) != kinds.end();
  });
}

bool Writing::asks(std::string_view name) const {
  return std::ranges::any_of(facts, [&](const AskedFact& fact) { return fact.asked && fact.name == name; });
}

std::string Writing::table(std::string_view name) {
  if (std::ranges::find(tables, name) == tables.end()) tables.emplace_back(name);
  return sql.table(name);
}

Extraction write_extraction(const std::vector<AskedFact>& facts, const OmopTables& have, SqlText begun) {
  Extraction made{std::move(begun), {}, {}};
  Writing w{made.sql, facts, have, made.tables};
  if (std::ranges::any_of(facts, &AskedFact::asked)) {
    write_asked(w);
    write_named(w);
    write_reached(w);
    write_meaning(w);
    write_concepts_of(w, "measures", {FactKind::measure});
    write_concepts_of(w, "answers", {FactKind::choice, FactKind::flag});
    write_concepts_of(w, "lasting", {FactKind::condition, FactKind::event});
    write_concepts_of(w, "drugs", {FactKind::drug});
    if (w.asks({FactKind::condition, FactKind::event, FactKind::drug})) write_past(w);
    write_units(w);
    write_strengths(w);
    write_words(w);
  }
  made.columns.assign(kRecordColumns.begin(), kRecordColumns.end());
  made.columns.insert(made.columns.begin(), {"patient", "fact"});
  w.sql.add(fmt::format("{}SELECT {} AS \"patient\"", w.first_with ? "" : "\n", w.sql.as_text("\"person\"")));
  for (size_t i = 1; i < made.columns.size(); ++i) w.sql.add(fmt::format(", \"{}\"", made.columns[i]));
  // Spark keeps the rows of a person together without putting all persons in order.
  w.sql.add(w.sql.dialect == Dialect::spark ? " FROM (\nSELECT * FROM (\n" : " FROM (\n");
  write_persons(w);
  write_results(w);
  write_answers(w);
  write_lasting(w);
  write_drugs(w);
  w.sql.add(w.sql.dialect == Dialect::spark
                ? "\n) DISTRIBUTE BY \"person\" SORT BY \"person\", \"part\", \"id\", \"place\"\n) records\n"
                : "\n) records\nORDER BY \"person\", \"part\", \"id\", \"place\"\n");
  return made;
}

}  // namespace crit
