// Ctrl-C to a question that a long run asks between two patients, so that it ends with whole lines.
#pragma once

namespace crit {

// While it lives, the first interrupt is only noted; a second one ends the program as always.
class Interruptible {
 public:
  Interruptible();
  ~Interruptible();
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
};

bool is_interrupted();

}  // namespace crit
