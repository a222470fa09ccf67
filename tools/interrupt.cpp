// A signal sets a flag.
#include "tools/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace crit {

namespace {

// The signal may come to any thread, and another one asks.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void note(int) {
  interrupted = true;
}

}  // namespace

Interruptible::Interruptible() {
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

Interruptible::~Interruptible() {
  std::signal(SIGINT, SIG_DFL);
}

bool is_interrupted() {
  return interrupted;
}

}  // namespace crit
