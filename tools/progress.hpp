// How far a long run is, in one line of the terminal: patients, how many a second, and the time that is left.
#pragma once

#include <chrono>
#include <cstdint>

#include "interpreter/input.hpp"
#include "tools/console.hpp"

namespace crit {

// Silent unless standard error is a terminal and the answers go elsewhere. The clock is in no answer.
class Progress {
 public:
  explicit Progress(Console&);
  ~Progress();  // takes its line away
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(uint64_t patients, const Input&);

 private:
  using Clock = std::chrono::steady_clock;

  Console& console_;
  bool wanted_;
  Clock::time_point begin_ = Clock::now(), last_ = begin_;
};

}  // namespace crit
