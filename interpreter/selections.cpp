// Several results to one value: the highest, the lowest, the average, the total, the change from first to
// last.
#include <algorithm>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

// A result that cannot be used may be any number: the others may settle the highest all the same.
Amount any_if_unusable(Evaluation& e, const Ref& ref, const Candidate& c) {
  const Amount value = result_of(e, ref, e.patient.records[c.record]);
  return value.known() ? value : any_number();
}

Amount extreme(Evaluation& e, const Ref& ref, const Candidates& found, bool highest) {
  Amount sure, all;
  for (const Candidate& c : list(e, found)) {
    const Amount value = any_if_unusable(e, ref, c);
    const auto more = [&](const Amount& a) {
      if (!a.known()) return value;
      return highest ? higher_of(a, value) : lower_of(a, value);
    };
    if (c.in_window == Truth::yes) sure = more(sure);
    all = more(all);
  }
  // Those that may be in the window can only push it further out.
  return hull(sure, all);
}

Amount average(Evaluation& e, const Ref& ref, const Candidates& found) {
  Amount sum = exactly(0), all;
  bool certain = true;
  for (const Candidate& c : list(e, found)) {
    const Amount value = result_of(e, ref, e.patient.records[c.record]);
    certain &= c.in_window == Truth::yes;
    sum = arithmetic(ArithmeticOp::add, sum, value);
    all = &c == list(e, found).data() ? value : hull(all, value);
  }
  return certain ? arithmetic(ArithmeticOp::divide, sum, exactly(found.count)) : all;
}

Amount total(Evaluation& e, const Ref& ref, const Candidates& found) {
  // As for doses, the first day of the window is left out: 4 weeks are 28 days.
  ResolvedWindow window = window_of(e, ref.window);
  if (window.stretch.from.first != kLongAgo) {
    const Tick day = window.in_minutes ? 24 * 60 : 1;
    window.stretch.from = {window.stretch.from.first + day, window.stretch.from.last + day};
  }
  Amount sum;
  for (const Candidate& c : list(e, found)) {
    const Record& record = e.patient.records[c.record];
    const Truth in = in_window(window, moment_of(record, window.in_minutes));
    if (in == Truth::no) continue;
    const Amount value = result_of(e, ref, record);
    const Amount part = in == Truth::yes ? value : hull(value, exactly(0));
    sum = sum.known() || !part.known() ? arithmetic(ArithmeticOp::add, sum, part) : part;
    if (!sum.known()) return {};
  }
  return sum;
}

Amount difference(const Ref& ref, const Amount& latest, const Amount& earliest) {
  const Amount change = arithmetic(ArithmeticOp::subtract, latest, earliest);
  if (!ref.relative) return change;
  // A share of what was zero or less says nothing.
  if (compare(earliest, CompareOp::greater, exactly(0)) != Truth::yes) return {};
  return arithmetic(ArithmeticOp::divide, change, earliest);
}

// Of all pairs that may be the latest and the earliest; one result is no change.
Amount change(Evaluation& e, const Ref& ref, const Candidates& found) {
  const auto all = list(e, found);
  if (std::ranges::count(all, Truth::yes, &Candidate::in_window) < 2) return {};
  const auto latest_start = outermost(e, all, true), earliest_end = outermost(e, all, false);
  uint32_t tried = 0;
  std::optional<Amount> made;
  for (const Candidate& last : all) {
    if (!may_be_outermost(e, last, latest_start, true)) continue;
    for (const Candidate& first : all) {
      if (first.record == last.record || !may_be_outermost(e, first, earliest_end, false)) continue;
      if (++tried > kMostCombinations) return {};
      const Amount here = difference(ref, result_of(e, ref, e.patient.records[last.record]),
                                     result_of(e, ref, e.patient.records[first.record]));
      made = made ? hull(*made, here) : here;
      if (!made->known()) return {};
    }
  }
  return made.value_or(Amount{});
}

}  // namespace

Amount selected(Evaluation& e, RefId id) {
  const Ref& ref = e.model.refs[id];
  const Candidates& found = candidates_of(e, id);
  if (found.maybe_none) return {};
  switch (ref.selector) {
    case Selector::latest:
    case Selector::earliest:
      break;
    case Selector::highest:
      return extreme(e, ref, found, true);
    case Selector::lowest:
      return extreme(e, ref, found, false);
    case Selector::average:
      return average(e, ref, found);
    case Selector::total:
      return total(e, ref, found);
    case Selector::change:
      return change(e, ref, found);
  }
  return {};
}

}  // namespace crit
