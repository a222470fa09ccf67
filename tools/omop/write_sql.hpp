// What a database is asked for, to one query in SQL: a row a record, with the columns of crit's long CSV, the
// rows of each person together.
//
// The query looks the codes up in the database's own vocabulary: a concept of that code, the standard concept
// that it maps to, and what is below that in the hierarchy. Of the facts that a concept means then, the
// narrowest are meant. A record counts by its source concept where that means anything, otherwise by its
// standard concept.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tools/omop/asked.hpp"
#include "tools/omop/dialect.hpp"

namespace crit {

// Tables that not every database has.
struct OmopTables {
  bool concept_relationship = true, concept_ancestor = true, death = true, drug_strength = true;
};

struct Extraction {
  SqlText sql;
  std::vector<std::string> columns;
  std::vector<std::string> tables;  // that it reads
};

Extraction write_extraction(const std::vector<AskedFact>&, const OmopTables&, SqlText begun);

// A table of records, and which kinds of facts they may mean.
struct RecordTable {
  std::string_view name, prefix;  // `condition_occurrence`, of its columns `condition`
  uint32_t kinds;                 // bits 1 << FactKind
};
// How many records of each table mean one of the facts, and of the others how many have which concept: a row
// of table, vocabulary, code, name, `1` where they are used, and their number.
SqlText write_unmapped(const std::vector<AskedFact>&, const OmopTables&, std::span<const RecordTable>,
                       SqlText begun);

}  // namespace crit
