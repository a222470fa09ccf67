// One function a level of the grammar, as the builder has them.
#include "tests/random_expr.hpp"

#include <string>

namespace crit {

namespace {

struct Random {
  std::mt19937& bits;

  size_t below(size_t n) { return bits() % n; }
  bool chance(size_t in) { return below(in) == 0; }
  template <size_t N>
  std::string one_of(const char* const (&words)[N]) {
    return words[below(N)];
  }
};

template <typename Value>
ExprPtr make(Value value) {
  return std::make_unique<Expr>(Expr{std::move(value), {}});
}

Name name(Random& r) {
  return {r.one_of(
              {"ALT", "asthma", "first", "dose", "event", "range", "stable", "normal", "site", "min", "x_1"}),
          {}};
}

Number number(Random& r) {
  return {r.one_of({"0", "1", "2.5", "10", "0.004", "100000"}), {}};
}
Number count(Random& r) {
  return {r.one_of({"1", "2", "12"}), {}};
}

Quantity quantity(Random& r) {
  Quantity q{.number = number(r),
             .unit = {r.one_of({"", "", "U/L", "%", "10^9/L", "10*3/uL", "/mm3", "years", "mL/min/1.73m2",
                                "points"}),
                      {}}};
  q.blank = q.unit.text != "%" && q.unit.text != "/mm3";
  if (q.unit.text == "%") q.predicted = r.chance(4), q.of_earliest = !q.predicted && r.chance(4);
  return q;
}

Duration duration(Random& r) {
  using Kind = Duration::Kind;
  Duration d;
  d.kind = r.chance(5) ? Kind::longer_of : r.chance(5) ? Kind::shorter_of : Kind::plain;
  size_t parts = d.kind == Kind::plain ? 1 : 2 + r.below(2);
  for (size_t i = 0; i < parts; ++i) d.parts.push_back({count(r), static_cast<DurationUnit>(r.below(7)), {}});
  return d;
}

Anchor anchor(Random& r) {
  Anchor a;
  a.kind = static_cast<Anchor::Kind>(r.below(4));
  if (a.kind == Anchor::Kind::date)
    a.date = {r.one_of({"2025-03-01", "2025-03", "2025-03-01T08:30"}), {}};
  else
    a.name = {r.one_of({"screening", "first_dose", "consent"}), {}};
  return a;
}

WindowPtr window(Random& r) {
  using Kind = Window::Kind;
  auto w = std::make_unique<Window>();
  w->kind = static_cast<Kind>(r.below(10));
  bool period = w->kind == Kind::within || w->kind == Kind::starting_within ||
                w->kind == Kind::ending_within || w->kind == Kind::for_at_least;
  if (period) w->duration = duration(r);
  if (period && r.chance(3)) w->anchor = anchor(r);
  if (w->anchor && w->kind != Kind::for_at_least) w->side = static_cast<Side>(r.below(3));
  if (w->kind == Kind::before || w->kind == Kind::after || w->kind == Kind::on || w->kind == Kind::between)
    w->anchor = anchor(r);
  if (w->kind == Kind::between) w->until = anchor(r);
  for (size_t i = r.chance(4) ? 1 + r.below(2) : 0; i > 0; --i) {
    Window blackout;
    blackout.duration = duration(r);
    if (r.chance(3)) blackout.anchor = anchor(r), blackout.side = static_cast<Side>(r.below(3));
    w->blackouts.push_back(std::move(blackout));
  }
  return w;
}

ExprPtr sum(Random& r, int depth);

Records bare(Random& r) {
  return {Records::Count::some, std::nullopt, name(r), nullptr, nullptr, {}};
}

ExprPtr records(Random& r, int depth) {
  Records out = bare(r);
  out.count = r.chance(4) ? static_cast<Records::Count>(r.below(5)) : Records::Count::some;
  if (out.count != Records::Count::some && out.count != Records::Count::no) out.n = count(r);
  if (depth > 0 && r.chance(4)) out.with = random_condition(r.bits, depth - 1);
  if (r.chance(2)) out.window = window(r);
  for (size_t i = r.chance(5) ? 1 + r.below(3) : 0; i > 0; --i) {
    Exception e;
    for (size_t n = 1 + r.below(4); n > 0; --n) e.names.push_back(name(r));
    if (depth > 0 && r.chance(3)) e.with = random_condition(r.bits, depth - 1);
    if (r.chance(3)) e.window = window(r);
    out.exceptions.push_back(std::move(e));
  }
  return make(std::move(out));
}

ExprPtr list(Random& r, int depth) {
  ListOf out{static_cast<Quantifier>(r.below(6)), std::nullopt, {}};
  if (out.quantifier >= Quantifier::at_least) out.n = count(r);
  for (size_t i = 1 + r.below(4); i > 0; --i) out.items.push_back(random_condition(r.bits, depth - 1));
  return make(std::move(out));
}

ExprPtr call(Random& r, int depth) {
  Call out{static_cast<Function>(r.below(6)), {}, {}};
  for (size_t i = 1 + r.below(2); i > 0; --i) out.arguments.push_back(sum(r, depth - 1));
  return make(std::move(out));
}

ExprPtr selection(Random& r, int depth) {
  Selection out{static_cast<Selector>(r.below(7)), nullptr, r.chance(2) ? window(r) : nullptr};
  if (r.chance(3))
    out.of = make(DoseOf{name(r), r.chance(2) ? std::optional(name(r)) : std::nullopt, nullptr});
  else if (depth > 0 && r.chance(3))
    out.of = make(Paren{sum(r, depth - 1)});
  else
    out.of = make(bare(r));
  return make(std::move(out));
}

ExprPtr primary(Random& r, int depth) {
  switch (r.below(depth > 0 ? 10 : 6)) {
    case 0:
      return make(quantity(r));
    case 1:
      return make(Limit{r.chance(2), r.chance(3) ? std::optional(name(r)) : std::nullopt});
    case 2:
      return selection(r, depth);
    case 3:
      return make(DoseOf{name(r), std::nullopt, r.chance(2) ? window(r) : nullptr});
    case 4:
      return make(DateLiteral{{"2025-03-01", {}}});
    case 5:
      return make(bare(r));
    case 6:
      return call(r, depth);
    case 7:
      return make(Paren{sum(r, depth - 1)});
    default:
      return make(quantity(r));
  }
}

ExprPtr power(Random& r, int depth) {
  ExprPtr base = primary(r, depth);
  if (!r.chance(6)) return base;
  ExprPtr exponent = primary(r, depth);
  if (r.chance(3)) exponent = make(Negative{std::move(exponent)});
  return make(Arithmetic{ArithmeticOp::power, std::move(base), std::move(exponent), {}});
}

ExprPtr factor(Random& r, int depth) {
  return r.chance(8) ? make(Negative{power(r, depth)}) : power(r, depth);
}

ExprPtr product(Random& r, int depth) {
  ExprPtr left = factor(r, depth);
  for (size_t i = r.chance(4) ? 1 + r.below(2) : 0; i > 0; --i)
    left = make(Arithmetic{
        r.chance(2) ? ArithmeticOp::multiply : ArithmeticOp::divide, std::move(left), factor(r, depth), {}});
  return left;
}

ExprPtr sum(Random& r, int depth) {
  ExprPtr left = product(r, depth);
  for (size_t i = r.chance(4) ? 1 + r.below(3) : 0; i > 0; --i)
    left = make(Arithmetic{
        r.chance(2) ? ArithmeticOp::add : ArithmeticOp::subtract, std::move(left), product(r, depth), {}});
  return left;
}

ExprPtr value_if(Random& r, int depth) {
  return make(If{random_condition(r.bits, depth - 1), sum(r, depth - 1), sum(r, depth - 1)});
}

ExprPtr chain(Random& r, int depth) {
  Comparison out;
  out.operands.push_back(sum(r, depth));
  bool rising = r.chance(2), two = r.chance(4);
  for (size_t i = 0; i < (two ? 2u : 1u); ++i) {
    size_t op = two ? (rising ? 0 : 2) + r.below(2) : r.below(6);
    out.ops.push_back(static_cast<CompareOp>(op));
    out.op_spans.push_back({});
    bool last = i + 1 == (two ? 2u : 1u);
    out.operands.push_back(last && depth > 0 && r.chance(8) ? value_if(r, depth) : sum(r, depth));
  }
  return make(std::move(out));
}

ExprPtr is(Random& r) {
  constexpr const char* kWords[] = {"known", "missing", "normal"};
  size_t kind = r.below(4);
  Is out{static_cast<Is::Kind>(kind), make(bare(r)), nullptr, {}};
  out.word.text = kind < 3 ? kWords[kind] : "red";
  if (kind == 3)
    out.value = make(Records{Records::Count::some, std::nullopt, {"red", {}}, nullptr, nullptr, {}});
  return make(std::move(out));
}

ExprPtr membership(Random& r, int depth) {
  Membership out{make(bare(r)), r.chance(3), {}};
  for (size_t i = 1 + r.below(5); i > 0; --i)
    out.values.push_back(r.chance(5) ? make(YesNo{r.chance(2)}) : sum(r, depth - 1));
  return make(std::move(out));
}

ExprPtr comparison(Random& r, int depth) {
  switch (r.below(depth > 0 ? 8 : 4)) {
    case 0:
      return records(r, depth);
    case 1:
      return is(r);
    case 2:
      return make(Between{make(bare(r)), make(quantity(r)), make(quantity(r))});
    case 3:
      return chain(r, depth);
    case 4:
      return membership(r, depth);
    case 5:
      return r.chance(2) ? list(r, depth) : make(Windowed{list(r, depth), window(r)});
    case 6:
      return make(Judgement{name(r), Text{"a \"word\" or two", {"a \"word\"", " or two"}, {}}});
    default:
      return make(Windowed{make(Paren{random_condition(r.bits, depth - 1)}), window(r)});
  }
}

ExprPtr unary(Random& r, int depth) {
  return depth > 0 && r.chance(8) ? make(Not{comparison(r, depth)}) : comparison(r, depth);
}

}  // namespace

ExprPtr random_condition(std::mt19937& bits, int depth) {
  Random r{bits};
  if (depth > 0 && r.chance(8))
    return make(If{random_condition(bits, depth - 1), comparison(r, depth - 1), comparison(r, depth - 1)});
  if (depth == 0 || !r.chance(3)) return unary(r, depth);
  Logic logic{r.chance(2) ? LogicOp::logic_and : LogicOp::logic_or, {}};
  for (size_t i = 2 + r.below(3); i > 0; --i)
    logic.operands.push_back(logic.op == LogicOp::logic_and ? unary(r, depth) : comparison(r, depth));
  return make(std::move(logic));
}

}  // namespace crit
