// What a patient gets: an outcome for each criterion, the verdict, and the reasons.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/batch.hpp"
#include "interpreter/model.hpp"
#include "interpreter/patient.hpp"
#include "interpreter/scratch.hpp"
#include "interpreter/short_texts.hpp"
#include "interpreter/truth.hpp"

namespace crit {

enum class Outcome : uint8_t { pass, fail, unknown, not_applicable };
enum class Decision : uint8_t { eligible, ineligible, undetermined };
std::string_view name_of(Outcome);
std::string_view name_of(Decision);

struct Verdict {
  Decision decision = Decision::undetermined;
  std::vector<Outcome> outcomes;  // by criterion, in the file's order
  std::vector<Truth> holds;       // what the condition came to; unknown where it was not evaluated
  // The memory of the walk, used again; no part of the answer. Quickest with a Verdict for each model, which
  // must outlive it.
  mutable Scratch scratch;
};

// The numbers of the criteria with this outcome. Eight are looked at in one step: most of a patient's are
// alike.
template <typename Each>
void for_each_with(Outcome outcome, std::span<const Outcome> outcomes, Each each) {
  static_assert(sizeof(Outcome) == 1);
  size_t at = 0;
  for (; at + 8 <= outcomes.size(); at += 8) {
    const uint64_t eight = eight_bytes(reinterpret_cast<const char*>(outcomes.data() + at));
    for (uint64_t found = bytes_that_are(eight, static_cast<char>(outcome)); found != 0; found &= found - 1)
      each(at + static_cast<size_t>(std::countr_zero(found)) / 8);
  }
  for (; at < outcomes.size(); ++at)
    if (outcomes[at] == outcome) each(at);
}

// A fact that a criterion used, as the patient's record says it.
struct UsedFact {
  std::string name;
  std::string value;  // "62", "<5", "female", "yes"; empty for a record without one
  std::string unit;
  std::string date;  // as written; for a lasting record its start
  // From that start, and to its end where it has one; false: that day is all that is known.
  bool lasts = false;
  std::string end;
  std::string by;      // who judged
  std::string limit;   // "2.5 × ULN 40 = 100 U/L": the limit as computed, where there is one
  bool counts = true;  // false: looked at and left out (before the window, ...)
};

// One sentence of a reason.
struct Finding {
  std::string words;
  size_t facts_end = 0;  // it speaks of Reason::facts from the end of the finding before it up to here
};

struct Reason {
  std::string why;  // one line of plain words: "ALT 152 U/L on 2025-02-24, limit 2.5 × ULN 40 U/L = 100 U/L"
  std::vector<Finding> findings;  // the same, sentence by sentence
  std::vector<UsedFact> facts;
  std::vector<std::string> needed;  // leaf facts that are still needed, in the order of the rule
};

// Decides one patient. `arm`: an index into Model::arms, or kNone for a trial without arms. Pure: no clock,
// no locale. The verdict's vectors are used again. The patient must have a screening date and no fault that
// stops this model.
void evaluate(const Model&, const Patient&, uint32_t arm, Verdict&);

// The outcome of one criterion alone.
Outcome evaluate_one(const Model&, const Patient&, uint32_t arm, uint32_t criterion, const Verdict&);

// What the outcomes of all criteria come to: any failure outweighs any unknown.
Decision decide(std::span<const Outcome>);

// The reasons for one criterion: a second walk over the same nodes.
Reason explain(const Model&, const Patient&, uint32_t criterion, const Verdict&);

// The facts still needed of an undetermined patient, the one that could settle most first; ties in the file's
// order.
std::vector<std::string> needed(const Model&, const Patient&, const Verdict&);
// The same without a copy: the names stay as long as no patient is walked with the verdict's memory again.
std::span<const Needed> needed_names(const Model&, const Patient&, const Verdict&);

// What a model was asked about facts before, so that a million patients ask the names only once: which facts
// it reads, and which are members of which. One for each Model, or for all of a run; it may be empty at any
// time.
struct Kinship {
  size_t asked = 0;    // so many facts of the schema were asked about
  FactGroup deniable;  // of them, those which last and which the model reads: a denial may contradict them
  struct Ups {
    FactId fact;
    size_t asked_of;  // so many facts were asked about when its ups were: 0, not yet
    FactGroup facts;  // of the deniable ones itself and what it is a member of, of its kind
  };
  std::vector<Ups> ups;  // by rank among the deniable
};

// Whether this model cannot decide a patient that has the fault.
bool stops(const Model&, const Fault&);

// Of whom a denial may stand beside a record of it or of a member, by any trial of the run: for
// Patient::may_contradict.
Places may_contradict(const Schema&, const Batch&, Kinship& of_run);

// Why this model cannot decide this patient (a fault of a fact it reads, no screening date, birth after
// screening, a denial beside a record of a member); nullopt if it can.
std::optional<Fault> refusal(const Model&, const Patient&, Kinship&);
std::optional<Fault> refusal(const Model&, const Patient&);

// The arms to answer for: the patient's own, or every arm where none is given (empty); {kNone} in a trial
// without arms. nullopt: the trial has no such arm.
std::optional<std::vector<uint32_t>> arms_for(const Model&, const std::string& arm);

}  // namespace crit
