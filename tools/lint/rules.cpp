// The one list of lint rules: the command, the manual, the formats and the tests read it.
#include "tools/lint/rule.hpp"

#include <algorithm>

#include "tools/lint/refused.hpp"

namespace crit {

// Each in the file of its name.
extern const LintRule kNeverTrue, kAlwaysTrue, kNoPatientEligible, kIncludeExcludeMirror, kRedundantCriterion,
    kRedundantBound, kExclusionNeverFires, kDeadBranch, kBoundaryGap, kArmWithoutLimit, kArmOverlap,
    kNumberNotInText, kBoundDiffersFromText, kWindowNotInRule, kPolarity, kMissingText, kUncoveredText,
    kVagueText, kImplausibleLimit, kUnitSlip, kUnusualDirection, kStaleMeasure, kSelectionUnsaid,
    kUnnamedFormula, kRatioOfDays, kFactNeverGiven, kJudgementAsFact, kExclusionOnAbsence, kWindowInverted,
    kMixedCalendar, kLiteralDate, kAnchorUnsaid, kUnusedName, kOpenQuery, kNotFormatted, kIdsOutOfOrder,
    kTodo, kAllowWithoutReason, kJoinDiffersFromText, kMeasureNotInText, kSexConflict, kUntestedCriterion,
    kUntestedBoundary, kUnusedAllow, kNotAnalysed, kRepeatedCondition, kTenseDiffersFromText,
    kExceptionNotInText, kLatestOfEver, kWindowAfterScreening, kWordNearName, kSubstageLeftOut,
    kCountOfOneName, kStateInWindow, kNamedOtherwise, kDoseByWeight, kSwappedLimits;

namespace {

constexpr const LintRule* kRules[] = {&kNeverTrue,
                                      &kAlwaysTrue,
                                      &kNoPatientEligible,
                                      &kIncludeExcludeMirror,
                                      &kRedundantCriterion,
                                      &kRedundantBound,
                                      &kExclusionNeverFires,
                                      &kDeadBranch,
                                      &kBoundaryGap,
                                      &kArmWithoutLimit,
                                      &kArmOverlap,
                                      &kNotAnalysed,
                                      &kNumberNotInText,
                                      &kBoundDiffersFromText,
                                      &kWindowNotInRule,
                                      &kJoinDiffersFromText,
                                      &kMeasureNotInText,
                                      &kSwappedLimits,
                                      &kTenseDiffersFromText,
                                      &kExceptionNotInText,
                                      &kPolarity,
                                      &kMissingText,
                                      &kUncoveredText,
                                      &kVagueText,
                                      &kImplausibleLimit,
                                      &kUnitSlip,
                                      &kUnusualDirection,
                                      &kSexConflict,
                                      &kStaleMeasure,
                                      &kSelectionUnsaid,
                                      &kLatestOfEver,
                                      &kWordNearName,
                                      &kSubstageLeftOut,
                                      &kCountOfOneName,
                                      &kUnnamedFormula,
                                      &kRatioOfDays,
                                      &kFactNeverGiven,
                                      &kJudgementAsFact,
                                      &kExclusionOnAbsence,
                                      &kDoseByWeight,
                                      &kWindowInverted,
                                      &kWindowAfterScreening,
                                      &kStateInWindow,
                                      &kMixedCalendar,
                                      &kLiteralDate,
                                      &kAnchorUnsaid,
                                      &kUnusedName,
                                      &kNamedOtherwise,
                                      &kRepeatedCondition,
                                      &kOpenQuery,
                                      &kUntestedCriterion,
                                      &kUntestedBoundary,
                                      &kNotFormatted,
                                      &kIdsOutOfOrder,
                                      &kTodo,
                                      &kUnusedAllow,
                                      &kAllowWithoutReason};

}  // namespace

std::string_view name_of(LintGroup group) {
  switch (group) {
    case LintGroup::refused:
      return "refused";
    case LintGroup::logic:
      return "logic";
    case LintGroup::text:
      return "text";
    case LintGroup::plausibility:
      return "plausibility";
    case LintGroup::missing_data:
      return "missing-data";
    case LintGroup::time:
      return "time";
    case LintGroup::care:
      return "care";
  }
  return "";
}

std::string_view title_of(LintGroup group) {
  switch (group) {
    case LintGroup::refused:
      return "the file cannot be evaluated";
    case LintGroup::logic:
      return "what the criteria come to, proved";
    case LintGroup::text:
      return "against the protocol's words";
    case LintGroup::plausibility:
      return "clinical plausibility";
    case LintGroup::missing_data:
      return "what an incomplete record does";
    case LintGroup::time:
      return "windows, periods and dates";
    case LintGroup::care:
      return "care for the file";
  }
  return "";
}

const std::vector<const LintRule*>& lint_rules() {
  static const std::vector<const LintRule*> rules = [] {
    std::vector<const LintRule*> all;
    for (const LintRule& rule : refused_by_parser()) all.push_back(&rule);
    for (const LintRule& rule : refused_by_checker()) all.push_back(&rule);
    all.insert(all.end(), std::begin(kRules), std::end(kRules));
    std::ranges::stable_sort(all, {}, &LintRule::group);
    return all;
  }();
  return rules;
}

const LintRule* lint_rule(std::string_view name) {
  const auto& rules = lint_rules();
  const auto found = std::ranges::find(rules, name, &LintRule::name);
  return found == rules.end() ? nullptr : *found;
}

}  // namespace crit
