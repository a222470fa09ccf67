// Comparisons: judged for every combination of the results that the names in them may mean.
#include <algorithm>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

// What Scratch::branch says of a value `if`: which branch, and whether its condition is unknown.
constexpr uint8_t kThen = 1, kElse = 2, kVaries = 0x80;

// The same question asked twice (`if sex = female` in two places of a formula) has one answer.
bool same_question(const Model& model, NodeId a, NodeId b) {
  if (a == b) return true;
  const auto* x = std::get_if<OneOf>(&model.nodes[a].what);
  const auto* y = std::get_if<OneOf>(&model.nodes[b].what);
  return x && y && x->ref == y->ref && x->values == y->values;
}

// What is tried in turn: each candidate of a Ref (and none at all), both branches of a value `if` that is not
// decided.
struct Combinations {
  Evaluation& e;
  std::span<const RefId> refs;
  std::span<const ValueId> picks;
  uint64_t count = 1;

  NodeId question(ValueId pick) const { return std::get<Picked>(e.model.values[pick].what).condition; }

  uint32_t options(RefId ref) const {
    if (!chooses(e.model.refs[ref])) return 1;
    const Candidates& found = candidates_of(e, ref);
    return std::max(1u, found.count + (found.maybe_none ? 1u : 0u));
  }

  // An earlier pick of the same question; itself where there is none.
  size_t asked_first(size_t pick) const {
    for (size_t i = 0; i < pick; ++i)
      if (same_question(e.model, question(picks[i]), question(picks[pick]))) return i;
    return pick;
  }

  // Decides the value ifs and counts; false where there is too much to try.
  bool begin() {
    for (RefId ref : refs) {
      count *= options(ref);
      if (count > kMostCombinations) return false;
    }
    for (size_t i = 0; i < picks.size(); ++i) {
      const Truth t = truth_of(e, question(picks[i]));
      e.scratch.branch[picks[i]] = t == Truth::yes ? kThen : t == Truth::no ? kElse : kVaries;
      if (t == Truth::unknown && asked_first(i) == i) count *= 2;
      if (count > kMostCombinations) return false;
    }
    return true;
  }

  void set(uint64_t number) {
    for (RefId ref : refs) {
      const uint32_t n = options(ref);
      if (n > 1) e.scratch.choice[ref] = static_cast<uint32_t>(number % n);
      number /= n;
    }
    for (size_t i = 0; i < picks.size(); ++i) {
      uint8_t& branch = e.scratch.branch[picks[i]];
      if (!(branch & kVaries)) continue;
      const size_t first = asked_first(i);
      if (first != i) {
        branch = e.scratch.branch[picks[first]];
        continue;
      }
      branch = kVaries | (number % 2 == 0 ? kThen : kElse);
      number /= 2;
    }
  }

  void end() {
    for (RefId ref : refs)
      if (chooses(e.model.refs[ref])) e.scratch.choice[ref] = kNone;
    for (ValueId pick : picks) e.scratch.branch[pick] = 0;
  }
};

// Yes or no where every combination agrees.
template <typename Judge>
Truth all_agree(Evaluation& e, Children refs, Children picks, Judge judge) {
  Combinations all{e, e.model.list(refs), e.model.list(picks)};
  if (!all.begin()) {
    all.end();
    return Truth::unknown;
  }
  if (all.count == 1 && picks.count == 0) return judge();
  all.set(0);
  Truth agreed = judge();
  for (uint64_t i = 1; i < all.count && agreed != Truth::unknown; ++i) {
    all.set(i);
    if (judge() != agreed) agreed = Truth::unknown;
  }
  all.end();
  return agreed;
}

Amount span_of(int64_t first, int64_t last) {
  return first == last ? exactly(first) : between(first, last);
}

// By the day; by the minute where both say one.
Truth compare_dates(Evaluation& e, const DateOf& a, CompareOp op, const DateOf& b) {
  const auto left = day_of(e, a.date), right = day_of(e, b.date);
  if (!left || !right) return Truth::unknown;
  const bool by_minute = left->has_time() && right->has_time();
  const TickRange x = ticks_of(*left, by_minute), y = ticks_of(*right, by_minute);
  return compare(span_of(x.first, x.last), op, span_of(y.first, y.last));
}

Truth compare_values(Evaluation& e, ValueId left, CompareOp op, ValueId right) {
  Rational room_of_a, room_of_b;
  const Rational* a = exact_number(e, left, room_of_a);
  const Rational* b = a ? exact_number(e, right, room_of_b) : nullptr;
  if (b) return compare(*a, op, *b);
  return compare(amount_of(e, left), op, amount_of(e, right));
}

Truth judge(Evaluation& e, const Compare& q) {
  if (const auto* first = std::get_if<DateOf>(&e.model.values[q.values[0]].what)) {
    const auto* second = std::get_if<DateOf>(&e.model.values[q.values[1]].what);
    const auto* third = q.count == 3 ? std::get_if<DateOf>(&e.model.values[q.values[2]].what) : nullptr;
    if (second && (q.count == 2 || third)) {
      const Truth t = compare_dates(e, *first, q.ops[0], *second);
      return third ? t & compare_dates(e, *second, q.ops[1], *third) : t;
    }
  }
  const Truth t = compare_values(e, q.values[0], q.ops[0], q.values[1]);
  return q.count == 2 || t == Truth::no ? t : t & compare_values(e, q.values[1], q.ops[1], q.values[2]);
}

// `highest ALT <= 2*ULN`: every result, or any, against its own limit.
[[gnu::noinline]] Truth judge_each(Evaluation& e, const Compare& q) {
  const Candidates found = candidates_of(e, q.each_ref);
  const bool all = q.each == Compare::Each::all;
  const Truth settled = all ? Truth::no : Truth::yes;  // what one result that is surely in the window decides
  bool open = found.maybe_none;
  for (uint32_t i = 0; i < found.count; ++i) {
    e.scratch.choice[q.each_ref] = i;
    const Truth t = all_agree(e, q.refs, q.picks, [&] { return judge(e, q); });
    e.scratch.choice[q.each_ref] = kNone;
    if (t == settled && list(e, found)[i].in_window == Truth::yes) return settled;
    open |= t != !settled;
  }
  return open ? Truth::unknown : !settled;
}

}  // namespace

Truth compare_in_every_way(Evaluation& e, const Compare& q) {
  return all_agree(e, q.refs, q.picks, [&] { return judge(e, q); });
}

Truth compare_nodes(Evaluation& e, const Compare& q) {
  if (q.each != Compare::Each::none) return judge_each(e, q);
  const auto t = compare_exactly(e, q);
  return t ? *t : compare_in_every_way(e, q);
}

bool too_many_combinations(Evaluation& e, const Compare& q) {
  Combinations all{e, e.model.list(q.refs), e.model.list(q.picks)};
  const bool fits = all.begin();
  all.end();
  return !fits;
}

namespace {

template <typename Find>
Truth is_known(Evaluation& e, Children refs, Find find) {
  return all_agree(e, refs, {}, [&] {
    e.may_be_of_one_day = false;
    if (find().known()) return Truth::yes;
    return e.may_be_of_one_day ? Truth::unknown : Truth::no;
  });
}

}  // namespace

Truth value_known(Evaluation& e, const ValueKnown& q) {
  return is_known(e, q.refs, [&] { return amount_of(e, q.value); });
}

Truth computed_known(Evaluation& e, const IsKnown& q) {
  return is_known(e, q.refs, [&] { return computed_of(e, e.model.refs[q.ref]); });
}

}  // namespace crit
