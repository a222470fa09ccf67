// A model to a copy whose limits can be moved a little, one at a time: whom the moved limit lets in, misses
// it by a little.
#pragma once

#include <vector>

#include "interpreter/model.hpp"
#include "interpreter/verdict.hpp"

namespace crit {

// Where a measure or a dose is held against a number or its reference limits: not an age, a date or a period,
// the grade of a choice or a count, and none inside `with`.
struct MovableLimit {
  uint32_t criterion;
  Span span;  // of the comparison
  struct Place {
    NodeId node;
    std::vector<Condition> moved;  // what stands there with an end moved, a share higher or lower
  };
  // Several where it stands in a definition that the criterion names twice: they move together.
  std::vector<Place> places;
};

struct MovableLimits {
  Model model;
  std::vector<MovableLimit> limits;  // in the order of the criteria
};

// Each limit can be moved by this share of itself, up or down.
MovableLimits movable_limits(const Model&, const Rational& share);

// Whether the criterion of this limit passes with one end of the limit moved. The verdict lends its memory:
// one for each MovableLimits.
bool passes_when_moved(MovableLimits&, uint32_t limit, const Patient&, uint32_t arm, const Verdict&);

}  // namespace crit
