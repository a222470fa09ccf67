// One patient's answer into the counts of a study. A patient costs a walk over the criteria; only who fails
// is asked about again: with a limit moved, on the days ahead.
#include <algorithm>
#include <optional>
#include <utility>

#include "interpreter/intake.hpp"
#include "tools/cohort/study.hpp"

namespace crit {

namespace {

// What of the outcomes the counts ask for.
struct Outline {
  std::vector<uint32_t> failed, unknown;
};

Outline outline_of(const Verdict& verdict) {
  Outline made;
  for (uint32_t i = 0; i < verdict.outcomes.size(); ++i) {
    if (verdict.outcomes[i] == Outcome::fail) made.failed.push_back(i);
    if (verdict.outcomes[i] == Outcome::unknown) made.unknown.push_back(i);
  }
  return made;
}

void count_criteria(Tally& tally, const Verdict& verdict, const Outline& outline) {
  for (uint32_t i : outline.failed) ++tally.criteria[i].fail;
  for (uint32_t i : outline.unknown) ++tally.criteria[i].unknown;
  for (size_t i = 0; i < verdict.outcomes.size(); ++i)
    tally.criteria[i].not_asked += verdict.outcomes[i] == Outcome::not_applicable;
  if (!outline.failed.empty()) ++tally.criteria[outline.failed.front()].fail_first;
  if (outline.failed.size() == 1) ++tally.criteria[outline.failed.front()].fail_alone;
  if (outline.failed.size() + outline.unknown.size() == 1)
    ++tally.criteria[(outline.failed.empty() ? outline.unknown : outline.failed).front()].last_obstacle;
}

void count_facts(Tally& tally, const std::vector<std::string>& needed) {
  for (const std::string& name : needed) ++tally.facts[name].needed;
  if (needed.size() == 1) ++tally.facts[needed.front()].settles;
}

void count_near(Study& study, Tally& tally, const Report& report, const Outline& outline) {
  if (outline.failed.size() != 1) return;
  for (uint32_t i = 0; i < study.limits.limits.size(); ++i) {
    if (study.limits.limits[i].criterion != outline.failed.front()) continue;
    if (!passes_when_moved(study.limits, i, report.patient, report.arm, study.near_memory)) continue;
    ++tally.near[i].patients;
    tally.near[i].eligible += outline.unknown.empty();
  }
}

// The verdict of a later day, where all that fails today passes or does not apply then, or, of who is
// undetermined, all that is unknown. `failed` is put in another order: what did not pass on one day will
// likely not pass on the next.
std::optional<Decision> decision_later(const Model& model, const Patient& later, uint32_t arm,
                                       std::vector<uint32_t>& failed, Verdict& memory) {
  for (uint32_t& i : failed) {
    const Outcome outcome = evaluate_one(model, later, arm, i, memory);
    if (outcome == Outcome::pass || outcome == Outcome::not_applicable) continue;
    std::swap(i, failed.front());
    return std::nullopt;
  }
  evaluate(model, later, arm, memory);
  return memory.decision;
}

void count_later(Counting& counting, Study& study, Tally& tally, const Report& report,
                 std::vector<uint32_t> failed) {
  if (failed.empty() || counting.days_ahead == 0) return;
  Patient& later = counting.later;
  later = report.patient;
  uint64_t LaterCount::*found = nullptr;
  for (uint32_t day = 0; day < counting.days_ahead && found != &LaterCount::eligible; ++day) {
    ++later.screening->first_day;
    ++later.screening->last_day;
    if (has_died_by_screening(later)) break;
    const auto decision =
        decision_later(study.trial.model, later, report.arm, failed, study.later_memory[day]);
    if (decision == Decision::eligible) found = &LaterCount::eligible;
    if (decision == Decision::undetermined) found = &LaterCount::undetermined;
  }
  if (!found) return;
  ++(tally.later.*found);
  for (uint32_t i : failed) ++(tally.later_by_criterion[i].*found);
}

void count_change(ChangeCount& count, ChangedTrial& changed, const Patient& patient, uint32_t arm) {
  const Model& model = changed.trial.model;
  if (refusal(model, patient, changed.kinship)) {
    ++count.refused;
    return;
  }
  evaluate(model, patient, arm, changed.memory);
  ++count.decisions[size_t(changed.memory.decision)];
}

void count_changes(Study& study, Tally& tally, const Patient& patient, uint32_t arm) {
  for (size_t i = 0; i < study.changes.size(); ++i)
    count_change(tally.changes[i], study.changed[i], patient, arm);
  if (study.together) count_change(tally.together, *study.together, patient, arm);
}

void count_row(Tally& tally, const Report& report, const Outline& outline,
               const std::vector<std::string>& needed) {
  // Eligible, then undetermined by what is needed, then by what fails.
  constexpr size_t kFailing = 1u << 20;
  Row row{.rank = outline.failed.empty() ? needed.size() + outline.unknown.size()
                                         : kFailing * outline.failed.size() + outline.unknown.size(),
          .order = tally.patients,
          .patient = {},
          .screening = {},
          .decision = report.verdict->decision,
          .failed = outline.failed,
          .unknown = outline.unknown,
          .needed = needed};
  if (!would_keep(tally, row)) return;
  row.patient = report.patient.id;
  row.screening = to_string(*report.patient.screening);
  keep_row(tally, std::move(row));
}

// Who is in no arm of the trial is in none of the changed one.
void refuse_changes(Tally& tally) {
  for (ChangeCount& count : tally.changes) ++count.refused;
  ++tally.together.refused;
}

// Of the arm that the patient is in, or of each. Who comes twice was counted the first time.
void count_refused(const Counting& counting, Study& study, const Report& report) {
  if (report.patient.repeated) return;
  const auto& arms = study.trial.model.arms;
  const auto own = std::ranges::find(arms, report.patient.arm);
  const bool is_by_rules = !report.in_no_arm && std::ranges::all_of(report.faults, &Fault::asked_only);
  for (Tally& tally : study.tallies) {
    if (own != arms.end() && tally.arm != static_cast<uint32_t>(own - arms.begin())) continue;
    ++tally.refused;
    tally.refused_by_rules += is_by_rules;
    if (report.in_no_arm)
      refuse_changes(tally);
    else
      count_changes(study, tally, report.patient, tally.arm);
    if (counting.keep_rows && tally.first_refused.size() < kMostRows && !report.faults.empty())
      tally.first_refused.push_back({report.patient.id, report.faults.front().message});
  }
}

}  // namespace

Study make_study(const LoadedTrial& trial) {
  Study study{.trial = trial, .limits = movable_limits(trial.model, Rational(kNearPercent, 100))};
  return study;
}

void begin_tallies(Study& study, const Counting& counting) {
  const Model& model = study.trial.model;
  study.later_memory.resize(counting.days_ahead);
  study.tallies.assign(std::max<size_t>(model.arms.size(), 1), {});
  for (size_t i = 0; i < study.tallies.size(); ++i) {
    Tally& tally = study.tallies[i];
    if (!model.arms.empty()) tally.arm = static_cast<uint32_t>(i);
    tally.criteria.resize(model.criteria.size());
    tally.later_by_criterion.resize(model.criteria.size());
    tally.near.resize(study.limits.limits.size());
    tally.changes.resize(study.changes.size());
  }
}

void count_assumption(Study& study, const Report& report) {
  if (!report.verdict) return;
  Tally& tally = study.tallies[report.arm == kNone ? 0 : report.arm];
  ++tally.patients;
  tally.assumed |= report.patient.assumed;
  tally.resting += report.rests_on_assumption();
}

void count(Counting& counting, Study& study, const Report& report) {
  if (!report.verdict) return count_refused(counting, study, report);
  Tally& tally = study.tallies[report.arm == kNone ? 0 : report.arm];
  const Outline outline = outline_of(*report.verdict);
  const std::vector<std::string> needed = needed_of(report);
  count_assumption(study, report);
  ++tally.decisions[size_t(report.verdict->decision)];
  count_criteria(tally, *report.verdict, outline);
  count_facts(tally, needed);
  count_near(study, tally, report, outline);
  count_later(counting, study, tally, report, outline.failed.empty() ? outline.unknown : outline.failed);
  count_changes(study, tally, report.patient, report.arm);
  if (counting.keep_rows) count_row(tally, report, outline, needed);
}

}  // namespace crit
