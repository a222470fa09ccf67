// Arithmetic and functions: numbers with units to numbers with units.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/check_hyphens.hpp"
#include "interpreter/checker.hpp"

namespace crit {

namespace {

// `%`, `mg/g` and `10*3` become the plain number that they are.
Typed plain_number(Checker& c, Typed t) {
  if (t.type != Typed::Type::number || !t.unit.is_number() || t.unit.factor == 1) return t;
  return in_unit(c, t, Unit{}, kNoFact);
}

struct CheckArithmetic {
  Checker& c;
  const Expr& e;
  const Context& context;

  Typed refuse(std::string rule, std::string message, std::string help = {}) const {
    report(c, std::move(rule), e.span, std::move(message), std::move(help));
    return broken_value(e.span);
  }
  bool hyphen_in_name(const Arithmetic& a) const;
  bool blank_in_unit(const Arithmetic& a) const;
  bool hyphen_in_unit(const Arithmetic& a) const;
  bool lost_power(const Arithmetic& a) const;
  Typed arithmetic(const Arithmetic& a) const;
  Typed sum(const Arithmetic& a, Typed left, Typed right) const;
  Typed product(const Arithmetic& a, Typed left, const Typed& right) const;
  Typed raised(Typed base, Typed exponent) const;
  Typed call(const Call& call) const;
  Typed rounded(const Call& call) const;
};

// `C-peptide` is read as `C` minus `peptide`, where neither is known, nor a name of both. True where it was
// reported.
bool CheckArithmetic::hyphen_in_name(const Arithmetic& a) const {
  const Records *left = bare_name(*a.left), *right = bare_name(*a.right);
  if (a.op != ArithmeticOp::subtract || !left || !right || left->window || right->window) return false;
  if (left->name.span.file != right->name.span.file || left->name.span.end + 1 != right->name.span.begin)
    return false;
  for (const Records* r : {left, right})
    if (is_age(c, r->name) || c.definitions.contains(r->name.text) ||
        fact_named(c.schema, c.scope, r->name.text) != kNoFact)
      return false;
  const std::string apart = left->name.text + "_" + right->name.text;
  const std::string message =
      fmt::format("`{}-{}` is no name: a name has no `-`", left->name.text, right->name.text);
  report(c, "unknown-name", e.span, message,
         fmt::format(
             "declare it (`flag {0} \"...\"`, `measure {0} \"...\" in UNIT`), or see `crit facts` for what "
             "is there",
             apart));
  return true;
}

// `60 mL / min` is read as `60 mL` by a fact `min`. True where it was reported.
bool CheckArithmetic::blank_in_unit(const Arithmetic& a) const {
  const auto* amount = std::get_if<Quantity>(&a.left->node);
  const Records* right = bare_name(*a.right);
  if (a.op != ArithmeticOp::divide || !amount || amount->unit.text.empty() || !right || right->window)
    return false;
  const std::string unit = fmt::format("{}/{}", amount->unit.text, right->name.text);
  const bool known =
      c.definitions.contains(right->name.text) || fact_named(c.schema, c.scope, right->name.text) != kNoFact;
  if (known || !parse_unit(unit)) return false;
  report_fix(c, "unknown-unit", e.span, "a unit has no blanks",
             fmt::format("write `{} {}`", amount->number.digits, unit),
             Fix{e.span, fmt::format("{} {}", amount->number.digits, unit), false});
  return true;
}

// `10 pack-years` is read as `10 pack` minus a fact `years`. True where it was reported.
bool CheckArithmetic::hyphen_in_unit(const Arithmetic& a) const {
  const auto* amount = std::get_if<Quantity>(&a.left->node);
  const Records* right = bare_name(*a.right);
  if (a.op != ArithmeticOp::subtract || !amount || amount->unit.text.empty() || !right) return false;
  const Span& unit = amount->unit.span;
  const Span& name = right->name.span;
  if (unit.file != name.file || unit.end + 1 != name.begin || parse_unit(amount->unit.text)) return false;
  const std::string written = fmt::format("{}-{}", amount->unit.text, right->name.text);
  const Span whole{unit.begin, name.end, unit.file};
  if (duration_unit(written)) {
    report(c, "unknown-unit", whole, fmt::format("`{}` stand in a window", written),
           "of two periods say there which one counts: `within longer of (14 days, 5 half-lives)`");
    return true;
  }
  const std::string right_unit = fmt::format("{}_{}", amount->unit.text, right->name.text);
  if (!parse_unit(right_unit)) return false;
  report_fix(c, "unknown-unit", whole, "a unit has no `-`", fmt::format("write `{}`", right_unit),
             Fix{whole, right_unit, true});
  return true;
}

// `100 × 109/L`, copied from where the 9 was raised. True where it was reported.
bool CheckArithmetic::lost_power(const Arithmetic& a) const {
  const auto *left = std::get_if<Quantity>(&a.left->node), *right = std::get_if<Quantity>(&a.right->node);
  if (a.op != ArithmeticOp::multiply || !left || !right || !right->unit.text.starts_with('/')) return false;
  const std::string_view digits = right->number.digits;
  if (!left->unit.text.empty() || (digits != "109" && digits != "1012" && digits != "106")) return false;
  const std::string meant =
      fmt::format("{} 10^{}{}", left->number.digits, digits.substr(2), right->unit.text);
  report_fix(c, "anticipated-mistake", e.span,
             fmt::format("`{}{}` has lost the place of its power", digits, right->unit.text),
             fmt::format("write `{}`", meant), Fix{e.span, meant, false});
  return true;
}

Typed CheckArithmetic::arithmetic(const Arithmetic& a) const {
  if (hyphen_in_known_name(c, e, a) || hyphen_in_name(a) || blank_in_unit(a) || hyphen_in_unit(a) ||
      lost_power(a) || range_with_hyphen(c, e, a, context))
    return broken_value(e.span);
  Typed left = check_value(c, *a.left, context), right = check_value(c, *a.right, context);
  if (left.type == Typed::Type::broken || right.type == Typed::Type::broken) return broken_value(e.span);
  if (left.type == Typed::Type::date || right.type == Typed::Type::date)
    return refuse(
        "type-mismatch", "dates are compared, not calculated with",
        "a window says how far apart two days may be: of a date `visit is known within 3 months before "
        "ANCHOR`, of records and results `NAME within 3 months before ANCHOR`");
  switch (a.op) {
    case ArithmeticOp::add:
    case ArithmeticOp::subtract:
      return sum(a, left, right);
    case ArithmeticOp::multiply:
    case ArithmeticOp::divide:
      return product(a, left, right);
    case ArithmeticOp::power:
      return raised(left, right);
  }
  return broken_value(e.span);
}

Typed CheckArithmetic::sum(const Arithmetic& a, Typed left, Typed right) const {
  using Scale = Typed::Scale;
  if (!context.substance_unit && are_other_substances(c, left.via, right.via)) {
    report_other_substances(c, left, right, e.span, Substances::added);
    return broken_value(e.span);
  }
  const bool adds = a.op == ArithmeticOp::add, some_written = left.written != right.written;
  Typed &number = left.written ? left : right, &other = left.written ? right : left;
  const FactId via = other.via;
  if (left.written && right.written && !left.bare) right.scale = Scale::difference;  // `39 Cel - 1 K`
  if (some_written && !number.bare) {
    if (adds) number.scale = Scale::difference;  // `ULN + 4 s`
    if (!adds && other.scale == Scale::point && moves_zero(c, number, other.unit, via)) {
      report_two_scales(c, number.span, to_string(number.unit), to_string(other.unit));
      return broken_value(e.span);
    }
  }
  if (!unify(c, {&left, &right}, e.span, adds ? "added" : "subtracted")) return broken_value(e.span);
  Typed t = add_number(c, Binary{a.op, left.id, right.id}, left.unit, e.span);
  t.bare = left.bare && right.bare;
  t.written = left.written && right.written;
  const bool alike = left.scale == right.scale;
  if (some_written)
    t.scale = adds || other.scale != Scale::point ? other.scale : Scale::either;
  else if (!t.written && alike)
    t.scale = adds ? left.scale : Scale::difference;
  t.via = common_conversions(c, left.via, right.via);
  return t;
}

Typed CheckArithmetic::product(const Arithmetic& a, Typed left, const Typed& right) const {
  const bool divides = a.op == ArithmeticOp::divide;
  if (divides && are_other_substances(c, left.via, right.via)) {
    report_other_substances(c, left, right, e.span, Substances::divided);
    return broken_value(e.span);
  }
  // `creatinine / 1 mg/dL` is a plain number: the measure's own conversions bring it into the other's unit.
  if (divides && !commensurable(left.unit, right.unit)) {
    const FactId via = left.via != kNoFact ? left.via : right.via;
    if (via != kNoFact && !right.bare && !left.bare) {
      if (fact_conversion(c.schema.facts[via], left.unit, right.unit))
        left = in_unit(c, left, right.unit, via);
    }
  }
  const auto unit = divides ? divide(left.unit, right.unit) : multiply(left.unit, right.unit);
  if (!unit) return refuse("unit-mismatch", "the unit of this product is beyond what can be calculated with");
  // So many times a value is a value on its own scale.
  const bool keeps_left = right.bare, keeps_right = left.bare && !divides;
  Typed t = add_number(c, Binary{a.op, left.id, right.id},
                       keeps_left    ? left.unit
                       : keeps_right ? right.unit
                                     : *unit,
                       e.span);
  t.bare = left.bare && right.bare;
  t.written = left.written && right.written;
  if (keeps_left || keeps_right) t.scale = keeps_left ? left.scale : right.scale;
  if (left.bare && !divides) t.via = right.via;
  if (right.bare) t.via = left.via;
  return plain_number(c, t);
}

Typed CheckArithmetic::raised(Typed base, Typed exponent) const {
  exponent = plain_number(c, exponent);
  if (!exponent.unit.is_number()) return refuse("unit-mismatch", "an exponent has no unit");
  const auto whole = exponent.constant ? exponent.constant->to_int64() : std::nullopt;
  Unit unit = Unit{};
  if (!base.unit.is_number()) {
    if (!whole || *whole < -20 || *whole > 20)
      return refuse("unit-mismatch",
                    fmt::format("a value in `{}` cannot be raised to this power", to_string(base.unit)),
                    "take its unit away first: `(weight / 1 kg)^0.425`");
    const auto raised_unit = power(base.unit, static_cast<int>(*whole));
    if (!raised_unit)
      return refuse("unit-mismatch", "the unit of this power is beyond what can be calculated with");
    unit = *raised_unit;
  } else {
    base = plain_number(c, base);
  }
  Typed t = add_number(c, Binary{ArithmeticOp::power, base.id, exponent.id}, unit, e.span);
  t.bare = base.bare;
  return t;
}

Typed CheckArithmetic::rounded(const Call& call) const {
  if (call.arguments.empty() || call.arguments.size() > 2)
    return refuse("type-mismatch", "`round` takes a value and a number of decimals", "write `round(BMI, 1)`");
  Typed value = check_value(c, *call.arguments[0], context);
  if (value.type == Typed::Type::broken) return value;
  int digits = 0;
  if (call.arguments.size() == 2) {
    const auto n = measured(*call.arguments[1], c.diagnostics);
    const auto whole = n && !n->unit ? n->number.to_int64() : std::nullopt;
    if (!whole || *whole < -20 || *whole > 20) {
      report(c, "type-mismatch", call.arguments[1]->span, "the number of decimals is a whole number",
             "write `round(BMI, 1)`");
      return broken_value(e.span);
    }
    digits = static_cast<int>(*whole);
  }
  Applied applied{Function::round, add_children(c, {value.id}), power_of_ten(-digits)};
  Typed t = add_number(c, std::move(applied), value.unit, e.span);
  t.bare = value.bare;
  t.via = value.via;
  t.scale = value.scale;
  t.written = value.written;
  return t;
}

Typed CheckArithmetic::call(const Call& call) const {
  if (call.function == Function::round) return rounded(call);
  const bool many = call.function == Function::min || call.function == Function::max;
  if (many ? call.arguments.size() < 2 : call.arguments.size() != 1)
    return refuse("type-mismatch", fmt::format("`{}` takes {}", spelling(call.function),
                                               many ? "two or more values" : "one value"));
  std::vector<Typed> values;
  for (const ExprPtr& argument : call.arguments) {
    values.push_back(check_value(c, *argument, context));
    if (values.back().type == Typed::Type::date)
      return refuse("type-mismatch", fmt::format("`{}` takes numbers, not dates", spelling(call.function)));
    if (values.back().type == Typed::Type::broken) return broken_value(e.span);
  }
  std::vector<Typed*> pointers;
  for (Typed& t : values) pointers.push_back(&t);
  if (many && !are_of_one_substance(c, values, context, e.span)) return broken_value(e.span);
  if (many && !unify(c, pointers, e.span, "compared")) return broken_value(e.span);
  Typed& first = values.front();
  if (call.function == Function::ln || call.function == Function::exp) {
    first = plain_number(c, first);
    if (!first.unit.is_number())
      return refuse("unit-mismatch",
                    fmt::format("`{}` takes a number without a unit", spelling(call.function)),
                    fmt::format("take its unit away first: `{}(NAME / 1 {})`", spelling(call.function),
                                to_string(first.unit)));
  }
  std::vector<uint32_t> ids;
  for (const Typed& t : values) ids.push_back(t.id);
  Typed t = add_number(c, Applied{call.function, add_children(c, ids), 0}, first.unit, e.span);
  t.bare = std::ranges::all_of(values, &Typed::bare);
  t.written = std::ranges::all_of(values, &Typed::written);
  t.via = first.via;
  for (const Typed& one : values) t.via = common_conversions(c, t.via, one.via);
  const bool apart =
      call.function == Function::abs && first.scale == Typed::Scale::either;  // `abs(te - 37 Cel)`
  t.scale = apart ? Typed::Scale::difference : first.scale;
  return t;
}

}  // namespace

Typed check_arithmetic(Checker& c, const Expr& e, const Arithmetic& a, const Context& context) {
  return CheckArithmetic{c, e, context}.arithmetic(a);
}

Typed check_call(Checker& c, const Expr& e, const Call& call, const Context& context) {
  return CheckArithmetic{c, e, context}.call(call);
}

}  // namespace crit
