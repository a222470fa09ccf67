// A criterion's conditions to the numbers in them, each with its unit, its comparison and the fact that it
// limits, and the spans of time in their windows: what is held against the protocol's words.
#include "tools/lint/rule_numbers.hpp"

#include <algorithm>

#include "grammar/walk.hpp"
#include "tools/lint/text_bound.hpp"

namespace crit {

namespace {

bool is_change(const Expr& e) {
  if (const auto* paren = std::get_if<Paren>(&e.node)) return paren->inner && is_change(*paren->inner);
  const auto* selection = std::get_if<Selection>(&e.node);
  return selection && selection->selector == Selector::change;
}

struct Reader {
  const LintInput& input;
  RuleReading& out;
  bool negated = false;
  int with = 0;  // inside how many `with (...)`
  bool either_way = false;
  int definitions = 0;  // being read

  void read(const ExprPtr& e) {
    if (e) read(*e);
  }
  void read(const Expr& e) {
    std::visit([&](const auto& node) { node_of(e, node); }, e.node);
  }
  void read_all(const std::vector<ExprPtr>& list) {
    for (const ExprPtr& e : list) read(e);
  }

  void add_words(std::string_view words) {
    for (const char c : words) out.words += c == '_' ? ' ' : c;
    out.words += " ; ";
  }

  // --- numbers ---

  void add_number(RuleNumber n) {
    n.negated = negated;
    n.either_way = either_way;
    if (n.op && negated) n.op = opposite(*n.op);
    n.in_definition = definitions > 0;
    n.in_with = with > 0;
    n.whole = n.whole || (n.fact && (n.fact->name == "age" || n.fact->kind == FactKind::choice));
    out.numbers.push_back(std::move(n));
  }

  void add_count(const std::optional<Number>& count, CompareOp op) {
    if (!count) return;
    const auto value = Rational::parse(count->digits);
    // "one" and "at least one" need no 1
    if (value && *value > 1) add_number({.value = *value, .op = op, .whole = true, .span = count->span});
  }

  const Fact* first_fact(const Expr& e) {
    const Fact* found = nullptr;
    for_each_expr(e, [&](const Expr& part) {
      if (const auto* name = std::get_if<Records>(&part.node); name && !found)
        found = fact_of(input, name->name.text);
    });
    return found;
  }

  void read_with(const ExprPtr& e) {
    ++with;
    read(e);
    --with;
  }

  // The unit behind one end of a range holds for the other.
  static void share_unit(std::optional<RuleNumber>& a, std::optional<RuleNumber>& b) {
    if (!a || !b || a->unit || a->of_limit) return;
    a->unit = b->unit;
    a->unit_text = b->unit_text;
  }

  // `1B` of a choice is read as a number and its unit.
  static bool is_value_of(const Fact* fact, const Expr& value) {
    if (!fact || fact->kind != FactKind::choice) return false;
    std::string word = print(value);
    std::erase(word, ' ');
    return value_index(*fact, word).has_value();
  }

  void add_limit(std::optional<RuleNumber> n, const Expr& limit, const Expr& subject, CompareOp op,
                 std::optional<Span> op_span, bool op_turned) {
    if (!n) return read(limit);
    if (!n->unit_text.empty() && is_value_of(first_fact(subject), limit)) return;
    for_each_expr(limit, [&](const Expr& part) {
      if (const auto* name = std::get_if<Records>(&part.node)) read_name(name->name);
    });
    n->fact = first_fact(subject);
    n->direct = is_result(subject);
    n->op = op;
    n->op_span = op_span;
    n->op_turned = op_turned;
    // A loss of 10% is a change of -10%.
    if (is_change(subject) && n->value < 0) {
      n->value = -n->value;
      n->op = turned(op);
      n->op_turned = !op_turned;
    }
    add_number(std::move(*n));
  }

  // --- windows ---

  void add_duration(const Duration& duration, const std::string& window) {
    for (const PlainDuration& part : duration.parts)
      if (const auto count = Rational::parse(part.count.digits))
        out.periods.push_back({*count, part.unit, definitions > 0, part.span, window});
  }

  void read_window(const Window& w) {
    if (w.duration) add_duration(*w.duration, print(w));
    for (const Window& blackout : w.blackouts) read_window(blackout);
  }
  void read_window(const WindowPtr& w) {
    if (w) read_window(*w);
  }

  // --- names ---

  void read_name(const Name& name) {
    add_words(name.text);
    if (const Define* define = definition_of(input, name.text)) {
      if (define->text) add_words(define->text->text);
      if (definitions >= kMostDefinitions || !define->value) return;
      ++definitions;
      read(*define->value);
      --definitions;
    } else if (const Fact* fact = fact_of(input, name.text)) {
      add_words(fact->text);
    }
  }

  // `BUN / 1 mg/dL`: no protocol has this 1.
  static bool takes_unit_away(const Arithmetic& a) {
    const auto* one = std::get_if<Quantity>(&a.right->node);
    return a.op == ArithmeticOp::divide && one && one->number.digits == "1" && !one->unit.text.empty();
  }

  // --- the nodes ---

  void node_of(const Expr&, const Broken&) {}
  void node_of(const Expr&, const DateLiteral&) {}
  void node_of(const Expr&, const YesNo&) {}
  void node_of(const Expr&, const Limit&) {}
  void node_of(const Expr& e, const Quantity&) {
    if (auto n = number_of(e)) add_number(std::move(*n));
  }
  void node_of(const Expr& e, const Negative& n) {
    if (auto number = number_of(e)) return add_number(std::move(*number));
    read(n.operand);
  }
  void node_of(const Expr& e, const Arithmetic& a) {
    if (auto number = number_of(e)) return add_number(std::move(*number));
    read(a.left);
    if (!takes_unit_away(a)) read(a.right);
  }
  void node_of(const Expr&, const Records& r) {
    read_name(r.name);
    switch (r.count) {
      case Records::Count::some:
      case Records::Count::no:
        break;
      case Records::Count::at_least:
        add_count(r.n, CompareOp::greater_equal);
        break;
      case Records::Count::at_most:
        add_count(r.n, CompareOp::less_equal);
        break;
      case Records::Count::exactly:
        add_count(r.n, CompareOp::equal);
        break;
    }
    read_with(r.with);
    read_window(r.window);
    for (const Exception& x : r.exceptions) {
      for (const Name& name : x.names) read_name(name);
      read_with(x.with);
      read_window(x.window);
    }
  }
  void node_of(const Expr&, const Stable& s) {
    read_name(s.name);
    if (s.percent)
      if (const auto value = Rational::parse(s.percent->digits))
        add_number({.value = *value, .unit_text = "%", .unit = parse_unit("%"), .span = s.percent->span});
    add_duration(s.duration, "stable for");
  }
  void node_of(const Expr&, const Judgement& j) {
    if (j.text) add_words(j.text->text);
    if (j.name) read_name(*j.name);
  }
  void node_of(const Expr&, const Call& c) { read_all(c.arguments); }
  void node_of(const Expr&, const Selection& s) {
    read(s.of);
    read_window(s.window);
  }
  void node_of(const Expr&, const DoseOf& d) {
    read_name(d.drug);
    read_window(d.window);
  }
  void node_of(const Expr&, const Paren& p) { read(p.inner); }
  void node_of(const Expr&, const Not& n) {
    negated = !negated;
    read(n.operand);
    negated = !negated;
  }
  void node_of(const Expr&, const Logic& l) { read_all(l.operands); }
  void node_of(const Expr&, const If& i) {
    const bool kept = either_way;
    either_way = true;
    read(i.condition);
    either_way = kept;
    read(i.then_branch);
    read(i.else_branch);
  }
  void node_of(const Expr&, const ListOf& l) {
    const bool flips = l.quantifier == Quantifier::none;
    const bool counts = l.quantifier == Quantifier::at_most || l.quantifier == Quantifier::exactly;
    if (l.quantifier == Quantifier::at_least) add_count(l.n, CompareOp::greater_equal);
    if (l.quantifier == Quantifier::at_most) add_count(l.n, CompareOp::less_equal);
    if (l.quantifier == Quantifier::exactly) add_count(l.n, CompareOp::equal);
    const bool kept = either_way;
    either_way = either_way || counts;
    negated ^= flips;
    read_all(l.items);
    negated ^= flips;
    either_way = kept;
  }
  // `clinical_T >= T2`; the value stands on the right.
  void add_choice(const Comparison& c) {
    const auto* value = c.operands.size() == 2 ? std::get_if<Records>(&c.operands[1]->node) : nullptr;
    const Fact* fact = value ? first_fact(*c.operands[0]) : nullptr;
    if (!fact || fact->kind != FactKind::choice || !value_index(*fact, value->name.text) ||
        c.op_spans.empty())
      return;
    out.choices.push_back(
        {value->name.text, negated ? opposite(c.ops[0]) : c.ops[0], c.op_spans[0], negated, either_way});
  }

  void node_of(const Expr&, const Comparison& c) {
    if (c.operands.size() < 2 || c.ops.size() + 1 != c.operands.size()) return read_all(c.operands);
    if (std::ranges::any_of(c.operands, [](const ExprPtr& e) { return !e; })) return read_all(c.operands);
    add_choice(c);
    const size_t subject = c.operands.size() == 3 || number_of(*c.operands[0]) ? 1 : 0;
    auto low = subject == 1 ? number_of(*c.operands[0]) : std::nullopt;
    auto high = c.operands.size() > subject + 1 ? number_of(*c.operands[subject + 1]) : std::nullopt;
    share_unit(low, high);
    share_unit(high, low);
    const auto op_span = [&](size_t i) {
      return i < c.op_spans.size() ? std::optional(c.op_spans[i]) : std::nullopt;
    };
    if (subject == 1)
      add_limit(low, *c.operands[0], *c.operands[subject], turned(c.ops[0]), op_span(0), true);
    read(*c.operands[subject]);
    if (c.operands.size() > subject + 1)
      add_limit(high, *c.operands[subject + 1], *c.operands[subject], c.ops[subject], op_span(subject),
                false);
  }
  void node_of(const Expr&, const Between& b) {
    if (!b.operand || !b.low || !b.high) return;
    auto low = number_of(*b.low), high = number_of(*b.high);
    share_unit(low, high);
    share_unit(high, low);
    add_limit(low, *b.low, *b.operand, CompareOp::greater_equal, std::nullopt, false);
    read(b.operand);
    add_limit(high, *b.high, *b.operand, CompareOp::less_equal, std::nullopt, false);
  }
  void node_of(const Expr&, const Membership& m) {
    if (!m.operand) return;
    read(m.operand);
    for (const ExprPtr& value : m.values) {
      if (!value) continue;
      auto n = number_of(*value);
      if (n) n->listed = true;
      add_limit(n, *value, *m.operand, CompareOp::equal, std::nullopt, false);
    }
  }
  void node_of(const Expr&, const Is& i) {
    if (!i.operand) return;
    read(i.operand);
    if (i.value) add_limit(number_of(*i.value), *i.value, *i.operand, CompareOp::equal, std::nullopt, false);
  }
  void node_of(const Expr&, const Windowed& w) {
    read(w.inner);
    read_window(w.window);
  }
};

void add_field_words(Reader& reader, const Criterion& criterion) {
  for (const CriterionField& field : criterion.fields) {
    if (const auto* note = std::get_if<NoteField>(&field.node)) reader.add_words(note->text.text);
  }
}

}  // namespace

RuleReading read_rule(const LintInput& input, const Criterion& criterion) {
  RuleReading reading;
  Reader reader{input, reading};
  if (const Expr* when = when_of(criterion)) {
    reader.either_way = true;
    reader.read(*when);
    reader.either_way = false;
  }
  reader.read(criterion.condition);
  add_field_words(reader, criterion);
  return reading;
}

}  // namespace crit
