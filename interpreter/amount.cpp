// Intervals: comparison, and the arithmetic that is exact on their ends.
#include "interpreter/amount.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace crit {

namespace {

using Kind = Amount::Kind;

// One end of an interval, to compute with. `side` is -1 for minus infinity, 1 for infinity, 0 for a number.
struct End {
  Rational number;
  int side = 0;
  bool open = false;
};

End low_end(const Amount& a) {
  if (a.kind == Kind::exact) return {a.low, 0, false};
  return {a.low, a.low_edge == Edge::infinite ? -1 : 0, a.low_edge == Edge::open};
}

End high_end(const Amount& a) {
  if (a.kind == Kind::exact) return {a.low, 0, false};
  return {a.high, a.high_edge == Edge::infinite ? 1 : 0, a.high_edge == Edge::open};
}

bool below(const End& a, const End& b) {
  if (a.side != b.side) return a.side < b.side;
  return a.side == 0 && a.number < b.number;
}
bool same_place(const End& a, const End& b) {
  return a.side == b.side && (a.side != 0 || a.number == b.number);
}

Edge edge_of(const End& e) {
  if (e.side != 0) return Edge::infinite;
  return e.open ? Edge::open : Edge::closed;
}

Amount made(const End& low, const End& high, bool rounded) {
  Amount a;
  if (low.number.too_large() || high.number.too_large()) return a;
  if (low.side == 0 && high.side == 0 && !low.open && !high.open && low.number == high.number && !rounded)
    return exactly(low.number);
  a.kind = Kind::interval;
  a.low = low.number;
  a.high = high.number;
  a.low_edge = edge_of(low);
  a.high_edge = edge_of(high);
  a.rounded = rounded;
  return a;
}

// The lowest and the highest of the ends; a closed end includes an open one of the same number.
Amount hull_of(std::initializer_list<End> ends, bool rounded) {
  const End* low = ends.begin();
  const End* high = ends.begin();
  for (const End& e : ends) {
    if (below(e, *low) || (same_place(e, *low) && !e.open)) low = &e;
    if (below(*high, e) || (same_place(e, *high) && !e.open)) high = &e;
  }
  return made(*low, *high, rounded);
}

End sum(const End& a, const End& b) {
  if (a.side != 0) return a;
  if (b.side != 0) return b;
  return {a.number + b.number, 0, a.open || b.open};
}

End product(const End& a, const End& b) {
  const auto sign = [](const End& e) { return e.side != 0 ? e.side : e.number.sign(); };
  const int s = sign(a) * sign(b);
  if (a.side != 0 || b.side != 0) {
    // An infinite end times zero: zero is reached where the zero end is closed, and approached where it is
    // open.
    if (s == 0) return {0, 0, a.side != 0 ? b.open : a.open};
    return {0, s, false};
  }
  if (s == 0) return {0, 0, (a.number.is_zero() ? a.open : true) && (b.number.is_zero() ? b.open : true)};
  return {a.number * b.number, 0, a.open || b.open};
}

// A rounded interval's ends as doubles, outward: they stay short, however long the computation.
Amount trimmed(const Amount& a) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Amount t = a;
  if (a.kind == Kind::exact) t.high = a.low;
  t.kind = Kind::interval;
  t.rounded = true;
  if (t.low_edge != Edge::infinite)
    t.low = Rational::from_double(std::nextafter(t.low.to_double(), -infinity));
  if (t.high_edge != Edge::infinite)
    t.high = Rational::from_double(std::nextafter(t.high.to_double(), infinity));
  if (t.low.too_large() || t.high.too_large()) return {};
  return t;
}

Amount times(const Amount& a, const Amount& b, bool rounded) {
  const End al = low_end(a), ah = high_end(a), bl = low_end(b), bh = high_end(b);
  return hull_of({product(al, bl), product(al, bh), product(ah, bl), product(ah, bh)}, rounded);
}

Amount reciprocal(const Amount& a) {
  const End low = low_end(a), high = high_end(a);
  const bool above = low.side == 0 && (low.number.sign() > 0 || (low.number.is_zero() && low.open));
  const bool under = high.side == 0 && (high.number.sign() < 0 || (high.number.is_zero() && high.open));
  if (!above && !under) return {};
  const auto turned = [&](const End& e) -> End {
    if (e.side != 0) return {0, 0, true};
    if (e.number.is_zero()) return {0, above ? 1 : -1, false};
    return {Rational(1) / e.number, 0, e.open};
  };
  return made(turned(high), turned(low), a.rounded);
}

Amount exact_arithmetic(ArithmeticOp op, const Rational& a, const Rational& b) {
  switch (op) {
    case ArithmeticOp::add:
      return exactly(a + b);
    case ArithmeticOp::subtract:
      return exactly(a - b);
    case ArithmeticOp::multiply:
      return exactly(a * b);
    case ArithmeticOp::divide:
      return exactly(a / b);
    case ArithmeticOp::power:
      return raised(exactly(a), exactly(b));
  }
  return {};
}

Truth less(const Amount& a, const Amount& b, bool or_equal) {
  const End al = low_end(a), ah = high_end(a), bl = low_end(b), bh = high_end(b);
  const auto surely = [](const End& high, const End& low, bool equal_will_do) {
    if (high.side == 1 || low.side == -1) return false;
    if (high.number < low.number) return true;
    return high.number == low.number && (equal_will_do || high.open || low.open);
  };
  if (surely(ah, bl, or_equal)) return Truth::yes;
  // Not less: b is surely below a, or equal where equal does not count.
  if (surely(bh, al, !or_equal)) return Truth::no;
  return Truth::unknown;
}

Truth equal(const Amount& a, const Amount& b) {
  if (less(a, b, false) == Truth::yes || less(b, a, false) == Truth::yes) return Truth::no;
  return Truth::unknown;
}

}  // namespace

Amount exactly(Rational number) {
  Amount a;
  if (number.too_large()) return a;
  a.kind = Kind::exact;
  a.low = std::move(number);
  return a;
}

Amount between(Rational low, Rational high) {
  return made({std::move(low), 0, false}, {std::move(high), 0, false}, false);
}
Amount at_least(Rational low, Edge edge) {
  return made({std::move(low), 0, edge == Edge::open}, {0, 1, false}, false);
}
Amount at_most(Rational high, Edge edge) {
  return made({0, -1, false}, {std::move(high), 0, edge == Edge::open}, false);
}
Amount any_number() {
  return made({0, -1, false}, {0, 1, false}, false);
}

Amount hull(const Amount& a, const Amount& b) {
  if (!a.known() || !b.known()) return {};
  if (a.kind == Kind::exact && b.kind == Kind::exact && a.low == b.low) return a;
  return hull_of({low_end(a), high_end(a), low_end(b), high_end(b)}, a.rounded || b.rounded);
}

Amount within(const Amount& a, const std::optional<Rational>& low, const std::optional<Rational>& high) {
  if (!a.known()) return {};
  if (a.kind == Kind::exact) {
    if ((low && a.low < *low) || (high && a.low > *high)) return {};
    return a;
  }
  End from = low_end(a), to = high_end(a);
  if (low && below(from, {*low, 0, false})) from = {*low, 0, false};
  if (high && below({*high, 0, false}, to)) to = {*high, 0, false};
  if (below(to, from) || (same_place(from, to) && (from.open || to.open))) return {};
  return made(from, to, a.rounded);
}

Amount negated(const Amount& a) {
  if (a.kind == Kind::exact) return exactly(-a.low);
  if (!a.known()) return {};
  Amount n = a;
  n.low = -a.high;
  n.high = -a.low;
  std::swap(n.low_edge, n.high_edge);
  return n;
}

Amount arithmetic(ArithmeticOp op, const Amount& a, const Amount& b) {
  if (a.kind == Kind::exact && b.kind == Kind::exact) return exact_arithmetic(op, a.low, b.low);
  if (!a.known() || !b.known()) return {};
  if (op == ArithmeticOp::power) return raised(a, b);
  const bool rounded = a.rounded || b.rounded;
  if (rounded) {
    if (auto made = rounded_arithmetic(op, a, b)) return *made;
  }
  const Amount left = rounded ? trimmed(a) : a, right = rounded ? trimmed(b) : b;
  switch (op) {
    case ArithmeticOp::add:
      return made(sum(low_end(left), low_end(right)), sum(high_end(left), high_end(right)), rounded);
    case ArithmeticOp::subtract: {
      const Amount other = negated(right);
      return made(sum(low_end(left), low_end(other)), sum(high_end(left), high_end(other)), rounded);
    }
    case ArithmeticOp::multiply:
      return times(left, right, rounded);
    case ArithmeticOp::divide: {
      const Amount inverse = reciprocal(right);
      return inverse.known() ? times(left, inverse, rounded) : Amount{};
    }
    case ArithmeticOp::power:
      break;
  }
  return {};
}

Amount scaled(const Amount& a, const Linear& scale) {
  if (a.kind == Kind::exact) return exactly(scale(a.low));
  if (!a.known()) return {};
  Amount s = a;
  s.low = scale(a.low);
  s.high = scale(a.high);
  if (s.low.too_large() || s.high.too_large()) return {};
  if (scale.factor.sign() < 0) {
    std::swap(s.low, s.high);
    std::swap(s.low_edge, s.high_edge);
  }
  return s;
}

Amount absolute(const Amount& a) {
  if (a.kind == Kind::exact) return exactly(abs(a.low));
  if (!a.known()) return {};
  const End zero{0, 0, false};
  if (!below(low_end(a), zero)) return a;
  const Amount turned = negated(a);
  if (!below(zero, high_end(a))) return turned;
  const End &to = high_end(a), &turned_to = high_end(turned);
  const bool own = below(turned_to, to) || (same_place(to, turned_to) && !to.open);
  return made(zero, own ? to : turned_to, a.rounded);
}

Amount lower_of(const Amount& a, const Amount& b) {
  return negated(higher_of(negated(a), negated(b)));
}

Amount higher_of(const Amount& a, const Amount& b) {
  if (!a.known() || !b.known()) return {};
  if (a.kind == Kind::exact && b.kind == Kind::exact) return a.low < b.low ? b : a;
  const End al = low_end(a), bl = low_end(b), ah = high_end(a), bh = high_end(b);
  const bool low_is_b = below(al, bl) || (same_place(al, bl) && bl.open);
  const bool high_is_b = below(ah, bh) || (same_place(ah, bh) && !bh.open);
  return made(low_is_b ? bl : al, high_is_b ? bh : ah, a.rounded || b.rounded);
}

Amount rounded_to(const Amount& a, const Rational& step) {
  const auto round = [&](const Rational& number) { return (number / step).round(0) * step; };
  if (a.kind == Kind::exact) return exactly(round(a.low));
  if (!a.known()) return {};
  Amount r = a;
  if (r.low_edge != Edge::infinite) r.low = round(a.low), r.low_edge = Edge::closed;
  if (r.high_edge != Edge::infinite) r.high = round(a.high), r.high_edge = Edge::closed;
  if (r.low.too_large() || r.high.too_large()) return {};
  const bool one = r.low_edge == Edge::closed && r.high_edge == Edge::closed && r.low == r.high;
  return one ? exactly(r.low) : r;
}

Truth compare(const Amount& a, CompareOp op, const Amount& b) {
  if (a.kind == Kind::exact && b.kind == Kind::exact) return compare(a.low, op, b.low);
  if (!a.known() || !b.known()) return Truth::unknown;
  switch (op) {
    case CompareOp::less:
      return less(a, b, false);
    case CompareOp::less_equal:
      return less(a, b, true);
    case CompareOp::greater:
      return less(b, a, false);
    case CompareOp::greater_equal:
      return less(b, a, true);
    case CompareOp::equal:
      return equal(a, b);
    case CompareOp::not_equal:
      return !equal(a, b);
  }
  return Truth::unknown;
}

}  // namespace crit
