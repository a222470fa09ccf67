// The SQL of the engines where they differ: how a text, a name, a day and a number are written.
//
// Queries are written once, with names in double quotes; SqlText makes of them what one engine takes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crit {

enum class Dialect : uint8_t { postgresql, sqlite, duckdb, spark };
inline constexpr std::array<std::string_view, 4> kDialects = {"postgresql", "sqlite", "duckdb", "spark"};

struct SqlText {
  Dialect dialect = Dialect::sqlite;
  bool has_parameters = true;  // false: values are written into the text
  std::string schema;          // of the tables; empty: the engine's own way of finding them
  std::string text;
  std::vector<std::string> parameters;

  // Adds SQL in which names stand in double quotes.
  void add(std::string_view sql);
  // A text as a parameter, or quoted: to be added by `add_raw`.
  std::string value(std::string_view);
  void add_raw(std::string_view written) { text += written; }

  std::string table(std::string_view name) const;
  // Columns to texts: `2025-03-01`; with the time where there is one; a number as it is written.
  std::string day(std::string_view column) const;
  std::string comparable_day(std::string_view column_or_text) const;  // to be compared, not shown
  std::string moment(std::string_view date, std::string_view datetime) const;
  std::string number(std::string_view column) const;
  std::string whole_number(std::string_view column) const;  // without `.0`
  // To so many digits after the point; all engines get the same where no more than 15 digits count.
  std::string decimal(std::string_view expression, int digits, int after_point) const;
  std::string as_whole(std::string_view expression) const;
  std::string days_after(std::string_view date, std::string_view days) const;
  std::string as_text(std::string_view expression) const;
  // Compared byte by byte, whatever the database's own order is.
  std::string in_byte_order(std::string_view expression) const;
  std::string_view materialized() const;  // of a WITH that several parts read
};

}  // namespace crit
