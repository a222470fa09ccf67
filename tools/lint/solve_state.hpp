// The solver with what it was told; for its own files.
#pragma once

#include <map>
#include <optional>

#include "tools/lint/encode.hpp"
#include "tools/lint/solve.hpp"

namespace crit {

struct Solver {
  explicit Solver(const Model& m) : model(m), encoding{m, context}, z3(context, z3::solver::simple()) {}

  const Model& model;
  z3::context context;
  Encoding encoding;
  z3::solver z3;
  std::map<Claim, z3::expr> claims;  // each a variable that implies what is claimed
  std::map<Claims, Possible> asked;
  std::vector<uint32_t> components;
  uint64_t steps = 0;  // of Z3 so far, for all questions
  uint32_t questions = 0, open = 0;
};

// The values of a patient of whom all of this is true.
std::optional<z3::model> patient_of(Solver&, const Claims&);

}  // namespace crit
