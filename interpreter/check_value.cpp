// Values: results, limits, ages, arithmetic and functions to value nodes, each with its unit.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "interpreter/checker.hpp"

namespace crit {

namespace {

struct CheckValue {
  Checker& c;
  const Expr& e;
  const Context& context;

  Typed refuse(std::string rule, std::string message, std::string help = {}) const {
    report(c, std::move(rule), e.span, std::move(message), std::move(help));
    return broken_value(e.span);
  }
  Typed not_a_value() const {
    const size_t before = c.diagnostics.size();
    check_condition(c, e, context);
    if (c.diagnostics.size() == before)
      report(c, "type-mismatch", e.span,
             fmt::format("`{}` is a condition; a value is needed here", print(e)));
    return broken_value(e.span);
  }
  Context inside_arithmetic() const {
    Context inner = context;
    inner.age_unit.reset();
    return inner;
  }

  Typed operator()(const Broken& broken) const {
    report_names(c, broken.read, context);
    return broken_value(e.span);
  }
  Typed operator()(const Paren& p) const { return check_value(c, *p.inner, context); }

  Typed operator()(const Quantity& q) const {
    if (q.number.told && q.unit.text.empty()) return broken_value(e.span);
    const auto number = Rational::parse(q.number.digits);
    if (!number) return refuse("syntax", "this number has too many digits", "write at most 40 digits");
    Typed t;
    t.type = Typed::Type::number;
    t.span = e.span;
    t.written = true;
    t.constant = *number;
    if (q.of_earliest) {
      t.constant = *number / Rational(100);
    } else if (q.unit.text == "points") {
      t.points = true;
    } else if (q.unit.text.empty()) {
      t.bare = true;
    } else {
      if (!parse_unit(q.unit.text) && counted_as_unit(c, e, q)) return broken_value(e.span);
      const auto unit = unit_of(q.unit, c.diagnostics);
      if (!unit) return broken_value(e.span);
      t.unit = *unit;
      t.per_cent = q.unit.text == "%";
    }
    t.id = add_number(c, Literal{*t.constant}, t.unit, e.span).id;
    return t;
  }

  Typed operator()(const DateLiteral& d) const {
    const auto when = parse_when(d.date.text);
    if (!when) return broken_value(e.span);
    if (!when->is_day()) {  // those beside a sign have been taken as whole months
      report_several_days(c, d.date, *when, "a value is");
      return broken_value(e.span);
    }
    Typed t = add_number(c, DateOf{{AnchorSpec::Kind::fixed, kNoFact, kNone, *when}}, {}, e.span);
    t.type = Typed::Type::date;
    return t;
  }

  Typed operator()(const YesNo&) const {
    return refuse("type-mismatch", "`yes` and `no` are answers, not values");
  }

  Typed operator()(const Limit& limit) const {
    const std::string word = limit.upper ? "ULN" : "LLN";
    RefId ref = kNone;
    if (limit.of) {
      const FactId id = fact_or_report(c, *limit.of);
      if (id == kNoFact || c.schema.facts[id].broken) return broken_value(e.span);
      if (c.schema.facts[id].kind != FactKind::measure)
        return refuse("no-reference-limit", fmt::format("`{}` is {}; only a measure has a {}", limit.of->text,
                                                        a_kind(c.schema.facts[id].kind), word));
      ref = context.limit_of && c.model.refs[*context.limit_of].fact == id
                ? *context.limit_of
                : ref_of(c, id, Selector::latest, context.window, context, e.span);
    } else if (context.limit_of) {
      ref = *context.limit_of;
    } else {
      return broken_value(e.span);  // reported where the comparison's measures are counted
    }
    if (context.refs && std::ranges::find(*context.refs, ref) == context.refs->end())
      context.refs->push_back(ref);
    const FactId id = c.model.refs[ref].fact;
    Typed t = add_number(c, LimitOf{ref, limit.upper}, c.schema.facts[id].unit, e.span);
    t.via = id;
    return in_unit_of_substances(c, t, context);
  }

  Typed operator()(const Records& r) const {
    if (r.count != Records::Count::some || r.with || !r.exceptions.empty()) return not_a_value();
    if (const AttributeInfo* a = attribute_meant(c, context.record, r.name)) return attribute(*a);
    const auto window = window_or(c, r.window.get(), context.window, context);
    const bool is_age_itself = is_age(c, r.name);
    if (is_age_itself && window) return age(*window, r.window || is_alone_under_window());
    const Named named = is_age_itself ? Named{} : look_up(c, r.name, context.record);
    if (!window) return broken_value(e.span);
    switch (named.kind) {
      case Named::Kind::broken:
        return broken_value(e.span);
      case Named::Kind::fact:
        return check_result(c, r.name, named.fact, Selector::latest, *window, context, e.span);
      case Named::Kind::condition:
        return refuse("type-mismatch",
                      fmt::format("`{}` is a condition; a value is needed here", r.name.text));
      case Named::Kind::value:
        return defined(*named.definition, *window);
    }
    return broken_value(e.span);
  }

  Typed attribute(const AttributeInfo& a) const {
    if (a.name == "dose" && context.record->kind == FactKind::drug) {
      const Unit unit = context.dose_unit ? *context.dose_unit : *parse_unit("mg/day");
      if (!is_unit_of_dose(c, unit, false, e.span)) return broken_value(e.span);
      return add_number(c, RecordDose{unit}, unit, e.span);
    }
    switch (a.kind) {
      case Attribute::Kind::quantity:
        return add_number(c, AttributeNumber{a.name, 1}, a.unit, e.span);
      case Attribute::Kind::any:
        return add_number(c, AttributeNumber{a.name, 1}, Unit{}, e.span);
      case Attribute::Kind::words:
        if (std::ranges::all_of(a.words, [](const std::string& w) { return Rational::parse(w).has_value(); }))
          return add_number(c, AttributeNumber{a.name, 1}, Unit{}, e.span);
        return refuse("type-mismatch", fmt::format("`{}` is one of {}", a.name, fmt::join(a.words, ", ")));
      case Attribute::Kind::yes_no:
        return refuse("type-mismatch", fmt::format("`{}` is yes or no", a.name));
      case Attribute::Kind::fact:
        return refuse("type-mismatch", fmt::format("`{}` is a name, not a number", a.name));
    }
    return broken_value(e.span);
  }

  // Whether nothing else in the comparison could be what its window is meant for.
  bool is_alone_under_window() const {
    return context.of_comparison && !(context.comparison && would_take_window(c, *context.comparison));
  }

  // On the day that its window is counted from. The window of a list says so with `on` alone: other windows
  // are for the facts beside the age.
  Typed age(WindowId window, bool own) const {
    AnchorSpec at{};
    if (window != kNone) {
      const WindowSpec& spec = c.model.windows[window];
      const bool no_day = spec.kind == Window::Kind::between || spec.kind == Window::Kind::ever ||
                          (!spec.duration.parts.empty() && spec.anchor.kind == AnchorSpec::Kind::screening);
      if (own && no_day)
        return refuse("type-mismatch", fmt::format("`{}` names no day on which the age is meant", spec.words),
                      "leave it out for the age on the day of screening, or name the day: "
                      "`age ... on enrollment`");
      if (own || spec.kind == Window::Kind::on) at = spec.anchor;
    }
    if (!context.age_unit) return add_number(c, AgeAt{DurationUnit::years, at}, Unit{}, e.span);
    const TimeUnit unit = *context.age_unit;
    const DurationUnit in = unit == TimeUnit::days     ? DurationUnit::days
                            : unit == TimeUnit::weeks  ? DurationUnit::weeks
                            : unit == TimeUnit::months ? DurationUnit::months
                                                       : DurationUnit::years;
    const std::string_view text = in == DurationUnit::days     ? "days"
                                  : in == DurationUnit::weeks  ? "weeks"
                                  : in == DurationUnit::months ? "months"
                                                               : "years";
    return add_number(c, AgeAt{in, at}, *parse_unit(text), e.span);
  }

  // Values are written out where they are named.
  bool is_full(const Define& define) const {
    if (c.model.values.size() <= kMaxUnfolded) return false;
    report_too_large(c, define);
    return true;
  }

  Typed defined(Checker::Definition& definition, WindowId window) const {
    const Define& define = *definition.define;
    if (is_circular(c, definition) || is_full(define)) return broken_value(e.span);
    definition.open = true;
    std::vector<uint32_t> refs, picks;
    Context inner = inside_arithmetic();
    inner.window = window;
    inner.of_comparison = false;
    inner.of_value = true;
    inner.limit_of.reset();
    inner.refs = &refs;
    inner.picks = &picks;
    if (const auto unit = define.unit ? parse_unit(define.unit->text) : std::nullopt)
      inner.substance_unit = unit_of_substances(c, *define.value, *unit);
    Typed t = check_value(c, *define.value, inner);
    definition.open = false;
    if (t.type == Typed::Type::broken) return t;
    if (define.unit && t.type == Typed::Type::number) {
      const auto unit = unit_of(*define.unit, c.diagnostics);
      if (!unit) return broken_value(e.span);
      const std::string was = to_string(t.unit);
      t = in_unit(c, t, *unit, t.via);
      if (t.type == Typed::Type::broken) {
        report(c, "unit-mismatch", define.unit->span,
               fmt::format("`{}` comes out in `{}`, which does not convert to `{}`", define.name.text, was,
                           define.unit->text));
        return t;
      }
    }
    if (define.same_day) {
      const Typed same = add_number(c, SameDay{t.id, add_children(c, refs)}, t.unit, e.span);
      t.id = same.id;
      t.constant.reset();
    }
    t.span = e.span;
    take(refs, picks);
    return t;
  }

  void take(const std::vector<uint32_t>& refs, const std::vector<uint32_t>& picks) const {
    for (uint32_t r : refs)
      if (context.refs && std::ranges::find(*context.refs, r) == context.refs->end())
        context.refs->push_back(r);
    for (uint32_t p : picks)
      if (context.picks) context.picks->push_back(p);
  }

  Typed operator()(const Negative& n) const {
    Typed t = check_value(c, *n.operand, inside_arithmetic());
    if (t.type != Typed::Type::number) {
      if (t.type == Typed::Type::date) return refuse("type-mismatch", "a date has no sign");
      return t;
    }
    if (t.constant) {
      t.constant = -*t.constant;
      t.id = add_number(c, Literal{*t.constant}, t.unit, e.span).id;
    } else {
      t.id = add_number(c, Negated{t.id}, t.unit, e.span).id;
    }
    t.span = e.span;
    return t;
  }

  Typed operator()(const Arithmetic& a) const { return check_arithmetic(c, e, a, inside_arithmetic()); }
  Typed operator()(const Call& call) const { return check_call(c, e, call, inside_arithmetic()); }
  Typed operator()(const Selection& s) const { return check_selection(c, e, s, context); }

  Typed operator()(const DoseOf& d) const {
    const auto window = window_or(c, d.window.get(), window_of_others(context), context);
    if (!window) return broken_value(e.span);
    return check_dose(c, e, d, nullptr, *window, context);
  }

  Typed operator()(const If& i) const {
    Context alone = context;
    alone.refs = alone.picks = nullptr;
    alone.measures_only |= context.of_comparison || context.of_value;
    alone.of_comparison = alone.of_value = false;
    const NodeId condition = check_condition(c, *i.condition, alone);
    if (!i.else_branch)
      return refuse("mixed-and-or", "a value `if` needs an `else`", "write `if A then x else y`");
    Typed a = check_value(c, *i.then_branch, context), b = check_value(c, *i.else_branch, context);
    if (a.type == Typed::Type::broken || b.type == Typed::Type::broken) return broken_value(e.span);
    if (!unify(c, {&a, &b}, e.span, "used for one value")) return broken_value(e.span);
    Typed t = a;
    t.constant.reset();
    t.span = e.span;
    t.bare = a.bare && b.bare;
    t.written = a.written && b.written;
    t.via = common_conversions(c, t.via, b.via);
    t.id = add_number(c, Picked{condition, a.id, b.id}, a.unit, e.span).id;
    if (context.picks) context.picks->push_back(t.id);
    return t;
  }

  Typed operator()(const Not&) const { return not_a_value(); }
  Typed operator()(const Logic&) const { return not_a_value(); }
  Typed operator()(const ListOf&) const { return not_a_value(); }
  Typed operator()(const Comparison&) const { return not_a_value(); }
  Typed operator()(const Between&) const { return not_a_value(); }
  Typed operator()(const Membership&) const { return not_a_value(); }
  Typed operator()(const Is&) const { return not_a_value(); }
  Typed operator()(const Stable&) const { return not_a_value(); }
  Typed operator()(const Judgement&) const { return not_a_value(); }
  Typed operator()(const Windowed& w) const {
    if (second_window(c, w)) return broken_value(e.span);
    const auto window = check_window(c, *w.window, context);
    if (!window) return broken_value(e.span);
    Context inner = context;
    inner.window = *window;
    inner.of_value = true;
    return check_value(c, *w.inner, inner);
  }
};

}  // namespace

Typed check_value(Checker& c, const Expr& e, const Context& context) {
  return std::visit(CheckValue{c, e, context}, e.node);
}

}  // namespace crit
