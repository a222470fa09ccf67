// A lint rule: its manual page and what it looks for, in one file a rule; the table of all rules is
// rules.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.hpp"
#include "grammar/diagnostic.hpp"
#include "interpreter/model.hpp"
#include "interpreter/schema.hpp"

namespace crit {

struct CaseFile;  // interpreter/read_cases.hpp
struct Proofs;    // tools/lint/logic.hpp

// What the patients of --facts say between them.
struct FactsGiven {
  std::vector<std::string> names;        // of which some patient has a record, or says that there is none
  std::vector<std::string> denied = {};  // of these, what some patient says is not there
  uint8_t complete = 0, complete_of_all = 0;  // bit 1 << Part: of some patient, of every one
};

// One rule file, read and checked, with what stands beside it.
struct LintInput {
  const Source& source;
  const Trial& trial;
  const Model& model;  // not to be used where `has_errors`
  Schema& schema;
  bool has_errors = false;                  // the parser or the checker refused something
  const CaseFile* cases = nullptr;          // NAME.cases beside NAME.crit
  std::optional<std::string> protocol;      // --protocol: the registry's text
  const FactsGiven* facts_given = nullptr;  // --facts
  mutable std::shared_ptr<Proofs> proofs =
      nullptr;  // the solver, which the first logic rule starts for the others
};

enum class LintGroup { refused, logic, text, plausibility, missing_data, time, care };
inline constexpr LintGroup kLintGroups[] = {LintGroup::refused,      LintGroup::logic,        LintGroup::text,
                                            LintGroup::plausibility, LintGroup::missing_data, LintGroup::time,
                                            LintGroup::care};
std::string_view name_of(LintGroup);   // "missing-data", as `--select` and crit.toml take it
std::string_view title_of(LintGroup);  // what its rules have in common

// What a rule cannot work without.
enum class Needs { rules_alone, protocol, facts_given, cases };

// What a rule finds; `rule` and `severity` of each Diagnostic are filled in by the caller.
using Findings = std::vector<Diagnostic>;

struct LintRule {
  std::string_view name;  // "implausible-limit"
  LintGroup group;
  Severity severity;
  std::string_view finds;                    // one line: what it finds
  std::string_view why;                      // why it matters in a trial
  std::string_view example;                  // a whole rule file that has the finding
  std::string_view mended;                   // the same without it
  void (*run)(const LintInput&, Findings&);  // nullptr: found by the parser or the checker
  Needs needs = Needs::rules_alone;
};

// In the order of the documentation. Each rule's file defines its LintRule; this is the one list of them.
const std::vector<const LintRule*>& lint_rules();
const LintRule* lint_rule(std::string_view name);

}  // namespace crit
