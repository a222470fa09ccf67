// An unknown value to the facts that it still needs.
#include "interpreter/needed_leaves.hpp"

namespace crit {

namespace {

struct ValueLeaves {
  Leaves& to;
  Evaluation& e;
  ValueId id;

  void is_inexact(const Ref& ref, const Candidates& found) const {
    const auto is_bounded = [&](const Candidate& c) {
      return result_of(e, ref, e.patient.records[c.record]).kind == Amount::Kind::interval;
    };
    for (const std::string_view name : to.open_among(ref, list(e, found))) Leaves::once(to.inexact, name);
    if (std::ranges::any_of(list(e, found), is_bounded)) Leaves::once(to.inexact, to.name_of(ref.fact));
  }
  void operator()(const Literal&) const {}
  void operator()(const ResultOf& v) const {
    const Ref& ref = e.model.refs[v.ref];
    const Candidates found = candidates_of(e, v.ref);
    const bool settled = !found.maybe_none && (found.count == 1 || !chooses(ref));
    const Amount amount = settled ? amount_of(e, id) : Amount{};
    if (!amount.known() && !(found.count > 1 && to.usable(v.ref) && chooses(ref))) return to.result(v.ref);
    if ((found.count > 1 && chooses(ref)) || amount.kind == Amount::Kind::interval) is_inexact(ref, found);
  }
  void operator()(const LimitOf& v) const { to.limit(v, false); }
  void operator()(const RankOf& v) const { to.result(v.ref); }
  void operator()(const AgeAt& v) const {
    to.anchor(v.anchor);
    const Amount age = age_at(e, v);
    if (e.model.birth_date == kNoFact) return;
    const auto born = day_of(e, {AnchorSpec::Kind::date_fact, e.model.birth_date, kNone, {}}),
               at = day_of(e, v.anchor);
    if (!born || (at && !age.known())) to.need(to.name_of(e.model.birth_date));
    if (age.kind != Amount::Kind::interval) return;
    if (born && !born->is_day()) Leaves::once(to.inexact, to.name_of(e.model.birth_date));
    if (at && !at->is_day() && v.anchor.date != kNoFact) Leaves::once(to.inexact, to.name_of(v.anchor.date));
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
    const NameList days = to.days_of_ends(v.window);
    const bool closed =
        days.empty() ? is_closed(e, of, window_of(e, v.window)) : to.is_told_up_to_screening(of);
    const bool some = to.missing_doses(of, [&](const Record& r) { return may_take_part(e, v, r); });
    for (const std::string_view day : days) to.need(day);
    if (!closed || (!some && (days.empty() || !to.are_exact(of)))) to.need(to.name_of(of.fact));
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
    const uint32_t before = to.told;
    to.value(v.operand);
    if (to.told > before || amount_of(e, id).known()) return;
    for (RefId ref : e.model.list(v.refs)) to.need(to.name_of(e.model.refs[ref].fact));
  }
};

}  // namespace

void Leaves::value(ValueId id) {
  std::visit(ValueLeaves{*this, e, id}, e.model.values[id].what);
}

}  // namespace crit
