// Is it the right database, are its tables there; then its rows, a person at a time.
#include "tools/omop/read_omop.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/long_row.hpp"
#include "tools/omop/database.hpp"
#include "tools/omop/write_sql.hpp"
#include "tools/report.hpp"

namespace crit {

namespace {

constexpr std::string_view kVersion = "5.4";
constexpr std::string_view kSqlite = "sqlite:";

SqlText begun_for(const Database& database, const OmopSource& source) {
  SqlText sql;
  sql.dialect = database.dialect();
  sql.schema = source.schema;
  return sql;
}

void check_version(Database& database, const OmopSource& source) {
  if (!database.has_table(source.schema, "cdm_source"))
    throw DatabaseError("there is no table `cdm_source`: this is no database in the OMOP common data model");
  SqlText sql = begun_for(database, source);
  sql.add(fmt::format("SELECT \"cdm_version\" FROM {}", sql.table("cdm_source")));
  std::string version;
  database.query(sql, [&](std::span<const std::string_view> row) {
    version = row[0];
    return true;
  });
  std::string_view number = version;
  if (number.starts_with('v') || number.starts_with('V')) number.remove_prefix(1);
  if (number != kVersion && !number.starts_with(std::string(kVersion) + "."))
    throw DatabaseError(
        fmt::format("`cdm_source` says version `{}` of the OMOP common data model, and crit reads {}",
                    version.substr(0, 20), kVersion));
}

OmopTables tables_of(Database& database, const OmopSource& source) {
  const auto has = [&](std::string_view table) { return database.has_table(source.schema, table); };
  return {has("concept_relationship"), has("concept_ancestor"), has("death"), has("drug_strength")};
}

void check_tables(Database& database, const OmopSource& source, const std::vector<std::string>& tables) {
  std::vector<std::string> missing;
  for (const std::string& table : tables)
    if (!database.has_table(source.schema, table)) missing.push_back("`" + table + "`");
  if (missing.empty()) return;
  throw DatabaseError(fmt::format("{} {} not there: the rules need {}", fmt::join(missing, ", "),
                                  missing.size() == 1 ? "is" : "are", missing.size() == 1 ? "it" : "them"));
}

// Rows to persons.
struct Reading {
  Intake& in;
  const Database& database;
  const std::vector<std::string>& columns;
  LongColumns places = long_columns(columns);
  std::string id = {}, where = {};
  RawRecord raw = {};
  bool go_on = true;

  bool add(std::span<const std::string_view> row) {
    if (row[places.patient] != id) {
      if (!finish()) return false;
      id = row[places.patient];
      where = fmt::format("{}: person {}", database.name(), id);
      begin_patient(in, where);
      set_part(in, PatientPart::patient, id, where);
    }
    add_long_row(in, places, row, where, raw);
    return true;
  }

  bool finish() {
    // What has no name in the vocabulary is not asked for.
    in.patient->unmapped.fill(kNotCounted);
    if (!id.empty()) go_on = finish_patient(in);
    id.clear();
    return go_on;
  }
};

}  // namespace

std::string file_of(const OmopSource& source) {
  return source.url.starts_with(kSqlite) ? source.url.substr(kSqlite.size()) : std::string();
}

std::unique_ptr<Database> open_database(const std::string& url) {
  if (url.starts_with(kSqlite)) return open_sqlite(url.substr(kSqlite.size()));
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return open_postgresql(url);
  throw DatabaseError("a database is named `sqlite:FILE` or `postgresql://HOST/DATABASE`");
}

std::optional<std::string> with_omop(const OmopSource& source, const UseOmop& use) {
  std::unique_ptr<Database> database;
  try {
    database = open_database(source.url);
    check_version(*database, source);
    use(*database, tables_of(*database, source), begun_for(*database, source));
  } catch (const DatabaseError& e) {
    const std::string name = database                          ? database->name()
                             : source.url.starts_with(kSqlite) ? source.url
                                                               : std::string("--omop");
    return fmt::format("{}: {}", name, e.what());
  }
  return std::nullopt;
}

std::optional<std::string> read_omop(Intake& in, const std::vector<LoadedTrial>& trials,
                                     const OmopSource& source) {
  return with_omop(source, [&](Database& database, const OmopTables& have, SqlText begun) {
    const Extraction extraction =
        write_extraction(asked_facts(in.schema, trials, in.screening), have, std::move(begun));
    check_tables(database, source, extraction.tables);
    Reading reading{in, database, extraction.columns};
    database.query(extraction.sql, [&](std::span<const std::string_view> row) { return reading.add(row); });
    if (reading.go_on) reading.finish();
  });
}

}  // namespace crit
