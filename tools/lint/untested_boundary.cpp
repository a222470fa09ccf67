// untested-boundary: a limit for which no case lies on one of its sides.
#include <fmt/format.h>

#include "interpreter/read_cases.hpp"
#include "tools/lint/limits.hpp"
#include "tools/lint/text_match.hpp"

namespace crit {

namespace {

bool holds(const Rational& value, CompareOp op, const Rational& limit) {
  switch (op) {
    case CompareOp::less:
      return value < limit;
    case CompareOp::less_equal:
      return value <= limit;
    case CompareOp::greater:
      return value > limit;
    case CompareOp::greater_equal:
      return value >= limit;
    case CompareOp::equal:
      return value == limit;
    case CompareOp::not_equal:
      return value != limit;
  }
  return false;
}

// Which sides of a limit the results of the patients lie on.
struct Sides {
  const LintInput& input;
  const RuleNumber& n;
  bool inside = false, outside = false;

  void add(const Rational& value, const Rational& limit) {
    (holds(value, *n.op, limit) ? inside : outside) = true;
  }

  void add_age(const Patient& patient) {
    const auto unit = time_unit(n.unit_text).value_or(TimeUnit::years);
    const uint32_t first = patient.first(input.model.birth_date);
    if (first == kNone || !patient.screening) return;
    add(completed(patient.records[first].start.first_day, patient.screening->first_day, unit), n.value);
  }

  void add_multiple(const Patient& patient, const Record& record) {
    if (record.details == kNone) return;
    const Details& details = patient.details[record.details];
    const auto& limit = n.lower_limit ? details.lower : details.upper;
    if (limit) add(record.value, n.value * *limit);
  }

  void add_result(const Patient& patient, const Record& record) {
    const bool own = !record.unit || (record.unit->convertible && !record.unit->of_predicted);
    if (n.fact->percent_of_predicted && n.unit_text == "%") {
      if (record.unit && record.unit->of_predicted) add(record.value, n.value);
      if (record.details == kNone || !patient.details[record.details].predicted) return;
      return add(*patient.details[record.details].predicted, n.value);
    }
    const auto scale = n.unit ? fact_conversion(*n.fact, *n.unit, n.fact->unit) : Linear{};
    if (!scale || !own) return;
    add(record.unit ? record.unit->scale(record.value) : record.value, (*scale)(n.value));
  }

  void add(const Patient& patient) {
    if (n.fact->name == "age") return add_age(patient);
    for (uint32_t i = patient.first(n.fact->id); i != kNone; i = patient.records[i].next) {
      if (!patient.records[i].has_value) continue;
      if (n.of_limit)
        add_multiple(patient, patient.records[i]);
      else
        add_result(patient, patient.records[i]);
    }
  }
};

bool has_limit(const RuleNumber& n) {
  return n.fact && n.fact->kind == FactKind::measure && n.direct && n.op && !n.in_with && !n.in_definition;
}

bool is_tested(const LintInput& input, const Criterion& criterion, const RuleNumber& n) {
  Sides sides{input, n};
  for (const Case& one : input.cases->cases)
    for (const ExpectLine::Item& item : one.expects)
      if (item.criterion && item.criterion->text == criterion.id.text) sides.add(one.patient);
  return sides.inside && sides.outside;
}

void run(const LintInput& input, Findings& findings) {
  if (!input.cases || input.has_errors) return;  // that there are no cases, untested-criterion says
  for_each_criterion(input, [&](const Criterion& criterion) {
    const RuleReading reading = read_rule(input, criterion);
    std::vector<std::string> untested;
    Span first;
    for (const RuleNumber& n : reading.numbers) {
      if (!has_limit(n) || is_tested(input, criterion, n)) continue;
      if (untested.empty()) first = n.span;
      untested.push_back(fmt::format("{} {} {}", n.fact->name, spelling(*n.op), shown(input, n)));
    }
    if (untested.empty()) return;
    findings.push_back(finding(
        first, fmt::format("the cases of `{}` lie on one side of {}", criterion.id.text, listed(untested)),
        "add a case just inside the limit and one just outside"));
  });
}

}  // namespace

extern const LintRule kUntestedBoundary{
    "untested-boundary",
    LintGroup::care,
    Severity::info,
    "a limit for which the cases lie on one side only",
    "`<` for `<=` is the commonest slip, and a case at the limit is what shows it.",
    R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years
)",
    R"(patient P-1
  screening 2025-03-01
  birth_date 2007-03-01

case "18 today" like P-1
  expect I1 pass

case "18 tomorrow" like P-1
  birth_date 2007-03-02
  expect I1 fail
)",
    run,
    Needs::cases};

}  // namespace crit
