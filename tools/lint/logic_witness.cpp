// The solver's values to lines of the text form, and the text through the reader and the evaluator.
#include "tools/lint/logic_witness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "interpreter/read_patients.hpp"
#include "interpreter/verdict.hpp"
#include "tools/lint/solve_state.hpp"

namespace crit {

namespace {

// Any day will do: the day of screening of every witness, and of its results.
constexpr Civil kScreening{2025, 3, 1};

using z3::expr;

// The variables that stand in a formula.
void collect(const expr& e, std::set<unsigned>& seen, std::set<std::string>& names) {
  if (!seen.insert(e.id()).second) return;
  if (e.is_const() && e.decl().decl_kind() == Z3_OP_UNINTERPRETED) names.insert(e.decl().name().str());
  for (unsigned i = 0; i < e.num_args(); ++i) collect(e.arg(i), seen, names);
}

struct Writer {
  const LintInput& input;
  const Encoding& e;
  const z3::model& model;
  std::set<std::string> names = {};  // of the variables in question
  std::string text = {};
  bool exact = true;  // false: a value has no decimal form

  bool names_it(const expr& variable) const { return names.contains(variable.decl().name().str()); }
  bool is_true(const expr& formula) const { return model.eval(formula, true).is_true(); }
  std::optional<Rational> number(const expr& value) const {
    const expr found = model.eval(value, true);
    const auto num = Rational::parse(found.numerator().get_decimal_string(0));
    const auto den = Rational::parse(found.denominator().get_decimal_string(0));
    return num && den ? std::optional(*num / *den) : std::nullopt;
  }
  std::string decimal(const expr& value) {
    const auto n = number(value);
    const Decimal d = n ? n->to_decimal() : Decimal{"0", false};
    exact = exact && d.exact;
    return d.text;
  }
  void line(const std::string& words) { text += "  " + words + "\n"; }
  static std::string day(int64_t days_after) {
    return day_to_string(to_day(kScreening) + static_cast<Day>(days_after));
  }

  void measure(const Fact& fact, const Ref& ref, const ResultVars& r) {
    const std::string unit = fact.unit_text == "1" ? "" : fact.unit_text;
    const auto amount = [&](const expr& value) {
      const std::string n = decimal(value);
      return ref.of_predicted ? n + "%" : unit.empty() ? n : unit == "%" ? n + "%" : n + " " + unit;
    };
    std::string limits;
    if (names_it(r.upper) && is_true(r.upper_known)) limits += "ULN " + amount(r.upper);
    if (names_it(r.lower) && is_true(r.lower_known))
      limits += (limits.empty() ? "LLN " : ", LLN ") + amount(r.lower);
    if (!limits.empty()) limits = " (" + limits + ")";
    line(fmt::format("{} {}{} on {}", fact.name, amount(r.value), limits, day(0)));
  }

  void result(RefId id, const ResultVars& r) {
    const Ref& ref = input.model.refs[id];
    const Fact& fact = input.model.fact(ref.fact);
    if (!is_true(r.known)) return;
    switch (fact.kind) {
      case FactKind::measure:
        return measure(fact, ref, r);
      case FactKind::choice: {
        const auto index = number(r.value).value_or(Rational(0)).to_int64().value_or(0);
        return line(fmt::format("{} {}", fact.name, fact.values[static_cast<size_t>(index)]));
      }
      case FactKind::flag:
        return line(fmt::format("{} {}", fact.name, is_true(r.value) ? "yes" : "no"));
      case FactKind::judgement:
        return line(
            fmt::format("{} {} by \"Dr Example\" on {}", fact.name, is_true(r.value) ? "yes" : "no", day(0)));
      case FactKind::condition:
      case FactKind::drug:
      case FactKind::event:
      case FactKind::date:
        return;
    }
  }

  // The day on which an age is reached, by the finest unit that the rules ask it in.
  void birth_date() {
    for (const DurationUnit unit :
         {DurationUnit::days, DurationUnit::weeks, DurationUnit::months, DurationUnit::years}) {
      const auto found = e.ages.find(unit);
      if (found == e.ages.end() || !names_it(found->second)) continue;
      const auto n = static_cast<int32_t>(number(found->second).value_or(Rational(0)).to_int64().value_or(0));
      const TimeUnit in = unit == DurationUnit::days     ? TimeUnit::days
                          : unit == DurationUnit::weeks  ? TimeUnit::weeks
                          : unit == DurationUnit::months ? TimeUnit::months
                                                         : TimeUnit::years;
      return line("birth_date " + day_to_string(minus(to_day(kScreening), {n, in})));
    }
  }

  // One record for each pattern that is met, of its class, ongoing; what else is asked of it the evaluator
  // finds missing.
  void records() {
    bool any = false;
    for (uint32_t i = 1; i < e.records.size(); ++i) {
      const RecordVars& r = e.records[i];
      const auto one = r.at_least.find(1);
      if (one == r.at_least.end() || !names_it(one->second)) continue;
      any = true;
      if (!is_true(one->second)) continue;
      const Fact& fact = input.model.fact(input.model.classes[r.asked.of].fact);
      line(fact.kind == FactKind::event ? fmt::format("{} on {}", fact.name, day(0))
                                        : fmt::format("{} since {}", fact.name, day(-366)));
    }
    if (any) line("complete conditions, drugs, events");
  }

  void write() {
    text = "patient example\n";
    line("screening " + day(0));
    birth_date();
    for (const auto& [id, r] : e.results)
      if (names_it(r.value)) result(id, r);
    records();
  }
};

// A trial whose criteria are the conditions in question.
Model model_of(const Model& whole, const std::vector<Expected>& expected) {
  Model model = whole;
  model.criteria.clear();
  model.arms.clear();
  for (const Expected& x : expected) {
    CriterionModel c;
    c.condition = x.node;
    model.criteria.push_back(std::move(c));
  }
  return model;
}

bool is_confirmed(const LintInput& input, const std::string& text, const std::vector<Expected>& expected) {
  const Model model = model_of(input.model, expected);
  bool confirmed = false;
  Intake intake(input.schema);
  intake.broken = [](const Fault&) {};
  intake.each = [&](const Patient& patient) {
    if (refusal(model, patient)) return true;
    Verdict verdict;
    evaluate(model, patient, kNone, verdict);
    confirmed = true;
    for (size_t i = 0; i < expected.size(); ++i)
      confirmed = confirmed && verdict.holds[i] == expected[i].truth;
    return true;
  };
  Input in = Input::of_text("witness", text);
  read_patients(intake, in);
  return confirmed;
}

}  // namespace

std::optional<std::string> witness(const LintInput& input, const Claims& claims,
                                   const std::vector<Expected>& expected) {
  Proofs& proofs = *proofs_of(input);
  Solver& solver = *proofs.solver;
  const auto model = patient_of(solver, claims);
  if (!model) return std::nullopt;
  Writer writer{input, solver.encoding, *model};
  std::set<unsigned> seen;
  for (const Expected& x : expected) {
    const Certain c = certain_of(solver.encoding, x.node);
    collect(c.yes, seen, writer.names);
    collect(c.no, seen, writer.names);
  }
  writer.write();
  if (writer.exact && is_confirmed(input, writer.text, expected)) {
    writer.text.pop_back();  // the end of the last line
    return writer.text;
  }
  ++proofs.unconfirmed;
  return std::nullopt;
}

}  // namespace crit
