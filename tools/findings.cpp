// Findings to JSON, to SARIF and to GitHub's workflow commands.
#include "tools/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/json.hpp"
#include "tools/lint/rule.hpp"

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

std::string_view sarif_level(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "none";
}

void append_sarif_region(JsonText& json, const Region& at) {
  json.open('{').key("startLine").number(at.begin.line).key("startColumn").number(at.begin.column);
  json.key("endLine").number(at.end.line).key("endColumn").number(at.end.column).close('}');
}

void append_sarif_rule(JsonText& json, std::string_view name) {
  json.open('{').text("id", name);
  if (const LintRule* rule = lint_rule(name)) {
    json.key("shortDescription").open('{').text("text", rule->finds).close('}');
    json.key("fullDescription").open('{').text("text", rule->why).close('}');
    json.key("defaultConfiguration").open('{').text("level", sarif_level(rule->severity)).close('}');
  }
  json.close('}');
}

void append_sarif_result(JsonText& json, const Diagnostic& d, const std::vector<const Source*>& sources) {
  const Region at = region_of(d.span, sources);
  json.open('{').text("ruleId", d.rule).text("level", sarif_level(d.severity));
  json.key("message")
      .open('{')
      .text("text", d.help.empty() ? d.message : d.message + "; " + d.help)
      .close('}');
  json.key("locations").open('[').open('{').key("physicalLocation").open('{');
  json.key("artifactLocation").open('{').text("uri", at.source.name).close('}').key("region");
  append_sarif_region(json, at);
  json.close('}').close('}').close(']');
  if (d.fix) {
    json.key("fixes").open('[').open('{').key("artifactChanges").open('[').open('{');
    json.key("artifactLocation").open('{').text("uri", at.source.name).close('}');
    json.key("replacements").open('[').open('{').key("deletedRegion");
    append_sarif_region(json, region_of(d.fix->span, sources));
    json.key("insertedContent").open('{').text("text", d.fix->text).close('}');
    json.close('}').close(']').close('}').close(']').close('}').close(']');
  }
  json.close('}');
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

void append_findings_sarif(std::string& to, const std::vector<Diagnostic>& found,
                           const std::vector<const Source*>& sources) {
  std::vector<std::string_view> rules;
  for (const Diagnostic& d : found)
    if (std::ranges::find(rules, d.rule) == rules.end()) rules.push_back(d.rule);
  std::ranges::sort(rules);
  JsonText json(to, 2);
  json.open('{').text("$schema", "https://json.schemastore.org/sarif-2.1.0.json").text("version", "2.1.0");
  json.key("runs").open('[').open('{');
  json.key("tool").open('{').key("driver").open('{').text("name", "crit").text("version", CRIT_VERSION);
  json.key("rules").open('[');
  for (std::string_view rule : rules) append_sarif_rule(json, rule);
  json.close(']').close('}').close('}').text("columnKind", "unicodeCodePoints");
  json.key("results").open('[');
  for (const Diagnostic& d : found) append_sarif_result(json, d, sources);
  json.close(']').close('}').close(']').close('}');
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
