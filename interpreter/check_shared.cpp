// One sign for what are several comparisons, or none: `ALT or AST > 3*ULN`, `ALT/AST > 3*ULN`,
// `HER2-negative`. Each is refused with what it says in the language.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/checker.hpp"
#include "interpreter/choice_words.hpp"

namespace crit {

namespace {

void refuse(Checker& c, Span span, std::string message, const std::string& right) {
  report_fix(c, "anticipated-mistake", span, std::move(message), fmt::format("write `{}`", right),
             Fix{span, right, false});
}

// The measure that is named alone; kNoFact: something else stands there.
FactId measure_named(const Checker& c, const Expr& e) {
  const auto* name = std::get_if<Records>(&e.node);
  const bool alone = name && name->count == Records::Count::some && !name->with && !name->window &&
                     name->exceptions.empty() && !c.definitions.contains(name->name.text);
  const FactId id = alone ? fact_named(c.schema, c.scope, name->name.text) : kNoFact;
  return id != kNoFact && c.schema.facts[id].kind == FactKind::measure ? id : kNoFact;
}

// A comparison with a measure alone on its left; null: it is none.
const Comparison* comparison_of_measure(const Checker& c, const Expr& e) {
  const auto* x = std::get_if<Comparison>(&e.node);
  const bool is_one = x && x->operands.size() == 2 && measure_named(c, *x->operands[0]) != kNoFact;
  return is_one ? x : nullptr;
}

std::string compared(const Expr& name, const Comparison& with) {
  return fmt::format("{} {} {}", print(name), spelling(with.ops[0]), print(*with.operands[1]));
}

void note_names(Checker& c, const std::vector<const Expr*>& names) {
  for (const Expr* name : names) {
    const Name& written = std::get<Records>(name->node).name;
    c.used_names.try_emplace(written.text, written.span);
  }
}

std::string each_compared(const std::vector<const Expr*>& names, LogicOp op, const Comparison& x) {
  std::string each;
  for (const Expr* name : names)
    each += fmt::format("{}{}", each.empty() ? "" : fmt::format(" {} ", spelling(op)), compared(*name, x));
  return each;
}

// Each of the names with the sign and the value of the one comparison. `apart`: in parentheses, which what
// stands around it asks for.
void refuse_shared(Checker& c, Span span, const std::vector<const Expr*>& names, LogicOp op,
                   const Comparison& x, bool apart, const Window* window = nullptr) {
  std::string each = each_compared(names, op, x), all;
  for (const Expr* name : names)
    all += fmt::format("{}`{}`", all.empty() ? "" : name == names.back() ? " and " : ", ", print(*name));
  if (apart) each = fmt::format("({})", each);
  if (window) each += fmt::format(" {}", print(*window));
  note_names(c, names);
  refuse(c, span, fmt::format("one comparison for {}: each measure needs its own", all), each);
}

// The measures of a quotient or of a chain; false: something else stands among them.
bool add_measures(const Checker& c, const Expr& e, std::vector<const Expr*>& names) {
  if (measure_named(c, e) != kNoFact) return names.push_back(&e), true;
  const auto* ratio = std::get_if<Arithmetic>(&e.node);
  return ratio && ratio->op == ArithmeticOp::divide && add_measures(c, *ratio->left, names) &&
         add_measures(c, *ratio->right, names);
}

// `ALT/AST > ULN`, `FEV1/FVC < LLN`: of each measure, or of their ratio.
bool limit_of_ratio(Checker& c, const std::vector<const Expr*>& names, LogicOp op, const Comparison& x) {
  const auto* limit = std::get_if<Limit>(&x.operands[1]->node);
  if (!limit || limit->of) return false;
  const std::string_view word = limit->upper ? "ULN" : "LLN";
  note_names(c, names);
  report(c, "no-reference-limit", x.operands[1]->span,
         fmt::format("`{}` of which measure? there is more than one here", word),
         fmt::format(
             "each with its own: `{}`\nof a ratio that the laboratory reports: declare it as a `measure`, "
             "and compare that",
             each_compared(names, op, x)));
  return true;
}

// Whether a value cannot be a quotient's, and so is that of each of the measures: `3*ULN`, `100 U/L`. A limit
// alone may be that of a ratio: `FEV1/FVC < LLN`.
bool is_value_of_each(const Checker& c, const Expr& value, const std::vector<const Expr*>& names) {
  const auto unit_of_measure = [&](const Expr* name) { return c.schema.facts[measure_named(c, *name)].unit; };
  const auto is_of_each = [&](const Unit& unit) {
    return std::ranges::all_of(names,
                               [&](const Expr* name) { return commensurable(unit_of_measure(name), unit); });
  };
  if (const auto* product = std::get_if<Arithmetic>(&value.node)) {
    const auto* limit = std::get_if<Limit>(&product->right->node);
    return product->op == ArithmeticOp::multiply && limit && limit->upper && !limit->of &&
           is_of_each(unit_of_measure(names[0]));
  }
  const auto* q = std::get_if<Quantity>(&value.node);
  const auto unit = q && !q->unit.text.empty() ? parse_unit(q->unit.text) : std::nullopt;
  return unit && !commensurable(*unit, Unit{}) && is_of_each(*unit);
}

}  // namespace

bool sign_of_last_alone(Checker& c, const Logic& logic) {
  const auto is_measure = [&](const ExprPtr& operand) { return measure_named(c, *operand) != kNoFact; };
  const auto first = std::ranges::find_if(logic.operands, is_measure);
  const auto last = std::find_if_not(first, logic.operands.end(), is_measure);
  if (first == last || last == logic.operands.end()) return false;
  const auto* windowed = std::get_if<Windowed>(&(*last)->node);
  const Comparison* x = comparison_of_measure(c, windowed ? *windowed->inner : **last);
  if (!x || trailing_window(*x->operands[1])) return false;
  std::vector<const Expr*> names;
  for (auto name = first; name != last; ++name) names.push_back(name->get());
  names.push_back(x->operands[0].get());
  const Window* window = windowed ? windowed->window.get() : nullptr;
  refuse_shared(c, join((*first)->span, (*last)->span), names, logic.op, *x, window != nullptr, window);
  return true;
}

bool sign_of_several(Checker& c, const Expr& e, const Comparison& x, const Context& context) {
  if (x.operands.size() != 2 || trailing_window(*x.operands[1])) return false;
  const bool apart = !context.criterion || context.criterion->condition.get() != &e;
  std::vector<const Expr*> names;
  if (const auto* logic = std::get_if<Logic>(&without_parens(*x.operands[0]).node)) {
    for (const ExprPtr& operand : logic->operands) {
      if (measure_named(c, *operand) == kNoFact) return false;
      names.push_back(operand.get());
    }
    refuse_shared(c, e.span, names, logic->op, x, apart);
    return true;
  }
  // `all of (ALT, AST) <= 3*ULN`
  if (const auto* list = std::get_if<ListOf>(&x.operands[0]->node)) {
    const bool all = list->quantifier == Quantifier::all;
    if (!all && list->quantifier != Quantifier::any) return false;
    for (const ExprPtr& item : list->items) {
      if (measure_named(c, *item) == kNoFact) return false;
      names.push_back(item.get());
    }
    if (names.size() < 2) return false;
    refuse_shared(c, e.span, names, all ? LogicOp::logic_and : LogicOp::logic_or, x, apart);
    return true;
  }
  if (!add_measures(c, without_parens(*x.operands[0]), names) || names.size() < 2) return false;
  const bool above = is_lower_limit(x.ops[0]);
  if (!above && !is_upper_limit(x.ops[0])) return false;
  const LogicOp op = above ? LogicOp::logic_or : LogicOp::logic_and;
  if (limit_of_ratio(c, names, op, x)) return true;
  if (!is_value_of_each(c, *x.operands[1], names)) return false;
  refuse_shared(c, e.span, names, op, x, apart);
  return true;
}

bool value_behind_dash(Checker& c, const Expr& e, const Arithmetic& a) {
  const Records* name = bare_name(*a.left);
  const Records* value = bare_name(*a.right);
  if (a.op != ArithmeticOp::subtract || !name || !value || name->window || value->window) return false;
  if (fact_named(c.schema, c.scope, value->name.text) != kNoFact) return false;
  const auto tests = tests_meant(c.schema, c.scope, name->name.text, value->name.text);
  if (tests.empty()) return false;
  c.used_names.try_emplace(name->name.text, name->name.span);
  const std::string message =
      fmt::format("`{}` is an answer of `{}`, and `-` is minus", value->name.text, name->name.text);
  if (tests.size() == 1)
    refuse(c, e.span, message, tests[0]);
  else
    report(c, "anticipated-mistake", e.span, message, fmt::format("write `{}`", fmt::join(tests, "` or `")));
  return true;
}

}  // namespace crit
