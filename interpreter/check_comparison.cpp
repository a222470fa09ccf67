// Comparisons of numbers and dates: one unit for all sides, whose ULN, which series, which results may be
// meant.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "interpreter/checker.hpp"
#include "interpreter/scan_comparison.hpp"

namespace crit {

namespace {

// A dose has its own window, and an age its own day.
bool takes_window(const Checker& c, const Expr& e) {
  const auto* name = std::get_if<Records>(&e.node);
  bool found = std::holds_alternative<DoseOf>(e.node) || (name && is_age(c, name->name));
  for_each_child(e, [&](const Expr& child) { found = found || takes_window(c, child); });
  return found;
}

auto is_age_of(const Checker& c) {
  return [&c](const Expr* e) {
    const auto* name = std::get_if<Records>(&e->node);
    return name && is_age(c, name->name);
  };
}

struct Comparing {
  Checker& c;
  const Expr& e;
  std::vector<const Expr*> operands;
  std::vector<CompareOp> ops;
  Context context;
  ComparisonScan scan = {};
  std::vector<uint32_t> refs = {}, picks = {};

  bool find_series();
  bool find_units();
  std::optional<std::vector<uint32_t>> measures_compared();
  bool find_limit();
  void find_own_limit(const std::vector<uint32_t>& refs);
  bool window_for_nothing() const;
  bool may_be_value_of(const Expr& subject, const Expr& value) const;
  bool find_values(std::vector<Typed>& typed);
  bool in_one_unit(std::vector<Typed>& typed);
  bool borrow_unit(std::vector<Typed>& typed);
  bool no_empty_range(const std::vector<Typed>& typed);
  bool find_each(Compare& compare);
  NodeId build();
};

// Which series a measure in per cent of predicted means, and what `%` is of beside `change in`. False:
// refused.
bool Comparing::find_series() {
  bool per_cent = false, points = false, of_earliest = false;
  for (const Quantity* q : scan.quantities) {
    of_earliest |= q->of_earliest;
    per_cent |= q->predicted;
    points |= q->unit.text == "points";
  }
  for (const Quantity* q : scan.compared_quantities) per_cent |= q->unit.text == "%" && !q->of_earliest;
  bool predicted_measure = false, percent_measure = false;
  for (const Expr* result : scan.compared_results) {
    const FactId id = measure_of(c, *result);
    if (id == kNoFact) continue;
    predicted_measure |= c.schema.facts[id].percent_of_predicted;
    percent_measure |= c.schema.facts[id].unit_text == "%";
  }
  if (scan.change && per_cent && (predicted_measure || percent_measure)) {
    report(c, "type-mismatch", scan.change_span,
           "a change in per cent of a result in per cent reads two ways",
           "in points of per cent, as from 60% to 50%: write `points` for `%`\n"
           "in per cent of what it was: write `% of the earliest`");
    return false;
  }
  context.relative_change = scan.change && (per_cent || of_earliest);
  context.of_predicted = predicted_measure && !of_earliest && (per_cent || (scan.change && points));
  return true;
}

// The unit of an age is that of the number it is compared with; a dose's too, where it is a dose that is
// compared. False: refused.
bool Comparing::find_units() {
  for (const Quantity* q : scan.quantities) {
    if (q->unit.text.empty() || q->unit.text == "%") continue;
    const auto unit = time_unit(q->unit.text);
    const bool of_clock = unit == TimeUnit::minutes || unit == TimeUnit::hours;
    if (of_clock && std::ranges::any_of(scan.compared_results, is_age_of(c))) {
      report(c, "unit-mismatch", q->unit.span, "an age is counted in completed days, and no shorter",
             "write it in days, weeks, months or years: the data has the day of birth and no hour");
      return false;
    }
    if (!context.age_unit && unit && !of_clock) context.age_unit = unit;
    if (!context.dose_unit && !scan.dose_is_factor) context.dose_unit = parse_unit(q->unit.text);
  }
  if (!context.age_unit) context.age_unit = TimeUnit::years;
  return true;
}

// `highest ALT <= 2*ULN of ALT`: that result's own, too, and not the limit of the latest one.
void Comparing::find_own_limit(const std::vector<uint32_t>& of_results) {
  for (const Limit* limit : scan.named_limits) {
    const FactId id = fact_named(c.schema, c.scope, limit->of->text);
    const auto is_its = [&](RefId ref) { return c.model.refs[ref].fact == id; };
    if (std::ranges::count_if(of_results, is_its) != 1) continue;
    const RefId ref = *std::ranges::find_if(of_results, is_its);
    const Selector selector = c.model.refs[ref].selector;
    const bool is_one_result =
        selector != Selector::average && selector != Selector::total && selector != Selector::change;
    if (is_one_result && !context.limit_of) context.limit_of = ref;
  }
}

// The results of measures that stand in it. Nullopt: one was refused.
std::optional<std::vector<uint32_t>> Comparing::measures_compared() {
  std::vector<uint32_t> found, no_picks;
  const size_t before = c.diagnostics.size();
  bool broken = false;
  for (const Expr* result : scan.results) {
    std::vector<uint32_t> read;
    Context alone = context;
    alone.refs = &read;
    alone.picks = &no_picks;
    broken |= check_value(c, *result, alone).type == Typed::Type::broken;
    // What a computed measure is computed from has no limit here.
    const FactId measure = measure_of(c, *result);
    for (const RefId ref : read)
      if ((measure == kNoFact || c.model.refs[ref].fact == measure) &&
          std::ranges::find(found, ref) == found.end())
        found.push_back(ref);
  }
  if (broken || c.diagnostics.size() != before) return std::nullopt;
  std::erase_if(found,
                [&](RefId r) { return c.schema.facts[c.model.refs[r].fact].kind != FactKind::measure; });
  return found;
}

// Whose ULN a bare one is: the measure of this comparison, where there is just one.
bool Comparing::find_limit() {
  if (!scan.bare_limit && scan.named_limits.empty()) return true;
  const auto measures = measures_compared();
  if (!measures) return false;
  const std::vector<uint32_t>& found = *measures;
  if (!scan.bare_limit) {
    find_own_limit(found);
    return true;
  }
  const std::string word = scan.bare_limit->upper ? "ULN" : "LLN";
  if (found.size() == 1) {
    const Selector selector = c.model.refs[found[0]].selector;
    if (selector == Selector::average || selector == Selector::total || selector == Selector::change) {
      report(c, "no-reference-limit", scan.limit_span,
             fmt::format("{} several results has no one {}",
                         selector == Selector::change ? "the change between"
                                                      : fmt::format("the {} of", spelling(selector)),
                         word),
             "compare `latest` or `highest`, where each result is held against its own limit");
      return false;
    }
    context.limit_of = found[0];
    return true;
  }
  report(c, "no-reference-limit", scan.limit_span,
         found.empty() ? fmt::format("`{}` has no measure beside it", word)
                       : fmt::format("`{}` of which measure? there is more than one here", word),
         fmt::format("write `{} of NAME`", word));
  return false;
}

// `age >= 18 years within 3 months`, `visit1 < visit2 within 3 months`. True where it was reported.
bool Comparing::window_for_nothing() const {
  const auto takes = [&](const Expr* operand) { return takes_window(c, *operand); };
  if (!context.of_comparison || !refs.empty() || std::ranges::any_of(operands, takes)) return false;
  report(c, "type-mismatch", e.span, "a window says of which days a result is, and no result stands here",
         "leave the window out; how far apart two dates may be is asked so: `visit is known within 3 months "
         "before "
         "ANCHOR`");
  return true;
}

// One unit is enough for a range: `18 to 65 years`.
bool Comparing::borrow_unit(std::vector<Typed>& typed) {
  if (typed.size() != 3) return true;
  Typed &low = typed[0], &high = typed[2];
  const auto lend = [](const Typed& from, Typed& to) {
    if (!to.bare || !to.constant || from.bare || !from.constant) return;
    to.bare = false;
    to.unit = from.unit;
  };
  lend(low, high);
  lend(high, low);
  return true;
}

bool Comparing::no_empty_range(const std::vector<Typed>& typed) {
  if (typed.size() != 3 || !typed[0].constant || !typed[2].constant) return true;
  const bool rising = ops[0] == CompareOp::less || ops[0] == CompareOp::less_equal;
  const Rational& low = rising ? *typed[0].constant : *typed[2].constant;
  const Rational& high = rising ? *typed[2].constant : *typed[0].constant;
  const bool open = std::ranges::any_of(
      ops, [](CompareOp op) { return op == CompareOp::less || op == CompareOp::greater; });
  if (low < high || (low == high && !open)) return true;
  report(c, "empty-range", e.span, "no value lies in this range: its low end is not below its high end",
         "swap the two numbers");
  return false;
}

// `highest ALT <= 2*ULN`: each result against its own limit.
bool Comparing::find_each(Compare& compare) {
  if (!context.limit_of) return true;
  const RefId ref = *context.limit_of;
  const Selector selector = c.model.refs[ref].selector;
  if (selector != Selector::highest && selector != Selector::lowest) return true;
  for (size_t i = 0; i < ops.size(); ++i) {
    ComparisonScan right;
    scan_value(*operands[i + 1], right);
    const bool result_on_right = !right.results.empty();
    const bool below = ops[i] == CompareOp::less || ops[i] == CompareOp::less_equal;
    const bool above = ops[i] == CompareOp::greater || ops[i] == CompareOp::greater_equal;
    if (!below && !above) return true;
    const bool result_below = below != result_on_right;
    const auto each =
        (selector == Selector::highest) == result_below ? Compare::Each::all : Compare::Each::any;
    if (compare.each != Compare::Each::none && compare.each != each) {
      report(c, "no-reference-limit", e.span,
             "both ends of this range have limits of their own for each result",
             "write two comparisons, joined by `and`");
      return false;
    }
    compare.each = each;
  }
  compare.each_ref = ref;
  return true;
}

// `unheard_of >= moderate`: where nobody knows the first name, the second may be one of its values.
bool Comparing::may_be_value_of(const Expr& subject, const Expr& value) const {
  if (ops[0] == CompareOp::equal || ops[0] == CompareOp::not_equal)
    return !std::holds_alternative<Quantity>(value.node);
  const Records *of = bare_name(subject), *word = bare_name(value);
  return of && word && meaning(c, subject) == Means::unknown && meaning(c, value) == Means::unknown;
}

bool Comparing::find_values(std::vector<Typed>& typed) {
  for (const Expr* operand : operands) {
    typed.push_back(check_value(c, *operand, context));
    // In `unheard_of = blue` the second name is no second mistake: it may be a value of the first.
    if (typed.back().type == Typed::Type::broken && may_be_value_of(*operands[0], *operands[1])) return false;
  }
  return std::ranges::none_of(typed, [](const Typed& t) { return t.type == Typed::Type::broken; });
}

// Numbers of one unit, or dates. False: refused.
bool Comparing::in_one_unit(std::vector<Typed>& typed) {
  const auto dates = std::ranges::count_if(typed, [](const Typed& t) { return t.type == Typed::Type::date; });
  if (dates != 0 && static_cast<size_t>(dates) != typed.size()) {
    report(c, "type-mismatch", e.span, "a date is compared with a number",
           "a date is written as 2025-03-01; how long ago something was is a window: `NAME within 3 months`");
    return false;
  }
  if (window_for_nothing() || !are_of_one_substance(c, typed, context, e.span)) return false;
  borrow_unit(typed);
  std::vector<Typed*> pointers;
  for (Typed& t : typed) pointers.push_back(&t);
  return dates != 0 || unify(c, pointers, e.span, "compared");
}

NodeId Comparing::build() {
  for (const Expr* operand : operands) scan_value(*operand, scan);
  if (!find_series()) return unknown_node(c, e.span);
  if (!find_units()) return unknown_node(c, e.span);
  if (!context.substance_unit) context.substance_unit = unit_of_substances(c, scan);
  if (!find_limit()) return unknown_node(c, e.span);
  context.refs = &refs;
  context.picks = &picks;
  context.comparison = &e;
  std::vector<Typed> typed;
  if (!find_values(typed) || !in_one_unit(typed) || !no_empty_range(typed)) return unknown_node(c, e.span);
  Compare compare;
  compare.count = static_cast<uint8_t>(typed.size());
  for (size_t i = 0; i < typed.size(); ++i) compare.values[i] = typed[i].id;
  for (size_t i = 0; i < ops.size(); ++i) compare.ops[i] = ops[i];
  if (!find_each(compare)) return unknown_node(c, e.span);
  compare.refs = add_children(c, refs);
  compare.picks = add_children(c, picks);
  return add(c, compare, e.span);
}

// Ages in two units (`6 months <= age <= 5 years`) are completed in each: two comparisons.
bool ages_in_two_units(Checker& c, const std::vector<const Expr*>& operands) {
  if (operands.size() != 3) return false;
  const auto* middle = std::get_if<Records>(&operands[1]->node);
  const auto* low = std::get_if<Quantity>(&operands[0]->node);
  const auto* high = std::get_if<Quantity>(&operands[2]->node);
  return middle && low && high && is_age(c, middle->name) && !low->unit.text.empty() &&
         !high->unit.text.empty() && time_unit(low->unit.text) != time_unit(high->unit.text);
}

}  // namespace

NodeId compare(Checker& c, const Expr& e, std::vector<const Expr*> operands, std::vector<CompareOp> ops,
               const Context& context) {
  if (const auto dated = compare_months(c, e, operands, ops, context)) return *dated;
  if (ages_in_two_units(c, operands)) {
    const NodeId low = compare(c, e, {operands[0], operands[1]}, {ops[0]}, context);
    const NodeId high = compare(c, e, {operands[1], operands[2]}, {ops[1]}, context);
    return add(c, AllOf{add_children(c, {low, high})}, e.span);
  }
  return Comparing{c, e, std::move(operands), std::move(ops), context}.build();
}

}  // namespace crit
