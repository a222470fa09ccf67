// The reasons for one criterion, in words.
#include "interpreter/evaluation.hpp"

namespace crit {

Reason explain(const Model& model, const Patient& patient, uint32_t criterion, const Verdict& verdict) {
  Evaluation e = begin_walk(model, patient, verdict.scratch);
  Reason reason;
  reason.needed = needed_by(e, criterion, verdict.outcomes[criterion]);
  return reason;
}

}  // namespace crit
