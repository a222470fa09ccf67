// Names: the declarations and definitions of a trial and of the files it uses, into its scope.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/words.hpp"
#include "interpreter/checker.hpp"

namespace crit {

namespace {

struct Declarer {
  Checker& c;
  std::map<std::string, Span, std::less<>> places;  // where each name was declared
  std::optional<Span> use;                          // of the file that is read now
  std::vector<std::pair<std::string, FactId>> of_broken = {};

  // False where the name is taken; the error stands at the name, or at the `use` that brings the second one.
  bool claim(const std::string& name, Span span) {
    const auto [place, is_new] = places.try_emplace(name, span);
    if (is_new) return true;
    c.doubled.insert(name);
    Diagnostic d = refused("duplicate-id", use ? *use : span,
                           use ? fmt::format("this file declares `{}`, which is declared already", name)
                               : fmt::format("`{}` is declared already", name),
                           "one name means one thing: choose another");
    d.notes.push_back({place->second, "first declared here"});
    c.diagnostics.push_back(std::move(d));
    return false;
  }

  void own(const std::string& name, FactId id, Span span) {
    if (!claim(name, span)) return;
    c.scope.own.emplace(name, id);
    if (!vocabulary_entry(name)) return;
    Diagnostic d =
        refused("redeclared-name", span, fmt::format("`{}` replaces the standard vocabulary's", name),
                fmt::format("`crit facts {}` shows what it means there", name));
    d.severity = Severity::info;
    c.diagnostics.push_back(std::move(d));
  }

  void operator()(const Declaration& declaration) {
    Fact fact = declare(declaration, c.diagnostics);
    fact.id = add_fact(c.schema, fact);
    own(fact.name, fact.id, fact.span);
    for (const DeclarationField& field : declaration.fields)
      if (const auto* also = std::get_if<AlsoField>(&field.node))
        for (const Name& name : also->names) own_also(name, fact);
  }

  void own_also(const Name& name, const Fact& fact) {
    if (fact.broken)
      of_broken.emplace_back(name.text, fact.id);
    else
      own(name.text, fact.id, name.span);
  }

  // What a declaration that was not read may have named, and nobody else has.
  void own_what_is_left() {
    for (const auto& [name, id] : of_broken)
      if (!places.contains(name) && !vocabulary_entry(name)) c.scope.own.emplace(name, id);
  }

  void operator()(const Define& define) {
    if (!claim(define.name.text, define.name.span)) return;
    c.definitions[define.name.text].define = &define;
  }

  void operator()(const BrokenStatement& broken) {
    if (!broken.declares) return;
    Fact fact;
    fact.name = broken.declares->text;
    fact.span = broken.declares->span;
    fact.broken = true;
    of_broken.emplace_back(fact.name, add_fact(c.schema, fact));
  }

  void operator()(const TrialStatement&) {}
  void operator()(const Criterion&) {}
  void operator()(const Range&) {}
  void operator()(const Use&) {}
};

void check_parents(Checker& c, const Fact& fact) {
  for (const Name& parent : fact.declaration->parents) {
    const FactId id = fact_or_report(c, parent);
    if (id == kNoFact || c.schema.facts[id].broken) continue;
    const FactKind kind = c.schema.facts[id].kind;
    if (kind != fact.kind)
      report(c, "type-mismatch", parent.span,
             fmt::format("`{}` is {}, not {}", parent.text, a_kind(kind), a_kind(fact.kind)),
             fmt::format("`is` says that each record of {} is a record of {} too", fact.name, parent.text));
  }
}

// A class that is its own ancestor: reported once, at the declaration that is reached again.
void check_circle(Checker& c, const Fact& fact) {
  std::vector<std::string> path = fact.parents;
  std::vector<FactId> seen;
  while (!path.empty()) {
    const FactId id = fact_named(c.schema, c.scope, path.back());
    path.pop_back();
    if (id == fact.id) {
      report(c, "circular-definition", fact.span,
             fmt::format("`{}` is declared to be its own member", fact.name));
      c.schema.facts[fact.id].parents.clear();
      return;
    }
    if (id == kNoFact || std::ranges::find(seen, id) != seen.end()) continue;
    seen.push_back(id);
    for (const std::string& p : c.schema.facts[id].parents) path.push_back(p);
  }
}

void check_drugs_named(Checker& c, const Fact& fact) {
  for (const DeclarationField& field : fact.declaration->fields) {
    const auto* equivalent = std::get_if<EquivalentField>(&field.node);
    if (!equivalent) continue;
    const FactId id = fact_or_report(c, equivalent->drug);
    if (id != kNoFact && !c.schema.facts[id].broken && c.schema.facts[id].kind != FactKind::drug)
      report(c, "type-mismatch", equivalent->drug.span,
             fmt::format("`{}` is {}, not a drug", equivalent->drug.text, a_kind(c.schema.facts[id].kind)));
  }
}

// What one of its doses is worth in another drug is one number, said here or there.
void check_worths(Checker& c, const Fact& fact) {
  std::vector<const EquivalentField*> fields;
  for (const DeclarationField& field : fact.declaration->fields)
    if (const auto* equivalent = std::get_if<EquivalentField>(&field.node)) fields.push_back(equivalent);
  if (fact.broken || fields.size() != fact.equivalents.size()) return;
  std::vector<std::pair<FactId, Rational>> said;
  const auto differs = [&](const Name& drug) {
    report(c, "syntax", drug.span,
           fmt::format("the doses of `{}` and `{}` are said to be worth something else already", fact.name,
                       drug.text),
           "keep one of the two lines");
  };
  for (size_t i = 0; i < fields.size(); ++i) {
    const Name& drug = fields[i]->drug;
    const FactId id = fact_named(c.schema, c.scope, drug.text);
    if (id == kNoFact) continue;
    if (id == fact.id) {
      report(c, "circular-definition", drug.span,
             fmt::format("`{}` is said to be worth so much of itself", fact.name), "name the other drug");
      continue;
    }
    const Rational& worth = fact.equivalents[i].factor;
    for (const Equivalent& back : c.schema.facts[id].equivalents)
      if ((id < fact.id || c.schema.facts[id].standard) &&
          fact_named(c.schema, c.scope, back.drug) == fact.id)
        said.emplace_back(id, Rational(1) / back.factor);
    const auto first = std::ranges::find(said, id, &std::pair<FactId, Rational>::first);
    if (first != said.end() && !(first->second == worth)) differs(drug);
    said.emplace_back(id, worth);
  }
}

// `with reason lung, other`: values, more often than a fact.
void check_attribute(Checker& c, const Attribute& a) {
  const size_t before = c.diagnostics.size();
  fact_or_report(c, a.fact);
  if (c.diagnostics.size() > before && c.diagnostics.back().rule == "unknown-name")
    c.diagnostics.back().help +=
        fmt::format("\nvalues of `{0}` stand in parentheses: `{0} ({1}, ...)`", a.name.text, a.fact.text);
}

}  // namespace

std::string_view a_kind(FactKind kind) {
  // In the order of FactKind.
  constexpr std::string_view kKinds[] = {"a measure", "a condition", "a drug",      "an event",
                                         "a flag",    "a choice",    "a judgement", "a date"};
  return kKinds[size_t(kind)];
}

void declare_names(Checker& c, const Trial& trial, const std::vector<UsedFile>& used) {
  Declarer declarer{c, {}, std::nullopt};
  const size_t first = c.schema.facts.size();
  for (const Statement& s : trial.statements) std::visit(declarer, s.node);
  for (const UsedFile& file : used) {
    declarer.use = file.use;
    for (const Statement& s : file.tree->statements) std::visit(declarer, s.node);
  }
  declarer.own_what_is_left();
  const size_t end = c.schema.facts.size();
  for (size_t id = first; id < end; ++id) {
    const Fact& fact = c.schema.facts[id];
    if (!fact.declaration) continue;
    check_parents(c, fact);
    check_circle(c, fact);
    check_drugs_named(c, fact);
    check_worths(c, fact);
    for (const Attribute& a : fact.declaration->attributes)
      if (a.kind == Attribute::Kind::fact) check_attribute(c, a);
  }
}

void note_name(Checker& c, const Name& name, FactId id) {
  c.used_names.try_emplace(name.text, name.span);
  const std::string& first = c.schema.facts[id].name;
  if (first != name.text && !c.definitions.contains(first) && fact_named(c.schema, c.scope, first) == id)
    c.model.other_names.push_back({name.span, id});
}

void Elsewhere::tell_at(Span span, std::string_view part) const {
  if (!fact_.standard) return;
  c_.model.other_names.resize(names_);
  if (c_.diagnostics.size() == told_) return;
  const Diagnostic first = std::move(c_.diagnostics[told_]);
  c_.diagnostics.resize(told_);
  report(c_, first.rule, span,
         fmt::format("the {} of `{}` does not work here: {}", part, fact_.name, first.message),
         fmt::format("this trial declares a name that the {} has: give that declaration another name", part));
}

Named look_up(Checker& c, const Name& name, const Class* of) {
  c.used_names.try_emplace(name.text, name.span);
  // Which of the two is meant is not known, so that nothing more is wrong where it is used.
  if (c.doubled.contains(name.text)) return {};
  if (const auto found = c.definitions.find(name.text); found != c.definitions.end()) {
    const Define* define = found->second.define;
    if (!define->value) {
      c.unwritten = name.text;
      return {};
    }
    const Means means = meaning(c, *define->value);
    // `in mg` is said of a value: of a condition that is told in the definition, once.
    if (means == Means::condition && define->unit) return {};
    if (means != Means::unknown || define->unit)
      return {means == Means::condition ? Named::Kind::condition : Named::Kind::value, kNoFact,
              &found->second};
    // What is wrong in it is told in it, and nothing more where it is used.
    const NodeId made = resolved(c, found->second);
    if (const auto* unwritten = std::get_if<Constant>(&c.model.nodes[made].what))
      c.unwritten = unwritten->unwritten;
    return {};
  }
  const FactId id = fact_named(c.schema, c.scope, name.text);
  if (id != kNoFact) {
    note_name(c, name, id);
    return {c.schema.facts[id].broken ? Named::Kind::broken : Named::Kind::fact, id, nullptr};
  }
  report_unknown(c, name, of);
  return {};
}

FactId fact_or_report(Checker& c, const Name& name) {
  const Named named = look_up(c, name);
  if (c.definitions.contains(name.text) && !c.doubled.contains(name.text))
    report(c, "type-mismatch", name.span,
           fmt::format("`{}` is a definition; a fact is needed here", name.text));
  return named.fact;
}

bool is_age(const Checker& c, const Name& name) {
  return name.text == "age" && !c.scope.own.contains("age");
}

}  // namespace crit
