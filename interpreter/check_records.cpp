// Records: `NAME [with ...] [window] [except ...]`, counts, stable doses; and the classes they are records
// of.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/checker.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

// The attributes that every record of a kind may have, whatever its declaration says.
struct BuiltIn {
  FactKind kind;
  std::string_view name;
};
constexpr BuiltIn kBuiltIns[] = {
    {FactKind::condition, "severity"}, {FactKind::condition, "grade"}, {FactKind::condition, "active"},
    {FactKind::condition, "intent"},   {FactKind::condition, "site"},  {FactKind::drug, "dose"},
    {FactKind::drug, "route"},         {FactKind::drug, "indication"}, {FactKind::drug, "stop_reason"},
    {FactKind::event, "reason"},       {FactKind::event, "site"}};

// Own declarations and the vocabulary's that say `is name`, in this trial's reading, sorted.
std::vector<FactId> children_of(Checker& c, const std::string& name) {
  std::vector<std::pair<std::string_view, FactId>> children;
  for (const auto& [own, id] : c.scope.own) {
    const Fact& fact = c.schema.facts[id];
    if (fact.name == own && std::ranges::find(fact.parents, name) != fact.parents.end())
      children.emplace_back(own, id);
  }
  for (const VocabularyMember& child : vocabulary_children(name)) {
    if (c.scope.own.contains(child.name)) continue;
    const FactId id = fact_named(c.schema, c.scope, child.name);
    if (id != kNoFact) children.emplace_back(child.name, id);
  }
  std::ranges::sort(children);
  std::vector<FactId> ids;
  for (const auto& [child, id] : children) ids.push_back(id);
  return ids;
}

void add_members(Checker& c, Class& of, FactId id, std::optional<PlainDuration> acute) {
  if (std::ranges::any_of(of.members, [&](const Class::Member& m) { return m.fact == id; })) return;
  const Fact& fact = c.schema.facts[id];
  if (fact.acute) acute = fact.acute;
  const size_t place = of.members.size();
  of.members.push_back({id, acute, fact.half_life_days, false});
  const std::vector<FactId> children = children_of(c, fact.name);
  of.members[place].has_members = !children.empty();
  for (FactId child : children) add_members(c, of, child, acute);
}

void add_ancestors(Checker& c, Class& of, FactId id) {
  for (const std::string& parent : c.schema.facts[id].parents) {
    const FactId up = fact_named(c.schema, c.scope, parent);
    if (up == kNoFact || up == of.fact || std::ranges::find(of.ancestors, up) != of.ancestors.end()) continue;
    of.ancestors.push_back(up);
    add_ancestors(c, of, up);
  }
}

// `acute for` is inherited from above too.
std::optional<PlainDuration> inherited_acute(Checker& c, const Class& of) {
  for (FactId up : of.ancestors)
    if (c.schema.facts[up].acute) return c.schema.facts[up].acute;
  return std::nullopt;
}

std::optional<uint32_t> record_count(Checker& c, const Records& r) {
  if (!r.n) return 1;
  const auto n = Rational::parse(r.n->digits);
  const auto whole = n ? n->to_int64() : std::nullopt;
  if (!whole || *whole < 0 || *whole > 1'000'000) {
    report(c, "count-impossible", r.n->span, "a count is a whole number");
    return std::nullopt;
  }
  if (*whole == 0 && r.count == Records::Count::at_least) {
    report(c, "count-impossible", r.n->span, "`at least 0` is always true", "write the number that is meant");
    return std::nullopt;
  }
  return static_cast<uint32_t>(*whole);
}

struct CheckRecords {
  Checker& c;
  const Expr& e;
  const Records& r;
  const Context& context;

  NodeId refuse(std::string rule, std::string message, std::string help = {}) const {
    report(c, std::move(rule), e.span, std::move(message), std::move(help));
    return unknown_node(c, e.span);
  }
  bool plain() const { return r.count == Records::Count::some && !r.with && r.exceptions.empty(); }

  NodeId run() const {
    if (context.record && plain()) {
      if (const AttributeInfo* a = attribute_meant(c, context.record, r.name)) {
        if (a->kind == Attribute::Kind::yes_no || a->kind == Attribute::Kind::any)
          return add(c, AttributeYes{a->name}, e.span);
        return refuse("type-mismatch", fmt::format("`{}` has values: compare it with one", a->name));
      }
    }
    if (is_age(c, r.name)) return no_condition("a measure");
    const Named named = look_up(c, r.name, context.record);
    switch (named.kind) {
      case Named::Kind::broken:
        return unknown_node(c, e.span);
      case Named::Kind::value:
        return refuse("type-mismatch", fmt::format("`{}` is a value, not a condition", r.name.text),
                      fmt::format("compare it: `{} <= ...`", r.name.text));
      case Named::Kind::condition:
        return defined(*named.definition);
      case Named::Kind::fact:
        return of_fact(c.schema.facts[named.fact]);
    }
    return unknown_node(c, e.span);
  }

  NodeId no_condition(std::string_view kind) const {
    return refuse("type-mismatch", fmt::format("`{}` is {}, not a condition", r.name.text, kind),
                  fmt::format("compare it (`{} <= ...`), or ask whether it is there: `{} is known`",
                              r.name.text, r.name.text));
  }

  NodeId defined(Checker::Definition& definition) const {
    const Define& define = *definition.define;
    if (!plain())
      return refuse("type-mismatch",
                    fmt::format("`{}` is a definition; only records are counted", r.name.text));
    if (r.window || context.window != kNone)
      return refuse("type-mismatch",
                    fmt::format("`{}` is a named condition: a window cannot reach into it", r.name.text),
                    "write the window inside its definition");
    if (definition.condition) return *definition.condition;
    if (definition.open) {
      report(c, "circular-definition", define.name.span,
             fmt::format("`{}` is defined by itself", define.name.text));
      return unknown_node(c, e.span);
    }
    definition.open = true;
    const NodeId made = check_condition(c, *define.value, {});
    definition.open = false;
    definition.condition = made;
    return made;
  }

  NodeId of_fact(const Fact& fact) const {
    switch (fact.kind) {
      case FactKind::measure:
        return no_condition("a measure");
      case FactKind::date:
        return no_condition("a date");
      case FactKind::choice:
        return refuse(
            "type-mismatch", fmt::format("`{}` is a choice, not a condition", fact.name),
            fmt::format("compare it: `{} = {}`", fact.name, fact.values.empty() ? "..." : fact.values[0]));
      case FactKind::flag:
      case FactKind::judgement:
        return answered(fact);
      case FactKind::condition:
      case FactKind::drug:
      case FactKind::event:
        return records(fact);
    }
    return unknown_node(c, e.span);
  }

  NodeId answered(const Fact& fact) const {
    if (!plain())
      return refuse(
          "type-mismatch",
          fmt::format("`{}` is {}: it is yes or no, and has no records", fact.name, a_kind(fact.kind)),
          r.count == Records::Count::no ? fmt::format("write `not {}`", fact.name) : "");
    WindowId window = context.window;
    if (r.window) {
      const auto own = check_window(c, *r.window, context);
      if (!own) return unknown_node(c, e.span);
      window = *own;
    }
    return answer_of(c, fact.id, window, context, e.span);
  }

  NodeId records(const Fact& fact) const {
    RecordsOf made;
    made.count = r.count;
    const auto n = record_count(c, r);
    made.of = class_of(c, fact.id);
    const Class of = c.model.classes[made.of];
    made.window = context.window;
    bool fine = n.has_value();
    if (n) made.n = *n;
    if (r.window) {
      const auto own = check_window(c, *r.window, context);
      fine = fine && own;
      if (own) made.window = *own;
    } else if (made.window == kNone && fact.kind != FactKind::event && fine) {
      return without_window(fact);
    }
    Context inside;
    inside.record = &of;
    if (r.with) made.with = check_condition(c, *r.with, inside);
    for (const Exception& x : r.exceptions) fine = add_exception(made, of, x, inside) && fine;
    return fine ? add(c, std::move(made), e.span) : unknown_node(c, e.span);
  }

  NodeId without_window(const Fact& fact) const {
    const std::string text = print(e);
    return refuse("unsaid-window", fmt::format("`{}` reads two ways: now, or at any time before", fact.name),
                  fmt::format("now: `{} currently`\nat any time: `{} ever`", text, text));
  }

  bool add_exception(RecordsOf& made, const Class& of, const Exception& x, const Context& inside) const {
    RecordsOf::Exception exception{{}, kNone, kNone};
    for (const Name& name : x.names) {
      const FactId id = fact_or_report(c, name);
      if (id == kNoFact || c.schema.facts[id].broken) return false;
      const ClassId excepted = class_of(c, id);
      if (c.schema.facts[id].kind != of.kind) {
        report(c, "type-mismatch", name.span,
               fmt::format("`{}` is {}; the exception is from {}", name.text, a_kind(c.schema.facts[id].kind),
                           a_kind(of.kind)));
        return false;
      }
      exception.classes.push_back(excepted);
    }
    if (x.with) exception.with = check_condition(c, *x.with, inside);
    if (x.window) {
      const auto own = check_window(c, *x.window, context);
      if (!own) return false;
      exception.window = *own;
    }
    made.exceptions.push_back(std::move(exception));
    return true;
  }
};

}  // namespace

ClassId class_of(Checker& c, FactId id) {
  if (const auto found = c.classes.find(id); found != c.classes.end()) return found->second;
  Class of;
  of.fact = id;
  of.kind = c.schema.facts[id].kind;
  of.part = part_of(of.kind);
  add_ancestors(c, of, id);
  add_members(c, of, id, inherited_acute(c, of));
  for (uint32_t place = 0; place < of.members.size(); ++place) of.places.push_back(place);
  std::ranges::sort(of.places, {}, [&](uint32_t place) { return of.members[place].fact; });
  for (const uint32_t place : of.places) of.set.add(of.members[place].fact);
  of.kin = of.set;
  for (const FactId ancestor : of.ancestors) of.kin.add(ancestor);
  c.model.classes.push_back(std::move(of));
  const auto made = static_cast<ClassId>(c.model.classes.size() - 1);
  c.classes.emplace(id, made);
  return made;
}

namespace {

// The class's own, or what it inherits.
const AttributeInfo* declared_attribute(Checker& c, const Class& of, std::string_view name) {
  const auto own = [&](FactId id) -> const AttributeInfo* {
    const auto& list = c.schema.facts[id].attributes;
    const auto found = std::ranges::find(list, name, &AttributeInfo::name);
    return found == list.end() ? nullptr : &*found;
  };
  if (const AttributeInfo* a = own(of.fact)) return a;
  for (FactId up : of.ancestors)
    if (const AttributeInfo* a = own(up)) return a;
  return nullptr;
}

}  // namespace

const AttributeInfo* attribute_meant(Checker& c, const Class* of, const Name& name) {
  if (!of) return nullptr;
  const bool is_told = std::ranges::any_of(
      c.diagnostics, [&](const Diagnostic& d) { return d.rule == "duplicate-id" && d.span == name.span; });
  if (!is_told && c.scope.own.contains(name.text) && declared_attribute(c, *of, name.text))
    report(c, "duplicate-id", name.span,
           fmt::format("`{}` is an attribute of {}, and a fact that the trial declares", name.text,
                       c.schema.facts[of->fact].name),
           "give one of them another name");
  return attribute_of(c, *of, name.text);
}

const AttributeInfo* attribute_of(Checker& c, const Class& of, std::string_view name) {
  if (const AttributeInfo* a = declared_attribute(c, of, name)) return a;
  static const std::vector<AttributeInfo> built_in = [] {
    std::vector<AttributeInfo> made;
    for (const BuiltIn& b : kBuiltIns) {
      AttributeInfo info;
      info.name = b.name;
      made.push_back(std::move(info));
    }
    return made;
  }();
  for (size_t i = 0; i < std::size(kBuiltIns); ++i)
    if (kBuiltIns[i].kind == of.kind && kBuiltIns[i].name == name) return &built_in[i];
  return nullptr;
}

std::string nearest_attribute(Checker& c, const Class& of, std::string_view name) {
  std::vector<std::string_view> names;
  const auto add_own = [&](FactId id) {
    for (const AttributeInfo& a : c.schema.facts[id].attributes) names.push_back(a.name);
  };
  add_own(of.fact);
  std::ranges::for_each(of.ancestors, add_own);
  for (const BuiltIn& b : kBuiltIns)
    if (b.kind == of.kind) names.push_back(b.name);
  return std::string(nearest_of(names, name));
}

NodeId check_records(Checker& c, const Expr& e, const Records& r, const Context& context) {
  return CheckRecords{c, e, r, context}.run();
}

NodeId check_stable(Checker& c, const Expr& e, const Stable& s, const Context& context) {
  const FactId id = fact_or_report(c, s.name);
  const auto anchor = check_anchor(c, s.anchor);
  if (id == kNoFact || !anchor || c.schema.facts[id].broken) return unknown_node(c, e.span);
  const Fact& fact = c.schema.facts[id];
  if (s.percent) {
    if (fact.kind != FactKind::measure) {
      report(c, "type-mismatch", s.name.span,
             fmt::format("`{}` is {}; `stable within N%` is said of a measure", fact.name, a_kind(fact.kind)),
             fmt::format("write `{} stable for ...`", fact.name));
      return unknown_node(c, e.span);
    }
    Window window;
    window.kind = Window::Kind::within;
    window.duration = s.duration;
    window.anchor = s.anchor;
    window.span = s.duration.span;
    const auto own = check_window(c, window, context);
    const auto percent = Rational::parse(s.percent->digits);
    if (!own || !percent) return unknown_node(c, e.span);
    const RefId ref = ref_of(c, id, Selector::latest, *own, context, e.span);
    return add(c, StableResult{ref, *percent / Rational(100), *own}, e.span);
  }
  if (fact.kind != FactKind::drug) {
    report(
        c, "type-mismatch", s.name.span,
        fmt::format("`{}` is {}; `stable for` is said of a drug", fact.name, a_kind(fact.kind)),
        fact.kind == FactKind::measure ? fmt::format("write `{} stable within 10% for ...`", fact.name) : "");
    return unknown_node(c, e.span);
  }
  const ClassId of = class_of(c, id);
  return add(c, StableDose{of, check_duration(c, s.duration), *anchor}, e.span);
}

}  // namespace crit
