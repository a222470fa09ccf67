// A tree to a Model: the trial's statements in order, each name, kind and unit resolved, every mistake
// reported.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "interpreter/checker.hpp"

namespace crit {

namespace {

constexpr size_t kMaxArms = 64;  // a criterion's arms are one machine word

struct CheckStatement {
  Checker& c;
  std::map<std::string, Span, std::less<>> ids = {};

  void operator()(const TrialStatement& trial) {
    c.model.trial = c.scope.trial = trial.id.text;
    if (trial.title) c.model.title = trial.title->text;
    for (const Name& arm : trial.arms) {
      if (std::ranges::find(c.model.arms, arm.text) != c.model.arms.end())
        report(c, "duplicate-id", arm.span, fmt::format("the arm `{}` is there twice", arm.text));
      else if (c.model.arms.size() == kMaxArms)
        report(c, "count-impossible", arm.span, "a trial has at most 64 arms");
      else
        c.model.arms.push_back(arm.text);
    }
  }

  void operator()(const Criterion& criterion) {
    const auto [place, is_new] = ids.try_emplace(criterion.id.text, criterion.id.span);
    if (!is_new) {
      Diagnostic d =
          refused("duplicate-id", criterion.id.span, fmt::format("`{}` is already used", criterion.id.text),
                  "give each criterion its own number");
      d.notes.push_back({place->second, "first used here"});
      c.diagnostics.push_back(std::move(d));
    }
    check_id_is_free(criterion);
    CriterionModel made;
    made.id = criterion.id.text;
    made.include = criterion.include;
    if (criterion.text) made.text = criterion.text->text;
    c.words = criterion.text ? std::string_view(criterion.text->text) : std::string_view();
    made.span = criterion.id.span;
    for (const CriterionField& field : criterion.fields) {
      if (const auto* when = std::get_if<WhenField>(&field.node); when && when->condition)
        made.when = check_condition(c, *when->condition, {});
      if (const auto* arms = std::get_if<ArmsField>(&field.node)) made.arms = arms_of(*arms);
    }
    if (criterion.condition) {
      Context context;
      context.criterion = &criterion;
      made.condition = check_condition(c, *criterion.condition, context);
      if (std::holds_alternative<Judgement>(criterion.condition->node) &&
          !std::get<Judgement>(criterion.condition->node).name)
        made.judgement = fact_named(c.schema, c.scope, criterion.id.text);
    }
    c.words = {};
    c.model.criteria.push_back(std::move(made));
  }

  void check_id_is_free(const Criterion& criterion) {
    const auto own = c.scope.own.find(criterion.id.text);
    const Fact* fact = own == c.scope.own.end() ? nullptr : &c.schema.facts[own->second];
    const bool is_declared =
        fact && (fact->declaration || (fact->kind != FactKind::judgement && !fact->broken));
    const bool is_taken =
        is_declared || c.definitions.contains(criterion.id.text) || vocabulary_entry(criterion.id.text);
    if (!is_taken) return;
    report(c, "duplicate-id", criterion.id.span,
           fmt::format("`{}` is the name of a fact or definition too", criterion.id.text),
           "a criterion's number may not be a fact's name: the patients' data name both");
  }

  uint64_t arms_of(const ArmsField& field) {
    uint64_t arms = 0;
    for (const Name& arm : field.arms) {
      const auto found = std::ranges::find(c.model.arms, arm.text);
      if (found != c.model.arms.end()) {
        arms |= uint64_t{1} << (found - c.model.arms.begin());
        continue;
      }
      report(c, "unknown-name", arm.span, fmt::format("there is no arm `{}`", arm.text),
             c.model.arms.empty() ? "the trial names no arms: write `arms A, B` under `trial`"
                                  : fmt::format("the arms are {}", fmt::join(c.model.arms, ", ")));
    }
    return arms ? arms : ~uint64_t{0};
  }

  // `in mg` is said of a value.
  void refuse_condition(const Define& define) {
    const size_t before = c.diagnostics.size();
    check_condition(c, *define.value, {});
    if (c.diagnostics.size() > before) return;
    report(c, "type-mismatch", define.value->span,
           fmt::format("`{}` is a condition, and `in {}` is said of a value", print(*define.value),
                       define.unit->text),
           fmt::format("delete `in {}` from the first line of the definition", define.unit->text));
  }

  // Definitions are resolved where they are used; one that nothing uses is looked at here, so that its
  // mistakes show.
  void operator()(const Define& define) {
    const auto found = c.definitions.find(define.name.text);
    if (found == c.definitions.end() || found->second.define != &define || !define.value) return;
    const Name name = define.name;
    if (define.unit && meaning(c, *define.value) == Means::condition) return refuse_condition(define);
    const auto kept = c.used_names;
    const Named named = look_up(c, name);
    c.used_names = kept;
    Expr use;
    use.span = define.name.span;
    use.node = Records{Records::Count::some, std::nullopt, name, nullptr, nullptr, {}};
    if (named.kind == Named::Kind::condition) check_condition(c, use, {});
    if (named.kind == Named::Kind::value) {
      std::vector<uint32_t> refs, picks;
      Context context;
      context.refs = &refs;
      context.picks = &picks;
      check_value(c, use, context);
    }
  }

  void operator()(const Declaration& declaration) {
    const auto own = c.scope.own.find(declaration.name.text);
    if (own == c.scope.own.end()) return;
    const Fact& fact = c.schema.facts[own->second];
    if (fact.declaration != &declaration || fact.broken) return;
    if (fact.kind == FactKind::flag && fact.when) answer_of(c, fact.id, kNone, {}, fact.span);
    if (fact.kind == FactKind::measure && fact.formula) {
      std::vector<uint32_t> refs, picks;
      Context context;
      context.refs = &refs;
      context.picks = &picks;
      check_result(c, declaration.name, fact.id, Selector::latest, kNone, context, fact.span);
    }
  }

  void operator()(const Range&) {}
  void operator()(const Use&) {}
  void operator()(const BrokenStatement&) {}
};

// One mistake is one finding: a definition that is used twice is resolved twice.
void drop_repeated(std::vector<Diagnostic>& diagnostics) {
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.span == b.span && a.rule == b.rule && a.message == b.message;
  };
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), same), diagnostics.end());
}

}  // namespace

void report(Checker& c, std::string rule, Span span, std::string message, std::string help) {
  c.diagnostics.push_back(refused(std::move(rule), span, std::move(message), std::move(help)));
}

void report_fix(Checker& c, std::string rule, Span span, std::string message, std::string help, Fix fix) {
  Diagnostic d = refused(std::move(rule), span, std::move(message), std::move(help));
  d.fix = std::move(fix);
  c.diagnostics.push_back(std::move(d));
}

NodeId add(Checker& c, Condition what, Span span) {
  c.model.nodes.push_back({std::move(what), span});
  return static_cast<NodeId>(c.model.nodes.size() - 1);
}

NodeId unknown_node(Checker& c, Span span) {
  return add(c, Constant{Truth::unknown, std::exchange(c.unwritten, {})}, span);
}

Children add_children(Checker& c, const std::vector<uint32_t>& list) {
  const Children made{static_cast<uint32_t>(c.model.children.size()), static_cast<uint32_t>(list.size())};
  c.model.children.insert(c.model.children.end(), list.begin(), list.end());
  return made;
}

Checked check(const Trial& trial, Schema& schema, const std::vector<UsedFile>& used, bool lacks_a_file) {
  schema.scopes.push_back(std::make_unique<Schema::Scope>());
  Checker c{schema, *schema.scopes.back()};
  c.lacks_a_file = lacks_a_file;
  c.model.schema = &schema;
  c.model.scope = &c.scope;
  declare_names(c, trial, used);
  CheckStatement statement{c};
  for (const Statement& s : trial.statements) std::visit(statement, s.node);
  check_ranges(c, trial);
  for (const UsedFile& file : used) {
    for (const Statement& s : file.tree->statements)
      if (!std::holds_alternative<TrialStatement>(s.node) && !std::holds_alternative<Criterion>(s.node))
        std::visit(statement, s.node);
    check_ranges(c, *file.tree);
  }
  c.model.birth_date = fact_named(schema, c.scope, "birth_date");
  if (const FactId age = fact_named(schema, c.scope, "age"); age != kNoFact)
    c.model.oldest =
        static_cast<int32_t>(schema.facts[age].plausible_high.value_or(0).to_int64().value_or(0));
  c.model.sex = fact_named(schema, c.scope, "sex");
  note_plain_comparisons(c.model);
  sort_by_place(c.diagnostics);
  drop_repeated(c.diagnostics);
  return {std::move(c.model), std::move(c.diagnostics)};
}

bool reads(const Model& model, FactId id) {
  if (id == kNoFact) return true;
  const Fact& fact = model.fact(id);
  const auto own = model.scope->own.find(fact.name);
  if (own != model.scope->own.end()) return own->second == id;
  return fact.standard;
}

bool asks(const Model& model, FactId id) {
  if (id == kNoFact || id == model.birth_date || id == model.sex) return true;
  // Dates are anchors of windows, and a window does not say of which conditions.
  if (model.fact(id).kind == FactKind::date) return true;
  return std::ranges::any_of(model.refs, [&](const Ref& ref) { return ref.fact == id; }) ||
         std::ranges::any_of(model.classes, [&](const Class& of) { return of.kin.has(id); });
}

}  // namespace crit
