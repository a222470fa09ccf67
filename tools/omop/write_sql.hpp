// What a database is asked for, to one query in SQL: a row a record, with the columns of crit's long CSV, the
// rows of each person together.
//
// The query looks the codes up in the database's own vocabulary: a concept of that code, the standard concept
// that it maps to, and what is below that in the hierarchy. Of the facts that a concept means then, the
// narrowest are meant. A record counts by its source concept where that means anything, otherwise by its
// standard concept.
#pragma once

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

}  // namespace crit
