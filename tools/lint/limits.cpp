// The written limits of a criterion's measures: number, unit and the range that the measure's results may
// have.
#include "tools/lint/limits.hpp"

#include <algorithm>

#include "tools/lint/protocol_text.hpp"

namespace crit {

namespace {

// What laboratories and clinics give results in; a slip takes one for the other.
constexpr std::string_view kUnits[] = {
    "mg/dL",   "g/dL",   "g/L",    "mg/L",   "ug/L",  "ug/dL",   "ng/mL",   "ng/dL", "pg/mL",    "mmol/L",
    "umol/L",  "nmol/L", "pmol/L", "10^9/L", "/uL",   "10^6/uL", "10^12/L", "%",     "mmol/mol", "U/L",
    "IU/L",    "mIU/L",  "mIU/mL", "IU/mL",  "kU/L",  "U/mL",    "kg",      "g",     "lb",       "cm",
    "m",       "mm",     "in",     "mmHg",   "kPa",   "Cel",     "[degF]",  "ms",    "s",        "mg/g",
    "mg/mmol", "g/day",  "mg/day", "mL/min", "L/min", "mL/s",    "L",       "mL",    "kg/m2"};

// Of cells, whose plausible range begins at none: a limit that is so far below all that protocols ask for was
// meant in another unit, /uL or /mm3 as often as not. No count of the worst grade comes within a factor of
// six of it (CTCAE v5.0, 2017, grade 4: neutrophils 0.5, lymphocytes 0.2, platelets 25 10^9/L).
bool is_lost_count(const Fact& fact, const Rational& value) {
  constexpr int64_t kFarBelow = 50'000;
  return fact.unit_text == "10^9/L" && fact.plausible_high && value.sign() > 0 &&
         value * Rational(kFarBelow) < *fact.plausible_high;
}

// What a result may be and hardly a protocol asks for, since in the other usual unit it is the limit that
// they ask for: glucose of 126 mg/dL, the limit of diabetes, is 7 mmol/L (ADA, Standards of Care in Diabetes,
// 2025, section 2), and bilirubin of 1.5 mg/dL is 26 umol/L (by its molar mass in the vocabulary). Where the
// two scales part is this rule's own choice.
bool is_limit_of_other_unit(const Fact& fact, const Rational& value) {
  if (!fact.standard) return false;
  if (fact.name == "glucose" || fact.name == "glucose_fasting") return value > Rational(45);
  return fact.name == "TBIL" && value < Rational(5);
}

bool is_plausible(const Fact& fact, const Rational& value) {
  if (is_lost_count(fact, value) || is_limit_of_other_unit(fact, value)) return false;
  return (!fact.plausible_low || value >= *fact.plausible_low) &&
         (!fact.plausible_high || value <= *fact.plausible_high);
}

std::optional<Rational> in_own_unit(const Fact& fact, const Rational& value, const Unit& unit) {
  const auto linear = fact_conversion(fact, unit, fact.unit);
  if (!linear) return std::nullopt;
  return (*linear)(value);
}

bool plausible_in(const Fact& fact, const Rational& value, const Unit& unit) {
  const auto converted = in_own_unit(fact, value, unit);
  return converted && is_plausible(fact, *converted);
}

// The protocol's own unit first, then the usual ones.
std::string unit_that_fits(const RuleNumber& n, const TextReading& text) {
  for (const TextNumber& t : text.numbers)
    if (t.unit.unit && t.unit.kind == TextUnit::Kind::measured &&
        plausible_in(*n.fact, n.value, *t.unit.unit))
      return t.unit.words;
  if (time_unit(n.fact->unit_text)) return {};  // 180 years are no 180 months
  for (std::string_view candidate : kUnits) {
    if (n.fact->unit_text == "%" && candidate == "mg/g") continue;  // a share, and no laboratory's ratio
    const auto unit = parse_unit(candidate);
    if (unit && plausible_in(*n.fact, n.value, *unit)) return std::string(candidate);
  }
  return {};
}

}  // namespace

void for_each_limit(const RuleReading& reading, const std::function<void(const RuleNumber&)>& f) {
  for (const RuleNumber& n : reading.numbers)
    if (n.fact && n.fact->kind == FactKind::measure && n.direct && n.op && !n.of_limit && !n.in_with) f(n);
}

std::vector<Implausible> implausible_limits(const LintInput& input, const Criterion& criterion,
                                            const RuleReading& reading) {
  std::vector<Implausible> found;
  if (input.has_errors) return found;  // a unit may be what is wrong
  for_each_limit(reading, [&](const RuleNumber& n) {
    const Fact& fact = *n.fact;
    if (fact.percent_of_predicted && n.unit_text == "%") return;
    const auto value = n.unit ? in_own_unit(fact, n.value, *n.unit) : std::optional(n.value);
    if (!value || is_plausible(fact, *value)) return;
    const TextReading text = read_protocol_text(criterion.text ? criterion.text->text : std::string());
    found.push_back({&n, unit_that_fits(n, text), is_limit_of_other_unit(fact, *value)});
  });
  return found;
}

}  // namespace crit
