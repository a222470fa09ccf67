// Results, answers, choices and ages for the solver, and what holds between them: the latest of two windows,
// ages in two units, a limit above the other one.
#include <fmt/format.h>

#include "tools/lint/encode.hpp"
#include "tools/lint/encode_windows.hpp"

namespace crit {

namespace {

using z3::expr;
using z3::implies;

bool is_one_result(Selector s) {
  switch (s) {
    case Selector::latest:
    case Selector::earliest:
    case Selector::highest:
    case Selector::lowest:
    case Selector::average:
      return true;
    case Selector::total:
    case Selector::change:
      return false;
  }
  return false;
}

// A result outside the plausible range makes its comparison unknown, so that a known one is inside.
void limit_measure(Encoding& e, const Ref& ref, const ResultVars& r) {
  const Fact& fact = e.model.fact(ref.fact);
  e.axioms.push_back(r.lower < r.upper);
  // A limit below zero is for measures that may be below zero, and those say so.
  if (!fact.plausible_low || fact.plausible_low->sign() >= 0) e.axioms.push_back(r.upper > 0);
  if (!is_one_result(ref.selector) || ref.of_predicted) return;
  if (fact.plausible_low) e.axioms.push_back(r.value >= literal(e, *fact.plausible_low));
  if (fact.plausible_high) e.axioms.push_back(r.value <= literal(e, *fact.plausible_high));
}

expr value_of(Encoding& e, const Fact& fact, const std::string& name) {
  switch (fact.kind) {
    case FactKind::choice:
      return whole_named(e, name);
    case FactKind::flag:
    case FactKind::judgement:
      return bool_named(e, name);
    case FactKind::measure:
    case FactKind::condition:
    case FactKind::drug:
    case FactKind::event:
    case FactKind::date:
      return real_named(e, name);
  }
  return real_named(e, name);
}

void relate_results(Encoding& e) {
  for (const auto& [a, x] : e.results)
    for (const auto& [b, y] : e.results) {
      const Ref &narrow = e.model.refs[a], &wide = e.model.refs[b];
      if (a == b || narrow.fact != wide.fact || narrow.of_predicted != wide.of_predicted) continue;
      const expr both = x.known && y.known;
      if (narrow.selector == Selector::latest && wide.selector == Selector::latest &&
          ends_alike(e.model, narrow.window, wide.window)) {
        e.axioms.push_back(implies(x.known, y.known && x.value == y.value));
        if (e.model.fact(narrow.fact).kind == FactKind::measure)
          e.axioms.push_back(implies(x.known, x.upper == y.upper && x.lower == y.lower &&
                                                  x.upper_known == y.upper_known &&
                                                  x.lower_known == y.lower_known));
      }
      if (narrow.window != wide.window || !is_one_result(narrow.selector)) continue;
      if (wide.selector == Selector::highest) e.axioms.push_back(implies(both, x.value <= y.value));
      if (wide.selector == Selector::lowest) e.axioms.push_back(implies(both, x.value >= y.value));
    }
}

// Months and years are completed together, weeks and days too; between the two the calendar leaves a few days
// open.
void relate_ages(Encoding& e) {
  if (e.ages.empty()) return;
  const auto has = [&](DurationUnit unit) { return e.ages.contains(unit); };
  const auto age = [&](DurationUnit unit) {
    return whole_named(e, fmt::format("age in {}", spelling(unit)));
  };
  const expr years = age(DurationUnit::years), months = age(DurationUnit::months);
  e.axioms.push_back(years >= 0 && years <= 130);
  const bool by_days = has(DurationUnit::weeks) || has(DurationUnit::days);
  if (!has(DurationUnit::months) && !by_days) return;
  e.axioms.push_back(months >= 12 * years && months <= 12 * years + 11);
  if (!by_days) return;
  const expr weeks = age(DurationUnit::weeks), days = age(DurationUnit::days);
  e.axioms.push_back(days >= 7 * weeks && days <= 7 * weeks + 6);
  e.axioms.push_back(10 * days >= 304 * months - 40 && 10 * days <= 305 * months + 345 && days >= 0);
}

}  // namespace

expr real_named(Encoding& e, const std::string& name) {
  return e.z.real_const(name.c_str());
}
expr whole_named(Encoding& e, const std::string& name) {
  return e.z.int_const(name.c_str());
}
expr bool_named(Encoding& e, const std::string& name) {
  return e.z.bool_const(name.c_str());
}
expr known_named(Encoding& e, const std::string& fact) {
  return e.knowns.emplace(fact, bool_named(e, fact + " is known")).first->second;
}
expr literal(Encoding& e, const Rational& number) {
  return e.z.real_val(number.to_fraction().c_str());
}
std::string known_name(RefId ref) {
  return fmt::format("result {}", ref);
}

expr all_of(Encoding& e, const std::vector<expr>& list) {
  z3::expr_vector all(e.z);
  for (const expr& x : list) all.push_back(x);
  return z3::mk_and(all);
}
expr any_of(Encoding& e, const std::vector<expr>& list) {
  z3::expr_vector any(e.z);
  for (const expr& x : list) any.push_back(x);
  return z3::mk_or(any);
}

Certain when_known(const expr& known, const expr& met) {
  return {known && met, known && !met};
}

Certain free_condition(Encoding& e, const std::string& name, Span span, std::string reason) {
  if (!e.knowns.contains(name)) e.left_free.push_back({span, std::move(reason)});
  return when_known(known_named(e, name), bool_named(e, name));
}

const ResultVars& result_of(Encoding& e, RefId id) {
  if (const auto found = e.results.find(id); found != e.results.end()) return found->second;
  const Ref& ref = e.model.refs[id];
  const Fact& fact = e.model.fact(ref.fact);
  const std::string name = known_name(id), upper = "upper limit of " + name, lower = "lower limit of " + name;
  const ResultVars made{value_of(e, fact, name), known_named(e, name), real_named(e, upper),
                        known_named(e, upper),   real_named(e, lower), known_named(e, lower)};
  if (fact.kind == FactKind::measure) limit_measure(e, ref, made);
  if (fact.kind == FactKind::choice)
    e.axioms.push_back(made.value >= 0 && made.value < static_cast<int>(fact.values.size()));
  return e.results.emplace(id, made).first->second;
}

void relate(Encoding& e) {
  relate_records(e);
  relate_results(e);
  relate_ages(e);
}

}  // namespace crit
