// The extraction while it is written. For the files of write_sql only.
#pragma once

#include <initializer_list>

#include "tools/omop/write_sql.hpp"

namespace crit {

// Of a record, as the long form has them.
inline constexpr std::array<std::string_view, 8> kRecordColumns = {"value", "unit", "date", "start",
                                                                   "end",   "lln",  "uln",  "suspected"};

// What says of an observation, or as the status of a condition, that something once was: History of event,
// the two of its kinds that say how long ago, and what OHDSI had for it until 2022 (History of, History of
// clinical finding in subject, Past history of procedure, History of drug therapy). The history of a family
// is none. https://github.com/OHDSI/Themis/issues/194, https://github.com/OHDSI/CommonDataModel/issues/400
// and 667
inline constexpr std::string_view kHistoryOfEvent = "1340204";
inline constexpr std::string_view kHistories =
    "1340204, 1340206, 1340219, 4188893, 4214956, 4215685, 4207283";

struct Writing {
  SqlText& sql;
  const std::vector<AskedFact>& facts;  // their numbers in the query are their places here
  const OmopTables& have;
  std::vector<std::string>& tables;
  bool first_with = true, first_select = true;
  int part = 0;  // the SELECT that is written: its rows of a person come in this order

  void begin_with(std::string_view head, bool is_read_often = false);
  bool asks(std::initializer_list<FactKind>) const;
  bool asks(std::string_view name) const;
  std::string table(std::string_view name);  // noted as read
};

// `asked`: the facts. `coded`: the concepts of their codes themselves. `reached`: and with them what those
// map to, and what is below that.
void write_asked(Writing&);
void write_named(Writing&);
void write_reached(Writing&);
std::string_view kind_word(FactKind);

// The SELECTs, each after UNION ALL but for the first.
void write_persons(Writing&);
void write_results(Writing&);
void write_answers(Writing&);
void write_lasting(Writing&);
void write_drugs(Writing&);
// `words`: what answers say, by their code or in lower case, to a value of the choice, or yes and no.
void write_words(Writing&);
// `strengths`: how much of what a rule asks for is in a piece of a drug.
void write_strengths(Writing&);
// `histories`: the concepts of observations that tell of something past, which their value names.
void write_past(Writing&);
inline constexpr std::string_view kIsHistory =
    "t.\"observation_concept_id\" IN (SELECT \"concept_id\" FROM \"histories\")";
bool asks_for_doses(const Writing&);

// One SELECT: what comes out of which table. Columns that are not given are empty.
struct Select {
  std::string_view person = "t.\"person_id\"", id, place = "n.\"fact\"", fact = "n.\"name\"";
  std::string value, unit, date, start, end, lln, uln, suspected;
  std::string from;   // what stands behind FROM
  std::string where;  // empty: no condition
};
void write_select(Writing&, const Select&);

// `CASE WHEN ... THEN ... END`
std::string when(std::string_view condition, std::string_view then);

// A table of records: `TABLE t` joined with the concepts (`n`) that its records mean.
std::string from_records(Writing&, std::string_view table, std::string_view concept_column,
                         std::string_view source_column, std::string_view meant);
// Only what lies in the days that can decide. `first`, `last`: columns. SQL conditions: of what `goes_on`,
// the end is open; a condition or drug with `one_day` alone may have been there before it too.
std::string in_bounds(Writing&, std::string_view first, std::string_view last, std::string_view goes_on = {},
                      std::string_view one_day = {});

}  // namespace crit
