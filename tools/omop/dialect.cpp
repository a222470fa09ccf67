// Each difference in one place.
#include "tools/omop/dialect.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crit {

void SqlText::add(std::string_view sql) {
  std::string made(sql);
  if (dialect == Dialect::spark) std::ranges::replace(made, '"', '`');
  text += made;
}

std::string SqlText::value(std::string_view given) {
  if (has_parameters) {
    parameters.emplace_back(given);
    return fmt::format("{}{}", dialect == Dialect::postgresql ? '$' : '?', parameters.size());
  }
  std::string made = "'";
  for (const char c : given) {
    if (c == '\'' && dialect == Dialect::spark)
      made += '\\';
    else if (c == '\'' || (c == '\\' && dialect == Dialect::spark))
      made += c;
    made += c;
  }
  return made + "'";
}

std::string SqlText::table(std::string_view name) const {
  if (schema.empty()) return fmt::format("\"{}\"", name);
  std::string quoted;
  const char quote = dialect == Dialect::spark ? '`' : '"';
  for (const char c : schema) quoted.append(c == quote ? 2 : 1, c);
  return fmt::format("\"{}\".\"{}\"", quoted, name);
}

std::string SqlText::as_text(std::string_view expression) const {
  switch (dialect) {
    case Dialect::postgresql:
    case Dialect::sqlite:
      return fmt::format("CAST({} AS TEXT)", expression);
    case Dialect::duckdb:
      return fmt::format("CAST({} AS VARCHAR)", expression);
    case Dialect::spark:
      return fmt::format("CAST({} AS STRING)", expression);
  }
  return {};
}

std::string SqlText::number(std::string_view column) const {
  return as_text(column);
}

std::string SqlText::decimal(std::string_view expression, int digits, int after_point) const {
  if (dialect == Dialect::sqlite) return fmt::format("ROUND({}, {})", expression, after_point);
  return fmt::format("CAST({} AS DECIMAL({}, {}))", expression, digits, after_point);
}

std::string SqlText::as_whole(std::string_view expression) const {
  return fmt::format("CAST({} AS {})", expression, dialect == Dialect::sqlite ? "INTEGER" : "BIGINT");
}

std::string SqlText::whole_number(std::string_view column) const {
  const std::string cast = as_whole(column);
  return fmt::format("CASE WHEN {0} = {1} THEN {2} ELSE {3} END", column, cast, as_text(cast),
                     as_text(column));
}

// SQLite has no dates: a text, or the seconds since 1970 that the tools of OHDSI write.
std::string SqlText::day(std::string_view column) const {
  switch (dialect) {
    case Dialect::postgresql:
      return fmt::format("TO_CHAR({}, 'YYYY-MM-DD')", column);
    case Dialect::sqlite:
      return fmt::format(
          "CASE TYPEOF({0}) WHEN 'text' THEN SUBSTR({0}, 1, 10) ELSE DATE({0}, 'unixepoch') END", column);
    case Dialect::duckdb:
    case Dialect::spark:
      return as_text(fmt::format("CAST({} AS DATE)", column));
  }
  return {};
}

std::string SqlText::comparable_day(std::string_view column_or_text) const {
  if (dialect == Dialect::sqlite) return day(column_or_text);
  return fmt::format("CAST({} AS DATE)", column_or_text);
}

// Midnight stands for a time that nobody knows.
std::string SqlText::moment(std::string_view date, std::string_view datetime) const {
  switch (dialect) {
    case Dialect::postgresql:
      return fmt::format(
          "CASE WHEN CAST({0} AS TIME) <> '00:00' THEN TO_CHAR({0}, 'YYYY-MM-DD\"T\"HH24:MI') ELSE {1} END",
          datetime, day(date));
    case Dialect::sqlite:
      return fmt::format(
          "CASE WHEN TYPEOF({0}) = 'text' THEN CASE WHEN SUBSTR({0}, 12, 5) IN ('', '00:00') THEN {1} "
          "ELSE SUBSTR({0}, 1, 10) || 'T' || SUBSTR({0}, 12, 5) END "
          "WHEN {0} % 86400 <> 0 THEN STRFTIME('%Y-%m-%dT%H:%M', {0}, 'unixepoch') ELSE {1} END",
          datetime, day(date));
    case Dialect::duckdb:
      return fmt::format(
          "CASE WHEN CAST({0} AS TIME) <> TIME '00:00:00' THEN STRFTIME({0}, '%Y-%m-%dT%H:%M') ELSE {1} END",
          datetime, day(date));
    case Dialect::spark:
      return fmt::format(
          "CASE WHEN DATE_FORMAT({0}, 'HH:mm') <> '00:00' "
          "THEN CONCAT(DATE_FORMAT({0}, 'yyyy-MM-dd'), 'T', DATE_FORMAT({0}, 'HH:mm')) ELSE {1} END",
          datetime, day(date));
  }
  return {};
}

std::string SqlText::days_after(std::string_view date, std::string_view days) const {
  switch (dialect) {
    case Dialect::sqlite:
      return fmt::format("DATE({}, CAST({} AS INTEGER) || ' days')", day(date), days);
    case Dialect::postgresql:
      return fmt::format("TO_CHAR(CAST({} AS DATE) + CAST({} AS INTEGER), 'YYYY-MM-DD')", date, days);
    case Dialect::duckdb:
      return as_text(fmt::format("CAST({} AS DATE) + CAST({} AS INTEGER)", date, days));
    case Dialect::spark:
      return as_text(fmt::format("DATE_ADD(CAST({} AS DATE), CAST({} AS INT))", date, days));
  }
  return {};
}

std::string SqlText::in_byte_order(std::string_view expression) const {
  return dialect == Dialect::postgresql ? fmt::format("{} COLLATE \"C\"", expression)
                                        : std::string(expression);
}

std::string_view SqlText::materialized() const {
  return dialect == Dialect::spark ? "" : "MATERIALIZED ";
}

}  // namespace crit
