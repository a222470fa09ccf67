// The attributes of a record that a `with` looks at, in words.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/condition_parts.hpp"
#include "interpreter/explanation.hpp"

namespace crit {

namespace {

struct Asked {
  const Model& model;
  std::vector<std::string_view>& names;

  void node(NodeId id) const {
    if (id == kNone) return;  // no `with`
    const Condition& what = model.nodes[id].what;
    std::visit(*this, what);
    for_each_part(model, what, [&](NodeId part) { node(part); });
  }
  void name(std::string_view attribute) const {
    if (std::ranges::find(names, attribute) == names.end()) names.push_back(attribute);
  }

  void operator()(const Compare& q) const {
    for (size_t i = 0; i < q.count; ++i)
      for (ValueId part : subjects_of(model, q.values[i]))
        if (const auto* number = std::get_if<AttributeNumber>(&model.values[part].what)) name(number->name);
  }
  void operator()(const AttributeOneOf& q) const { name(q.name); }
  void operator()(const AttributeYes& q) const { name(q.name); }
  void operator()(const AttributeKnown& q) const { name(q.name); }
  void operator()(const auto&) const {}  // of the patient, not of the record
};

// As the attribute is declared, by the class or by one of its members or parents.
std::string unit_of(const Evaluation& e, const Class& of, std::string_view attribute) {
  const auto declared = [&](FactId fact) -> const AttributeInfo* {
    const auto& all = e.model.fact(fact).attributes;
    const auto found = std::ranges::find(all, attribute, &AttributeInfo::name);
    return found == all.end() ? nullptr : &*found;
  };
  for (const Class::Member& member : of.members)
    if (const AttributeInfo* info = declared(member.fact)) return info->unit_text;
  for (FactId ancestor : of.ancestors)
    if (const AttributeInfo* info = declared(ancestor)) return info->unit_text;
  return {};
}

std::string value_words(const Evaluation& e, const RecordsOf& q, std::string_view name,
                        const AttributeValue& value) {
  if (value.yes) return *value.yes ? "yes" : "no";
  if (value.number) return with_unit(number_words(*value.number), unit_of(e, e.model.classes[q.of], name));
  return std::string(value.word);
}

}  // namespace

std::string attributes_words(Evaluation& e, const RecordsOf& q, uint32_t record) {
  std::vector<std::string_view> names;
  const Asked asked{e.model, names};
  asked.node(q.with);
  for (const RecordsOf::Exception& x : q.exceptions) asked.node(x.with);
  std::vector<std::string> texts;
  for (std::string_view name : names) {
    std::vector<std::string> values;
    for (const AttributeValue& value : attributes_of(e, record)) {
      if (value.name != name) continue;
      if (std::string words = value_words(e, q, name, value); !words.empty()) values.push_back(words);
    }
    if (!values.empty()) texts.push_back(fmt::format("{} {}", name, joined(values, " and ")));
  }
  return joined(texts, ", ");
}

namespace {

struct TellOfPatient {
  Telling& to;
  NodeId id;

  void nodes(Children children) const {
    for (NodeId node : to.e.model.list(children)) tell_of_patient(to, node);
  }
  void operator()(const AllOf& q) const { nodes(q.nodes); }
  void operator()(const AnyOf& q) const { nodes(q.nodes); }
  void operator()(const CountOf& q) const { nodes(q.nodes); }
  void operator()(const Negation& q) const { tell_of_patient(to, q.operand); }
  void operator()(const OfOneDay& q) const { tell_of_patient(to, q.condition); }
  void operator()(const Compare& q) const {
    for (size_t i = 0; i < q.count; ++i)
      for (ValueId part : subjects_of(to.e.model, q.values[i])) {
        const Value& what = to.e.model.values[part].what;
        if (std::holds_alternative<AttributeNumber>(what) || std::holds_alternative<RecordDose>(what)) return;
      }
    tell(to, id);
  }
  void operator()(const Choose&) const {}
  void operator()(const AttributeOneOf&) const {}
  void operator()(const AttributeYes&) const {}
  void operator()(const AttributeKnown&) const {}
  void operator()(const auto&) const { tell(to, id); }
};

}  // namespace

void tell_of_patient(Telling& to, NodeId with) {
  if (with != kNone) std::visit(TellOfPatient{to, with}, to.e.model.nodes[with].what);
}

}  // namespace crit
