// crit facts: names of the standard vocabulary to what is declared of them, in the language itself.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "interpreter/schema.hpp"
#include "interpreter/spelling.hpp"
#include "tools/commands.hpp"
#include "tools/unmapped.hpp"

namespace crit {

namespace {

std::string_view declaration_of(const VocabularyEntry& entry) {
  return vocabulary_text().substr(entry.begin, entry.end - entry.begin);
}

// All members below a class, in the order of their names.
void add_members(std::string_view name, std::set<std::string_view>& members) {
  for (const VocabularyMember& child : vocabulary_children(name))
    if (members.insert(child.name).second) add_members(child.name, members);
}

void append_names(Console& console, std::string_view label, const std::set<std::string_view>& names) {
  if (names.empty()) return;
  const std::string head = fmt::format("{}: ", label);
  console.out.text += head;
  append_wrapped(console.out.text, fmt::format("{}", fmt::join(names, ", ")), head.size(), 2, console.width);
  console.out.text += '\n';
}

void explain_name(std::string_view name, const VocabularyEntry& entry, Console& console) {
  if (name != entry.of) console.out.text += fmt::format("{} is another name of {}:\n", name, entry.of);
  console.out.text += declaration_of(entry);
  console.out.text += '\n';
  std::set<std::string_view> members;
  add_members(entry.of, members);
  append_names(console, "its members", members);
}

// The first line of a declaration, behind the name.
std::string_view description_of(const VocabularyEntry& entry) {
  std::string_view line = declaration_of(entry);
  line = line.substr(0, line.find('\n'));
  line.remove_prefix(std::min(line.find(entry.of) + entry.of.size(), line.size()));
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return line;
}

constexpr size_t kShortestWord = 3;  // that descriptions are searched for

using NamesWanted = std::set<std::string_view>;

// The names that have the word in them or in what is said of them, `_` and blanks being one.
NamesWanted names_about(std::string_view word) {
  const auto plain = [](std::string_view text) {
    std::string made = lower_case(text);
    std::ranges::replace(made, '_', ' ');
    return made;
  };
  const std::string wanted = plain(word);
  NamesWanted found;
  for (const VocabularyEntry& entry : vocabulary_index())
    if (plain(entry.name).find(wanted) != std::string::npos ||
        plain(description_of(entry)).find(wanted) != std::string::npos)
      found.insert(entry.of);
  return found;
}

// A line a name: the name, and what the first line of its declaration says of it. `wanted`: of these alone.
void list_kind(FactKind kind, const NamesWanted* wanted, Console& console) {
  std::map<std::string_view, std::string_view> lines;
  size_t widest = 0;
  for (const VocabularyEntry& entry : vocabulary_index()) {
    if (entry.kind != kind || entry.name != entry.of || (wanted && !wanted->contains(entry.name))) continue;
    lines.emplace(entry.name, description_of(entry));
    widest = std::max(widest, entry.name.size());
  }
  if (lines.empty()) return;
  const size_t column = std::min<size_t>(widest, 30) + 4;
  console.out.text +=
      styled(console.out, Style::strong, fmt::format("{} ({})", spelling(kind), lines.size())) + "\n";
  for (const auto& [name, line] : lines) {
    const size_t used = std::max(column, name.size() + 4);
    console.out.text += fmt::format("  {:<{}}{}\n", name, used - 2, shortened(line, console.width - used));
  }
  console.out.text += '\n';
}

void list(const NamesWanted* wanted, Console& console) {
  for (FactKind kind : {FactKind::measure, FactKind::condition, FactKind::drug, FactKind::event,
                        FactKind::flag, FactKind::choice, FactKind::judgement, FactKind::date})
    list_kind(kind, wanted, console);
  console.out.text += "`crit facts NAME` shows units, other names, codes, sources, members and formulas.\n";
}

}  // namespace

Status run(const FactsCommand& command, Console& console) {
  if (!command.unmapped.empty() || !command.omop.empty()) return list_unmapped(command, console);
  if (command.names.empty()) list(nullptr, console);
  Status status = kClean;
  bool first = true;
  for (const std::string& name : command.names) {
    if (const VocabularyEntry* entry = vocabulary_entry(name)) {
      if (!first) console.out.text += '\n';
      explain_name(name, *entry, console);
      first = false;
      continue;
    }
    const std::string near = nearest_name(Schema{}, Schema::Scope{}, name);
    // A slip of the pen, or a part of names that are not remembered whole: `SGLT` is more than `SGOT`.
    const bool is_slip = !near.empty() && lower_case(near).find(lower_case(name)) != std::string::npos;
    if (const NamesWanted found = names_about(name);
        !is_slip && name.size() >= kShortestWord && !found.empty()) {
      console.out.text +=
          fmt::format("{}there is no name `{}`; these have it in them, or in what is said of them:\n\n",
                      first ? "" : "\n", name);
      list(&found, console);
      first = false;
      continue;
    }
    complain_error(
        console, near.empty() ? fmt::format("the vocabulary has no `{}`; `crit facts` lists its names", name)
                              : fmt::format("the vocabulary has no `{}`; did you mean `{}`?", name, near));
    status = kUnusable;
  }
  return status;
}

}  // namespace crit
