// The counts to JSON: an array with an object for each trial and arm.
#include "tools/cohort/write.hpp"
#include "tools/json.hpp"

namespace crit {

namespace {

void append_decisions(JsonText& json, const std::array<uint64_t, 3>& decisions) {
  for (Decision d : {Decision::eligible, Decision::ineligible, Decision::undetermined})
    json.key(name_of(d)).number(decisions[size_t(d)]);
}

void append_criteria(JsonText& json, const Model& model, const Tally& tally) {
  json.key("criteria").open('[');
  uint64_t left = tally.patients;
  for (size_t i = 0; i < model.criteria.size(); ++i) {
    const CriterionCount& count = tally.criteria[i];
    left -= count.fail_first;
    json.open('{')
        .text("id", model.criteria[i].id)
        .text("kind", model.criteria[i].include ? "include" : "exclude");
    json.text("text", model.criteria[i].text);
    json.key("fail").number(count.fail).key("fail_alone").number(count.fail_alone);
    json.key("unknown").number(count.unknown).key("not_applicable").number(count.not_asked);
    json.key("eligible_without").number(count.last_obstacle);
    json.key("excluded_here").number(count.fail_first).key("left").number(left).close('}');
  }
  json.close(']');
}

void append_missing(JsonText& json, const Tally& tally) {
  json.key("missing").open('[');
  for (const auto& [name, count] : most_needed_first(tally))
    json.open('{')
        .text("fact", name)
        .key("patients")
        .number(count.needed)
        .key("settles")
        .number(count.settles)
        .close('}');
  json.close(']');
}

void append_near(JsonText& json, const Study& study, const Tally& tally, const Rules& rules) {
  json.key("near")
      .open('{')
      .key("percent")
      .number(kNearPercent)
      .text("meaning", near_meaning())
      .key("limits")
      .open('[');
  for (uint32_t i : near_limits(tally)) {
    const MovableLimit& limit = study.limits.limits[i];
    json.open('{')
        .text("id", study.trial.model.criteria[limit.criterion].id)
        .text("limit", limit_text(rules, limit));
    json.key("patients")
        .number(tally.near[i].patients)
        .key("eligible")
        .number(tally.near[i].eligible)
        .close('}');
  }
  json.close(']').close('}');
}

void append_later(JsonText& json, const Study& study, const Tally& tally, uint32_t days) {
  json.key("later").open('{').key("days").number(days).text("assuming", later_assumption());
  json.key("eligible").number(tally.later.eligible).key("undetermined").number(tally.later.undetermined);
  json.key("failing_today").open('[');
  for (uint32_t i : later_criteria(tally)) {
    const LaterCount& count = tally.later_by_criterion[i];
    json.open('{').text("id", study.trial.model.criteria[i].id);
    json.key("eligible").number(count.eligible).key("undetermined").number(count.undetermined).close('}');
  }
  json.close(']').close('}');
}

void append_change(JsonText& json, const Tally& tally, const ChangeCount& count) {
  append_decisions(json, count.decisions);
  json.key("without_verdict").number(count.refused);
  const auto more = static_cast<int64_t>(count.decisions[size_t(Decision::eligible)]) -
                    static_cast<int64_t>(tally.of(Decision::eligible));
  json.key("more_eligible").word(std::to_string(more));
}

void append_changes(JsonText& json, const Study& study, const Tally& tally) {
  json.key("what_if").open('[');
  for (size_t i = 0; i < study.changes.size(); ++i) {
    const Change& change = study.changes[i];
    json.open('{').text(change.takes_out() ? "without" : "with",
                        study.trial.model.criteria[change.criterion].id);
    if (!change.takes_out()) json.text("condition", change.condition);
    append_change(json, tally, tally.changes[i]);
    json.close('}');
  }
  if (study.together) {
    json.open('{').text("all", "together");
    append_change(json, tally, tally.together);
    json.close('}');
  }
  json.close(']');
}

void append_tally(JsonText& json, const Study& study, const Tally& tally, const Cohort& cohort) {
  const Model& model = study.trial.model;
  json.open('{').text("trial", model.trial).text("title", model.title);
  if (tally.arm != kNone) json.text("arm", model.arms[tally.arm]);
  json.key("patients").number(tally.patients);
  append_decisions(json, tally.decisions);
  json.key("without_verdict").number(tally.refused);
  json.key("unreadable_records").number(cohort.nameless).key("cut_files").number(cohort.cut);
  json.key("counted_by_first_answer").number(cohort.repeated);
  if (tally.assumed != 0) {
    json.key("assumed_complete").open('[');
    for (const std::string_view part : assumed_parts(tally.assumed)) json.text(part);
    json.close(']').key("resting_on_assumption").number(tally.resting);
    json.key("not_mapped").open('{');
    for (const std::string_view part : assumed_parts(tally.assumed))
      if (const uint64_t count = cohort.unmapped[size_t(*part_named(part))]; count > 0)
        json.key(part).number(count);
    json.close('}');
  }
  append_criteria(json, model, tally);
  append_missing(json, tally);
  append_near(json, study, tally, cohort.rules);
  append_later(json, study, tally, cohort.counting.days_ahead);
  append_changes(json, study, tally);
  json.close('}');
}

}  // namespace

void append_cohort_json(std::string& to, const Cohort& cohort) {
  JsonText json(to, 2);
  json.open('[');
  for (const Study& study : cohort.studies)
    for (const Tally& tally : study.tallies) append_tally(json, study, tally, cohort);
  json.close(']');
  to += '\n';
}

}  // namespace crit
