// What the checker refuses, in the order of the manual: each with why, an example and the mend.
#include "tools/lint/refused.hpp"

namespace crit {

namespace {

constexpr LintRule kRules[] = {
    {"unsaid-window", LintGroup::refused, Severity::error,
     "a condition or drug alone, a window that may belong to one fact or to two, and `no NAME for at least`",
     "`asthma` may mean now or ever, and which of them decides who takes part. `A and B within 3 months` may "
     "look "
     "back for B alone or for both.",
     R"(trial T1 "example"

exclude E1 "Asthma"
  asthma
)",
     R"(trial T1 "example"

exclude E1 "Asthma"
  asthma ever
)",
     nullptr},

    {"duplicate-id", LintGroup::refused, Severity::error,
     "two criteria with one number, two declarations of one name",
     "Reports and queries name a criterion by its number, and a fact by its name: each must mean one thing.",
     R"(trial T1 "example"

exclude E1 "Pregnant"
  pregnant

exclude E1 "Lactating"
  lactating
)",
     R"(trial T1 "example"

exclude E1 "Pregnant"
  pregnant

exclude E2 "Lactating"
  lactating
)",
     nullptr},

    {"unknown-name", LintGroup::refused, Severity::error,
     "a name that nothing declares, and names the nearest that there is",
     "A misspelt fact would never have a value, and its criterion would stay unknown for every patient.",
     R"(trial T1 "example"

include I1 "Creatinine not above 2 mg/dL"
  creatinin <= 2 mg/dL
)",
     R"(trial T1 "example"

include I1 "Creatinine not above 2 mg/dL"
  creatinine <= 2 mg/dL
)",
     nullptr},

    {"circular-definition", LintGroup::refused, Severity::error,
     "a definition, a formula or a file that needs itself", "What needs itself has no value.",
     R"(trial T1 "example"

define fit "fit for surgery"
  strong or pregnant

define strong "strong"
  fit and pregnant

include I1 "Fit for surgery"
  fit
)",
     R"(trial T1 "example"

define fit "fit for surgery"
  strong or pregnant

define strong "strong"
  measurable_disease and pregnant

include I1 "Fit for surgery"
  fit
)",
     nullptr},

    {"type-mismatch", LintGroup::refused, Severity::error,
     "a fact used as what it is not: a number against a date, a measure alone as a condition",
     "The comparison has no meaning, so that something else was meant.",
     R"(trial T1 "example"

exclude E1 "Elevated ALT"
  ALT
)",
     R"(trial T1 "example"

exclude E1 "Elevated ALT"
  ALT > ULN
)",
     nullptr},

    {"unknown-unit", LintGroup::refused, Severity::error,
     "a unit that is neither UCUM's nor a known spelling of one, with the nearest",
     "Without its unit a limit is no limit. Letters matter: `Mg` is a million grams.",
     R"(trial T1 "example"

include I1 "Creatinine not above 2 mg/dL"
  creatinine <= 2 MG/DL
)",
     R"(trial T1 "example"

include I1 "Creatinine not above 2 mg/dL"
  creatinine <= 2 mg/dL
)",
     nullptr},

    {"unit-mismatch", LintGroup::refused, Severity::error,
     "units that do not convert into each other for this measure",
     "Enzyme activity is no mass, whatever the number: the limit belongs to another test or another unit.",
     R"(trial T1 "example"

include I1 "ALT not above 100 U/L"
  ALT <= 100 mg/dL
)",
     R"(trial T1 "example"

include I1 "ALT not above 100 U/L"
  ALT <= 100 U/L
)",
     nullptr},

    {"missing-unit", LintGroup::refused, Severity::error,
     "a number without a unit against a measure that has one",
     "A creatinine of 2 is normal in mg/dL and impossible in umol/L. The reader must not have to guess.",
     R"(trial T1 "example"

include I1 "Creatinine not above 2"
  creatinine <= 2
)",
     R"(trial T1 "example"

include I1 "Creatinine not above 2"
  creatinine <= 2 mg/dL
)",
     nullptr},

    {"no-reference-limit", LintGroup::refused, Severity::error,
     "`ULN` or `LLN` with no measure beside it, or with several",
     "The limit of normal is a measure's own: it comes with its result.",
     R"(trial T1 "example"

include I1 "ALT and AST below the limit"
  ALT + AST <= 2*ULN
)",
     R"(trial T1 "example"

include I1 "ALT and AST below the limit"
  ALT + AST <= ULN of ALT + ULN of AST
)",
     nullptr},

    {"unknown-choice", LintGroup::refused, Severity::error, "a value that the choice does not have",
     "No patient can have it, so that the criterion would be the same for everyone.",
     R"(trial T1 "example"

include I1 "Women"
  sex = F
)",
     R"(trial T1 "example"

include I1 "Women"
  sex = female
)",
     nullptr},

    {"count-impossible", LintGroup::refused, Severity::error,
     "a count that always or never holds: `at least 4 of` three",
     "The number or the list is not what the protocol has.",
     R"(trial T1 "example"

exclude E1 "At least 3 of: pregnant, lactating"
  at least 3 of (pregnant, lactating)
)",
     R"(trial T1 "example"

exclude E1 "At least 3 of: pregnant, lactating"
  at least 2 of (pregnant, lactating)
)",
     nullptr},

    {"empty-range", LintGroup::refused, Severity::error, "a range whose low end is above its high end",
     "No value lies in it, so that no patient could meet it.",
     R"(trial T1 "example"

include I1 "DLCO 30% to 80% of predicted"
  80% <= DLCO <= 30%
)",
     R"(trial T1 "example"

include I1 "DLCO 30% to 80% of predicted"
  30% <= DLCO <= 80%
)",
     nullptr},

    {"redeclared-name", LintGroup::care, Severity::info,
     "a declaration that replaces the standard vocabulary's",
     "That is allowed: a trial may mean something of its own. Whoever reads its data must know.",
     R"(trial T1 "example"

condition asthma "asthma, confirmed by reversibility of FEV1"

exclude E1 "Asthma"
  asthma ever
)",
     R"(trial T1 "example"

condition confirmed_asthma "asthma, confirmed by reversibility of FEV1"

exclude E1 "Asthma"
  confirmed_asthma ever
)",
     nullptr},
};

}  // namespace

std::span<const LintRule> refused_by_checker() {
  return kRules;
}

}  // namespace crit
