// The facts that are still needed: the unknown leaves under the unknown nodes of unknown criteria.
#include <algorithm>
#include <functional>
#include <utility>

#include "interpreter/needed_leaves.hpp"

namespace crit {

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
