// The vocabulary's formulas against published worked examples: each line of formulas.tsv is a patient and a
// value.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "interpreter/load.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/verdict.hpp"
#include "tests/test.hpp"

namespace {

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::string part;
  for (std::istringstream in(text); std::getline(in, part, at);) {
    const size_t begin = part.find_first_not_of(' ');
    if (begin != std::string::npos) parts.push_back(part.substr(begin));
  }
  return parts;
}

// `creatinine=1.09 mg/dL` as a line of a patient. Results are of one day; what never changes has none.
std::string patient_line(const std::string& fact) {
  const size_t equals = fact.find('=');
  const std::string name = fact.substr(0, equals), value = fact.substr(equals + 1);
  const bool result = value.find_first_of("0123456789") == 0 && name != "birth_date";
  return fmt::format("  {} {}{}\n", name, value, result ? " on 2025-02-24" : "");
}

struct Example {
  std::string formula, facts, expected, unit, tolerance, source;
};

std::vector<Example> examples() {
  std::ifstream in(CRIT_SOURCE_DIR "/tests/formulas.tsv");
  std::vector<Example> all;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto columns = split(line, '\t');
    REQUIRE(columns.size() == 5);
    const size_t blank = columns[2].find(' ');
    all.push_back({columns[0], columns[1], columns[2].substr(0, blank),
                   blank == std::string::npos ? "" : columns[2].substr(blank), columns[3], columns[4]});
  }
  return all;
}

// The outcome of `FORMULA between EXPECTED - TOLERANCE and EXPECTED + TOLERANCE` for the example's patient.
std::string outcome_of(const Example& e) {
  crit::Source source;
  source.name = "formula.crit";
  source.text = fmt::format(
      "trial T \"a formula\"\ninclude I1 \"as published\"\n  {}{} - {}{} <= {} <= {}{} + {}{}\n", e.expected,
      e.unit, e.tolerance, e.unit, e.formula, e.expected, e.unit, e.tolerance, e.unit);
  crit::Schema schema;
  const crit::Parsed parsed = crit::parse(source);
  const crit::Checked checked = crit::check(parsed.trial, schema);
  std::string wrong;
  for (const auto* list : {&parsed.diagnostics, &checked.diagnostics})
    for (const crit::Diagnostic& d : *list)
      if (d.severity == crit::Severity::error) wrong += crit::render(d, {&source});
  if (!wrong.empty()) return wrong;
  std::string text = "patient P\n  screening 2025-03-01\n";
  for (const std::string& fact : split(e.facts, ';')) text += patient_line(fact);

  std::string outcome = "no patient";
  crit::Intake intake(schema);
  intake.broken = [&](const crit::Fault& f) { outcome = f.message; };
  intake.each = [&](const crit::Patient& patient) {
    if (const auto fault = crit::refusal(checked.model, patient)) {
      outcome = fault->message;
      return true;
    }
    crit::Verdict verdict;
    crit::evaluate(checked.model, patient, crit::kNone, verdict);
    outcome = crit::name_of(verdict.outcomes[0]);
    if (verdict.outcomes[0] != crit::Outcome::pass)
      outcome += ": " + crit::explain(checked.model, patient, 0, verdict).why;
    return true;
  };
  crit::Input input = crit::Input::of_text("example", text);
  crit::read_patients(intake, input);
  return outcome;
}

}  // namespace

TEST_CASE("each named formula gives the published value") {
  const auto all = examples();
  REQUIRE(all.size() >= 70);
  for (const Example& e : all) {
    INFO(e.formula << " of " << e.facts << " is " << e.expected << e.unit << " (" << e.source << ")");
    CHECK(outcome_of(e) == "pass");
  }
}
