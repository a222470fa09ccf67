// A condition of the model to the conditions that it is made of.
#pragma once

#include "interpreter/model.hpp"

namespace crit {

// Calls f for each, of an `if` for its condition and both branches; for none where it asks of the patient
// itself.
template <typename Each>
void for_each_part(const Model& model, const Condition& what, Each f) {
  const auto each = [&](Children parts) {
    for (const NodeId part : model.list(parts)) f(part);
  };
  if (const auto* all = std::get_if<AllOf>(&what)) each(all->nodes);
  if (const auto* any = std::get_if<AnyOf>(&what)) each(any->nodes);
  if (const auto* count = std::get_if<CountOf>(&what)) each(count->nodes);
  if (const auto* negation = std::get_if<Negation>(&what)) f(negation->operand);
  if (const auto* of_day = std::get_if<OfOneDay>(&what)) f(of_day->condition);
  if (const auto* choose = std::get_if<Choose>(&what)) {
    f(choose->condition);
    f(choose->then_node);
    if (choose->else_node != kNone) f(choose->else_node);
  }
}

}  // namespace crit
