// Definitions as a whole: one that is defined by itself, and one that grows too large when the others that it
// names are written out in it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "interpreter/checker.hpp"

namespace crit {

bool is_circular(Checker& c, Checker::Definition& definition) {
  if (definition.circular) return true;
  if (!definition.open) return false;
  report(c, "circular-definition", definition.define->name.span,
         fmt::format("`{}` is defined by itself", definition.define->name.text));
  for (auto& [name, other] : c.definitions) other.circular = other.circular || other.open;
  return true;
}

namespace {

uint64_t unfolded(Checker& c, NodeId id) {
  if (id == kNone) return 0;
  if (const auto known = c.unfolded.find(id); known != c.unfolded.end()) return known->second;
  uint64_t parts = 1;
  const auto add = [&](NodeId node) { parts = std::min(parts + unfolded(c, node), 2 * kMaxUnfolded); };
  const Condition& what = c.model.nodes[id].what;
  const auto add_all = [&](Children nodes) {
    for (const NodeId node : c.model.list(nodes)) add(node);
  };
  if (const auto* all = std::get_if<AllOf>(&what)) add_all(all->nodes);
  if (const auto* any = std::get_if<AnyOf>(&what)) add_all(any->nodes);
  if (const auto* count = std::get_if<CountOf>(&what)) add_all(count->nodes);
  if (const auto* negation = std::get_if<Negation>(&what)) add(negation->operand);
  if (const auto* of_day = std::get_if<OfOneDay>(&what)) add(of_day->condition);
  if (const auto* choose = std::get_if<Choose>(&what))
    for (const NodeId node : {choose->condition, choose->then_node, choose->else_node}) add(node);
  return c.unfolded[id] = parts;
}

}  // namespace

void report_too_large(Checker& c, const Define& define) {
  if (std::exchange(c.told_too_large, true)) return;
  // Not the one that is written out last is large, but the one that all are written into.
  const Define* largest = &define;
  for (const auto& [name, other] : c.definitions)
    if (other.open && other.define->name.span.begin > largest->name.span.begin) largest = other.define;
  report(c, "too-deep", largest->name.span,
         fmt::format("`{}` has more than {} parts, with the definitions that it names written out",
                     largest->name.text, kMaxUnfolded),
         "name each definition once");
}

bool is_too_large(Checker& c, const Define& define, NodeId made) {
  if (unfolded(c, made) <= kMaxUnfolded) return false;
  report_too_large(c, define);
  return true;
}

}  // namespace crit
