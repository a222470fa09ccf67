// Names to facts: a trial's own declarations first, then the standard vocabulary's, read on first use.
#include "interpreter/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "grammar/print_field.hpp"
#include "interpreter/content_writer.hpp"
#include "interpreter/spelling.hpp"

namespace crit {

namespace {

// True where no name in the declaration may mean something else in another trial.
bool stands_alone(const Fact& fact) {
  const auto names_fact = [](const AttributeInfo& a) { return a.kind == Attribute::Kind::fact; };
  return !fact.standard && !fact.broken && !fact.formula && !fact.when && fact.parents.empty() &&
         fact.equivalents.empty() && std::ranges::none_of(fact.attributes, names_fact);
}

Declaration plain_declaration(const VocabularyEntry& entry) {
  Declaration made;
  made.kind = entry.kind;
  made.name.text = entry.of;
  made.text.emplace().text = entry.text;
  for (const std::string_view parent : parents_of(entry)) made.parents.push_back({std::string(parent), {}});
  return made;
}

Trial tree_of(const VocabularyEntry& entry, std::vector<Diagnostic>& diagnostics) {
  if (entry.is_plain) {
    Trial made;
    made.statements.emplace_back().node = plain_declaration(entry);
    return made;
  }
  Source source;
  source.name = "standard vocabulary";
  source.text = vocabulary_meaning().substr(entry.meaning_begin, entry.meaning_end - entry.meaning_begin);
  Parsed parsed = parse(source);
  std::ranges::move(parsed.diagnostics, std::back_inserter(diagnostics));
  return std::move(parsed.trial);
}

FactId add_standard(Schema& schema, const VocabularyEntry& entry) {
  schema.vocabulary_trees.push_back(std::make_unique<Trial>(tree_of(entry, schema.diagnostics)));
  for (const Statement& statement : schema.vocabulary_trees.back()->statements) {
    const auto* declaration = std::get_if<Declaration>(&statement.node);
    if (!declaration) continue;
    Fact fact = declare(*declaration, schema.diagnostics);
    fact.standard = true;
    fact.has_members = entry.has_members;
    return add_fact(schema, std::move(fact));
  }
  return kNoFact;
}

FactId standard_fact(Schema& schema, std::string_view name) {
  const VocabularyEntry* entry = vocabulary_entry(name);
  return entry ? fact_of_entry(schema, static_cast<size_t>(entry - vocabulary_index().data())) : kNoFact;
}

}  // namespace

std::vector<std::string_view> parents_of(const VocabularyEntry& entry) {
  std::vector<std::string_view> parents;
  for (std::string_view rest = entry.parents; !rest.empty();) {
    const size_t end = std::min(rest.find(' '), rest.size());
    parents.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return parents;
}

const VocabularyEntry* vocabulary_entry(std::string_view name) {
  const auto index = vocabulary_index();
  const auto found = std::ranges::lower_bound(index, name, {}, &VocabularyEntry::name);
  return found != index.end() && found->name == name ? &*found : nullptr;
}

std::span<const VocabularyMember> vocabulary_children(std::string_view name) {
  const auto members = vocabulary_members();
  const auto first = std::ranges::lower_bound(members, name, {}, &VocabularyMember::parent);
  const auto last =
      std::find_if(first, members.end(), [&](const VocabularyMember& m) { return m.parent != name; });
  return members.subspan(size_t(first - members.begin()), size_t(last - first));
}

FactId fact_of_entry(Schema& schema, size_t place) {
  const auto index = vocabulary_index();
  if (schema.standard.empty()) schema.standard.resize(index.size());
  const VocabularyEntry& entry = index[place];
  if (!schema.standard[place])
    schema.standard[place] =
        entry.of == entry.name ? add_standard(schema, entry) : standard_fact(schema, entry.of);
  return *schema.standard[place];
}

FactId add_fact(Schema& schema, Fact fact) {
  fact.id = static_cast<FactId>(schema.facts.size());
  if (schema.joins_facts && stands_alone(fact)) {
    ContentWriter writer;
    writer.one(fact);
    if (fact.declaration)
      for (const DeclarationField& field : fact.declaration->fields) writer.one(print_field(field));
    const auto [known, is_new] = schema.joined.try_emplace(std::move(writer.bytes), fact.id);
    if (!is_new) return known->second;
  }
  schema.facts.push_back(std::move(fact));
  return schema.facts.back().id;
}

FactId fact_named(Schema& schema, const Schema::Scope& scope, std::string_view name) {
  if (const auto own = scope.own.find(name); own != scope.own.end()) return own->second;
  const FactId standard = standard_fact(schema, name);
  if (standard == kNoFact || schema.facts[standard].name == name) return standard;
  // A declaration that replaces a standard one has its other names too: `GPT` is the file's own `ALT`.
  const auto own = scope.own.find(schema.facts[standard].name);
  const bool replaced =
      own != scope.own.end() && schema.facts[own->second].kind == schema.facts[standard].kind;
  return replaced ? own->second : standard;
}

namespace {

// A trial's judgement by its name behind the trial's, `NCT06534528.E8`; kNoFact: this is none. Anything else
// is a fact of the patient, and the same for each trial.
FactId judgement_of_trial(const Schema& schema, const Schema::Scope& scope, std::string_view name) {
  if (scope.trial.empty() || !name.starts_with(scope.trial)) return kNoFact;
  name.remove_prefix(scope.trial.size());
  if (!name.starts_with('.')) return kNoFact;
  const auto own = scope.own.find(name.substr(1));
  const bool is_it = own != scope.own.end() && schema.facts[own->second].kind == FactKind::judgement;
  return is_it ? own->second : kNoFact;
}

}  // namespace

std::vector<FactId> readings_of(Schema& schema, std::string_view name) {
  std::vector<FactId> readings;
  const auto add = [&](FactId id) {
    if (id != kNoFact && std::ranges::find(readings, id) == readings.end()) readings.push_back(id);
  };
  for (const auto& scope : schema.scopes) {
    add(fact_named(schema, *scope, name));
    if (name.find('.') != name.npos) add(judgement_of_trial(schema, *scope, name));
  }
  if (schema.scopes.empty()) add(standard_fact(schema, name));
  return readings;
}

namespace {

// `% predicted`, `% of predicted`, `%pred`: the per cent of a measure that is given in it.
bool is_percent_of_predicted(std::string_view unit) {
  if (!unit.starts_with('%')) return false;
  unit.remove_prefix(1);
  const auto blank = [&] { unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size())); };
  blank();
  if (same_in_any_case(unit.substr(0, 3), "of ")) unit.remove_prefix(3);
  blank();
  return same_in_any_case(unit, "predicted") || same_in_any_case(unit, "pred") ||
         same_in_any_case(unit, "pred.");
}

}  // namespace

const Conversion* conversion_of(Schema& schema, FactId id, std::string_view unit_text) {
  const auto [place, is_new] = schema.conversions.try_emplace(fmt::format("{} {}", id, unit_text));
  if (is_new) {
    if (schema.facts[id].percent_of_predicted && is_percent_of_predicted(unit_text)) unit_text = "%";
    if (const auto unit = parse_unit(unit_text))
      place->second = std::make_unique<Conversion>(conversion_for(schema.facts[id], unit_text, *unit));
  }
  return place->second.get();
}

std::string nearest_name(const Schema&, const Schema::Scope& scope, std::string_view name) {
  const std::string full = full_name(name);
  if (full != lower_case(name) && vocabulary_entry(full)) return full;
  std::string best;
  bool best_is_first = false;  // the name that a declaration gives, not another one of it
  size_t best_distance = std::string::npos;
  const auto far = [&](std::string_view candidate) {
    return std::max(candidate.size(), name.size()) - std::min(candidate.size(), name.size()) > 2;
  };
  const auto consider = [&](std::string_view candidate, bool is_first) {
    if (far(candidate)) return;
    const size_t distance = slips(name, candidate);
    const bool better = is_first != best_is_first ? is_first : candidate < best;
    if (distance < best_distance || (distance == best_distance && !best.empty() && better)) {
      best_distance = distance;
      best_is_first = is_first;
      best = candidate;
    }
  };
  for (const auto& [own, id] : scope.own) consider(own, true);
  for (const VocabularyEntry& entry : vocabulary_index()) consider(entry.name, entry.name == entry.of);
  return best;
}

}  // namespace crit
