// Mends the files one after the other, asks about suggested fixes at the terminal, and writes what came of
// it.
#include "tools/lint_fix.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "grammar/characters.hpp"
#include "interpreter/spelling.hpp"
#include "tools/mend.hpp"
#include "tools/replace_file.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

constexpr size_t kMostLines = 12;  // of a change that is shown

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void append_lines(std::string& to, const Stream& stream, Style style, std::string_view sign,
                  const std::vector<std::string_view>& lines, size_t begin, size_t end) {
  for (size_t i = begin; i < std::min(end, begin + kMostLines); ++i)
    to += styled(stream, style, fmt::format("  {} {}", sign, visible(lines[i]))) + "\n";
  if (end > begin + kMostLines)
    to += fmt::format("  {} ... and {} lines more\n", sign, end - begin - kMostLines);
}

// The lines that differ, the old ones before the new ones.
std::string change(const Stream& stream, std::string_view old_text, std::string_view new_text) {
  const auto old_lines = lines_of(old_text), new_lines = lines_of(new_text);
  size_t begin = 0, old_end = old_lines.size(), new_end = new_lines.size();
  while (begin < old_end && begin < new_end && old_lines[begin] == new_lines[begin]) ++begin;
  while (old_end > begin && new_end > begin && old_lines[old_end - 1] == new_lines[new_end - 1])
    --old_end, --new_end;
  std::string shown;
  append_lines(shown, stream, Style::bad, "-", old_lines, begin, old_end);
  append_lines(shown, stream, Style::good, "+", new_lines, begin, new_end);
  return shown;
}

// A line of standard input without its end; nothing at the end of the input.
std::optional<std::string> read_answer() {
  std::string line;
  for (char c = 0; ::read(STDIN_FILENO, &c, 1) == 1;) {
    if (c == '\n') return line;
    if (line.size() < 100) line += c;
  }
  return std::nullopt;
}

Wanted ask(Console& console, const Diagnostic& d, const std::vector<const Source*>& sources,
           std::string_view mended) {
  complain(console, render(d, sources, console.err.colour, console.width) +
                        change(console.err, sources[d.span.file]->text, mended));
  while (true) {
    complain(console, "mend it so? y: yes, n: no, q: no more questions > ");
    const auto line = read_answer();
    if (!line) {
      complain(console, "\n");
      return Wanted::no_more;
    }
    const std::string answer = lower_case(*line);
    const bool yes = answer == "y" || answer == "yes", no = answer == "n" || answer == "no";
    const bool no_more = answer == "q" || answer == "quit";
    if (yes || no || no_more) complain(console, "\n");
    if (yes) return Wanted::yes;
    if (no) return Wanted::no;
    if (no_more) return Wanted::no_more;
  }
}

void tell(const std::string& name, const Mended& mended, std::string& told) {
  if (!mended.taken.empty()) {
    size_t all = 0;
    std::vector<std::string> parts;
    for (const auto& [rule, count] : mended.taken) {
      all += count;
      parts.push_back(fmt::format("{} {}", count, rule));
    }
    told += fmt::format("{}: {} mended ({})\n", name, all, fmt::join(parts, ", "));
  }
  if (mended.undone > 0)
    told += fmt::format("{}: {} not mended: the file would have been worse\n", name, mended.undone);
}

}  // namespace

bool can_ask(const Console& console) {
  return isatty(STDIN_FILENO) != 0 && console.err.terminal;
}

bool mend_files(const std::vector<LintFile>& files, const LintBeside& beside, Fixing fixing, Console& console,
                std::string& told) {
  bool fine = true, stopped = false;
  for (const LintFile& file : files) {
    std::string problem;
    const auto source = read_source(file.path, problem);
    if (!source) continue;
    Mended mended;
    mended.text = source->text;
    mended.stopped = stopped;
    mend_safely(file, beside, mended);
    if (fixing == Fixing::suggested && !stopped) {
      const auto asked = [&](const Diagnostic& d, const std::vector<const Source*>& sources,
                             std::string_view text) { return ask(console, d, sources, text); };
      mend_by_asking(file, beside, asked, mended);
      mend_safely(file, beside, mended);
      stopped = mended.stopped;
    }
    if (mended.text != source->text && !replace_file(file.path, source->text, mended.text, problem)) {
      complain_unopened(console, file.path, problem);
      fine = false;
      continue;
    }
    tell(source->name, mended, told);
  }
  return fine;
}

}  // namespace crit
