// The parts of an `or` to what every patient of each needs, held against each other.
#include "tools/lint/exclusive_arms.hpp"

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/fact.hpp"

namespace crit {

namespace {

using enum CompareOp;

// What every patient of an arm has: a fact beside a value, a choice's by its place.
struct Need {
  const Fact* fact = nullptr;
  CompareOp op = equal;
  Rational value;
  bool of_limit = false;
};

// Two limits that meet at one value are exclusive but for that value, which is boundary-gap's.
bool lies_above(const Need& lower, const Need& upper) {
  const bool ends = is_upper_limit(upper.op) || upper.op == equal,
             begins = is_lower_limit(lower.op) || lower.op == equal;
  const bool strict =
      lower.op == greater || upper.op == less || (is_lower_limit(lower.op) && is_upper_limit(upper.op));
  return ends && begins && (lower.value > upper.value || (strict && lower.value == upper.value));
}

bool exclude(const Need& a, const Need& b) {
  if (a.fact != b.fact || a.of_limit != b.of_limit) return false;
  const bool are_opposite = (a.op == equal && b.op == not_equal) || (a.op == not_equal && b.op == equal);
  if (are_opposite && a.value == b.value) return true;
  return lies_above(a, b) || lies_above(b, a);
}

struct Reader {
  const CriterionWords& words;
  std::vector<Need> needs = {};

  void read_all(const std::vector<ExprPtr>& parts) {
    for (const ExprPtr& part : parts)
      if (part) read(*part);
  }

  void read(const Expr& e) {
    if (const auto* paren = std::get_if<Paren>(&e.node); paren && paren->inner) return read(*paren->inner);
    if (const auto* logic = std::get_if<Logic>(&e.node)) {
      if (logic->op == LogicOp::logic_and) read_all(logic->operands);
      return;
    }
    if (const auto* list = std::get_if<ListOf>(&e.node)) {
      if (list->quantifier == Quantifier::all) read_all(list->items);
      return;
    }
    if (const auto* negation = std::get_if<Not>(&e.node); negation && negation->operand)
      return add_name(*negation->operand, false);
    if (const auto* is = std::get_if<Is>(&e.node); is && is->kind == Is::Kind::value)
      return add_choice(is->operand, equal, is->value);
    const auto* comparison = std::get_if<Comparison>(&e.node);
    if (comparison && comparison->operands.size() == 2 && comparison->ops.size() == 1)
      add_choice(comparison->operands[0], comparison->ops[0], comparison->operands[1]);
    if (std::holds_alternative<Comparison>(e.node) || std::holds_alternative<Between>(e.node))
      return add_numbers(e.span);
    add_name(e, true);
  }

  // `smoker`, `not smoker`, `no asthma`: there or not.
  void add_name(const Expr& e, bool there) {
    const auto* records = std::get_if<Records>(&e.node);
    const Fact* fact = records ? fact_of(words.input, records->name.text) : nullptr;
    if (!fact || (records->count != Records::Count::some && records->count != Records::Count::no)) return;
    const bool has = there == (records->count == Records::Count::some);
    needs.push_back({fact, has ? equal : not_equal, 1, false});
  }

  void add_choice(const ExprPtr& subject, CompareOp op, const ExprPtr& named) {
    const auto* name = subject ? std::get_if<Records>(&subject->node) : nullptr;
    const auto* value = named ? std::get_if<Records>(&named->node) : nullptr;
    const Fact* fact = name && value ? fact_of(words.input, name->name.text) : nullptr;
    if (!fact || fact->kind != FactKind::choice) return;
    if (const auto index = value_index(*fact, value->name.text))
      needs.push_back({fact, op, int(*index), false});
  }

  void add_numbers(Span span) {
    for (const RuleNumber& n : words.match.rule.numbers) {
      const bool inside = n.span.begin >= span.begin && n.span.end <= span.end;
      if (!inside || !n.fact || !n.direct || n.in_definition || !n.op) continue;
      const auto own = n.unit ? fact_conversion(*n.fact, *n.unit, n.fact->unit) : std::nullopt;
      needs.push_back({n.fact, *n.op, own ? (*own)(n.value) : n.value, n.of_limit});
    }
  }
};

}  // namespace

bool exclude_each_other(const CriterionWords& words, const std::vector<ExprPtr>& parts) {
  std::vector<std::vector<Need>> arms;
  for (const ExprPtr& part : parts) {
    Reader reader{words};
    if (part) reader.read(*part);
    arms.push_back(std::move(reader.needs));
  }
  for (size_t i = 0; i < arms.size(); ++i)
    for (size_t j = i + 1; j < arms.size(); ++j) {
      const bool apart = std::ranges::any_of(arms[i], [&](const Need& a) {
        return std::ranges::any_of(arms[j], [&](const Need& b) { return exclude(a, b); });
      });
      if (!apart) return false;
    }
  return arms.size() > 1;
}

bool share_an_upper_limit(const CriterionWords& words, const std::vector<ExprPtr>& parts) {
  std::vector<const RuleNumber*> limits;
  for (const ExprPtr& part : parts) {
    if (!part || !std::holds_alternative<Comparison>(part->node)) continue;
    for (const RuleNumber& n : words.match.rule.numbers)
      if (n.span.begin >= part->span.begin && n.span.end <= part->span.end && n.op && is_upper_limit(*n.op))
        limits.push_back(&n);
  }
  return std::ranges::any_of(limits, [&](const RuleNumber* a) {
    return std::ranges::any_of(limits, [&](const RuleNumber* b) {
      return a->fact != b->fact && a->value == b->value && a->of_limit == b->of_limit;
    });
  });
}

}  // namespace crit
