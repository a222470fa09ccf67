// What the walk over one patient has found so far: windows on the calendar, the results that a name may mean.
// It is kept in the Verdict, so that the next patient uses the same memory; nothing in it is read by others.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.hpp"
#include "interpreter/calendar.hpp"
#include "interpreter/common_conditions.hpp"
#include "interpreter/day_text.hpp"
#include "interpreter/joined_names.hpp"
#include "interpreter/rational.hpp"
#include "interpreter/truth.hpp"

namespace crit {

// A moment: a day since 1970-01-01, or a minute in windows of hours. What may be, from the first to the last.
using Tick = int64_t;
inline constexpr Tick kLongAgo = INT64_MIN / 4;
inline constexpr Tick kFarAhead = INT64_MAX / 4;

struct TickRange {
  Tick first = kLongAgo, last = kFarAhead;
};

// A window of this patient. The ends are ranges where the anchor's day is not certain.
struct Stretch {
  TickRange from{kLongAgo, kLongAgo}, to{kFarAhead, kFarAhead};
};

struct ResolvedWindow {
  uint32_t epoch = 0;  // of the patient that it was found for
  // What it depends on alone: the patient's screening date (then `day` is that), and no date beside it; or
  // one other date. Nothing: it must be resolved again for each patient.
  bool by_screening = false, by_screening_alone = false, by_one_date = false;
  std::optional<When> day;
  std::optional<When> screening;  // of the patient whose `up_to_screening` it is
  bool maybe_empty =
      false;          // two dates that are not certain are its ends, and the last may be before the first
  bool known = true;  // false: an anchor's date is not given, or a drug has no half-life
  bool in_minutes = false;
  Window::Kind kind = Window::Kind::within;
  Stretch stretch;
  std::vector<Stretch> blackouts;
  Tick asked_to = 0;  // the last tick that may count: the stretch's, or the one before blackouts at its end
  // What is of a whole day from this one to that is plainly in the window; no day is where that is not plain.
  Tick sure_from = 0, sure_to = -1;
  bool one_by_one = true;        // whether a record is in it is not for others, or for its drug, to say
  bool up_to_screening = false;  // and surely no further
};

// When a record began and ended, as far as it is known.
struct Extent {
  TickRange start, end;
  bool undated = false;
};

struct Cover {
  Extent extent;
  Truth truth;
};

// A record that a name may mean, and whether it is in the window.
struct Candidate {
  uint32_t record;
  Truth in_window;
};

// The results that a Ref may mean: of Scratch::pool. `maybe_none`: there may be none at all.
struct Candidates {
  uint32_t epoch = 0;
  uint32_t first = 0, count = 0;
  bool maybe_none = true;
};

struct Remembered {
  uint32_t epoch = 0;
  uint32_t record = 0;
  Truth truth = Truth::unknown;
};

// A fact that is still needed, and how many criteria it could settle.
struct Needed {
  std::string_view name;
  uint32_t criteria;
};

// From this day on a dose a day adds so much to what is certainly (low) and to what is possibly taken.
struct DoseStep {
  Tick day;
  Rational low, high;
  int unbounded;  // records of no known dose that begin (1) or end (-1)
};

// A date that a condition asks for and that is not known to the day; and one of its days, taken for it.
struct InexactDay {
  AnchorSpec anchor;
  When days;
};
struct TakenDay {
  AnchorSpec anchor;
  When day;
};

struct BatchAnswers;  // interpreter/evaluate_batch.hpp

struct Scratch {
  // What the patient's batch has answered already, and the patient's place in it. Null: asked alone.
  const BatchAnswers* answers = nullptr;
  uint32_t place = 0;
  CommonNeeds* common = nullptr;  // where several trials ask one patient
  uint32_t epoch = 0;
  uint32_t verdict_epoch = 0;  // of the walk that found the verdict
  // The walks from `since` on were of this model: what was resolved for a day still holds.
  const Model* model = nullptr;
  uint32_t since = 0;
  std::vector<ResolvedWindow> windows;  // by WindowId
  ResolvedWindow ever;                  // up to screening
  ResolvedWindow one_record;            // a window in half-lives of one record's drug
  std::vector<Candidates> candidates;   // by RefId
  std::vector<Candidate> pool;
  std::vector<uint32_t> choice;    // by RefId: which candidate a comparison tries now; kNone: not said
  std::vector<uint8_t> branch;     // by ValueId: 1 then, 2 else, 0 not said
  std::vector<Remembered> truths;  // by NodeId: lists of conditions, so that a shared one is judged once
  std::vector<uint32_t> read;      // records read by a `same day` value
  std::vector<uint32_t> certain;   // members counted
  std::vector<Cover> together;     // records that may last unbroken over a window
  std::vector<Candidate> results;  // of a measure that is asked to be stable
  std::vector<DoseStep> steps;
  // Of a walk on one day of an inexact date (each_day.cpp), which has the memory that the other walk keeps
  // beside its own: the day, or where the dates are noted.
  std::unique_ptr<Scratch> beside;
  std::optional<TakenDay> taken;
  std::vector<InexactDay>* inexact = nullptr;
  std::vector<NameList> needed_by;  // by criterion: what it still needs
  JoinedNames joined;
  DayText screening_text;
  std::vector<Needed> needed;
};

}  // namespace crit
