// Definitions as a whole: what one is, a condition or a value; one that is defined by itself, and one that
// grows too large when the others that it names are written out in it.
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

NodeId resolved(Checker& c, Checker::Definition& definition) {
  const Define& define = *definition.define;
  if (definition.condition) return *definition.condition;
  if (is_circular(c, definition)) return unknown_node(c, define.name.span);
  definition.open = true;
  NodeId made = check_condition(c, *define.value, {});
  if (define.same_day) made = add(c, OfOneDay{made}, c.model.nodes[made].span);
  if (is_too_large(c, define, made)) made = unknown_node(c, define.name.span);
  definition.open = false;
  definition.condition = made;
  return made;
}

namespace {

constexpr size_t kMaxDefinitions = 64;  // that are looked through for what one is

struct Meaning {
  Checker& c;
  std::vector<const Define*>& passed;

  Means operator()(const Records& r) const {
    if (r.count != Records::Count::some || r.with || !r.exceptions.empty()) return Means::condition;
    if (compares_between(c, r)) return Means::condition;
    if (c.doubled.contains(r.name.text)) return Means::unknown;
    if (const auto found = c.definitions.find(r.name.text); found != c.definitions.end())
      return of_definition(found->second.define);
    const FactId id = fact_named(c.schema, c.scope, r.name.text);
    if (id == kNoFact || c.schema.facts[id].broken) return Means::unknown;
    const FactKind kind = c.schema.facts[id].kind;
    const bool is_value = kind == FactKind::measure || kind == FactKind::date || kind == FactKind::choice;
    return is_value ? Means::value : Means::condition;
  }
  Means of_definition(const Define* define) const {
    if (define->unit) return Means::value;
    if (!define->value || std::ranges::find(passed, define) != passed.end()) return Means::unknown;
    if (passed.size() == kMaxDefinitions) return Means::condition;
    passed.push_back(define);
    return of(*define->value);
  }
  Means of(const Expr& e) const { return std::visit(*this, e.node); }
  Means operator()(const Paren& p) const { return of(*p.inner); }
  Means operator()(const If& i) const {
    const Means then = of(*i.then_branch);
    return then == Means::unknown && i.else_branch ? of(*i.else_branch) : then;
  }
  Means operator()(const Windowed& w) const { return of(*w.inner); }
  Means operator()(const Quantity&) const { return Means::value; }
  Means operator()(const DateLiteral&) const { return Means::value; }
  Means operator()(const Limit&) const { return Means::value; }
  Means operator()(const Negative&) const { return Means::value; }
  Means operator()(const Arithmetic&) const { return Means::value; }
  Means operator()(const Call&) const { return Means::value; }
  Means operator()(const Selection&) const { return Means::value; }
  Means operator()(const DoseOf&) const { return Means::value; }
  Means operator()(const Broken&) const { return Means::unknown; }
  Means operator()(const YesNo&) const { return Means::condition; }
  Means operator()(const Stable&) const { return Means::condition; }
  Means operator()(const Judgement&) const { return Means::condition; }
  Means operator()(const Not&) const { return Means::condition; }
  Means operator()(const Logic&) const { return Means::condition; }
  Means operator()(const ListOf&) const { return Means::condition; }
  Means operator()(const Comparison&) const { return Means::condition; }
  Means operator()(const Between&) const { return Means::condition; }
  Means operator()(const Membership&) const { return Means::condition; }
  Means operator()(const Is&) const { return Means::condition; }
};

}  // namespace

Means meaning(Checker& c, const Expr& e) {
  std::vector<const Define*> passed;
  return Meaning{c, passed}.of(e);
}

}  // namespace crit
