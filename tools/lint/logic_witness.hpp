// A patient that the solver found, as a text that people read, and only if the evaluator agrees with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/lint/logic.hpp"

namespace crit {

// What the evaluator has to say of the patient. The witness shows the facts that these conditions name.
struct Expected {
  NodeId node;
  Truth truth;
};

// The text form of a patient of whom all claims are true; nullopt where there is none, or where the evaluator
// reads the text and comes to something else than is expected.
std::optional<std::string> witness(const LintInput&, const Claims&, const std::vector<Expected>&);

}  // namespace crit
