// A signal sets a flag.
#include "tools/interrupt.hpp"

#include <csignal>

namespace crit {

namespace {

volatile std::sig_atomic_t interrupted = 0;

void note(int) {
  interrupted = 1;
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
  return interrupted != 0;
}

}  // namespace crit
