// All names of the vocabulary are asked for, and counted are the records that mean none of them. A record
// goes by its source concept where that has a name, as when patients are read, and is shown by it.
#include "tools/omop/unmapped.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "interpreter/hold.hpp"
#include "interpreter/unmapped_codes.hpp"
#include "tools/omop/database.hpp"
#include "tools/omop/write_sql.hpp"

namespace crit {

namespace {

// What comes out of which table where patients are read.
constexpr std::array<RecordTable, 5> kTables{{
    {"condition_occurrence", "condition", kinds({FactKind::condition, FactKind::event, FactKind::flag})},
    {"drug_exposure", "drug", kinds({FactKind::drug})},
    {"measurement", "measurement", kinds({FactKind::measure, FactKind::choice, FactKind::flag})},
    {"observation", "observation",
     kinds({FactKind::measure, FactKind::choice, FactKind::flag, FactKind::condition, FactKind::event})},
    {"procedure_occurrence", "procedure", kinds({FactKind::event, FactKind::flag})},
}};

uint64_t number_in(std::string_view cell) {
  uint64_t number = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return number;
}

// A row of what write_unmapped asks for.
void add(std::span<const std::string_view> row, std::span<const RecordTable> asked,
         std::vector<OmopTable>& tables) {
  const auto place = std::ranges::find(asked, row[0], &RecordTable::name) - asked.begin();
  OmopTable& table = tables[static_cast<size_t>(place)];
  const uint64_t count = number_in(row[5]);
  table.read += count;
  if (row[4] == "1") return;
  table.unmapped += count;
  UnmappedConcept one{std::string(row[1]), std::string(row[2]), std::string(row[3]), count, {}};
  one.nearest = name_near(one.name, asked[static_cast<size_t>(place)].kinds);
  table.concepts.push_back(std::move(one));
}

void put_in_order(std::vector<UnmappedConcept>& concepts) {
  std::ranges::sort(concepts, [](const UnmappedConcept& a, const UnmappedConcept& b) {
    return std::tie(b.count, a.code, a.vocabulary, a.name) < std::tie(a.count, b.code, b.vocabulary, b.name);
  });
}

}  // namespace

std::optional<std::string> unmapped_in_omop(const Schema& schema, const OmopSource& source,
                                            std::vector<OmopTable>& tables) {
  return with_omop(source, [&](Database& database, const OmopTables& have, SqlText begun) {
    std::vector<RecordTable> asked;
    for (const RecordTable& table : kTables)
      if (database.has_table(source.schema, table.name)) asked.push_back(table);
    for (const RecordTable& table : asked) tables.push_back({table.name, 0, 0, {}});
    if (asked.empty()) return;
    const SqlText sql = write_unmapped(vocabulary_facts(schema), have, asked, std::move(begun));
    database.query(sql, [&](std::span<const std::string_view> row) {
      add(row, asked, tables);
      return true;
    });
    for (OmopTable& table : tables) put_in_order(table.concepts);
  });
}

}  // namespace crit
