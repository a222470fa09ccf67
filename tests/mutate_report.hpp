// Slips that were tried, to the table of how many each kind had and what caught them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grammar/source.hpp"
#include "tests/slips.hpp"

namespace crit {

struct TrialText {
  std::string path;
  std::string text;
  Source cases;
  std::optional<std::string> protocol;
};

struct Mutant {
  const TrialText* trial = nullptr;
  SlipPlace place;
  size_t variant = 0;
  // What came of it.
  std::string rule = {};  // that found it; empty: none
  bool refused = false, by_solver = false, by_cases = false;
};

struct Row {
  int slips = 0, refused = 0, rules = 0, solver = 0, cases = 0, either = 0;
  double percent(int n) const { return slips == 0 ? 0 : 100.0 * n / slips; }
  int lint() const { return refused + rules + solver; }
};

// A line for one slip: where, what was changed, what caught it.
void print_slip(const Mutant&);

// The table by kind; what came of all of them.
Row print_table(const std::vector<Mutant>&);

}  // namespace crit
