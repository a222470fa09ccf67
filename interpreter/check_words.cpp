// Answers and words: `sex = female`, `ECOG <= 1`, `pregnant is yes`, `x is known`, attributes of a record.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/checker.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

const Expr& without_parens(const Expr& e) {
  const Expr* inner = &e;
  while (const auto* paren = std::get_if<Paren>(&inner->node)) inner = paren->inner.get();
  return *inner;
}

namespace {

// The word that a written value is: a name, yes, no, or a number without a unit, which may have a sign. `1A`
// is read as a number and its unit, and is the value of that name where there is one.
std::optional<std::string> word_of(const Expr& e, const std::vector<std::string>& values) {
  const Expr& inner = without_parens(e);
  if (const auto* yes_no = std::get_if<YesNo>(&inner.node)) return yes_no->yes ? "yes" : "no";
  if (const auto* q = std::get_if<Quantity>(&inner.node)) {
    std::string word = q->number.digits + q->unit.text;
    const bool is_value = q->unit.text.empty() || std::ranges::find(values, word) != values.end();
    return is_value ? std::optional(std::move(word)) : std::nullopt;
  }
  if (const auto* negative = std::get_if<Negative>(&inner.node)) {
    const auto* q = std::get_if<Quantity>(&negative->operand->node);
    return q && q->unit.text.empty() ? std::optional("-" + q->number.digits) : std::nullopt;
  }
  if (const Records* r = bare_name(inner)) return r->name.text;  // its window is the comparison's
  return std::nullopt;
}

// What was not read, or not as it stands there.
bool is_told(const Expr& e) {
  const Expr& inner = without_parens(e);
  if (const auto* negative = std::get_if<Negative>(&inner.node)) return is_told(*negative->operand);
  const auto* q = std::get_if<Quantity>(&inner.node);
  return std::holds_alternative<Broken>(inner.node) || (q && q->number.told);
}

std::string nearest_word(const std::vector<std::string>& words, const std::string& word) {
  const auto found =
      std::ranges::find_if(words, [&](const std::string& w) { return same_in_any_case(w, word); });
  return found == words.end() ? "" : *found;
}

void unknown_choice(Checker& c, const std::string& of, const std::vector<std::string>& words,
                    const std::string& word, Span span) {
  const std::string near = nearest_word(words, word);
  std::string help = fmt::format("{} is one of {}", of, fmt::join(words, ", "));
  const std::string message = fmt::format("`{}` has no value `{}`", of, word);
  if (near.empty()) return report(c, "unknown-choice", span, message, help);
  report_fix(c, "unknown-choice", span, message, fmt::format("did you mean `{}`? {}", near, help),
             Fix{span, near, false});
}

uint64_t mask_of(CompareOp op, uint32_t index, size_t count) {
  const uint64_t all = count >= 64 ? ~uint64_t{0} : (uint64_t{1} << count) - 1;
  const uint64_t bit = uint64_t{1} << index;
  switch (op) {
    case CompareOp::equal:
      return bit;
    case CompareOp::not_equal:
      return all & ~bit;
    case CompareOp::less:
      return bit - 1;
    case CompareOp::less_equal:
      return bit | (bit - 1);
    case CompareOp::greater:
      return all & ~(bit | (bit - 1));
    case CompareOp::greater_equal:
      return all & ~(bit - 1);
  }
  return 0;
}

bool is_order(CompareOp op) {
  return op != CompareOp::equal && op != CompareOp::not_equal;
}

}  // namespace

OneOf one_of_values(const Fact& fact, RefId ref, uint64_t values, uint64_t named) {
  OneOf made{ref, values};
  for (uint32_t whole = 0; whole < fact.values.size(); ++whole) {
    const uint64_t parts = parts_of(fact, whole);
    const uint64_t bit = uint64_t{1} << whole;
    if (parts == 0 || (named & bit) != 0) continue;
    made.values &= ~bit;
    if ((parts & ~values) == 0)
      made.values |= bit;
    else if ((parts & values) != 0)
      made.maybe |= bit;
  }
  return made;
}

namespace {

NodeId choice_node(Checker& c, const Fact& fact, const Records& subject, CompareOp op, const Expr& value,
                   const Context& context, Span span) {
  const auto word = word_of(value, fact.values);
  if (is_told(value)) return unknown_node(c, span);
  if (!word) {
    report(c, "type-mismatch", value.span,
           fmt::format("`{}` is a choice: compare it with one of its values", fact.name),
           fmt::format("{} is one of {}", fact.name, fmt::join(fact.values, ", ")));
    return unknown_node(c, span);
  }
  const auto index = value_index(fact, *word);
  if (!index) {
    unknown_choice(c, fact.name, fact.values, *word, value.span);
    return unknown_node(c, span);
  }
  if (is_order(op) && !fact.ordered) {
    report(c, "type-mismatch", span, fmt::format("the values of `{}` have no order", fact.name),
           fmt::format("write `{} in (...)`, or declare the choice `ordered`", fact.name));
    return unknown_node(c, span);
  }
  const auto window = window_or(c, subject.window.get(), window_of_others(context), context);
  if (!window) return unknown_node(c, span);
  const RefId ref = ref_of(c, fact.id, Selector::latest, *window, context, span);
  return add(c, one_of_values(fact, ref, mask_of(op, *index, fact.values.size()), uint64_t{1} << *index),
             span);
}

NodeId yes_no_node(Checker& c, std::string_view what, const std::string& name, NodeId yes, CompareOp op,
                   const Expr& value, Span span) {
  const auto* answer = std::get_if<YesNo>(&without_parens(value).node);
  if (!answer || is_order(op)) {
    report(c, "type-mismatch", span, fmt::format("`{}` is {}: it is yes or no", name, what),
           fmt::format("write `{}` or `not {}`", name, name));
    return unknown_node(c, span);
  }
  return answer->yes == (op == CompareOp::equal) ? yes : add(c, Negation{yes}, span);
}

NodeId said_node(Checker& c, const Fact& fact, const Records& subject, CompareOp op, const Expr& value,
                 const Context& context, Span span) {
  const auto window = window_or(c, subject.window.get(), window_of_others(context), context);
  if (!window) return unknown_node(c, span);
  const NodeId said = answer_of(c, fact.id, *window, context, span);
  return yes_no_node(c, a_kind(fact.kind), fact.name, said, op, value, span);
}

// Adds the names that a fact's name stands for as the value of an attribute: its members' too, and as
// possible those of what it is a member of.
ClassId add_names(Checker& c, FactId id, AttributeOneOf& to) {
  const auto add = [&](FactId fact, std::vector<std::string>& names) {
    names.push_back(c.schema.facts[fact].name);
    for (const std::string& other : c.schema.facts[fact].also) names.push_back(other);
  };
  const ClassId of = class_of(c, id);
  for (const Class::Member& member : c.model.classes[of].members) add(member.fact, to.words);
  for (FactId ancestor : c.model.classes[of].ancestors) add(ancestor, to.possible);
  return of;
}

// The same where the attribute's values are a fact and its members; false: this is none of them.
bool facts_meant(Checker& c, const AttributeInfo& attribute, const Records& value, AttributeOneOf& to) {
  const FactId wanted = fact_named(c.schema, c.scope, attribute.fact);
  if (wanted == kNoFact || c.schema.facts[wanted].broken) return false;  // told in the declaration
  const FactId id = fact_or_report(c, value.name);
  if (id == kNoFact || c.schema.facts[id].broken) return false;
  to.words.clear();
  const auto& ancestors = c.model.classes[add_names(c, id, to)].ancestors;
  if (id == wanted || std::ranges::find(ancestors, wanted) != ancestors.end()) return true;
  report(c, "unknown-choice", value.name.span,
         fmt::format("`{}` is no {}, which `{}` asks for", value.name.text, attribute.fact, attribute.name));
  return false;
}

// Any word will do: where it names what has members, as `allergy with (substance = ACE_inhibitor)`, they are
// meant too.
void words_meant(Checker& c, const Records& value, AttributeOneOf& to) {
  const FactId id = fact_named(c.schema, c.scope, value.name.text);
  if (id == kNoFact || c.schema.facts[id].broken || part_of(c.schema.facts[id].kind) == Part::none) return;
  c.used_names.try_emplace(value.name.text, value.name.span);
  add_names(c, id, to);
}

std::optional<NodeId> attribute_node(Checker& c, const AttributeInfo& attribute, CompareOp op,
                                     const Expr& value, Span span) {
  if (attribute.kind == Attribute::Kind::yes_no)
    return yes_no_node(c, "a yes/no attribute", attribute.name, add(c, AttributeYes{attribute.name}, span),
                       op, value, span);
  const auto word = word_of(value, attribute.words);
  if (is_told(value)) return unknown_node(c, span);
  const bool number = word && Rational::parse(*word).has_value();
  if (attribute.kind == Attribute::Kind::quantity || is_order(op)) return std::nullopt;
  if (attribute.kind == Attribute::Kind::any && (number || !word)) return std::nullopt;
  if (!word) {
    report(c, "type-mismatch", value.span,
           fmt::format("`{}` is compared with one of its values", attribute.name));
    return unknown_node(c, span);
  }
  AttributeOneOf made{attribute.name, {*word}, {}};
  if (attribute.kind == Attribute::Kind::words &&
      std::ranges::find(attribute.words, *word) == attribute.words.end()) {
    unknown_choice(c, attribute.name, attribute.words, *word, value.span);
    return unknown_node(c, span);
  }
  const Records* name = bare_name(value);
  if (attribute.kind == Attribute::Kind::fact && (!name || !facts_meant(c, attribute, *name, made)))
    return unknown_node(c, span);
  if (attribute.kind == Attribute::Kind::any && name) words_meant(c, *name, made);
  const NodeId node = add(c, std::move(made), span);
  return op == CompareOp::equal ? node : add(c, Negation{node}, span);
}

}  // namespace

const Records* bare_name(const Expr& e) {
  const auto* r = std::get_if<Records>(&without_parens(e).node);
  return r && r->count == Records::Count::some && !r->with && r->exceptions.empty() ? r : nullptr;
}

std::optional<NodeId> check_worded(Checker& c, const Expr& subject, CompareOp op, const Expr& value,
                                   const Context& context) {
  const Records* r = bare_name(subject);
  if (!r) return std::nullopt;
  const Span span = subject.span.file == value.span.file ? join(subject.span, value.span) : subject.span;
  if (context.record) {
    if (const AttributeInfo* a = attribute_meant(c, context.record, r->name))
      return attribute_node(c, *a, op, value, span);
  }
  if (is_age(c, r->name) || c.definitions.contains(r->name.text)) {
    const auto found = c.definitions.find(r->name.text);
    if (found == c.definitions.end() || !std::holds_alternative<YesNo>(without_parens(value).node))
      return std::nullopt;
    if (look_up(c, r->name, context.record).kind != Named::Kind::condition) return std::nullopt;
    return yes_no_node(c, "a condition", r->name.text, check_condition(c, subject, context), op, value, span);
  }
  const FactId id = fact_named(c.schema, c.scope, r->name.text);
  if (id == kNoFact || c.doubled.contains(r->name.text)) return std::nullopt;
  // What its values are nobody knows.
  if (c.schema.facts[id].broken && c.schema.facts[id].kind == FactKind::choice) return unknown_node(c, span);
  if (c.schema.facts[id].broken) return std::nullopt;
  note_name(c, r->name, id);
  const Fact& fact = c.schema.facts[id];
  switch (fact.kind) {
    case FactKind::choice:
      return choice_node(c, fact, *r, op, value, context, span);
    case FactKind::flag:
    case FactKind::judgement:
      return said_node(c, fact, *r, op, value, context, span);
    case FactKind::measure:
    case FactKind::condition:
    case FactKind::drug:
    case FactKind::event:
    case FactKind::date:
      return std::nullopt;
  }
  return std::nullopt;
}

NodeId applies_when(Checker& c, const Fact& fact, Span span) {
  if (fact.kind != FactKind::flag || !fact.when) return kNone;
  if (const auto found = c.applies.find(fact.id); found != c.applies.end()) return found->second;
  if (std::ranges::find(c.open_formulas, fact.id) != c.open_formulas.end()) {
    report(c, "circular-definition", fact.span, fmt::format("`{}` applies when it applies", fact.name));
    return kNone;
  }
  c.open_formulas.push_back(fact.id);
  const Elsewhere elsewhere(c, fact);
  const NodeId applies = check_condition(c, *fact.when, {});
  c.open_formulas.pop_back();
  elsewhere.tell_at(span, "`when`");
  c.applies.emplace(fact.id, applies);
  return applies;
}

NodeId answer_of(Checker& c, FactId id, WindowId window, const Context& context, Span span) {
  const NodeId applies = applies_when(c, c.schema.facts[id], span);
  return add(c, Answer{ref_of(c, id, Selector::latest, window, context, span), applies}, span);
}

}  // namespace crit
