// The unknown leaves under an unknown node, as they are gathered: for needed*.cpp.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/evaluation.hpp"

namespace crit {

struct Leaves {
  Evaluation& e;
  NameList& names;
  NameList inexact = {};  // known, but not to the last: bounded results, partial dates
  uint32_t told = 0;      // names that were told, those too that another leaf told before

  const std::string& name_of(FactId fact) const { return e.model.fact(fact).name; }
  const std::string& name_of(ClassId, const Class& of) const { return name_of(of.fact); }
  static void once(NameList& list, std::string_view name) {
    const auto is_it = [&](std::string_view other) { return is_same(other, name); };
    if (std::ranges::none_of(list, is_it)) list.push_back(name);
  }
  void need(std::string_view name) {
    ++told;
    once(names, name);
  }
  void need_of(FactId fact, std::string_view attribute) {
    need(e.scratch.joined.of(e.model.fact(fact), '.', attribute));
  }
  void need_attribute(std::string_view attribute) {
    if (e.record != kNone) need_of(e.patient.records[e.record].fact, attribute);
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
  // True where the window is not known; one in half-lives is another for each drug.
  bool window_is_open(WindowId id) {
    if (id == kNone) return false;
    const WindowSpec& spec = e.model.windows[id];
    if (!spec.of_half_lives && window_of(e, id).known) return false;
    const uint32_t before = told;
    window(spec);
    return !spec.of_half_lives || told != before;
  }

  // Each day of a window that is told, but not to the day.
  NameList inexact_days(const WindowSpec& w) const {
    NameList days;
    const auto look = [&](const AnchorSpec& a) {
      const auto day = day_of(e, a);
      if (!day || day->is_day()) return;
      if (a.date != kNoFact) once(days, name_of(a.date));
      if (a.of != kNone) once(days, name_of(e.model.classes[a.of].fact));
    };
    look(w.anchor);
    if (w.kind == Window::Kind::between) look(w.until);
    for (const WindowSpec& blackout : w.blackouts)
      for (const std::string_view day : inexact_days(blackout)) once(days, day);
    return days;
  }
  NameList inexact_days(WindowId id) const {
    return id == kNone ? NameList() : inexact_days(e.model.windows[id]);
  }
  static bool is_exact(const Record& r) {
    return r.has_start && r.start.is_day() && (!r.has_end || r.end.is_day());
  }
  // A record that may be in a window: what of its days and of the window's own is not told to the day.
  void place_in_window(WindowId id, const Record& r, std::string_view name) {
    const NameList days = inexact_days(id);
    for (const std::string_view day : days) need(day);
    if (days.empty() || !is_exact(r)) need(name);
  }
  // What leaves open which of these results is meant: the days that the window counts from, where theirs are
  // exact; otherwise they themselves.
  NameList open_among(const Ref& ref, std::span<const Candidate> found) const {
    const auto is_told = [&](const Candidate& c) { return is_exact(e.patient.records[c.record]); };
    const auto is_open = [](const Candidate& c) { return c.in_window == Truth::unknown; };
    NameList days;
    if (std::ranges::any_of(found, is_open) && std::ranges::all_of(found, is_told))
      days = inexact_days(ref.window);
    if (days.empty()) days.push_back(name_of(ref.fact));
    return days;
  }

  // What a question needs: what is missing, otherwise what is known, but not to the last.
  template <typename Gather, typename Otherwise>
  void gather(Gather those, Otherwise otherwise) {
    const uint32_t before = told;
    inexact.clear();
    those();
    if (told == before)
      for (const std::string_view name : inexact) need(name);
    if (told == before) otherwise();
    inexact.clear();
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
    if (are_of_one_day(e, read) == Truth::yes) return node(q.condition);
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
          for (RefId ref : e.model.list(q.refs))
            for (const std::string_view name : open_among(e.model.refs[ref], list(e, candidates_of(e, ref))))
              need(name);
        });
  }

  void operator()(const RecordsOf& q) {
    const Class& of = e.model.classes[q.of];
    const uint32_t before = told;
    const bool open = window_is_open(q.window);
    const NameList days = open ? NameList() : days_of_ends(q.window);
    const bool closed = open || !days.empty() ? is_told_up_to_screening(of) : is_closed(e, q);
    const auto look_at = [&](const Class::Member& member) {
      for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next)
        if (e.patient.records[r].says != Says::no) record(q, r, &member, open);
    };
    if (of.kin.meets(e.patient.recorded())) {
      std::ranges::for_each(of.members, look_at);
      std::ranges::for_each(of.wider, look_at);
    }
    for (FactId ancestor : of.ancestors)
      if (e.patient.first(ancestor) != kNone && !closed) need(name_of(of.fact));
    if (closed && told == before)
      for (const std::string_view day : days) need(day);
    if (!closed || told == before) need(name_of(of.fact));
  }
  // The days that a window counts from, where its ends are not certain and one of these days may settle it:
  // what ends after screening is not decided by them.
  NameList days_of_ends(WindowId id) const {
    if (id == kNone) return {};
    const ResolvedWindow& w = window_of(e, id);
    const Stretch& s = w.stretch;
    const bool certain = s.from.first == s.from.last && s.to.first == s.to.last;
    const bool half_lives = e.model.windows[id].of_half_lives;
    const bool ends_late = w.known && s.to.first > screening_tick(e, w.in_minutes);
    return (certain && !half_lives) || ends_late ? NameList() : inexact_days(id);
  }
  bool is_told_up_to_screening(const Class& of) const {
    return e.patient.is_complete(of.part) || is_denied(e, of, screening_tick(e, false), false);
  }

  void operator()(const StableDose& q) {
    const Class& of = e.model.classes[q.of];
    anchor(q.anchor);
    const auto day = day_of(e, q.anchor);
    if (missing_doses(of, [&](const Record& r) { return may_take_part(e, q, r); })) return;
    if (day && !day->is_day() && q.anchor.date != kNoFact && are_exact(of))
      need(name_of(q.anchor.date));
    else
      need(name_of(of.fact));
  }
  // All records of the class are known to the day.
  bool are_exact(const Class& of) const {
    return std::ranges::all_of(of.members, [&](const Class::Member& member) {
      for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next)
        if (!is_exact(e.patient.records[r])) return false;
      return true;
    });
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
    if (found.count == 0) return need(name_of(ref.fact));
    const std::vector<Candidate> all(list(e, found).begin(), list(e, found).end());
    const bool may_be_outside = found.maybe_none && std::ranges::all_of(all, [](const Candidate& c) {
                                  return c.in_window == Truth::unknown;
                                });
    if (!may_be_outside) {
      for (const std::string_view name : open_among(ref, all)) need(name);
      return;
    }
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
      if (!here.amount.known() && lacking == kNoFact)
        need(e.scratch.joined.of(e.model.fact(ref.fact), ' ', v.upper ? "ULN" : "LLN"));
      else if (!here.amount.known())
        need(name_of(lacking));
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
