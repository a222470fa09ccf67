// What the trials of a run ask in common, so that each patient is asked it once.
#pragma once

#include <span>
#include <vector>

#include "interpreter/joined_names.hpp"
#include "interpreter/model.hpp"

namespace crit {

// Conditions have one number where they come to the same for any patient; kNone: no other asks it.
struct CommonConditions {
  struct OfModel {
    std::vector<uint32_t> nodes;     // by NodeId
    std::vector<uint32_t> criteria;  // of what a criterion asks, and when
  };
  std::vector<OfModel> models;
  uint32_t count = 0;
};

// The Models must be of one Schema.
CommonConditions common_conditions(std::span<const Model* const>);

// What one patient is known to need by a criterion that they have in common, by its number.
struct CommonNeeds {
  struct OfCriterion {
    bool known = false;
    NameList names;
  };
  std::vector<OfCriterion> needed;

  void clear(uint32_t count);
};

}  // namespace crit
