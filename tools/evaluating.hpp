// Patients to the answers of every trial of the run, written in their order as the command asks.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "interpreter/evaluate_batch.hpp"
#include "interpreter/hold.hpp"
#include "tools/answers.hpp"
#include "tools/commands.hpp"
#include "tools/stray_names.hpp"

namespace crit {

struct Counts {
  uint64_t patients = 0, unread = 0, verdicts = 0;
  uint64_t nameless = 0;                // records of which not even a patient could be named
  uint64_t repeated = 0;                // patients that were there before, whose verdict does not count then
  uint64_t resting = 0;                 // verdicts that are only such by what somebody assumes
  uint8_t assumed = 0;                  // the parts that it is about
  std::array<uint64_t, 3> decisions{};  // by Decision

  void add(const Counts&);
  void add(const Report&);
};

class Evaluating {
 public:
  Evaluating(const EvalCommand&, Console&, const std::vector<LoadedTrial>&);

  Counts counts = {};
  bool faulty = false;     // something has been told
  bool first = true;       // no answer is written yet; false in what will be append()ed
  StrayNames strays = {};  // not told yet

  void begin();                            // what stands before the answers,
  void answer(std::unique_ptr<Patient>&);  // takes it, and leaves one to be used again
  void finish();                           // those that still wait for others
  void close();                            // behind the last answer, where the run is broken off
  void end(const Holding*);                // and behind them; null: no file was FHIR or a table

  // On standard error: a file that cannot be read; and what belongs to no patient that could be named.
  void tell(const Fault&);
  void tell_nameless(const Fault&);

  // The answers that another Evaluating has written of the patients that come next.
  void append(std::string_view answers);

 private:
  // A patient that waits for some more, so that each trial answers for all of them together.
  struct Waiting {
    std::unique_ptr<Patient> patient = std::make_unique<Patient>();
    CommonNeeds needs;
    std::string answers;
    std::vector<Fault> faults;
    // Of the trial at hand: the arms to answer for, or why it cannot decide the patient.
    std::vector<uint32_t> arms;
    std::vector<Fault> refusals;
  };

  void answer(size_t trial, std::span<Waiting>);
  void append(Waiting&, const Report&);
  void append(std::string&, const Report&) const;
  void write(std::string_view answers);
  void append_summary();
  std::string words_of_assumption(const Holding*) const;

  const EvalCommand& command_;
  Console& console_;
  Answering answering_;
  CommonConditions common_;  // empty with one trial
  std::vector<Waiting> waiting_;
  size_t held_ = 0, records_held_ = 0;
  Batch batch_;  // those that wait
  BatchAnswers answers_;
};

}  // namespace crit
