// The logic rules: what the solver says against what the evaluator says of real and of random patients, and the findings
// of small trials (lint_logic.txt) and of those in trials/.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "interpreter/load.hpp"
#include "interpreter/read_cases.hpp"
#include "interpreter/read_patients.hpp"
#include "interpreter/verdict.hpp"
#include "tests/test.hpp"
#include "tests/transcript.hpp"
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
    const auto source = read_source(std::filesystem::path(path).replace_extension(".cases").string(), problem);
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
