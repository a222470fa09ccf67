// Conditions, procedures and visits: from when to when each of their records lasts.
#include <fmt/format.h>

#include <utility>

#include "tools/omop/write_sql_parts.hpp"

namespace crit {

namespace {

// CONCEPT_IDs of OMOP's vocabulary Condition Status: preliminary diagnosis, and to be diagnosed by procedure;
// resolved condition.
constexpr std::string_view kPreliminary = "32899, 32892", kResolved = "32906";
// Of SNOMED CT's answers there: No (373067005), and Absent (2667000).
constexpr std::string_view kAnswersNo = "4188540, 4132135";

// A source that knows one day of a condition has it as start and end: it was there then, and perhaps on other
// days. What is over and has no end is known on its first day alone, and of a history no day is: it is in no
// window for certain, nor outside of one, whatever the days of its row.
void write_conditions(Writing& w) {
  const std::string start = "t.\"condition_start_date\"", end = "t.\"condition_end_date\"";
  const std::string status = "COALESCE(t.\"condition_status_concept_id\", 0)";
  const std::string one_day = fmt::format(
      "({1} = {0} OR {1} IS NULL AND (n.\"kind\" = 'event' OR {2} = {3}))", start, end, status, kResolved);
  const std::string is_past = fmt::format("{} IN ({})", status, kHistories);
  Select s;
  s.id = "t.\"condition_occurrence_id\"";
  s.value = when(is_past, "'yes'");
  s.date = when(fmt::format("NOT {} AND COALESCE({}, FALSE)", is_past, one_day), w.sql.day(start));
  s.start = when(fmt::format("NOT {} AND NOT COALESCE({}, FALSE)", is_past, one_day), w.sql.day(start));
  s.end = when(fmt::format("NOT {} AND NOT COALESCE({}, FALSE)", is_past, one_day), w.sql.day(end));
  s.suspected = when(fmt::format("{} IN ({})", status, kPreliminary), "'yes'");
  s.from = from_records(w, "condition_occurrence", "t.\"condition_concept_id\"",
                        "t.\"condition_source_concept_id\"", "lasting");
  const std::string last = fmt::format("COALESCE({}, {})", end, start);
  const std::string goes_on =
      fmt::format("{1} < {0} OR n.\"kind\" = 'condition' AND {1} IS NULL", start, end);
  s.where = fmt::format(
      "({} OR {})", is_past,
      in_bounds(w, start, last, goes_on, fmt::format("n.\"kind\" = 'condition' AND {}", one_day)));
  write_select(w, s);
}

// What is coded as an observation or a procedure is known on its day. Of an observation that has an answer,
// the answer decides: what is not `no` is in words that nobody has mapped.
void write_observed(Writing& w) {
  Select s;
  s.id = "t.\"observation_id\"";
  s.date = w.sql.day("t.\"observation_date\"");
  s.from = from_records(w, "observation", "t.\"observation_concept_id\"",
                        "t.\"observation_source_concept_id\"", "lasting");
  s.suspected = when(
      "t.\"value_as_number\" IS NOT NULL OR COALESCE(t.\"value_as_string\", '') <> '' "
      "OR COALESCE(t.\"value_as_concept_id\", 0) <> 0",
      "'yes'");
  s.where = fmt::format(
      "COALESCE(t.\"value_as_concept_id\", 0) NOT IN ({}) AND NOT {} AND {}", kAnswersNo, kIsHistory,
      in_bounds(w, "t.\"observation_date\"", "t.\"observation_date\"", {}, "n.\"kind\" = 'condition'"));
  write_select(w, s);
}

// A history is told on a day and has none of its own, as above: what it is of is the value, or the source.
void write_history(Writing& w, std::string_view meant) {
  Select s;
  s.id = "t.\"observation_id\"";
  s.value = "'yes'";
  s.from = from_records(w, "observation", "t.\"value_as_concept_id\"", "t.\"observation_source_concept_id\"",
                        meant);
  s.where = kIsHistory;
  write_select(w, s);
}

void write_procedures(Writing& w) {
  const std::string start = "t.\"procedure_date\"", end = "t.\"procedure_end_date\"";
  Select s;
  s.id = "t.\"procedure_occurrence_id\"";
  s.date = when(fmt::format("{} IS NULL", end), w.sql.day(start));
  s.start = when(fmt::format("{} IS NOT NULL", end), w.sql.day(start));
  s.end = w.sql.day(end);
  s.from = from_records(w, "procedure_occurrence", "t.\"procedure_concept_id\"",
                        "t.\"procedure_source_concept_id\"", "lasting");
  s.where = fmt::format(
      "n.\"kind\" = 'event' AND {}",
      in_bounds(w, start, fmt::format("COALESCE({}, {})", end, start), fmt::format("{} < {}", end, start)));
  write_select(w, s);
}

void write_visits(Writing& w) {
  const std::string start = "t.\"visit_start_date\"", end = "t.\"visit_end_date\"";
  Select s;
  s.id = "t.\"visit_occurrence_id\"";
  s.start = w.sql.day(start);
  s.end = w.sql.day(end);
  s.from = fmt::format("{} t JOIN \"lasting\" n ON n.\"concept_id\" = t.\"visit_concept_id\"",
                       w.table("visit_occurrence"));
  s.where = fmt::format("n.\"kind\" = 'event' AND {}",
                        in_bounds(w, start, end, fmt::format("{0} IS NULL OR {0} < {1}", end, start)));
  write_select(w, s);
}

// A flag that is coded as a condition or a procedure: yes from its first day, and no from the last.
void write_flags(Writing& w) {
  Select s;
  s.id = "t.\"condition_occurrence_id\"";
  s.value = "'yes'";
  s.date = w.sql.day("t.\"condition_start_date\"");
  s.from = from_records(w, "condition_occurrence", "t.\"condition_concept_id\"",
                        "t.\"condition_source_concept_id\"", "answers");
  const std::string counts =
      fmt::format("n.\"kind\" = 'flag' AND COALESCE(t.\"condition_status_concept_id\", 0) NOT IN ({}, {})",
                  kPreliminary, kHistories);
  s.where = counts;
  write_select(w, s);
  s.value = "'no'";
  s.date = w.sql.day("t.\"condition_end_date\"");
  s.where = fmt::format("{} AND t.\"condition_end_date\" > t.\"condition_start_date\"", counts);
  write_select(w, s);
  Select procedure;
  procedure.id = "t.\"procedure_occurrence_id\"";
  procedure.value = "'yes'";
  procedure.date = w.sql.day("t.\"procedure_date\"");
  procedure.from = from_records(w, "procedure_occurrence", "t.\"procedure_concept_id\"",
                                "t.\"procedure_source_concept_id\"", "answers");
  procedure.where = "n.\"kind\" = 'flag'";
  write_select(w, procedure);
}

}  // namespace

void write_past(Writing& w) {
  w.begin_with("\"histories\" (\"concept_id\")", true);
  w.sql.add("VALUES");
  std::string_view comma = " ";
  for (std::string_view left = kHistories; !left.empty();) {
    const auto end = left.find(", ");
    w.sql.add_raw(fmt::format("{}({})", std::exchange(comma, ", "), left.substr(0, end)));
    left.remove_prefix(end == left.npos ? left.size() : end + 2);
  }
  if (w.have.concept_ancestor)
    w.sql.add(
        fmt::format("\n  UNION\n"
                    "  SELECT \"descendant_concept_id\" FROM {} WHERE \"ancestor_concept_id\" = {}",
                    w.table("concept_ancestor"), kHistoryOfEvent));
  w.sql.add(")");
}

void write_lasting(Writing& w) {
  if (w.asks({FactKind::condition, FactKind::event})) {
    write_conditions(w);
    write_observed(w);
    write_history(w, "lasting");
  }
  if (w.asks({FactKind::drug})) write_history(w, "drugs");
  if (w.asks({FactKind::event})) write_procedures(w);
  if (w.asks("hospitalization") || w.asks("emergency_visit")) write_visits(w);
  if (w.asks({FactKind::flag})) write_flags(w);
}

}  // namespace crit
