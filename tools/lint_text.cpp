// Findings grouped by file, and the closing lines with the counts.
#include "tools/lint_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crit {

namespace {

std::string counted(size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 || thing == "info" ? "" : "s");
}

// "2 errors, 1 warning"
std::string counted_by_severity(const std::vector<Diagnostic>& found) {
  std::array<size_t, 3> counts{};
  for (const Diagnostic& d : found) ++counts[size_t(d.severity)];
  std::string words;
  for (Severity severity : {Severity::error, Severity::warning, Severity::info})
    if (const size_t count = counts[size_t(severity)]; count > 0)
      words += fmt::format("{}{}", words.empty() ? "" : ", ", counted(count, name_of(severity)));
  return words;
}

size_t count_fixes(const Linted& linted, bool safe) {
  return size_t(std::ranges::count_if(linted.found, [&](const Diagnostic& d) {
    return d.fix && d.fix->safe == safe && linted.files.contains(d.fix->span.file);
  }));
}

void append_groups(Console& console, const Linted& linted) {
  std::string& out = console.out.text;
  const Diagnostic* last = nullptr;
  for (const Diagnostic& d : linted.found) {
    if (!last || last->span.file != d.span.file)
      out += styled(console.out, Style::strong, linted.rules.shown[d.span.file]->name) + "\n";
    out += render_in_file(d, linted.rules.shown, console.out.colour, console.width) + "\n";
    last = &d;
  }
}

void append_found(std::string& out, const Linted& linted) {
  const size_t files = linted.files.size();
  std::vector<uint32_t> with;
  for (const Diagnostic& d : linted.found) with.push_back(d.span.file);
  with.erase(std::unique(with.begin(), with.end()), with.end());
  const std::string all = counted(files, "file");
  if (with.empty())
    out += fmt::format("{}, nothing found\n", all);
  else if (files == 1 || with.size() > files)
    out += fmt::format("{} in {}\n", counted_by_severity(linted.found), counted(with.size(), "file"));
  else
    out += fmt::format("{} in {} of {}\n", counted_by_severity(linted.found), with.size(), all);
}

void append_hidden(std::string& out, const std::vector<Diagnostic>& hidden) {
  if (hidden.empty()) return;
  const auto least = std::ranges::min_element(hidden, {}, &Diagnostic::severity);
  const auto silent = std::ranges::count(hidden, "not-analysed", &Diagnostic::rule);
  out += fmt::format("not shown: {}", counted_by_severity(hidden));
  if (silent > 0) out += fmt::format(", {} of what the solver did not analyse", silent);
  out += fmt::format(" (--severity={} shows {})\n", name_of(least->severity),
                     hidden.size() == 1 ? "it" : "them");
}

void append_fixes(std::string& out, const Linted& linted) {
  const size_t safe = count_fixes(linted, true), suggested = count_fixes(linted, false);
  std::string words;
  if (safe > 0) words = fmt::format("--fix mends {} of them", safe);
  if (suggested > 0)
    words +=
        fmt::format("{}--fix=suggested offers a mend for {}", words.empty() ? "" : ", ",
                    words.empty() ? fmt::format("{} of them", suggested) : fmt::format("{} more", suggested));
  if (!words.empty()) out += words + "\n";
}

}  // namespace

void append_findings_text(Console& console, const Linted& linted, const std::vector<std::string>& settings) {
  std::string& out = console.out.text;
  if (linted.files.empty()) return;
  append_groups(console, linted);
  append_found(out, linted);
  if (!linted.in_part.empty())
    out += fmt::format("logic not analysed, for errors: {}\n", counted(linted.in_part.size(), "file"));
  append_hidden(out, linted.hidden);
  append_fixes(out, linted);
  if (!settings.empty()) out += fmt::format("settings: {}\n", fmt::join(settings, ", "));
}

}  // namespace crit
