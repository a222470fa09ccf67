// A checked model to what each of its conditions reads: the facts whose records may change what it comes to.
#include "interpreter/checker.hpp"

namespace crit {

namespace {

// Conditions and values stand in many places; each is gathered once.
struct Gathering {
  Model& model;
  std::vector<std::optional<FactGroup>> values;
  std::vector<char> done;  // by NodeId

  void fact(FactGroup& to, FactId id) const {
    if (id != kNoFact) to.add(id);
  }

  void records(FactGroup& to, ClassId id) const {
    if (id != kNone) to.add(model.classes[id].kin);
  }

  void anchor(FactGroup& to, const AnchorSpec& a) const {
    fact(to, a.date);
    records(to, a.of);
  }

  void window(FactGroup& to, const WindowSpec& w) const {
    anchor(to, w.anchor);
    anchor(to, w.until);
    for (const WindowSpec& blackout : w.blackouts) window(to, blackout);
  }

  void window(FactGroup& to, WindowId id) const {
    if (id != kNone) window(to, model.windows[id]);
  }

  void ref(FactGroup& to, RefId id) {
    const Ref& r = model.refs[id];
    fact(to, r.fact);
    if (!model.ranges.empty()) {  // whose limits are by sex and age
      fact(to, model.sex);
      fact(to, model.birth_date);
    }
    window(to, r.window);
    if (r.formula != kNone) to.add(value(r.formula));
  }

  // --- values
  // -------------------------------------------------------------------------------------------------

  const FactGroup& value(ValueId id) {
    if (values[id]) return *values[id];
    values[id].emplace();
    FactGroup made;
    std::visit([&](const auto& what) { add(made, what); }, model.values[id].what);
    return values[id].emplace(std::move(made));
  }

  void add(FactGroup&, const Literal&) {}
  void add(FactGroup& to, const ResultOf& v) { ref(to, v.ref); }
  void add(FactGroup& to, const LimitOf& v) { ref(to, v.ref); }
  void add(FactGroup& to, const RankOf& v) { ref(to, v.ref); }
  void add(FactGroup& to, const AgeAt& v) {
    fact(to, model.birth_date);
    anchor(to, v.anchor);
  }
  void add(FactGroup& to, const DateOf& v) { anchor(to, v.date); }
  void add(FactGroup& to, const DoseValue& v) {
    records(to, v.of);
    window(to, v.window);
  }
  void add(FactGroup&, const AttributeNumber&) {}  // of a record that its condition reads
  void add(FactGroup&, const RecordDose&) {}
  void add(FactGroup& to, const Negated& v) { to.add(value(v.operand)); }
  void add(FactGroup& to, const Binary& v) {
    to.add(value(v.left));
    to.add(value(v.right));
  }
  void add(FactGroup& to, const Scaled& v) { to.add(value(v.operand)); }
  void add(FactGroup& to, const Applied& v) {
    for (const ValueId argument : model.list(v.arguments)) to.add(value(argument));
  }
  void add(FactGroup& to, const Picked& v) {
    to.add(node(v.condition));
    to.add(value(v.then_value));
    to.add(value(v.else_value));
  }
  void add(FactGroup& to, const SameDay& v) { to.add(value(v.operand)); }

  // --- conditions
  // ---------------------------------------------------------------------------------------------

  const FactGroup& node(NodeId id) {
    model.nodes[id].shared = done[id];
    if (done[id]) return model.nodes[id].reads;
    done[id] = true;
    FactGroup made;
    std::visit([&](const auto& what) { add(made, what); }, model.nodes[id].what);
    return model.nodes[id].reads = std::move(made);
  }

  void nodes(FactGroup& to, Children children) {
    for (const NodeId id : model.list(children)) to.add(node(id));
  }
  void optional(FactGroup& to, NodeId id) {
    if (id != kNone) to.add(node(id));
  }

  void add(FactGroup&, const Constant&) {}
  void add(FactGroup& to, const AllOf& q) { nodes(to, q.nodes); }
  void add(FactGroup& to, const AnyOf& q) { nodes(to, q.nodes); }
  void add(FactGroup& to, const Negation& q) { to.add(node(q.operand)); }
  void add(FactGroup& to, const CountOf& q) { nodes(to, q.nodes); }
  void add(FactGroup& to, const Choose& q) {
    to.add(node(q.condition));
    to.add(node(q.then_node));
    optional(to, q.else_node);
  }
  void add(FactGroup& to, const Compare& q) {
    for (size_t i = 0; i < q.count; ++i) to.add(value(q.values[i]));
  }
  void add(FactGroup& to, const OneOf& q) { ref(to, q.ref); }
  void add(FactGroup& to, const Answer& q) {
    ref(to, q.ref);
    optional(to, q.applies);
  }
  void add(FactGroup& to, const IsKnown& q) { ref(to, q.ref); }
  void add(FactGroup& to, const ValueKnown& q) { to.add(value(q.value)); }
  void add(FactGroup& to, const IsNormal& q) { ref(to, q.ref); }
  void add(FactGroup& to, const RecordsOf& q) {
    records(to, q.of);
    window(to, q.window);
    optional(to, q.with);
    for (const RecordsOf::Exception& x : q.exceptions) {
      for (const ClassId id : x.classes) records(to, id);
      window(to, x.window);
      optional(to, x.with);
    }
  }
  void add(FactGroup& to, const StableDose& q) {
    records(to, q.of);
    anchor(to, q.anchor);
  }
  void add(FactGroup& to, const StableResult& q) {
    ref(to, q.ref);
    window(to, q.window);
  }
  void add(FactGroup&, const AttributeOneOf&) {}
  void add(FactGroup&, const AttributeYes&) {}
  void add(FactGroup&, const AttributeKnown&) {}
};

}  // namespace

void note_reads(Model& model) {
  Gathering all{model, std::vector<std::optional<FactGroup>>(model.values.size()),
                std::vector<char>(model.nodes.size(), false)};
  for (const CriterionModel& criterion : model.criteria)
    for (const NodeId id : {criterion.when, criterion.condition})
      if (id != kNone) all.node(id);
  for (Node& node : model.nodes) {
    node.first_word = model.words_read;
    model.words_read += static_cast<uint32_t>(node.reads.size_in_words());
  }
}

}  // namespace crit
