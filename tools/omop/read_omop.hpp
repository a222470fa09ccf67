// An OMOP CDM 5.4 database to patients, read by the reader of the long form: crit writes the query, the
// database selects and sorts, and each person is handed on before the next is read.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/intake.hpp"
#include "interpreter/load.hpp"

namespace crit {

// Where the tables are.
struct OmopSource {
  std::string url;     // `sqlite:FILE`, `postgresql://...`
  std::string schema;  // empty: where the database looks by itself
};

// The file that is read; empty where a server reads it.
std::string file_of(const OmopSource&);

class Database;
struct OmopTables;
struct SqlText;
// Opens the database, which must be of the right version, for what is done with it. What is wrong, with the
// database's name.
using UseOmop = std::function<void(Database&, const OmopTables&, SqlText begun)>;
std::optional<std::string> with_omop(const OmopSource&, const UseOmop&);

// What is wrong, with the database's name; nothing: all persons were handed on, or the receiver asked to
// stop. Of a person whose rows did not all come nothing is handed on.
std::optional<std::string> read_omop(Intake&, const std::vector<LoadedTrial>&, const OmopSource&);

}  // namespace crit
