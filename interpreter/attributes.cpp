// The table of built-in attributes, and the walk up to a fact's parents.
#include "interpreter/attributes.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace crit {

namespace {

std::vector<AttributeInfo> any_word(std::initializer_list<std::string_view> names) {
  std::vector<AttributeInfo> made;
  for (const std::string_view name : names) made.emplace_back().name = name;
  return made;
}

void add_missing(std::vector<AttributeInfo>& all, std::span<const AttributeInfo> more) {
  for (const AttributeInfo& info : more)
    if (std::ranges::find(all, info.name, &AttributeInfo::name) == all.end()) all.push_back(info);
}

}  // namespace

std::span<const AttributeInfo> built_in_attributes(FactKind kind) {
  static const auto of_conditions = any_word({"severity", "grade", "active", "intent", "site"});
  static const auto of_drugs = any_word({"dose", "route", "indication", "stop_reason"});
  static const auto of_events = any_word({"reason", "site"});
  switch (kind) {
    case FactKind::condition:
      return of_conditions;
    case FactKind::drug:
      return of_drugs;
    case FactKind::event:
      return of_events;
    case FactKind::measure:
    case FactKind::flag:
    case FactKind::choice:
    case FactKind::judgement:
    case FactKind::date:
      return {};
  }
  return {};
}

std::vector<AttributeInfo> attributes_in_data(Schema& schema, const Fact& fact) {
  std::vector<AttributeInfo> all;
  std::vector<const Fact*> walk{&fact};
  for (size_t at = 0; at < walk.size(); ++at) {
    add_missing(all, walk[at]->attributes);
    for (const std::string& parent : walk[at]->parents)
      for (const FactId id : readings_of(schema, parent))
        if (std::ranges::find(walk, &schema.facts[id]) == walk.end()) walk.push_back(&schema.facts[id]);
  }
  add_missing(all, built_in_attributes(fact.kind));
  return all;
}

}  // namespace crit
