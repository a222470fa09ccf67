// Changes of some criteria of a trial to the trial that it would be with them.
#include <algorithm>

#include "interpreter/known_words.hpp"
#include "interpreter/load.hpp"

namespace crit {

namespace {

// The criterion of that number among the statements of the tree.
Criterion* find_criterion(Trial& tree, const std::string& id) {
  for (Statement& s : tree.statements)
    if (auto* found = std::get_if<Criterion>(&s.node); found && found->id.text == id) return found;
  return nullptr;
}

// Puts the new conditions into the tree, and adds what is wrong with them.
void put_in(const Rules& rules, const Model& model, std::span<const ChangedCriterion> changes, Trial& tree,
            std::vector<Diagnostic>& diagnostics) {
  for (const ChangedCriterion& change : changes) {
    if (change.source == kNone) continue;
    const CriterionModel& old = model.criteria[change.criterion];
    ParsedCondition parsed = parse_condition(rules.sources[change.source], change.begin, old.include);
    if (Criterion* found = find_criterion(tree, old.id)) found->condition = std::move(parsed.condition);
    diagnostics.insert(diagnostics.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
  }
}

// `keeps_names`: what is taken out stays in the tree, so that others may name the judgement that it declares.
LoadedTrial load_changed(Rules& rules, const LoadedTrial& trial, std::span<const ChangedCriterion> changes,
                         bool keeps_names) {
  const auto is_out = [&](const std::string& id) {
    return std::ranges::any_of(changes, [&](const ChangedCriterion& change) {
      return change.source == kNone && trial.model.criteria[change.criterion].id == id;
    });
  };
  Trial& tree = rules.changed.emplace_back(parse_checked_text(rules.sources[trial.file])).trial;
  std::vector<Diagnostic> diagnostics;
  put_in(rules, trial.model, changes, tree, diagnostics);
  if (!keeps_names)
    std::erase_if(tree.statements, [&](const Statement& s) {
      const auto* c = std::get_if<Criterion>(&s.node);
      return c && is_out(c->id.text);
    });
  LoadedTrial loaded = load_tree(rules, trial.file, tree, trial.use);
  std::erase_if(loaded.model.criteria, [&](const CriterionModel& c) { return is_out(c.id); });
  loaded.diagnostics.insert(loaded.diagnostics.end(), diagnostics.begin(), diagnostics.end());
  say_by_names(loaded.diagnostics, rules.shown, rules.schema, *loaded.model.scope);
  for (const ChangedCriterion& change : changes)
    if (change.source != kNone)
      if (auto broken = refuse_no_text(rules.sources[change.source]))
        loaded.diagnostics = {std::move(*broken)};
  sort_by_place(loaded.diagnostics);
  return loaded;
}

}  // namespace

LoadedTrial load_changed(Rules& rules, const LoadedTrial& trial, std::span<const ChangedCriterion> changes) {
  LoadedTrial loaded = load_changed(rules, trial, changes, false);
  const bool takes_out = std::ranges::count(changes, kNone, &ChangedCriterion::source) > 0;
  return takes_out && has_error(loaded.diagnostics) ? load_changed(rules, trial, changes, true)
                                                    : std::move(loaded);
}

}  // namespace crit
