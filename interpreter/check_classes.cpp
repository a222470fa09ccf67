// A fact to its class: the members whose records are its own too, what is above it, and the attributes that
// its records have.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/checker.hpp"
#include "interpreter/fact_set.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

// Own declarations and the vocabulary's that say `is name`, in this trial's reading, sorted.
std::vector<FactId> children_of(Checker& c, const Fact& of) {
  if (c.scope.own.empty() && !of.has_members) return {};
  const std::string& name = of.name;
  std::vector<std::pair<std::string_view, FactId>> children;
  for (const auto& [own, id] : c.scope.own) {
    const Fact& fact = c.schema.facts[id];
    if (fact.name == own && std::ranges::find(fact.parents, name) != fact.parents.end())
      children.emplace_back(own, id);
  }
  for (const VocabularyMember& child :
       of.has_members ? vocabulary_children(name) : std::span<const VocabularyMember>()) {
    if (c.scope.own.contains(child.name)) continue;
    const FactId id = fact_of_entry(c.schema, child.entry);
    if (id != kNoFact) children.emplace_back(child.name, id);
  }
  std::ranges::sort(children);
  std::vector<FactId> ids;
  for (const auto& [child, id] : children) ids.push_back(id);
  return ids;
}

void add_ancestors(Checker& c, Class& of, FactId id) {
  for (const std::string& parent : c.schema.facts[id].parents) {
    const FactId up = fact_named(c.schema, c.scope, parent);
    if (up == kNoFact || up == of.fact || std::ranges::find(of.ancestors, up) != of.ancestors.end()) continue;
    of.ancestors.push_back(up);
    add_ancestors(c, of, up);
  }
}

// `acute for`: its own, or the first that is above it, whichever class asks.
std::optional<PlainDuration> acute_of(Checker& c, FactId id) {
  if (c.schema.facts[id].acute || c.schema.facts[id].kind != FactKind::condition)
    return c.schema.facts[id].acute;
  Class of;
  of.fact = id;
  add_ancestors(c, of, id);
  for (FactId up : of.ancestors)
    if (c.schema.facts[up].acute) return c.schema.facts[up].acute;
  return std::nullopt;
}

void add_members(Checker& c, Class& of, FactSet& known, FactId id) {
  if (known.has(id)) return;
  known.add(id);
  const Fact& fact = c.schema.facts[id];
  const size_t place = of.members.size();
  of.members.push_back({id, acute_of(c, id), fact.half_life_days});
  const std::vector<FactId> children = children_of(c, fact);
  of.members[place].has_members = !children.empty();
  for (FactId child : children) add_members(c, of, known, child);
}

}  // namespace

ClassId class_of(Checker& c, FactId id) {
  if (const auto found = c.classes.find(id); found != c.classes.end()) return found->second;
  Class of;
  of.fact = id;
  of.kind = c.schema.facts[id].kind;
  of.part = part_of(of.kind);
  add_ancestors(c, of, id);
  FactSet known;
  add_members(c, of, known, id);
  for (uint32_t place = 0; place < of.members.size(); ++place) of.places.push_back(place);
  std::ranges::sort(of.places, {}, [&](uint32_t place) { return of.members[place].fact; });
  for (const uint32_t place : of.places) of.set.add(of.members[place].fact);
  of.up.add(of.fact);
  for (const FactId ancestor : of.ancestors) {
    of.up.add(ancestor);
    of.wider.push_back({ancestor, acute_of(c, ancestor), std::nullopt, true, true});
  }
  of.kin = of.set;
  of.kin.add(of.up);
  c.model.classes.push_back(std::move(of));
  const auto made = static_cast<ClassId>(c.model.classes.size() - 1);
  c.classes.emplace(id, made);
  return made;
}

ClassId excepted_class(Checker& c, FactId id) {
  const ClassId made = class_of(c, id);
  Class& of = c.model.classes[made];
  if (!of.overlapping.empty()) return made;
  for (const Class::Member& member : of.members) {
    Class above;
    above.fact = member.fact;
    add_ancestors(c, above, member.fact);
    for (const FactId up : above.ancestors)
      if (!of.kin.has(up) && std::ranges::find(of.overlapping, up) == of.overlapping.end())
        of.overlapping.push_back(up);
  }
  return made;
}

namespace {

// The attributes that every record of a kind may have, whatever its declaration says.
struct BuiltIn {
  FactKind kind;
  std::string_view name;
};
constexpr BuiltIn kBuiltIns[] = {
    {FactKind::condition, "severity"}, {FactKind::condition, "grade"}, {FactKind::condition, "active"},
    {FactKind::condition, "intent"},   {FactKind::condition, "site"},  {FactKind::drug, "dose"},
    {FactKind::drug, "route"},         {FactKind::drug, "indication"}, {FactKind::drug, "stop_reason"},
    {FactKind::event, "reason"},       {FactKind::event, "site"}};

// The class's own, or what it inherits.
const AttributeInfo* declared_attribute(Checker& c, const Class& of, std::string_view name) {
  const auto own = [&](FactId id) -> const AttributeInfo* {
    const auto& list = c.schema.facts[id].attributes;
    const auto found = std::ranges::find(list, name, &AttributeInfo::name);
    return found == list.end() ? nullptr : &*found;
  };
  if (const AttributeInfo* a = own(of.fact)) return a;
  for (FactId up : of.ancestors)
    if (const AttributeInfo* a = own(up)) return a;
  return nullptr;
}

}  // namespace

const AttributeInfo* attribute_meant(Checker& c, const Class* of, const Name& name) {
  if (!of) return nullptr;
  const bool is_told = std::ranges::any_of(
      c.diagnostics, [&](const Diagnostic& d) { return d.rule == "duplicate-id" && d.span == name.span; });
  if (!is_told && c.scope.own.contains(name.text) && declared_attribute(c, *of, name.text))
    report(c, "duplicate-id", name.span,
           fmt::format("`{}` is an attribute of {}, and a fact that the trial declares", name.text,
                       c.schema.facts[of->fact].name),
           "give one of them another name");
  return attribute_of(c, *of, name.text);
}

const AttributeInfo* attribute_of(Checker& c, const Class& of, std::string_view name) {
  if (const AttributeInfo* a = declared_attribute(c, of, name)) return a;
  static const std::vector<AttributeInfo> built_in = [] {
    std::vector<AttributeInfo> made;
    for (const BuiltIn& b : kBuiltIns) {
      AttributeInfo info;
      info.name = b.name;
      made.push_back(std::move(info));
    }
    return made;
  }();
  for (size_t i = 0; i < std::size(kBuiltIns); ++i)
    if (kBuiltIns[i].kind == of.kind && kBuiltIns[i].name == name) return &built_in[i];
  return nullptr;
}

namespace {

std::vector<std::string_view> attribute_names(Checker& c, const Class& of) {
  std::vector<std::string_view> names;
  const auto add_own = [&](FactId id) {
    for (const AttributeInfo& a : c.schema.facts[id].attributes) names.push_back(a.name);
  };
  add_own(of.fact);
  std::ranges::for_each(of.ancestors, add_own);
  for (const BuiltIn& b : kBuiltIns)
    if (b.kind == of.kind) names.push_back(b.name);
  return names;
}

}  // namespace

std::string nearest_attribute(Checker& c, const Class& of, std::string_view name) {
  const std::string_view near = nearest_of(attribute_names(c, of), name);
  return slips(name, near) == std::string::npos ? std::string() : std::string(near);
}

std::vector<std::string_view> attributes_of(Checker& c, const Class& of) {
  std::vector<std::string_view> names;
  for (std::string_view name : attribute_names(c, of))
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  return names;
}

}  // namespace crit
