// Drugs: from when to when each was taken, and how much of it a day.
//
// A dose is reckoned from what was handed out, quantity times strength over days_supply, and only where that
// is as sure as such data can be: the drug comes in pieces of a known amount, DRUG_STRENGTH has one row of it
// for what the rule asks for, and the pieces make whole quarters a day. Otherwise the record has no dose.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/codes.hpp"
#include "tools/omop/write_sql_parts.hpp"

namespace crit {

namespace {

bool is_vaccine(std::string_view name) {
  return name == "vaccine" || is_member(name, "vaccine");
}

std::string numbers_of_vaccines(const Writing& w) {
  std::string numbers;
  for (size_t i = 0; i < w.facts.size(); ++i)
    if (w.facts[i].asked && w.facts[i].kind == FactKind::drug && is_vaccine(w.facts[i].name))
      numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", i);
  return numbers;
}

// What one piece holds is written with at most six digits after the point, and what a day takes is below
// this.
constexpr int kAmountDigits = 18, kAmountAfterPoint = 6, kDoseDigits = 27, kDoseAfterPoint = 8;
constexpr int kMostPieces = 100'000, kMostAmount = 1'000'000;

// The amount times the pieces a day, in all engines to the last digit.
std::string dose_of(const SqlText& sql) {
  const std::string pieces = "(t.\"quantity\" * 1.0 / t.\"days_supply\")";
  const std::string quarters = "(t.\"quantity\" * 4.0 / t.\"days_supply\")";
  const std::string amount = sql.decimal("d.\"amount\"", kAmountDigits, kAmountAfterPoint);
  const std::string a_day = sql.decimal(pieces, 9, 2);
  const std::string dose = sql.decimal(fmt::format("{} * {}", amount, a_day), kDoseDigits, kDoseAfterPoint);
  return when(fmt::format("d.\"amount\" IS NOT NULL AND t.\"quantity\" > 0 AND t.\"quantity\" <= {} "
                          "AND t.\"days_supply\" >= 1",
                          kMostPieces),
              when(fmt::format("{} = {}", quarters, sql.as_whole(quarters)), sql.as_text(dose)));
}

}  // namespace

bool asks_for_doses(const Writing& w) {
  return w.have.drug_strength && std::ranges::any_of(w.facts, &AskedFact::with_dose);
}

// Units of mass and of substance; units of activity are not one kind. What a box holds is counted by some in
// boxes.
void write_strengths(Writing& w) {
  if (!asks_for_doses(w)) return;
  const std::string amount = "MAX(s.\"amount_value\")";
  w.begin_with("\"strengths\"", true);
  w.sql.add(fmt::format(
      "SELECT s.\"drug_concept_id\", n.\"fact\", {2} AS \"amount\",\n"
      "      MAX(u.\"concept_code\") AS \"unit\"\n"
      "    FROM {0} s JOIN \"drugs\" n ON n.\"concept_id\" = s.\"ingredient_concept_id\"\n"
      "    LEFT JOIN {1} u ON u.\"concept_id\" = s.\"amount_unit_concept_id\"\n"
      "      AND u.\"vocabulary_id\" = 'UCUM'\n"
      "      AND u.\"concept_code\" IN ('kg', 'g', 'mg', 'ug', 'ng', 'mol', 'mmol', 'umol', 'nmol')\n"
      "    WHERE s.\"invalid_reason\" IS NULL OR s.\"invalid_reason\" = ''\n"
      "    GROUP BY s.\"drug_concept_id\", n.\"fact\"\n"
      "    HAVING COUNT(*) = 1 AND COUNT(u.\"concept_code\") = 1 AND COUNT(s.\"numerator_value\") = 0\n"
      "      AND COUNT(s.\"box_size\") = 0 AND {2} > 0 AND {2} <= {3} AND {2} = {4})",
      w.table("drug_strength"), w.table("concept"), amount, kMostAmount,
      w.sql.decimal(amount, kAmountDigits, kAmountAfterPoint)));
}

// A drug with one day alone was given then, and perhaps on other days; a vaccine on no other.
void write_drugs(Writing& w) {
  if (!w.asks({FactKind::drug})) return;
  const std::string start = "t.\"drug_exposure_start_date\"", end = "t.\"drug_exposure_end_date\"";
  const std::string days = "COALESCE(t.\"days_supply\", 0)";
  const std::string vaccines = numbers_of_vaccines(w);
  std::string one_day =
      fmt::format("({1} IS NULL AND {2} < 1 OR COALESCE({1} = {0}, FALSE) AND {2} <> 1)", start, end, days);
  if (!vaccines.empty()) one_day = fmt::format("({} AND n.\"fact\" NOT IN ({}))", one_day, vaccines);
  const std::string last =
      fmt::format("COALESCE({}, CASE WHEN {} >= 1 THEN {} END, {})", w.sql.day(end), days,
                  w.sql.days_after(start, fmt::format("{} - 1", days)), w.sql.day(start));
  Select s;
  s.id = "t.\"drug_exposure_id\"";
  s.date = when(one_day, w.sql.day(start));
  s.start = when(fmt::format("NOT {}", one_day), w.sql.day(start));
  s.end = when(fmt::format("NOT {}", one_day), last);
  s.from = from_records(w, "drug_exposure", "t.\"drug_concept_id\"", "t.\"drug_source_concept_id\"", "drugs");
  if (asks_for_doses(w)) {
    s.value = dose_of(w.sql);
    s.unit = "d.\"unit\" || '/d'";
    s.from +=
        "\n    LEFT JOIN \"strengths\" d ON d.\"drug_concept_id\" = t.\"drug_concept_id\" "
        "AND d.\"fact\" = n.\"fact\"";
  }
  s.where = in_bounds(w, start, end, fmt::format("{0} IS NULL OR {0} < {1}", end, start), one_day);
  write_select(w, s);
}

}  // namespace crit
