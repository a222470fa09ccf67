// The facts that are still needed: the unknown leaves under the unknown nodes of unknown criteria.
#include <algorithm>
#include <functional>
#include <utility>

#include "interpreter/needed_leaves.hpp"

namespace crit {

bool Leaves::missing_doses(const Class& of, const std::function<bool(const Record&)>& takes_part) {
  bool some = false;
  for (const Class::Member& member : of.members) {
    for (uint32_t r = e.patient.first(member.fact); r != kNone; r = e.patient.records[r].next) {
      const Record& record = e.patient.records[r];
      if (record.says == Says::no || record.has_value || !takes_part(record)) continue;
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

namespace {

void find_needed(Evaluation& e, uint32_t number, std::vector<std::string>& names) {
  const CriterionModel& criterion = e.model.criteria[number];
  names.clear();
  Leaves leaves{e, names};
  if (criterion.when != kNone) leaves.node(criterion.when);
  if (criterion.condition == kNone)
    names.push_back(criterion.id);
  else
    leaves.node(criterion.condition);
}

// The same; what several trials ask is looked for once, what no other asks is in `own`.
const std::vector<std::string>& needed_once(Evaluation& e, uint32_t criterion,
                                            std::vector<std::string>& own) {
  const uint32_t number = e.scratch.common ? e.scratch.numbers->criteria[criterion] : kNone;
  if (number == kNone) {
    find_needed(e, criterion, own);
    return own;
  }
  auto& names = e.scratch.common->needed[number];
  if (!names) find_needed(e, criterion, names.emplace());
  return *names;
}

struct Counted {
  std::string name;
  uint32_t criteria;  // that it could settle

  static void count(std::vector<Counted>& all, const std::string& name) {
    const auto found = std::ranges::find(all, name, &Counted::name);
    if (found != all.end())
      ++found->criteria;
    else
      all.push_back({name, 1});
  }
};

constexpr size_t kFew = 8;  // names that most undetermined patients need at most

}  // namespace

std::vector<std::string> needed_by(Evaluation& e, uint32_t criterion, Outcome outcome) {
  std::vector<std::string> names;
  if (outcome == Outcome::unknown) find_needed(e, criterion, names);
  return names;
}

std::vector<std::string> needed(const Model& model, const Patient& patient, const Verdict& verdict) {
  if (verdict.decision != Decision::undetermined) return {};
  Evaluation e = go_on(model, patient, verdict.scratch);
  const auto& outcomes = verdict.outcomes;
  std::vector<std::string> own, names;
  if (std::ranges::count(outcomes, Outcome::unknown) == 1) {  // whose names are all different
    const auto only = std::ranges::find(outcomes, Outcome::unknown) - outcomes.begin();
    const std::vector<std::string>& found = needed_once(e, static_cast<uint32_t>(only), own);
    return &found == &own ? std::move(own) : found;
  }
  std::vector<Counted> all;
  own.reserve(kFew);
  all.reserve(kFew);
  for (uint32_t i = 0; i < model.criteria.size(); ++i) {
    if (outcomes[i] != Outcome::unknown) continue;
    for (const std::string& name : needed_once(e, i, own)) Counted::count(all, name);
  }
  const bool alike = std::ranges::all_of(all, [](const Counted& c) { return c.criteria == 1; });
  if (!alike) std::ranges::stable_sort(all, std::greater<>(), &Counted::criteria);
  names.reserve(all.size());
  for (Counted& counted : all) names.push_back(std::move(counted.name));
  return names;
}

}  // namespace crit
