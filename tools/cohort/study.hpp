// What all patients together come to under one trial, counted one by one: nothing is kept of them but counts
// and the rows of a table that is bounded.
//
//   count    a patient's outcomes into the counts        rows   the patients that a page shows
//   what_if  the options of the command line to changed trials
//   write_*  the counts to text, JSON and a page; the screening log
#pragma once

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "interpreter/load.hpp"
#include "interpreter/movable_limits.hpp"
#include "tools/report.hpp"

namespace crit {

// Of patients with a verdict.
struct CriterionCount {
  uint64_t fail = 0;
  uint64_t fail_alone = 0;  // and no other criterion
  uint64_t fail_first = 0;  // and none before it in the protocol's order
  uint64_t unknown = 0;
  uint64_t not_asked = 0;
  uint64_t last_obstacle = 0;  // it does not pass, and all others do
};

// Of undetermined patients.
struct FactCount {
  uint64_t needed = 0;
  uint64_t settles = 0;  // and nothing else is needed: once it is known, so is the verdict
};

// Of patients that fail one criterion only, and pass it when one limit is moved.
struct NearCount {
  uint64_t patients = 0;
  uint64_t eligible = 0;  // and nothing is unknown
};

// Of patients that are not eligible, screened again on each of the days ahead with the same records.
struct LaterCount {
  uint64_t eligible = 0;  // on one of the days
  uint64_t undetermined =
      0;  // never eligible, and on one of the days what does not pass today does, and nothing fails
};

// The trial with one criterion taken out, or with another condition in its place.
struct Change {
  uint32_t criterion;
  std::string condition;  // as the user wrote it; empty: taken out

  bool takes_out() const { return condition.empty(); }
};
struct ChangedTrial {
  LoadedTrial trial;
  Verdict memory = {};  // of walks, as Study has it
  Kinship kinship = {};
};
// Of all patients: the change may ask for a fact that cannot be read, or no longer ask for it.
struct ChangeCount {
  std::array<uint64_t, 3> decisions{};  // by Decision
  uint64_t refused = 0;                 // without a verdict
};

// A patient of the table.
struct Row {
  size_t rank = 0;     // how far from eligible: smaller ones are kept
  uint64_t order = 0;  // in the input
  std::string patient, screening;
  Decision decision = Decision::undetermined;
  std::vector<uint32_t> failed, unknown;  // criteria
  std::vector<std::string> needed;
};
inline constexpr size_t kMostRows = 1000;

// A patient without a verdict, and why.
struct Refused {
  std::string patient, reason;
};

struct Tally {
  uint32_t arm = kNone;
  uint64_t patients = 0;                // with a verdict
  std::array<uint64_t, 3> decisions{};  // by Decision
  uint8_t assumed = 0;                  // parts that somebody takes as complete,
  uint64_t resting = 0;                 // and the verdicts that rest on it
  std::vector<CriterionCount> criteria;
  std::map<std::string, FactCount> facts;
  std::vector<NearCount> near;  // by MovableLimits::limits
  LaterCount later;
  std::vector<LaterCount> later_by_criterion;  // that does not pass today
  std::vector<ChangeCount> changes;            // by Study::changes
  ChangeCount together;                        // with all of them
  std::vector<Row> rows;                       // a heap, the first one to go on top
  uint64_t refused = 0;                        // patients without a verdict,
  uint64_t refused_by_rules = 0;               // of them who would have one if no rule asked for some facts,
  std::vector<Refused> first_refused;          // and the first kMostRows of them, where rows are kept

  uint64_t of(Decision decision) const { return decisions[size_t(decision)]; }
};

// One trial of the run.
struct Study {
  const LoadedTrial& trial;
  MovableLimits limits;
  std::vector<Change> changes = {};
  std::deque<ChangedTrial> changed = {};        // by change
  std::unique_ptr<ChangedTrial> together = {};  // with all of them; null: there are not several, or two of
                                                // one criterion
  std::vector<Tally> tallies = {};              // by arm; one in a trial without arms

  // The memory of walks, none of it an answer.
  Verdict near_memory = {};
  std::vector<Verdict> later_memory = {};  // by day ahead
};

inline constexpr int kNearPercent = 10;

struct Counting {
  uint32_t days_ahead = 30;  // 0: does not look ahead
  bool keep_rows = false;
  Patient later = {};  // the patient at hand, screened later
};

// A study that has counted nobody. Its changes are added afterwards (what_if.hpp), then `begin_tallies`.
Study make_study(const LoadedTrial&);
void begin_tallies(Study&, const Counting&);

// Counts of a verdict only what it assumes; for the log, which has no other counts.
void count_assumption(Study&, const Report&);
// Counts what a trial answers for one patient.
void count(Counting&, Study&, const Report&);

// Whether the row is among those nearest to eligible so far; and keeps one that is.
bool would_keep(const Tally&, const Row&);
void keep_row(Tally&, Row);
// The rows in the order of the page: nearest to eligible first, then as in the input.
std::vector<const Row*> rows_in_order(const Tally&);

}  // namespace crit
