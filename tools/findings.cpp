// Findings to JSON and to GitHub's workflow commands.
#include "tools/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/json.hpp"

namespace crit {

namespace {

struct Region {
  const Source& source;
  Place begin, end;
};

Region region_of(Span span, const std::vector<const Source*>& sources) {
  const Source& source = *sources[span.file];
  return {source, place_of(source, span.begin), place_of(source, std::max(span.begin, span.end))};
}

void append_fix(JsonText& json, const Diagnostic& d, const std::vector<const Source*>& sources) {
  json.key("fix");
  if (!d.fix) {
    json.word("null");
    return;
  }
  const Region at = region_of(d.fix->span, sources);
  json.open('{').key("line").number(at.begin.line).key("column").number(at.begin.column);
  json.key("end_line").number(at.end.line).key("end_column").number(at.end.column);
  json.text("text", d.fix->text).key("safe").word(d.fix->safe ? "true" : "false").close('}');
}

// The escapes of workflow commands: in data and, with `,` and `:` too, in properties.
std::string escaped(std::string_view text, bool property) {
  std::string made;
  for (char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ',' || c == ':'));
    if (special)
      made += fmt::format("%{:02X}", static_cast<unsigned>(c));
    else
      made += c;
  }
  return made;
}

std::string_view github_command(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "notice";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "notice";
}

}  // namespace

void append_findings_json(std::string& to, const std::vector<Diagnostic>& found,
                          const std::vector<const Source*>& sources) {
  JsonText json(to, 2);
  json.open('[');
  for (const Diagnostic& d : found) {
    const Region at = region_of(d.span, sources);
    json.open('{').text("file", at.source.name);
    json.key("line").number(at.begin.line).key("column").number(at.begin.column);
    json.key("end_line").number(at.end.line).key("end_column").number(at.end.column);
    json.text("severity", name_of(d.severity))
        .text("rule", d.rule)
        .text("message", d.message)
        .text("help", d.help);
    append_fix(json, d, sources);
    json.close('}');
  }
  json.close(']');
  to += '\n';
}

void append_findings_github(std::string& to, const std::vector<Diagnostic>& found,
                            const std::vector<const Source*>& sources) {
  for (const Diagnostic& d : found) {
    const Region at = region_of(d.span, sources);
    to += fmt::format("::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
                      github_command(d.severity), escaped(at.source.name, true), at.begin.line,
                      at.begin.column, at.end.line, at.end.column, escaped(d.rule, true),
                      escaped(d.help.empty() ? d.message : d.message + "\n" + d.help, false));
  }
}

}  // namespace crit
