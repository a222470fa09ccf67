// Definitions as a whole: one that is defined by itself, and one that grows too large when the others that it
// names are written out in it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "interpreter/checker.hpp"
#include "interpreter/condition_parts.hpp"

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
  if (const auto known = c.unfolded.find(id); known != c.unfolded.end()) return known->second;
  uint64_t parts = 1;
  for_each_part(c.model, c.model.nodes[id].what,
                [&](NodeId part) { parts = std::min(parts + unfolded(c, part), 2 * kMaxUnfolded); });
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
