// The facts that are still needed: the unknown leaves under the unknown nodes of unknown criteria.
#include <algorithm>
#include <functional>
#include <utility>

#include "interpreter/evaluate_batch.hpp"
#include "interpreter/needed_leaves.hpp"
#include "interpreter/short_texts.hpp"

namespace crit {

bool Leaves::missing_doses(const Class& of, const std::function<bool(const Record&)>& takes_part) {
  bool some = false;
  for (const Class::Member& member : of.members) {
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next) {
      const Record& record = e.patient.records[r];
      if (record.says == Says::no || record.has_value || !takes_part(record)) continue;
      need_of(record.fact, "dose");
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
    if (in_window(w, x) == Truth::unknown) place_in_window(q.window, e.patient.records[r], name_of(of.fact));
  }
  if (q.with != kNone) node(q.with);
  bool kind_is_open = member->is_wider;
  for (const RecordsOf::Exception& x : q.exceptions) {
    const Truth is_of_it = is_of_exception(e, x, e.patient.records[r].fact);
    if (is_of_it == Truth::no) continue;
    kind_is_open |= is_of_it == Truth::unknown;
    window_is_open(x.window);
    if (x.with != kNone) node(x.with);
  }
  e.record = outer;
  if (kind_is_open) need(name_of(of.fact));
}

NameList missing_in(Evaluation& e, ValueId id) {
  NameList names;
  Leaves{e, names}.value(id);
  return names;
}

NameList inexact_days(Evaluation& e, WindowId window) {
  NameList names;
  return window == kNone ? names : Leaves{e, names}.inexact_days(e.model.windows[window]);
}

NameList missing_in(Evaluation& e, const RecordsOf& q, uint32_t r) {
  NameList names;
  Leaves leaves{e, names};
  const FactId fact = e.patient.records[r].fact;
  for (const Class::Member& member : e.model.classes[q.of].members)
    if (member.fact == fact) leaves.record(q, r, &member, q.window != kNone && !window_of(e, q.window).known);
  return names;
}

namespace {

void find_needed(Evaluation& e, uint32_t number, NameList& names) {
  const CriterionModel& criterion = e.model.criteria[number];
  names.clear();
  Leaves leaves{e, names};
  if (criterion.when != kNone) leaves.node(criterion.when);
  if (criterion.condition == kNone)
    names.push_back(criterion.id);
  else
    leaves.node(criterion.condition);
}

// The same, kept in the scratch; what several trials ask is looked for once.
const NameList& needed_once(Evaluation& e, uint32_t criterion) {
  const uint32_t number = e.scratch.common ? e.scratch.answers->numbers->criteria[criterion] : kNone;
  if (number == kNone) {
    auto& own = e.scratch.needed_by;
    if (own.size() < e.model.criteria.size()) own.resize(e.model.criteria.size());
    find_needed(e, criterion, own[criterion]);
    return own[criterion];
  }
  CommonNeeds::OfCriterion& common = e.scratch.common->needed[number];
  if (!common.known) find_needed(e, criterion, common.names);
  common.known = true;
  return common.names;
}

void count(std::vector<Needed>& all, std::string_view name) {
  const auto found =
      std::ranges::find_if(all, [&](const Needed& needed) { return is_same(needed.name, name); });
  if (found != all.end())
    ++found->criteria;
  else
    all.push_back({name, 1});
}

}  // namespace

std::vector<std::string> needed_by(Evaluation& e, uint32_t criterion, Outcome outcome) {
  NameList names;
  if (outcome == Outcome::unknown) find_needed(e, criterion, names);
  return {names.begin(), names.end()};
}

std::span<const Needed> needed_names(const Model& model, const Patient& patient, const Verdict& verdict) {
  std::vector<Needed>& all = verdict.scratch.needed;
  all.clear();
  if (verdict.decision != Decision::undetermined) return all;
  Evaluation e = go_on(model, patient, verdict.scratch);
  for_each_with(Outcome::unknown, verdict.outcomes, [&](size_t criterion) {
    for (const std::string_view name : needed_once(e, static_cast<uint32_t>(criterion))) count(all, name);
  });
  const bool alike = std::ranges::all_of(all, [](const Needed& needed) { return needed.criteria == 1; });
  if (!alike) std::ranges::stable_sort(all, std::greater<>(), &Needed::criteria);
  return all;
}

std::vector<std::string> needed(const Model& model, const Patient& patient, const Verdict& verdict) {
  std::vector<std::string> names;
  for (const Needed& one : needed_names(model, patient, verdict)) names.emplace_back(one.name);
  return names;
}

}  // namespace crit
