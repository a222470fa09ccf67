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

// What is missing of a range, and why.
std::string lacking_words(Evaluation& e, const Ref& ref, const Record& record, const LimitFound& low,
                          const LimitFound& high) {
  const auto is_missing = [](const LimitFound& l) { return l.from == Limits::none_given; };
  const auto is_open = [&](const LimitFound& l) {
    return is_missing(l) || l.amount.kind == Amount::Kind::interval;
  };
  std::string words = is_missing(low) && is_missing(high) ? "LLN and ULN missing"
                      : is_missing(low)                   ? "LLN missing"
                      : is_missing(high)                  ? "ULN missing"
                                                          : "";
  if (!is_open(low) && !is_open(high)) return words;
  const std::string why = no_limit_words(e, ref, record, !is_open(low));
  return why == "missing" ? words : fmt::format("{} ({})", words, why);
}

// The range that one result is held to, its own or the laboratory's.
std::string range_of(Evaluation& e, RefId id, uint32_t r) {
  const Ref& ref = e.model.refs[id];
  const bool computed = r == kNone;
  const Record record = computed ? computed_record(e, ref) : e.patient.records[r];
  const auto limit = [&](bool upper) {
    return computed ? limit_of_computed(e, id, upper) : limit_of(e, ref, record, upper);
  };
  const LimitFound low = limit(false), high = limit(true);
  std::string range = range_words(low, high, e.model.fact(ref.fact).unit_text);
  const std::string lacking = lacking_words(e, ref, record, low, high);
  if (!range.empty() && !lacking.empty() && !lacking.starts_with(' ')) range += ", ";
  range += lacking;
  for (const bool upper : {false, true}) {
    std::string other = computed ? "" : other_limit(e, id, r, upper);
    if (!other.empty()) other.insert(other.size() - 1, upper ? " as ULN" : " as LLN");
    range += other;
  }
  return range;
}

}  // namespace

void tell_normal(Telling& to, const IsNormal& q) {
  Evaluation& e = to.e;
  const Ref& ref = e.model.refs[q.ref];
  const Candidates found = candidates_of(e, q.ref);
  if (found.count == 0 && ref.formula != kNone && computed_of(e, ref).known()) {
    tell_result(to, q.ref);
    return say(to, "reference range " + range_of(e, q.ref, kNone));
  }
  if (found.count > 1 && chooses(ref)) {
    std::vector<std::string> ranges;
    for (const Candidate& c : list(e, found)) ranges.push_back(range_of(e, q.ref, c.record));
    return say(to, result_words(to, q.ref, ranges, "reference range"));
  }
  const std::string range = found.count == 1 ? range_of(e, q.ref, list(e, found)[0].record) : "";
  const std::string words = result_words(to, q.ref, range);
  say(to, range.empty() ? words : fmt::format("{}, reference range {}", words, range));
}

}  // namespace crit
