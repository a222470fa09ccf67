// The unknown leaves under an unknown node, as they are gathered: for needed*.cpp.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "interpreter/evaluation.hpp"

namespace crit {

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
    const std::string& fact = name_of(e.patient.records[e.record].fact);
    std::string name;
    name.reserve(fact.size() + 1 + attribute.size());
    name.append(fact).append(1, '.').append(attribute);
    need(std::move(name));
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

  // Each day of a window that is told, but not to the day.
  std::vector<std::string> inexact_days(const WindowSpec& w) const {
    std::vector<std::string> days;
    const auto look = [&](const AnchorSpec& a) {
      const auto day = day_of(e, a);
      if (!day || day->is_day()) return;
      if (a.date != kNoFact) once(days, name_of(a.date));
      if (a.of != kNone) once(days, name_of(e.model.classes[a.of].fact));
    };
    look(w.anchor);
    if (w.kind == Window::Kind::between) look(w.until);
    for (const WindowSpec& blackout : w.blackouts)
      for (std::string& day : inexact_days(blackout)) once(days, std::move(day));
    return days;
  }
  // A record that may be in a window: what of its days and of the window's own is not told to the day.
  void place_in_window(WindowId id, const Record& r, const std::string& name) {
    const std::vector<std::string> days =
        id == kNone ? std::vector<std::string>() : inexact_days(e.model.windows[id]);
    for (const std::string& day : days) need(day);
    const bool is_exact = r.has_start && r.start.is_day() && (!r.has_end || r.end.is_day());
    if (days.empty() || !is_exact) need(name);
  }

  // What a question needs: what is missing, otherwise what is known, but not to the last.
  template <typename Gather, typename Otherwise>
  void gather(Gather those, Otherwise otherwise) {
    std::vector<std::string> outer;
    outer.swap(names);
    inexact.clear();
    those();
    if (names.empty()) names = std::move(inexact);
    if (names.empty()) otherwise();
    inexact.clear();
    outer.swap(names);
    for (std::string& name : outer) need(std::move(name));
  }

  // --- conditions
  // --------------------------------------------------------------------------------------------

  void operator()(const Constant& q) {
    if (!q.unwritten.empty()) need(q.unwritten);
  }
  void operator()(const AllOf& q) { nodes(q.nodes); }
  void operator()(const AnyOf& q) { nodes(q.nodes); }
  void operator()(const Negation& q) { node(q.operand); }
  void operator()(const CountOf& q) { nodes(q.nodes); }
  void operator()(const OfOneDay& q) {
    const std::vector<uint32_t> read = results_read(e, q.condition);
    if (are_of_one_day(e, read)) return node(q.condition);
    for (const uint32_t r : read) need(name_of(e.patient.records[r].fact));
  }
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
    const Ref& ref = e.model.refs[q.ref];
    const bool computed =
        ref.formula != kNone && candidates_of(e, q.ref).count == 0 && computed_of(e, ref).known();
    if (!computed && !usable(q.ref)) return result(q.ref);
    gather(
        [&] {
          limit({q.ref, true}, true);
          limit({q.ref, false}, true);
        },
        [&] { result(q.ref); });
  }

  void operator()(const Compare& q) {
    gather(
        [&] {
          for (size_t i = 0; i < q.count; ++i) value(q.values[i]);
        },
        [&] {
          for (RefId ref : e.model.list(q.refs)) need(name_of(e.model.refs[ref].fact));
        });
  }

  void operator()(const RecordsOf& q) {
    const Class& of = e.model.classes[q.of];
    const size_t before = names.size();
    const bool open = window_is_open(q.window);
    const Tick screening = screening_tick(e, false);
    const bool closed =
        open ? e.patient.is_complete(of.part) || is_denied(e, of, screening, false) : is_closed(e, q);
    if (of.set.meets(e.patient.recorded()))
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
    if (!missing_doses(of, [&](const Record& r) { return may_take_part(e, q, r); })) need(name_of(of.fact));
  }

  void operator()(const AttributeOneOf& q) { need_attribute(q.name); }
  void operator()(const AttributeYes& q) { need_attribute(q.name); }
  void operator()(const AttributeKnown& q) { need_attribute(q.name); }

  // What leaves open whether this record counts: its dates, an attribute, its exact kind.
  void record(const RecordsOf& q, uint32_t r, const Class::Member* member, bool window_open);
  // Of the records that take part in what is asked.
  bool missing_doses(const Class& of, const std::function<bool(const Record&)>& takes_part);

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
    const std::vector<Candidate> all(list(e, found).begin(), list(e, found).end());
    const bool may_be_outside =
        found.maybe_none && !all.empty() &&
        std::ranges::all_of(all, [](const Candidate& c) { return c.in_window == Truth::unknown; });
    if (!may_be_outside) return need(name_of(ref.fact));
    for (const Candidate& c : all)
      place_in_window(ref.window, e.patient.records[c.record], name_of(ref.fact));
  }

  void limit(const LimitOf& v, bool range_may_lack_it) {
    const Ref& ref = e.model.refs[v.ref];
    const Candidates found = candidates_of(e, v.ref);
    const auto look = [&](const Record& record, const LimitFound& here) {
      if (range_may_lack_it && here.from == Limits::no_such_end) return;
      if (here.amount.kind == Amount::Kind::exact) return;
      const FactId lacking = lacking_for_range(e, ref, record);
      if (!here.amount.known())
        need(lacking != kNoFact ? name_of(lacking) : name_of(ref.fact) + (v.upper ? " ULN" : " LLN"));
      else if (lacking != kNoFact)
        once(inexact, name_of(lacking));
    };
    if (found.count == 0 && (ref.formula == kNone || !computed_of(e, ref).known())) return result(v.ref);
    if (found.count == 0) return look(computed_record(e, ref), limit_of_computed(e, v.ref, v.upper));
    for (uint32_t i = 0; i < found.count; ++i) {
      const Record& record = e.patient.records[list(e, found)[i].record];
      look(record, limit_of(e, ref, record, v.upper));
    }
  }

  void value(ValueId id);
};

}  // namespace crit
