// What the rules of the logic group share: the solver of a trial, its clauses one by one with what each
// decides, and the words and places of what they find.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/lint/rule.hpp"
#include "tools/lint/solve.hpp"

namespace crit {

// A condition that stands in a criterion, itself or as a part of another one.
struct Clause {
  NodeId node = kNone;
  uint32_t criterion = 0;
  NodeId parent = kNone;  // kNone: the whole condition, or the whole of `when`
  bool in_when = false;
  // What its being met does to the patient. `either`: it depends on the rest, as the condition of an `if`
  // does.
  enum class Effect : uint8_t { admits, turns_away, either } effect = Effect::either;
};

struct Proofs {
  SolverPtr solver;
  std::vector<Clause> clauses;                    // the outer before the inner, in the file's order
  std::map<std::string, std::vector<Span>> told;  // by rule: where other rules have a finding
  uint32_t unconfirmed = 0;                       // witnesses that the evaluator did not agree with
};

// The solver starts where a rule first asks; nullptr: the trial has errors,
// or there is no solver.
Proofs* proofs_of(const LintInput&);

// No patient is so. What the solver leaves open is not said to be impossible.
bool never(Proofs&, const Claims&);

// The arms of the trial by their bit; {kNone} where it has none.
std::vector<uint32_t> arms_of(const Model&);
bool is_in(const CriterionModel&, uint32_t arm);
bool share_an_arm(const CriterionModel&, const CriterionModel&);

// The other written criteria of the arm that share a fact with this one, even through others: that each is
// passed.
enum class Which : uint8_t { all, includes };
Claims others_pass(const LintInput&, uint32_t criterion, uint32_t arm, Which);
// The same with the criterion itself; nobody can pass them all where they collide.
bool collide(const LintInput&, uint32_t criterion, uint32_t arm);

// Findings that more than one rule needs, so that one mistake is told once.
bool never_met(const LintInput&, NodeId);   // no patient can meet it
bool always_met(const LintInput&, NodeId);  // every patient meets it, the facts being known
bool never_fires(const LintInput&, uint32_t criterion, Claims* because = nullptr);  // of an exclusion
bool is_mirror(const LintInput&, uint32_t include, uint32_t exclude);

// An arm of an `or` or a branch of an `if` that nobody can take, and the criteria that leave nobody for it.
struct DeadBranch {
  Diagnostic finding;
  uint32_t criterion = 0;
  std::vector<uint32_t> because;
};
std::vector<DeadBranch> dead_branches(const LintInput&);

// Another rule, more specific, has a finding there; or the rule of that name.
bool told_by_another(const LintInput&, Span);
bool told_by(const LintInput&, std::string_view rule, Span);

// The place of a condition: its own, or the criterion's where it stands in another file. And its words, in
// backticks; of another file `the condition`.
inline constexpr std::string_view kTheCondition = "the condition";
Span place_of(const LintInput&, const Clause&);
std::string quoted(const LintInput&, const Clause&);
std::string quoted(const LintInput&, Span);
// The criteria that are claimed to be passed: "I1, I2 and E3".
std::string names_of(const Model&, const Claims&);
std::string joined(const std::vector<std::string>&);

}  // namespace crit
