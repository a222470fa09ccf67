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

bool has_lower_end(const Amount& a, const Amount& b) {
  const bool a_open = a.low_edge == Edge::infinite, b_open = b.low_edge == Edge::infinite;
  return a_open || b_open ? a_open && !b_open : a.low < b.low;
}

bool has_higher_end(const Amount& a, const Amount& b) {
  return has_lower_end(negated(a), negated(b));
}

// Any of those that may be in the window is in it or not: the lowest average has the smallest of them, the
// highest the largest.
Amount average(Evaluation& e, const Ref& ref, const Candidates& found) {
  Amount sum = exactly(0);
  int64_t sure = 0;
  std::vector<Amount> others;
  for (const Candidate& c : list(e, found)) {
    const Amount value = result_of(e, ref, e.patient.records[c.record]);
    if (!value.known()) return {};
    if (c.in_window != Truth::yes) {
      others.push_back(value);
      continue;
    }
    sum = arithmetic(ArithmeticOp::add, sum, value);
    ++sure;
  }
  const auto mean = [](const Amount& of, int64_t many) {
    return arithmetic(ArithmeticOp::divide, of, exactly(many));
  };
  Amount all = mean(sum, sure);
  for (const auto comes_first : {has_lower_end, has_higher_end}) {
    std::ranges::sort(others, comes_first);
    Amount with = sum;
    int64_t many = sure;
    for (const Amount& value : others) {
      with = arithmetic(ArithmeticOp::add, with, value);
      all = hull(all, mean(with, ++many));
    }
  }
  return all;
}

Amount total(Evaluation& e, const Ref& ref, const Candidates& found) {
  // As for doses, the first day of the window is left out: 4 weeks are 28 days.
  ResolvedWindow window = window_of(e, ref.window);
  if (window.stretch.from.first != kLongAgo) {
    const Tick day = window.in_minutes ? 24 * 60 : 1;
    window.stretch.from = {window.stretch.from.first + day, window.stretch.from.last + day};
  }
  Amount sum;
  bool some = false;  // for certain: of none there is no total
  for (const Candidate& c : list(e, found)) {
    const Record& record = e.patient.records[c.record];
    const Truth in = in_window(window, moment_of(record, window.in_minutes));
    if (in == Truth::no) continue;
    some |= in == Truth::yes;
    const Amount value = result_of(e, ref, record);
    const Amount part = in == Truth::yes ? value : hull(value, exactly(0));
    sum = sum.known() || !part.known() ? arithmetic(ArithmeticOp::add, sum, part) : part;
    if (!sum.known()) return {};
  }
  return some ? sum : Amount{};
}

Amount difference(const Ref& ref, const Amount& latest, const Amount& earliest) {
  if (!ref.relative) return arithmetic(ArithmeticOp::subtract, latest, earliest);
  // A share of what was zero or less says nothing.
  if (compare(earliest, CompareOp::greater, exactly(0)) != Truth::yes) return {};
  // The same as the difference over the earliest, with the earliest named once: it is one number in both.
  return arithmetic(ArithmeticOp::subtract, arithmetic(ArithmeticOp::divide, latest, earliest), exactly(1));
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
