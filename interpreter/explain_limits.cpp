// Reference limits in words: a result beside its range, and a limit beside the laboratory's.
#include <fmt/format.h>

#include "interpreter/explanation.hpp"

namespace crit {

std::string other_limit(Evaluation& e, RefId id, uint32_t r, bool upper) {
  const Ref& ref = e.model.refs[id];
  const Record& record = e.patient.records[r];
  const LimitFound own = limit_of(e, ref, record, upper);
  if (own.from != Limits::own || e.model.ranges.empty()) return {};
  const auto range = limit_in_ranges(e, ref, record, upper);
  if (!range || !range->amount.known() || compare(own.amount, CompareOp::equal, range->amount) == Truth::yes)
    return {};
  return fmt::format(" (the laboratory's range has {})", amount_words(range->amount, ""));
}

void tell_normal(Telling& to, const IsNormal& q) {
  Evaluation& e = to.e;
  const Ref& ref = e.model.refs[q.ref];
  const Candidates found = candidates_of(e, q.ref);
  std::string range;
  if (found.count == 1) {
    const Record& record = e.patient.records[list(e, found)[0].record];
    const std::string& unit = e.model.fact(ref.fact).unit_text;
    const LimitFound low = limit_of(e, ref, record, false), high = limit_of(e, ref, record, true);
    if (low.amount.known() && high.amount.known())
      range = fmt::format("{} to {}", amount_words(low.amount, ""), amount_words(high.amount, unit));
    else if (high.amount.known())
      range = "up to " + amount_words(high.amount, unit);
    else if (low.amount.known())
      range = "from " + amount_words(low.amount, unit);
    if (low.from == Limits::none_given)
      range += range.empty() ? "LLN and ULN missing" : ", LLN missing";
    else if (high.from == Limits::none_given)
      range += ", ULN missing";
    for (const bool upper : {false, true}) {
      std::string other = other_limit(e, q.ref, list(e, found)[0].record, upper);
      if (!other.empty()) other.insert(other.size() - 1, upper ? " as ULN" : " as LLN");
      range += other;
    }
    const bool is_missing = low.from == Limits::none_given || high.from == Limits::none_given;
    const std::string why = is_missing ? no_limit_words(e, ref, record, low.from != Limits::none_given) : "";
    if (!why.empty() && why != "missing") range += fmt::format(" ({})", why);
  }
  const std::string words = result_words(to, q.ref, range);
  say(to, range.empty() ? words : fmt::format("{}, reference range {}", words, range));
}

}  // namespace crit
