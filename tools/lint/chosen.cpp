// Selections to the rules that run.
#include "tools/lint/chosen.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/spelling.hpp"

namespace crit {

namespace {

bool names(const std::vector<RuleOrGroup>& list, const RuleOrGroup& one) {
  return std::ranges::find(list, one) != list.end();
}

// Nothing where the selection does not speak of the rule.
std::optional<bool> is_selected(const RuleSelection& s, const LintRule& rule) {
  for (const RuleOrGroup& name : {RuleOrGroup(&rule), RuleOrGroup(rule.group)}) {
    if (names(s.ignore, name)) return false;
    if (names(s.select, name)) return true;
  }
  return s.select.empty() ? std::nullopt : std::optional(false);
}

bool runs(const LintSettings& settings, const RuleSelection& asked, const LintRule& rule) {
  if (rule.group == LintGroup::refused) return true;
  if (const auto said = is_selected(asked, rule)) return *said;
  return is_selected(settings.selection, rule).value_or(true);
}

std::string nearest_name_to(std::string_view name) {
  std::vector<std::string_view> all;
  for (const LintRule* rule : lint_rules()) all.push_back(rule->name);
  for (LintGroup group : kLintGroups) all.push_back(name_of(group));
  return std::string(nearest_of(all, name));
}

}  // namespace

ChosenRules chosen_rules(const LintSettings& settings, const RuleSelection& asked) {
  ChosenRules chosen;
  for (const LintRule* rule : lint_rules()) {
    if (!runs(settings, asked, *rule)) continue;
    const auto set = settings.severities.find(rule->name);
    chosen.emplace(rule->name, set == settings.severities.end() ? rule->severity : set->second);
  }
  return chosen;
}

ChosenRules all_rules(bool solver) {
  RuleSelection asked;
  if (!solver) asked.ignore.emplace_back(LintGroup::logic);
  return chosen_rules({}, asked);
}

NameRead rule_or_group(std::string_view name, bool to_ignore) {
  NameRead read;
  if (const LintRule* rule = lint_rule(name)) read.named = rule;
  for (LintGroup group : kLintGroups)
    if (name == name_of(group)) read.named = group;
  if (!read.named) {
    const std::string near = nearest_name_to(name);
    read.problem = fmt::format("there is no rule or group `{}`", name);
    read.help = near.empty() ? "`crit rules` lists them" : fmt::format("did you mean `{}`?", near);
    return read;
  }
  const auto* rule = std::get_if<const LintRule*>(&*read.named);
  const LintGroup group = rule ? (*rule)->group : std::get<LintGroup>(*read.named);
  if (to_ignore && group == LintGroup::refused) {
    read.named.reset();
    read.problem = fmt::format("`{}` cannot be ignored", name);
    read.help = "what it finds stops the evaluation of the file";
  }
  return read;
}

}  // namespace crit
