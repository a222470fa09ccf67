// Comparisons as bounds of one value: `ALT <= 2.5*ULN` is an upper bound of ALT, `18 <= age < 65` two bounds
// of age.
#pragma once

#include <optional>
#include <vector>

#include "interpreter/model.hpp"

namespace crit {

struct BoundOn {
  NodeId node = kNone;  // the Compare
  uint32_t link = 0;    // which of its comparisons
  ValueId subject = kNone, limit = kNone;
  CompareOp op = CompareOp::equal;  // subject op limit
};

bool is_upper(const BoundOn&);   // < or <=
bool is_lower(const BoundOn&);   // > or >=
bool is_strict(const BoundOn&);  // < or >

// The bounds of a comparison; none where it is not of one value against a number or a reference limit.
std::vector<BoundOn> bounds_of(const Model&, NodeId);

// Those that hold where the condition does: its own, and those of what it joins by `and`.
std::vector<BoundOn> bounds_joined(const Model&, NodeId);

// All that stand anywhere in the condition.
std::vector<BoundOn> bounds_within(const Model&, NodeId);

// The number that a value is, where only the rule says it.
std::optional<Rational> constant_of(const Model&, ValueId);

// The fact that a value is of: a measure, or birth_date for an age; kNoFact: of several, or of none.
FactId fact_of(const Model&, ValueId);

}  // namespace crit
