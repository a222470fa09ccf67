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

namespace {

// A limit that goes by a sex that is not given is one of two.
std::string limit_words(const Amount& limit, std::string_view unit) {
  if (limit.kind != Amount::Kind::interval) return amount_words(limit, unit);
  return with_unit(fmt::format("{} or {}", number_words(limit.low), number_words(limit.high)), unit);
}

std::string range_words(const LimitFound& low, const LimitFound& high, std::string_view unit) {
  if (low.amount.known() && high.amount.known())
    return fmt::format("{} to {}", limit_words(low.amount, ""), limit_words(high.amount, unit));
  if (high.amount.known()) return "up to " + limit_words(high.amount, unit);
  return low.amount.known() ? "from " + limit_words(low.amount, unit) : "";
}

}  // namespace

void tell_normal(Telling& to, const IsNormal& q) {
  Evaluation& e = to.e;
  const Ref& ref = e.model.refs[q.ref];
  const Candidates found = candidates_of(e, q.ref);
  std::string range;
  if (found.count == 0 && ref.formula != kNone && computed_of(e, ref).known()) {
    range = range_words(limit_of_computed(e, q.ref, false), limit_of_computed(e, q.ref, true),
                        e.model.fact(ref.fact).unit_text);
    tell_result(to, q.ref);
    return say(to, range.empty() ? "LLN and ULN missing" : "reference range " + range);
  }
  if (found.count == 1) {
    const Record& record = e.patient.records[list(e, found)[0].record];
    const LimitFound low = limit_of(e, ref, record, false), high = limit_of(e, ref, record, true);
    range = range_words(low, high, e.model.fact(ref.fact).unit_text);
    if (low.from == Limits::none_given)
      range += range.empty() ? "LLN and ULN missing" : ", LLN missing";
    else if (high.from == Limits::none_given)
      range += ", ULN missing";
    for (const bool upper : {false, true}) {
      std::string other = other_limit(e, q.ref, list(e, found)[0].record, upper);
      if (!other.empty()) other.insert(other.size() - 1, upper ? " as ULN" : " as LLN");
      range += other;
    }
    const auto is_open = [](const LimitFound& l) {
      return l.from == Limits::none_given || l.amount.kind == Amount::Kind::interval;
    };
    const std::string why =
        is_open(low) || is_open(high) ? no_limit_words(e, ref, record, !is_open(low)) : "";
    if (!why.empty() && why != "missing") range += fmt::format(" ({})", why);
  }
  const std::string words = result_words(to, q.ref, range);
  say(to, range.empty() ? words : fmt::format("{}, reference range {}", words, range));
}

}  // namespace crit
