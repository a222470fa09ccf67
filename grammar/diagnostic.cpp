// A finding to the lines that a person reads, and the order of findings.
#include "grammar/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "grammar/characters.hpp"

namespace crit {

namespace {

struct Colours {
  std::string_view place, severity, caret, plain;
};

Colours colours_for(Severity severity, bool colour) {
  if (!colour) return {};
  switch (severity) {
    case Severity::info:
      return {"\x1b[1m", "\x1b[1;36m", "\x1b[32m", "\x1b[0m"};
    case Severity::warning:
      return {"\x1b[1m", "\x1b[1;33m", "\x1b[32m", "\x1b[0m"};
    case Severity::error:
      return {"\x1b[1m", "\x1b[1;31m", "\x1b[32m", "\x1b[0m"};
  }
  return {};
}

// The part of the line that fits: columns [first, last) of its characters.
struct Cut {
  size_t first, last;
};

constexpr size_t kMargin = 2;
constexpr std::string_view kDots = "...";

Cut cut_around(size_t length, size_t caret, size_t caret_end, size_t room) {
  if (length <= room) return {0, length};
  size_t inner = room > 2 * kDots.size() ? room - 2 * kDots.size() : 1;
  size_t marked = std::min(caret_end - caret, inner);
  size_t lead = (inner - marked) / 2;
  size_t first = caret > lead ? caret - lead : 0;
  if (first + inner > length) first = length - inner;
  return {first, first + inner};
}

// Two lines: the source's and the marks below it.
std::string snippet(const Source& source, Span span, const Colours& c, size_t margin, size_t width) {
  std::string_view line = line_at(source, span.begin);
  auto line_begin = static_cast<uint32_t>(line.data() - source.text.data());
  size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
  std::vector<std::string> shown = visible_characters(line.substr(indent));
  auto column = [&](uint32_t offset) {
    size_t bytes = offset > line_begin + indent ? offset - line_begin - indent : 0;
    return count_characters(line.substr(indent).substr(0, bytes));
  };
  size_t caret = std::min(column(span.begin), shown.size());
  size_t caret_end =
      std::clamp(column(std::max(span.end, span.begin)), caret + 1, std::max(caret + 1, shown.size()));
  Cut cut = cut_around(shown.size(), caret, caret_end, width > margin + 20 ? width - margin : 20);

  std::string_view lead = cut.first > 0 ? kDots : "";
  std::string text = std::string(margin, ' ') + std::string(lead);
  std::string marks(text.size(), ' ');
  shown.emplace_back("");  // the place after the last character
  for (size_t i = cut.first; i < cut.last || (i == caret && i + 1 == shown.size()); ++i) {
    text += shown[i];
    size_t cells = std::max<size_t>(1, count_characters(shown[i]));
    if (i < caret) marks.append(cells, ' ');
    if (i >= caret && i < caret_end) marks.append(cells, '~');
    if (i == caret) marks[marks.size() - cells] = '^';
  }
  if (cut.last + 1 < shown.size()) text += kDots;
  return fmt::format("{}\n{}{}{}\n", text, c.caret, marks, c.plain);
}

std::string help_lines(std::string_view help, size_t margin) {
  std::string out = std::string(margin, ' ') + "help: ";
  for (char ch : visible(help, true)) {
    out += ch;
    if (ch == '\n') out += std::string(margin + 6, ' ');
  }
  return out + "\n";
}

// What stands below the first line.
std::string details(const Diagnostic& d, const std::vector<const Source*>& sources, const Colours& c,
                    size_t margin, size_t width) {
  std::string out;
  if (d.span.file < sources.size()) out += snippet(*sources[d.span.file], d.span, c, margin, width);
  for (const Note& note : d.notes)
    if (note.span.file < sources.size()) {
      const Source& source = *sources[note.span.file];
      const Place place = place_of(source, note.span.begin);
      out += fmt::format("{:{}}note: {}:{}:{}: {}\n", "", margin, source.name, place.line, place.column,
                         visible(note.message));
    }
  if (!d.help.empty()) out += help_lines(d.help, margin);
  return out;
}

std::string first_line(const Diagnostic& d, const Colours& c, std::string_view where,
                       std::string_view colon) {
  const std::string rule = d.rule.empty() ? "" : fmt::format(" [{}]", d.rule);
  return fmt::format("{}{}{}{}{}{}{}: {}{}\n", c.place, where, c.plain, colon, c.severity,
                     name_of(d.severity), c.plain, visible(d.message), rule);
}

}  // namespace

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

void sort_by_place(std::vector<Diagnostic>& diagnostics) {
  auto key = [](const Diagnostic& d) {
    return std::make_tuple(d.span.file, d.span.begin, d.span.end, -static_cast<int>(d.severity),
                           std::string_view(d.rule), std::string_view(d.message));
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

bool has_error(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::string render(const Diagnostic& d, const std::vector<const Source*>& sources, bool colour,
                   size_t width) {
  const Colours c = colours_for(d.severity, colour);
  std::string where = "?";
  if (d.span.file < sources.size()) {
    const Source& source = *sources[d.span.file];
    const Place place = place_of(source, d.span.begin);
    where = fmt::format("{}:{}:{}", source.name, place.line, place.column);
  }
  return first_line(d, c, where, ": ") + details(d, sources, c, kMargin, width);
}

std::string render_in_file(const Diagnostic& d, const std::vector<const Source*>& sources, bool colour,
                           size_t width) {
  const Colours c = colours_for(d.severity, colour);
  const Place place = place_of(*sources[d.span.file], d.span.begin);
  return "  " + first_line(d, c, fmt::format("{}:{}", place.line, place.column), " ") +
         details(d, sources, c, 2 * kMargin, width);
}

}  // namespace crit
