// Decides the patients of a batch together, as evaluate() does one.
#pragma once

#include <vector>

#include "interpreter/batch.hpp"
#include "interpreter/common_conditions.hpp"
#include "interpreter/verdict.hpp"

namespace crit {

// What one trial has been told of a batch, and all of the run's.
struct BatchAnswers {
  std::vector<Answered> nodes;   // by NodeId
  std::vector<Answered> common;  // by the numbers of CommonConditions
  // By place, of each all criteria: the outcomes, and what the conditions came to.
  std::vector<Outcome> outcomes;
  std::vector<Truth> holds;
  Places failed = 0, open = 0;  // who fails some criterion of any arm, and of whom one is unknown
  const CommonConditions::OfModel* numbers = nullptr;

  // Where what is known of a condition is kept: its own place, or the one that all trials share.
  template <typename Answers>
  static auto& kept(Answers& all, NodeId node) {
    const uint32_t number = all.numbers ? all.numbers->nodes[node] : kNone;
    return number == kNone ? all.nodes[node] : all.common[number];
  }
  // Of the condition, for a patient; nothing where that was not asked.
  std::optional<Truth> of(NodeId node, uint32_t place) const {
    const Answered& known = kept(*this, node);
    if (!(known.asked >> place & 1)) return std::nullopt;
    return known.truths.at(place);
  }
};

// Asks those who are at these places, each of whom the model can decide. `numbers`: null, or what this model
// has in common with others, whose answers are then used and kept in BatchAnswers::common.
void evaluate(const Model&, const Batch&, Places, const CommonConditions::OfModel* numbers, BatchAnswers&,
              Scratch&);

// The verdict of one of them, to be used until the answers are another model's or batch's.
void take(const Model&, const BatchAnswers&, uint32_t place, uint32_t arm, Verdict&);

}  // namespace crit
