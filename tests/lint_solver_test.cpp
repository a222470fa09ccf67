// The solver against the evaluator: whatever a real or a random patient's conditions come to, all of it
// together must be possible to the solver. A finding says that something is impossible; here no patient may
// show that it is not.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>

#include "interpreter/load.hpp"
#include "interpreter/read_cases.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/verdict.hpp"
#include "tests/test.hpp"
#include "tools/lint/logic.hpp"

using namespace crit;

namespace {

std::vector<std::string> trials() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(CRIT_SOURCE_DIR "/trials"))
    if (entry.path().extension() == ".crit") paths.push_back(entry.path().string());
  std::ranges::sort(paths);
  return paths;
}

LintInput input_of(Rules& rules, const LoadedTrial& trial) {
  return {.source = rules.sources[trial.file],
          .trial = rules.parsed[trial.file].trial,
          .model = trial.model,
          .schema = rules.schema,
          .has_errors = has_error(trial.diagnostics),
          .protocol = std::nullopt};
}

// Every condition of the trial as a criterion of its own, so that the evaluator tells what each comes to.
Model one_by_one(const Model& whole, const Proofs& proofs) {
  Model model = whole;
  model.criteria.clear();
  model.arms.clear();
  for (const Clause& clause : proofs.clauses) {
    CriterionModel c;
    c.condition = clause.node;
    model.criteria.push_back(std::move(c));
  }
  return model;
}

// What the evaluator says of the patient must be possible to the solver, all of it together.
bool is_possible(Proofs& proofs, const Model& model, const Patient& patient) {
  if (refusal(model, patient)) return true;
  Verdict verdict;
  evaluate(model, patient, kNone, verdict);
  Claims claims;
  for (uint32_t i = 0; i < model.criteria.size(); ++i) {
    const NodeId node = model.criteria[i].condition;
    if (verdict.holds[i] == Truth::yes) claims.push_back({Claim::Kind::yes, node});
    if (verdict.holds[i] == Truth::no) claims.push_back({Claim::Kind::no, node});
  }
  if (!never(proofs, claims)) return true;
  for (const Claim& claim : collision(*proofs.solver, claims))
    UNSCOPED_INFO(fmt::format("node {} is {}", claim.of, claim.kind == Claim::Kind::yes ? "met" : "not met"));
  return false;
}

// --- random patients: near the numbers, periods and words that the rules name
// ------------------------------------

constexpr int kRandomPatients = 40;  // of each trial
constexpr Civil kScreening{2025, 3, 1};

struct Dice {
  std::mt19937& random;
  size_t below(size_t n) { return n == 0 ? 0 : random() % n; }
  bool one_in(size_t n) { return below(n) == 0; }
  template <typename List>
  const auto& of(const List& list) {
    return list[below(std::size(list))];
  }
};

struct RandomPatient {
  const Model& model;
  Dice dice;
  std::vector<Rational> numbers = {Rational(0), Rational(1)};
  std::string text = "patient random\n  screening 2025-03-01\n";

  void line(const std::string& words) { text += "  " + words + "\n"; }

  std::string day() {
    static constexpr int kAgo[] = {0,   1,   2,   6,   7,   8,   13,   14,   15,   27,   28,  29,  30,
                                   31,  59,  61,  83,  84,  85,  89,   90,   91,   92,   100, 181, 182,
                                   184, 364, 365, 366, 400, 700, 1094, 1096, 1825, 1827, 5000};
    return day_to_string(to_day(kScreening) - static_cast<Day>(dice.of(kAgo)));
  }
  std::string number() {
    static constexpr int kBeside[] = {-1, 0, 0, 0, 1};
    const Rational n = dice.of(numbers) + Rational(dice.of(kBeside)) / Rational(dice.one_in(2) ? 1 : 10);
    return n.to_decimal(6).text;
  }

  void result(const Fact& fact) {
    const std::string unit = fact.unit_text == "1" ? "" : " " + fact.unit_text;
    const bool predicted = fact.percent_of_predicted && dice.one_in(2);
    const std::string limits =
        dice.one_in(3) ? "" : " (ULN " + std::to_string(20 + dice.below(60)) + unit + ", LLN 5" + unit + ")";
    line(fact.name + " " + number() + (predicted ? "%" : unit + limits) + " on " + day());
  }

  void fact(const Fact& fact) {
    const std::string answer = dice.one_in(2) ? " yes" : " no";
    switch (fact.kind) {
      case FactKind::measure:
        return result(fact);
      case FactKind::choice:
        return line(fact.name + " " + dice.of(fact.values));
      case FactKind::flag:
        return line(fact.name + answer);
      case FactKind::judgement:
        return line(fact.name + answer + " by \"Dr Example\" on 2025-02-28");
      case FactKind::date:
        return line(fact.name + " " + day());
      case FactKind::condition:
      case FactKind::drug:
      case FactKind::event:
        return;
    }
  }

  // An attribute that the rules ask of the class's records: `reason respiratory`.
  void attributes(NodeId node, std::vector<std::string>& found) {
    const Condition& what = model.nodes[node].what;
    const auto each = [&](Children nodes) {
      for (uint32_t inner : model.list(nodes)) attributes(inner, found);
    };
    if (const auto* all = std::get_if<AllOf>(&what)) each(all->nodes);
    if (const auto* any = std::get_if<AnyOf>(&what)) each(any->nodes);
    if (const auto* no = std::get_if<Negation>(&what)) attributes(no->operand, found);
    if (const auto* one = std::get_if<AttributeOneOf>(&what))
      found.push_back(one->name + " " + dice.of(one->words));
    if (const auto* yes = std::get_if<AttributeYes>(&what))
      found.push_back(yes->name + (dice.one_in(2) ? " yes" : " no"));
    if (const auto* compare = std::get_if<Compare>(&what))
      for (uint32_t i = 0; i < compare->count; ++i)
        if (const auto* a = std::get_if<AttributeNumber>(&model.values[compare->values[i]].what))
          found.push_back(a->name + " " + std::to_string(dice.below(6)));
  }

  void record(const RecordsOf& asked) {
    const Class& of = model.classes[asked.of];
    const Fact& fact = model.fact(dice.of(of.members).fact);
    if (dice.one_in(6)) return line("no " + fact.name);
    std::string words = fact.name;
    if (fact.kind == FactKind::drug && !dice.one_in(3))
      words += " " + std::to_string(5 * (1 + dice.below(60))) + " mg/day";
    const std::string a = day(), b = day();
    if (fact.kind == FactKind::event || dice.one_in(6))
      words += " on " + a;
    else
      words += dice.one_in(2) ? " since " + a : " from " + std::min(a, b) + " to " + std::max(a, b);
    std::vector<std::string> with;
    if (asked.with != kNone) attributes(asked.with, with);
    for (const auto& exception : asked.exceptions)
      if (exception.with != kNone) attributes(exception.with, with);
    if (!with.empty() && !dice.one_in(4)) words += " with " + dice.of(with);
    line(words);
  }

  std::string make() {
    for (const ValueNode& v : model.values)
      if (const auto* literal = std::get_if<Literal>(&v.what)) numbers.push_back(literal->number);
    const auto years = static_cast<int>(std::clamp(dice.of(numbers).to_double(), 0.0, 90.0));
    const Day born = add_months(to_day(kScreening), -12 * years) + static_cast<Day>(dice.below(3)) - 1;
    line("birth_date " + day_to_string(std::min(born, to_day(kScreening))));
    std::set<FactId> given;
    for (const Ref& ref : model.refs)
      if (!dice.one_in(5) && given.insert(ref.fact).second) fact(model.fact(ref.fact));
    for (const WindowSpec& w : model.windows)
      if (w.anchor.kind == AnchorSpec::Kind::date_fact && given.insert(w.anchor.date).second)
        fact(model.fact(w.anchor.date));
    for (const Node& node : model.nodes)
      if (const auto* asked = std::get_if<RecordsOf>(&node.what); asked && dice.one_in(3)) record(*asked);
    if (dice.one_in(2)) line("complete conditions, drugs, events");
    return text;
  }
};

std::string random_patient(const Model& model, std::mt19937& random) {
  return RandomPatient{model, {random}}.make();
}

}  // namespace

TEST_CASE("every patient of the trials' cases is possible to the solver") {
  size_t patients = 0;
  for (const std::string& path : trials()) {
    Rules rules;
    std::string problem;
    const auto trial = load(rules, path, problem);
    REQUIRE(trial);
    const LintInput input = input_of(rules, *trial);
    Proofs* proofs = proofs_of(input);
    REQUIRE(proofs);
    const Model model = one_by_one(trial->model, *proofs);
    const auto source =
        read_source(std::filesystem::path(path).replace_extension(".cases").string(), problem);
    if (!source) continue;
    Intake intake(rules.schema);
    for (const Case& tried : read_cases(intake, *source).cases) {
      INFO(tried.where);
      CHECK(is_possible(*proofs, model, tried.patient));
      ++patients;
    }
  }
  CHECK(patients > 200);
}

TEST_CASE("random patients of the trials are possible to the solver") {
  std::mt19937 random(20250301);
  size_t patients = 0;
  for (const std::string& path : trials()) {
    Rules rules;
    std::string problem;
    const auto trial = load(rules, path, problem);
    REQUIRE(trial);
    const LintInput input = input_of(rules, *trial);
    Proofs* proofs = proofs_of(input);
    REQUIRE(proofs);
    const Model model = one_by_one(trial->model, *proofs);
    for (int i = 0; i < kRandomPatients; ++i) {
      const std::string text = random_patient(trial->model, random);
      INFO(path << "\n" << text);
      Intake intake(rules.schema);
      intake.broken = [](const Fault&) {};
      intake.each = [&](const Patient& patient) {
        CHECK(is_possible(*proofs, model, patient));
        patients += !refusal(model, patient);
        return true;
      };
      Input in = Input::of_text("random", text);
      read_patients(intake, in);
    }
  }
  CHECK(patients > 100);
}
