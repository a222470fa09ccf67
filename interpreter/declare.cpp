// A declaration as written to a Fact: units read, conversions made exact, codes and names kept.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "interpreter/fact.hpp"
#include "interpreter/quantity.hpp"

namespace crit {

namespace {

constexpr size_t kMaxChoices = 64;  // a set of choices is one machine word

struct Declaring {
  Fact& fact;
  std::vector<Diagnostic>& diagnostics;

  void refuse(std::string rule, Span span, std::string message, std::string help = {}) {
    diagnostics.push_back(refused(std::move(rule), span, std::move(message), std::move(help)));
    fact.broken = true;
  }
};

void read_plausible(Declaring& d, const PlausibleField& field) {
  if (!field.low || !field.high) return;
  auto low = measured(*field.low, d.diagnostics), high = measured(*field.high, d.diagnostics);
  if (!low || !high) return;
  const Unit own = d.fact.unit;
  if (!low->unit && !high->unit && !own.is_number())
    return d.refuse("missing-unit", join(field.low->span, field.high->span), "these limits have no unit",
                    fmt::format("write the unit, such as `{}`", d.fact.unit_text));
  const auto in_own = [&](const Measured& m, const Measured& other, Span span) -> std::optional<Rational> {
    const Unit unit = m.unit ? *m.unit : other.unit ? *other.unit : own;
    if (const auto l = fact_conversion(d.fact, unit, own)) return (*l)(m.number);
    d.refuse("unit-mismatch", span,
             fmt::format("`{}` cannot be converted to `{}`, the unit of {}",
                         m.unit ? m.unit_text : other.unit_text, d.fact.unit_text, d.fact.name));
    return std::nullopt;
  };
  d.fact.plausible_low = in_own(*low, *high, field.low->span);
  if (!d.fact.plausible_low) return;
  d.fact.plausible_high = in_own(*high, *low, field.high->span);
  if (d.fact.plausible_high && *d.fact.plausible_low > *d.fact.plausible_high)
    d.refuse("empty-range", join(field.low->span, field.high->span), "the low end is above the high end");
}

// `1 % = 10.93 mmol/mol - 23.5`
void read_convert(Declaring& d, const ConvertField& field, Span span) {
  if (!field.left || !field.right) return;
  const auto from = measured(*field.left, d.diagnostics);
  const Expr* scale = field.right.get();
  Rational offset = 0;
  if (const auto* sum = std::get_if<Arithmetic>(&scale->node)) {
    const auto added = measured(*sum->right, d.diagnostics);
    if (!added || (sum->op != ArithmeticOp::add && sum->op != ArithmeticOp::subtract)) {
      d.refuse("syntax", span, "this conversion cannot be read", "write `convert 1 UNIT = a UNIT + b`");
      return;
    }
    offset = sum->op == ArithmeticOp::add ? added->number : -added->number;
    scale = sum->left.get();
  }
  const auto to = measured(*scale, d.diagnostics);
  if (!from || !to) return;
  if (!from->unit || !to->unit || from->number.is_zero()) {
    d.refuse("missing-unit", span, "a conversion has a unit on each side",
             "write `convert 1 UNIT = a UNIT + b`");
    return;
  }
  const auto leads_to_own = [&](const Unit& unit) {
    return fact_conversion(d.fact, unit, d.fact.unit).has_value();
  };
  if (!leads_to_own(*from->unit) && !leads_to_own(*to->unit))
    return d.refuse(
        "unit-mismatch", span,
        fmt::format("neither side converts to `{}`, the unit of {}", d.fact.unit_text, d.fact.name),
        fmt::format("write `{}` on one side", d.fact.unit_text));
  d.fact.converts.push_back({*from->unit, *to->unit, {to->number / from->number, offset}});
}

void read_molar_mass(Declaring& d, const MolarMassField& field) {
  if (!field.mass) return;
  const auto mass = measured(*field.mass, d.diagnostics);
  if (!mass) return;
  const auto grams = mass->unit ? convert(mass->number, *mass->unit, *parse_unit("g/mol")) : std::nullopt;
  if (!grams || grams->sign() <= 0) {
    d.refuse("unit-mismatch", field.mass->span, "a molar mass is a mass for an amount of substance",
             "write it in `g/mol`");
    return;
  }
  d.fact.molar_mass = *grams;
}

void read_equivalent(Declaring& d, const EquivalentField& field) {
  if (!field.dose || !field.of_dose) return;
  const auto own = measured(*field.dose, d.diagnostics), other = measured(*field.of_dose, d.diagnostics);
  if (!own || !other) return;
  if (!own->unit || !other->unit || own->number.sign() <= 0 || other->number.sign() <= 0) {
    d.refuse("missing-unit", join(field.dose->span, field.of_dose->span), "an equivalence is of two doses",
             "write `equivalent 5 mg = 4 mg DRUG`");
    return;
  }
  if (!commensurable(*own->unit, *other->unit))
    return d.refuse("unit-mismatch", join(field.dose->span, field.of_dose->span),
                    "these doses are not measured alike, and so not worth each other");
  // In base units, so that mg against mcg, or a patch's mcg/h against mg/day, needs no thought later.
  d.fact.equivalents.push_back(
      {field.drug.text, other->number * other->unit->factor / (own->number * own->unit->factor)});
}

void read_half_life(Declaring& d, const HalfLifeField& field) {
  if (!field.time) return;
  const auto time = measured(*field.time, d.diagnostics);
  if (!time) return;
  const auto days = time->unit ? convert(time->number, *time->unit, *parse_unit("d")) : std::nullopt;
  if (!days || days->sign() <= 0) {
    d.refuse("unit-mismatch", field.time->span, "a half-life is a time",
             "write it in hours or days: `half-life 3 h`");
    return;
  }
  d.fact.half_life_days = *days;
}

struct ReadField {
  Declaring& d;
  Span span;
  void operator()(const AlsoField& f) const {
    for (const Name& n : f.names) d.fact.also.push_back(n.text);
  }
  void operator()(const PlausibleField& f) const { read_plausible(d, f); }
  void operator()(const ConvertField& f) const { read_convert(d, f, span); }
  void operator()(const MolarMassField& f) const { read_molar_mass(d, f); }
  void operator()(const FormulaField& f) const { d.fact.formula = f.value.get(); }
  void operator()(const EquivalentField& f) const { read_equivalent(d, f); }
  void operator()(const HalfLifeField& f) const { read_half_life(d, f); }
  void operator()(const UsualField& f) const { d.fact.usual_above = f.above; }
  void operator()(const MarkField& f) const {
    switch (f.mark) {
      case MarkField::Mark::changes_quickly:
        d.fact.changes_quickly = true;
        return;
      case MarkField::Mark::varies:
        d.fact.varies = true;
        return;
      case MarkField::Mark::same_day:
        d.fact.same_day = true;
        return;
    }
  }
  // Sources, codes and remarks say nothing about a patient; `crit facts` and the linter read them in the
  // tree.
  void operator()(const SourceField&) const {}
  void operator()(const CodesField&) const {}
  void operator()(const NoteField&) const {}
  void operator()(const QueryField&) const {}
  void operator()(const AllowField&) const {}
};

void read_attributes(Declaring& d, const Declaration& declaration) {
  std::set<std::string> seen;
  for (const Attribute& a : declaration.attributes) {
    if (!seen.insert(a.name.text).second)
      d.refuse("duplicate-id", a.name.span, fmt::format("the attribute `{}` is there twice", a.name.text));
    AttributeInfo info;
    info.name = a.name.text;
    info.kind = a.kind;
    for (const Name& w : a.words) {
      if (std::ranges::find(info.words, w.text) != info.words.end())
        d.refuse("duplicate-id", w.span, fmt::format("the value `{}` is there twice", w.text));
      info.words.push_back(w.text);
    }
    info.fact = a.fact.text;
    if (a.kind == Attribute::Kind::quantity) {
      info.unit_text = a.unit.text;
      if (const auto unit = unit_of(a.unit, d.diagnostics))
        info.unit = *unit;
      else
        d.fact.broken = true;
    }
    d.fact.attributes.push_back(std::move(info));
  }
}

void read_choices(Declaring& d, const Declaration& declaration) {
  for (const Name& value : declaration.values) {
    if (value_index(d.fact, value.text))
      d.refuse("duplicate-id", value.span, fmt::format("the value `{}` is there twice", value.text));
    d.fact.values.push_back(value.text);
  }
  if (d.fact.values.size() > kMaxChoices)
    d.refuse("type-mismatch", declaration.name.span, "a choice has at most 64 values",
             "declare a measure in 1");
}

// What may stand several times says something more each time; of anything else the last would win in silence.
void refuse_repeated(Declaring& d, const Declaration& declaration) {
  std::set<size_t> seen;
  for (const DeclarationField& field : declaration.fields) {
    const std::string_view word = std::holds_alternative<PlausibleField>(field.node)   ? "plausible"
                                  : std::holds_alternative<MolarMassField>(field.node) ? "molar mass"
                                  : std::holds_alternative<FormulaField>(field.node)   ? "formula"
                                  : std::holds_alternative<HalfLifeField>(field.node)  ? "half-life"
                                  : std::holds_alternative<UsualField>(field.node)     ? "usual"
                                                                                       : "";
    if (word.empty() || seen.insert(field.node.index()).second) continue;
    d.refuse("syntax", field.span, fmt::format("`{}` is said twice of `{}`", word, d.fact.name),
             "keep one of the two lines");
  }
}

}  // namespace

Fact declare(const Declaration& declaration, std::vector<Diagnostic>& diagnostics) {
  Fact fact;
  fact.name = declaration.name.text;
  fact.kind = declaration.kind;
  fact.declaration = &declaration;
  fact.span = declaration.name.span;
  fact.broken = declaration.broken;
  if (declaration.text) fact.text = declaration.text->text;
  for (const Name& parent : declaration.parents) fact.parents.push_back(parent.text);
  fact.percent_of_predicted = declaration.percent_of_predicted;
  fact.ordered = declaration.ordered;
  fact.acute = declaration.acute;
  fact.when = declaration.when.get();

  Declaring d{fact, diagnostics};
  if (fact.kind == FactKind::measure && !fact.broken) {
    fact.unit_text = declaration.unit.text;
    if (const auto unit = unit_of(declaration.unit, diagnostics))
      fact.unit = *unit;
    else
      fact.broken = true;
  }
  read_choices(d, declaration);
  read_attributes(d, declaration);
  refuse_repeated(d, declaration);
  // The molar mass before the conversions, and these before the limits that are written in other units.
  const auto read = [&](auto is_one) {
    for (const DeclarationField& field : declaration.fields)
      if (is_one(field)) std::visit(ReadField{d, field.span}, field.node);
  };
  const auto is_convert = [](const auto& f) { return std::holds_alternative<ConvertField>(f.node); };
  const auto is_plausible = [](const auto& f) { return std::holds_alternative<PlausibleField>(f.node); };
  read([&](const auto& f) { return !is_convert(f) && !is_plausible(f); });
  read([&](const auto& f) { return is_convert(f) && !fact.broken; });
  read([&](const auto& f) { return is_plausible(f) && !fact.broken; });
  return fact;
}

}  // namespace crit
