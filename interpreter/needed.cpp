// The facts that are still needed: the unknown leaves under the unknown nodes of unknown criteria.
#include <algorithm>
#include <functional>
#include <utility>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

struct Leaves {
  Evaluation& e;
  std::vector<std::string>& names;
  std::vector<std::string> inexact = {};  // known, but not to the last: bounded results, partial dates

  const std::string& name_of(FactId fact) const { return e.model.fact(fact).name; }
  const std::string& name_of(ClassId, const Class& of) const { return name_of(of.fact); }
  static void once(std::vector<std::string>& list, std::string name) {
    if (std::ranges::find(list, name) == list.end()) list.push_back(std::move(name));
  }
  void need(std::string name) { once(names, std::move(name)); }
  void need_attribute(std::string_view attribute) {
    if (e.record == kNone) return;
    need(name_of(e.patient.records[e.record].fact) + "." + std::string(attribute));
  }

  void node(NodeId id) {
    if (truth_of(e, id) == Truth::unknown) std::visit(*this, e.model.nodes[id].what);
  }
  void nodes(Children children) {
    for (NodeId id : e.model.list(children)) node(id);
  }

  // --- anchors and windows
  // -----------------------------------------------------------------------------------

  void anchor(const AnchorSpec& a) {
    if (day_of(e, a)) return;
    if (a.date != kNoFact) need(name_of(a.date));
    if (a.of != kNone) need(name_of(e.model.classes[a.of].fact));
  }
  void window(const WindowSpec& w) {
    anchor(w.anchor);
    if (w.kind == Window::Kind::between) anchor(w.until);
    for (const WindowSpec& blackout : w.blackouts) window(blackout);
  }
  // True where the window is not known.
  bool window_is_open(WindowId id) {
    if (id == kNone || window_of(e, id).known) return false;
    window(e.model.windows[id]);
    return true;
  }

  // --- conditions
  // --------------------------------------------------------------------------------------------

  void operator()(const Constant&) {}
  void operator()(const AllOf& q) { nodes(q.nodes); }
  void operator()(const AnyOf& q) { nodes(q.nodes); }
  void operator()(const Negation& q) { node(q.operand); }
  void operator()(const CountOf& q) { nodes(q.nodes); }
  void operator()(const Choose& q) {
    const Truth t = truth_of(e, q.condition);
    node(q.condition);
    if (t != Truth::no) node(q.then_node);
    if (t != Truth::yes && q.else_node != kNone) node(q.else_node);
  }
  void operator()(const OneOf& q) { result(q.ref); }
  void operator()(const Answer& q) {
    if (q.applies != kNone) node(q.applies);
    if (answer_of(e, q.ref) == Truth::unknown) result(q.ref);
  }
  void operator()(const IsKnown& q) { result(q.ref); }
  void operator()(const ValueKnown& q) { value(q.value); }
  void operator()(const StableResult& q) { result(q.ref); }
  void operator()(const IsNormal& q) {
    if (!usable(q.ref)) return result(q.ref);
    limit({q.ref, true}, true);
    limit({q.ref, false}, true);
    if (names.empty()) result(q.ref);
  }

  void operator()(const Compare& q) {
    std::vector<std::string> outer;
    outer.swap(names);
    inexact.clear();
    for (size_t i = 0; i < q.count; ++i) value(q.values[i]);
    if (names.empty()) names = std::move(inexact);
    if (names.empty())
      for (RefId ref : e.model.list(q.refs)) need(name_of(e.model.refs[ref].fact));
    inexact.clear();
    outer.swap(names);
    for (std::string& name : outer) need(std::move(name));
  }

  void operator()(const RecordsOf& q) {
    const Class& of = e.model.classes[q.of];
    const size_t before = names.size();
    const bool open = window_is_open(q.window);
    const Tick screening = screening_tick(e, false);
    const bool closed =
        open ? e.patient.is_complete(of.part) || is_denied(e, of, screening, false) : tally_of(e, q).closed;
    for (const Class::Member& member : of.members)
      for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next)
        if (e.patient.records[r].says != Says::no) record(q, r, &member, open);
    for (FactId ancestor : of.ancestors)
      if (e.patient.first(ancestor) != kNone && !closed) need(name_of(of.fact));
    if (!closed || names.size() == before) need(name_of(of.fact));
  }

  void operator()(const StableDose& q) {
    const Class& of = e.model.classes[q.of];
    anchor(q.anchor);
    if (!missing_doses(of)) need(name_of(of.fact));
  }

  void operator()(const AttributeOneOf& q) { need_attribute(q.name); }
  void operator()(const AttributeYes& q) { need_attribute(q.name); }
  void operator()(const AttributeKnown& q) { need_attribute(q.name); }

  // What leaves open whether this record counts: its dates, an attribute, its exact kind.
  void record(const RecordsOf& q, uint32_t r, const Class::Member* member, bool window_open);
  bool missing_doses(const Class& of);

  // --- results and values
  // ------------------------------------------------------------------------------------

  bool usable(RefId id) {
    const Candidates found = candidates_of(e, id);
    if (found.maybe_none || found.count == 0) return false;
    for (const Candidate& c : list(e, found))
      if (!result_of(e, e.model.refs[id], e.patient.records[c.record]).known()) return false;
    return true;
  }

  // A result that is not there, or leaves open which it is.
  void result(RefId id) {
    const Ref& ref = e.model.refs[id];
    const Candidates found = candidates_of(e, id);
    const bool open = window_is_open(ref.window);
    if (open && found.count > 0) return;
    if (found.count == 0 && ref.formula != kNone) return value(ref.formula);
    need(name_of(ref.fact));
  }

  void limit(const LimitOf& v, bool range_may_lack_it) {
    const Ref& ref = e.model.refs[v.ref];
    const Candidates found = candidates_of(e, v.ref);
    if (found.count == 0) return result(v.ref);
    for (uint32_t i = 0; i < found.count; ++i) {
      const LimitFound here = limit_of(e, ref, e.patient.records[list(e, found)[i].record], v.upper);
      if (here.amount.known() || (range_may_lack_it && here.from == Limits::no_such_end)) continue;
      need(name_of(ref.fact) + (v.upper ? " ULN" : " LLN"));
    }
  }

  void value(ValueId id);
};

struct ValueLeaves {
  Leaves& to;
  Evaluation& e;
  ValueId id;

  void may_be_inexact(const Amount& amount, const std::string& name) const {
    if (amount.kind == Amount::Kind::interval) Leaves::once(to.inexact, name);
  }
  void operator()(const Literal&) const {}
  void operator()(const ResultOf& v) const {
    const Ref& ref = e.model.refs[v.ref];
    const Candidates found = candidates_of(e, v.ref);
    const bool settled = !found.maybe_none && (found.count == 1 || !chooses(ref));
    const Amount amount = settled ? amount_of(e, id) : Amount{};
    if (!amount.known() && !(found.count > 1 && to.usable(v.ref) && chooses(ref))) return to.result(v.ref);
    if (found.count > 1 && chooses(ref)) Leaves::once(to.inexact, to.name_of(ref.fact));
    may_be_inexact(amount, to.name_of(ref.fact));
  }
  void operator()(const LimitOf& v) const { to.limit(v, false); }
  void operator()(const RankOf& v) const { to.result(v.ref); }
  void operator()(const AgeAt& v) const {
    to.anchor(v.anchor);
    const Amount age = age_at(e, v);
    if (e.model.birth_date == kNoFact) return;
    if (!age.known() && day_of(e, v.anchor)) to.need(to.name_of(e.model.birth_date));
    may_be_inexact(age, to.name_of(e.model.birth_date));
  }
  void operator()(const DateOf& v) const {
    to.anchor(v.date);
    const auto day = day_of(e, v.date);
    if (day && !day->is_day() && v.date.date != kNoFact) Leaves::once(to.inexact, to.name_of(v.date.date));
  }
  void operator()(const DoseValue& v) const {
    if (to.window_is_open(v.window)) return;
    const Amount dose = dose_of(e, v);
    if (dose.kind == Amount::Kind::exact) return;
    const Class& of = e.model.classes[v.of];
    if (!to.missing_doses(of)) to.need(to.name_of(of.fact));
  }
  void operator()(const AttributeNumber& v) const {
    if (!attribute_of(e, e.record, v.name)) to.need_attribute(v.name);
  }
  void operator()(const RecordDose&) const {
    if (e.record != kNone && !e.patient.records[e.record].has_value) to.need_attribute("dose");
  }
  void operator()(const Negated& v) const { to.value(v.operand); }
  void operator()(const Binary& v) const {
    to.value(v.left);
    to.value(v.right);
  }
  void operator()(const Scaled& v) const { to.value(v.operand); }
  void operator()(const Applied& v) const {
    for (ValueId argument : e.model.list(v.arguments)) to.value(argument);
  }
  void operator()(const Picked& v) const {
    const Truth t = truth_of(e, v.condition);
    to.node(v.condition);
    if (t != Truth::no) to.value(v.then_value);
    if (t != Truth::yes) to.value(v.else_value);
  }
  void operator()(const SameDay& v) const {
    const size_t before = to.names.size();
    to.value(v.operand);
    if (to.names.size() > before || amount_of(e, id).known()) return;
    for (RefId ref : e.model.list(v.refs)) to.need(to.name_of(e.model.refs[ref].fact));
  }
};

void Leaves::value(ValueId id) {
  std::visit(ValueLeaves{*this, e, id}, e.model.values[id].what);
}

bool Leaves::missing_doses(const Class& of) {
  bool some = false;
  for (const Class::Member& member : of.members) {
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next) {
      const Record& record = e.patient.records[r];
      if (record.says == Says::no || record.has_value) continue;
      need(name_of(record.fact) + ".dose");
      some = true;
    }
  }
  return some;
}

void Leaves::record(const RecordsOf& q, uint32_t r, const Class::Member* member, bool window_open) {
  if (match_of(e, q, r, member, !window_open) != Truth::unknown) return;
  const Class& of = e.model.classes[q.of];
  const uint32_t outer = std::exchange(e.record, r);
  if (!window_open) {
    const ResolvedWindow& w = window_for(e, q.window, member);
    const Extent x = extent_of(e.patient.records[r], of.kind, member, w.in_minutes);
    if (in_window(w, x) == Truth::unknown) need(name_of(of.fact));
  }
  if (q.with != kNone) node(q.with);
  for (const RecordsOf::Exception& x : q.exceptions) {
    window_is_open(x.window);
    if (x.with != kNone) node(x.with);
  }
  e.record = outer;
}

}  // namespace

std::vector<std::string> missing_in(Evaluation& e, ValueId id) {
  std::vector<std::string> names;
  Leaves{e, names}.value(id);
  return names;
}

std::vector<std::string> missing_in(Evaluation& e, const RecordsOf& q, uint32_t r) {
  std::vector<std::string> names;
  Leaves leaves{e, names};
  const FactId fact = e.patient.records[r].fact;
  for (const Class::Member& member : e.model.classes[q.of].members)
    if (member.fact == fact) leaves.record(q, r, &member, q.window != kNone && !window_of(e, q.window).known);
  return names;
}

std::vector<std::string> needed_by(Evaluation& e, uint32_t number, Outcome outcome) {
  const CriterionModel& criterion = e.model.criteria[number];
  std::vector<std::string> names;
  if (outcome != Outcome::unknown) return names;
  Leaves leaves{e, names};
  if (criterion.when != kNone) leaves.node(criterion.when);
  if (criterion.condition == kNone)
    names.push_back(criterion.id);
  else
    leaves.node(criterion.condition);
  return names;
}

namespace {

// As needed_by; what several trials ask is looked for once.
std::vector<std::string> needed_once(Evaluation& e, uint32_t criterion, Outcome outcome) {
  if (outcome != Outcome::unknown) return {};
  const uint32_t number = e.scratch.common ? e.scratch.numbers->criteria[criterion] : kNone;
  if (number == kNone) return needed_by(e, criterion, outcome);
  auto& names = e.scratch.common->needed[number];
  if (!names) names = needed_by(e, criterion, outcome);
  return *names;
}

}  // namespace

std::vector<std::string> needed(const Model& model, const Patient& patient, const Verdict& verdict) {
  if (verdict.decision != Decision::undetermined) return {};
  Evaluation e = go_on(model, patient, verdict.scratch);
  struct Counted {
    std::string name;
    uint32_t criteria;  // that it could settle
  };
  std::vector<Counted> all;
  for (uint32_t i = 0; i < model.criteria.size(); ++i) {
    for (std::string& name : needed_once(e, i, verdict.outcomes[i])) {
      const auto found = std::ranges::find(all, name, &Counted::name);
      if (found != all.end())
        ++found->criteria;
      else
        all.push_back({std::move(name), 1});
    }
  }
  std::ranges::stable_sort(all, std::greater<>(), &Counted::criteria);
  std::vector<std::string> names;
  for (Counted& counted : all) names.push_back(std::move(counted.name));
  return names;
}

}  // namespace crit
