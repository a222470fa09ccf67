// Questions about a trial's patients to answers that are proved: can there be a patient of whom all of this
// is true?
//
// The work of one question and of all of them is bounded by what the solver counts, never by the clock, so
// that the same file gives the same findings. A question beyond the bound is open.
#pragma once

#include <compare>
#include <memory>
#include <string>
#include <vector>

#include "interpreter/model.hpp"

namespace crit {

// What is said of a patient.
struct Claim {
  enum class Kind : uint8_t {
    passes,      // criterion `of`
    not_passes,  // it fails, or is not known
    yes,         // condition `of` is certainly met
    no,          // certainly not met
    not_yes,     // not met, or not known
    link_yes,    // of a comparison `of`: values[link] ops[link] values[link + 1]
    not_link_yes,
    equal,  // the values `of` and `link` are known and equal
    known   // every fact is known, but for those that a rule asks whether they are
  } kind = Kind::known;
  uint32_t of = kNone;
  uint32_t link = 0;
  auto operator<=>(const Claim&) const = default;
};
using Claims = std::vector<Claim>;

enum class Possible : uint8_t { no, yes, open };

// Something that the solver was not told, and why.
struct NotAnalysed {
  Span span;
  std::string reason;
};

struct Solver;
struct SolverDeleter {
  void operator()(Solver*) const;
};
using SolverPtr = std::unique_ptr<Solver, SolverDeleter>;

// nullptr where the solver is not on this machine; `no_solver` says why, and the mend.
SolverPtr solver_for(const Model&);
const std::string& no_solver();
Possible possible(Solver&, const Claims&);

// Of claims that are impossible together, a part that is so and loses that with each claim taken away.
Claims collision(Solver&, const Claims&);

// Two values that are written alike in every way that matters: `2.5*ULN` here and there.
bool same_value(Solver&, ValueId, ValueId);

// By criterion: those that have no fact in common, not even through others, have different numbers.
const std::vector<uint32_t>& components(const Solver&);

std::vector<NotAnalysed> not_analysed(const Solver&);

// How many questions the bound left open so far.
uint32_t left_open(const Solver&);

}  // namespace crit
