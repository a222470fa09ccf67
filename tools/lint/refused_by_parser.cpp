// What the parser refuses, in the order of the manual: each with why, an example and the mend.
#include "tools/lint/refused.hpp"

namespace crit {

namespace {

constexpr LintRule kRules[] = {
    {"syntax", LintGroup::refused, Severity::error,
     "what the language does not read, with what was expected there",
     "A line that is not understood decides no patient. Everything else in the file is still read, so that "
     "one run "
     "shows every mistake.",
     R"(trial T1 "example"

include I1 "Age at least 18 years"
  age >= 18 years and
)",
     R"(trial T1 "example"

include I1 "Age at least 18 years"
  age >= 18 years
)",
     nullptr},

    {"anticipated-mistake", LintGroup::refused, Severity::error,
     "spellings from other languages and from pasted protocols, and names the right one",
     "`=<`, `==`, `&&`, `is greater than`, `18-65`, a bullet before a criterion, curly quotes: what is meant "
     "is clear, "
     "but two spellings of one thing make two files hard to compare.",
     R"(trial T1 "example"

include I1 "ALT not above 3 times ULN"
  ALT =< 3*ULN
)",
     R"(trial T1 "example"

include I1 "ALT not above 3 times ULN"
  ALT <= 3*ULN
)",
     nullptr},

    {"mixed-and-or", LintGroup::refused, Severity::error,
     "`and` beside `or` without parentheses, `not A or B`, an `if` beside `and` or `or`",
     "English readers disagree on which of two readings is meant, and programmers' habits settle it "
     "silently. Both "
     "readings are shown; parentheses choose one.",
     R"(trial T1 "example"

exclude E1 "Pregnant or lactating, and not sterile"
  pregnant or lactating and not surgically_sterile
)",
     R"(trial T1 "example"

exclude E1 "Pregnant or lactating, and not sterile"
  (pregnant or lactating) and not surgically_sterile
)",
     nullptr},

    {"decimal-comma", LintGroup::refused, Severity::error, "a comma inside a number",
     "`9,5` is nine and a half in half of the world, and `100,000` is a hundred in the other half: a limit "
     "may be "
     "wrong by a factor of a thousand. Numbers have a dot, and no separators.",
     R"(trial T1 "example"

include I1 "Hemoglobin at least 9,5 g/dL"
  hemoglobin >= 9,5 g/dL
)",
     R"(trial T1 "example"

include I1 "Hemoglobin at least 9,5 g/dL"
  hemoglobin >= 9.5 g/dL
)",
     nullptr},

    {"look-alike", LintGroup::refused, Severity::error,
     "characters that look like ASCII letters and are not, and invisible ones",
     "Text pasted from a document may have a Cyrillic `A` in a name. It looks right, is another name, and "
     "nobody finds "
     "the difference by reading.",
     "trial T1 \"example\"\n\ninclude I1 \"ALT not above 100 U/L\"\n  \xD0\x90LT <= 100 U/L\n",
     R"(trial T1 "example"

include I1 "ALT not above 100 U/L"
  ALT <= 100 U/L
)",
     nullptr},

    {"too-deep", LintGroup::refused, Severity::error,
     "parentheses, `not` and `if` nested more than 200 deep, or definitions that are too large written out",
     "No criterion needs it. The bound keeps a broken or hostile file from stopping the program.",
     R"(trial T1 "example"

include I1 "Not pregnant"
  not not not not not not not not not not not not not not not not not not not not not not not not not
  not not not not not not not not not not not not not not not not not not not not not not not not not
  not not not not not not not not not not not not not not not not not not not not not not not not not
  not not not not not not not not not not not not not not not not not not not not not not not not not
  not not not not not not not not not not not not not not not not not not not not not not not not not
  not not not not not not not not not not not not not not not not not not not not not not not not not
  not not not not not not not not not not not not not not not not not not not not not not not not not
  not not not not not not not not not not not not not not not not not not not not not not not not not
  not pregnant
)",
     R"(trial T1 "example"

include I1 "Not pregnant"
  not pregnant
)",
     nullptr},
};

}  // namespace

std::span<const LintRule> refused_by_parser() {
  return kRules;
}

}  // namespace crit
