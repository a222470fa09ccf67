// The concepts of the vocabulary's codes, then the records of each table by whether they mean one of them.
#include <fmt/format.h>

#include "interpreter/hold.hpp"
#include "tools/omop/write_sql_parts.hpp"

namespace crit {

namespace {

void write_known(Writing& w) {
  w.begin_with("\"known\"", true);
  w.sql.add("SELECT DISTINCT \"concept_id\" FROM \"reached\")");
  w.begin_with("\"named\"", true);
  w.sql.add(
      "SELECT DISTINCT r.\"concept_id\", a.\"kind\" FROM \"reached\" r JOIN \"asked\" a\n"
      "    ON a.\"fact\" = r.\"fact\")");
}

std::string words_of(uint32_t kinds) {
  std::string words;
  for (unsigned kind = 0; kinds >> kind; ++kind)
    if (kinds >> kind & 1)
      words += fmt::format("{}'{}'", words.empty() ? "" : ", ", kind_word(static_cast<FactKind>(kind)));
  return words;
}

// As from_records finds what a record means: by its source concept where that has a name.
std::string records_of(Writing& w, const RecordTable& of, std::string_view standard, std::string_view where) {
  const std::string source = fmt::format("t.\"{}_source_concept_id\"", of.prefix);
  const std::string shown =
      fmt::format("CASE WHEN COALESCE({0}, 0) <> 0 THEN {0} ELSE {1} END", source, standard);
  return fmt::format(
      "SELECT '{0}' AS \"table\",\n"
      "      CASE WHEN m.\"concept_id\" IS NULL THEN {1} END AS \"shown\",\n"
      "      CASE WHEN m.\"concept_id\" IS NULL THEN 0 ELSE 1 END AS \"used\"\n"
      "    FROM {2} t LEFT JOIN \"known\" k ON k.\"concept_id\" = {3}\n"
      "    LEFT JOIN (SELECT DISTINCT \"concept_id\" FROM \"named\" WHERE \"kind\" IN ({4})) m\n"
      "      ON m.\"concept_id\" = COALESCE(k.\"concept_id\", {5}){6}",
      of.name, shown, w.table(of.name), source, words_of(of.kinds), standard, where);
}

// Of observations, those that tell of something past apart: what they mean is their value.
std::string records_of(Writing& w, const RecordTable& of) {
  const std::string standard = fmt::format("t.\"{}_concept_id\"", of.prefix);
  if (of.name != "observation") return records_of(w, of, standard, "");
  RecordTable past = of;
  past.kinds = kinds({FactKind::condition, FactKind::event, FactKind::drug});
  return records_of(w, of, standard, fmt::format("\n    WHERE NOT {}", kIsHistory)) + "\n  UNION ALL\n  " +
         records_of(w, past, "t.\"value_as_concept_id\"", fmt::format("\n    WHERE {}", kIsHistory));
}

}  // namespace

SqlText write_unmapped(const std::vector<AskedFact>& facts, const OmopTables& have,
                       std::span<const RecordTable> of, SqlText begun) {
  SqlText made = std::move(begun);
  std::vector<std::string> read;
  Writing w{made, facts, have, read};
  write_asked(w);
  write_named(w);
  write_reached(w);
  write_known(w);
  write_past(w);
  w.sql.add(
      "\nSELECT r.\"table\", c.\"vocabulary_id\", c.\"concept_code\", c.\"concept_name\", r.\"used\", "
      "r.\"count\"\n"
      "FROM (SELECT \"table\", \"shown\", \"used\", COUNT(*) AS \"count\" FROM (\n");
  for (size_t i = 0; i < of.size(); ++i)
    w.sql.add(fmt::format("{}  {}", i > 0 ? "\n  UNION ALL\n" : "", records_of(w, of[i])));
  w.sql.add(
      fmt::format("\n) records GROUP BY \"table\", \"shown\", \"used\") r\n"
                  "LEFT JOIN {} c ON c.\"concept_id\" = r.\"shown\" AND r.\"shown\" <> 0\n",
                  w.table("concept")));
  return made;
}

}  // namespace crit
