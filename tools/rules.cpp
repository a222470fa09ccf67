// crit rules: the manual pages of the lint rules: all, or those of a group, in a line each; or one whole.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/spelling.hpp"
#include "tools/commands.hpp"
#include "tools/lint/rule.hpp"

namespace crit {

namespace {

// All rules, or those of one group.
void list(std::optional<LintGroup> wanted, Console& console) {
  size_t widest = 0;
  for (const LintRule* rule : lint_rules()) widest = std::max(widest, rule->name.size());
  std::optional<LintGroup> group;
  for (const LintRule* rule : lint_rules()) {
    if (wanted && rule->group != *wanted) continue;
    if (group != rule->group)
      console.out.text +=
          fmt::format("{}{}: {}\n", group ? "\n" : "",
                      styled(console.out, Style::strong, name_of(rule->group)), title_of(rule->group));
    group = rule->group;
    const std::string head = fmt::format("  {:<{}}  {:<7}  ", rule->name, widest, name_of(rule->severity));
    console.out.text += head;
    append_wrapped(console.out.text, rule->finds, head.size(), head.size(), console.width);
    console.out.text += '\n';
  }
  console.out.text += "\n`crit rules RULE` says why it matters, with an example and the mend.\n";
}

void append_example(Console& console, std::string_view heading, std::string_view text) {
  console.out.text += fmt::format("\n{}\n\n", styled(console.out, Style::strong, heading));
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    console.out.text += "  ";
    console.out.text += text.substr(0, end);
    text.remove_prefix(end);
  }
}

void explain_rule(const LintRule& rule, Console& console) {
  std::string& out = console.out.text;
  out += fmt::format("{} ({}, of the group {})\n\n", styled(console.out, Style::strong, rule.name),
                     name_of(rule.severity), name_of(rule.group));
  append_wrapped(out, fmt::format("It finds {}.", rule.finds), 0, 0, console.width);
  out += "\n\n";
  append_wrapped(out, rule.why, 0, 0, console.width);
  out += '\n';
  append_example(console, "Example", rule.example);
  append_example(console, "Mended", rule.mended);
}

}  // namespace

Status run(const RulesCommand& command, Console& console) {
  if (command.name.empty()) {
    list(std::nullopt, console);
    return kClean;
  }
  for (const LintGroup group : kLintGroups) {
    if (name_of(group) != command.name) continue;
    list(group, console);
    return kClean;
  }
  if (const LintRule* rule = lint_rule(command.name)) {
    explain_rule(*rule, console);
    return kClean;
  }
  std::vector<std::string_view> names;
  for (const LintRule* rule : lint_rules()) names.push_back(rule->name);
  for (const LintGroup group : kLintGroups) names.push_back(name_of(group));
  const std::string_view near = nearest_of(names, command.name);
  complain_error(console,
                 near.empty()
                     ? fmt::format("there is no rule or group `{}`; `crit rules` lists them", command.name)
                     : fmt::format("there is no rule or group `{}`; did you mean `{}`?", command.name, near));
  return kUnusable;
}

}  // namespace crit
