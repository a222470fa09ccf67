// Findings to SARIF 2.1.0.
#include <algorithm>

#include "tools/findings.hpp"
#include "tools/json.hpp"
#include "tools/lint/rule.hpp"

namespace crit {

namespace {

std::string_view level(Severity severity) {
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

// Section 3.11.5: braces are for placeholders, and doubled where they are meant.
std::string message_text(std::string_view text) {
  std::string made;
  for (char c : text) {
    made += c;
    if (c == '{' || c == '}') made += c;
  }
  return made;
}

// Section 3.10: a relative path as a relative reference of RFC 3986, an absolute one as a `file` URI.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string made = path.starts_with('/') ? "file://" : "";
  for (char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kPlain.find(c) != std::string_view::npos)
      made += c;
    else
      (made += '%') += {kHex[byte >> 4], kHex[byte & 15]};
  }
  return made;
}

void append_message(JsonText& json, std::string_view key, std::string_view text) {
  json.key(key).open('{').text("text", message_text(text)).close('}');
}

void append_artifact(JsonText& json, std::string_view path) {
  json.key("artifactLocation").open('{').text("uri", uri_of(path)).close('}');
}

void append_region(JsonText& json, std::string_view key, const Source& source, Span span) {
  const Place begin = place_of(source, span.begin), end = place_of(source, std::max(span.begin, span.end));
  json.key(key).open('{').key("startLine").number(begin.line).key("startColumn").number(begin.column);
  json.key("endLine").number(end.line).key("endColumn").number(end.column).close('}');
}

void append_location(JsonText& json, const std::vector<const Source*>& sources, Span span) {
  json.key("physicalLocation").open('{');
  append_artifact(json, sources[span.file]->name);
  append_region(json, "region", *sources[span.file], span);
  json.close('}');
}

void append_rule(JsonText& json, std::string_view name) {
  json.open('{').text("id", name);
  if (const LintRule* rule = lint_rule(name)) {
    append_message(json, "shortDescription", rule->finds);
    append_message(json, "fullDescription", rule->why);
    const std::string page = std::string(rule->why) + "\n\nExample:\n\n" + std::string(rule->example) +
                             "\nMended:\n\n" + std::string(rule->mended);
    append_message(json, "help", page);
    json.key("defaultConfiguration").open('{').text("level", level(rule->severity)).close('}');
    json.key("properties").open('{').key("tags").open('[').text(name_of(rule->group)).close(']').close('}');
  }
  json.close('}');
}

void append_fix(JsonText& json, const Diagnostic& d, const std::vector<const Source*>& sources) {
  const Source& source = *sources[d.fix->span.file];
  json.key("fixes").open('[').open('{');
  append_message(json, "description",
                 d.fix->safe ? "safe: the meaning stays" : "suggested: look at the meaning");
  json.key("artifactChanges").open('[').open('{');
  append_artifact(json, source.name);
  json.key("replacements").open('[').open('{');
  append_region(json, "deletedRegion", source, d.fix->span);
  json.key("insertedContent").open('{').text("text", d.fix->text).close('}');
  json.close('}').close(']').close('}').close(']').close('}').close(']');
}

void append_result(JsonText& json, const Diagnostic& d, const std::vector<const Source*>& sources,
                   const std::vector<std::string_view>& rules) {
  json.open('{').text("ruleId", d.rule);
  json.key("ruleIndex").number(uint64_t(std::ranges::find(rules, d.rule) - rules.begin()));
  json.text("level", level(d.severity));
  append_message(json, "message", d.help.empty() ? d.message : d.message + "\n" + d.help);
  json.key("locations").open('[').open('{');
  append_location(json, sources, d.span);
  json.close('}').close(']');
  if (!d.notes.empty()) {
    json.key("relatedLocations").open('[');
    for (const Note& note : d.notes) {
      json.open('{');
      append_location(json, sources, note.span);
      append_message(json, "message", note.message);
      json.close('}');
    }
    json.close(']');
  }
  if (d.fix) append_fix(json, d, sources);
  json.close('}');
}

// Whether all files could be read.
void append_invocation(JsonText& json, const std::vector<std::pair<std::string, std::string>>& unopened) {
  json.key("invocations").open('[').open('{');
  json.key("executionSuccessful").word(unopened.empty() ? "true" : "false");
  if (!unopened.empty()) {
    json.key("toolExecutionNotifications").open('[');
    for (const auto& [path, problem] : unopened) {
      json.open('{').text("level", "error");
      append_message(json, "message", problem);
      json.key("locations").open('[').open('{').key("physicalLocation").open('{');
      append_artifact(json, path);
      json.close('}').close('}').close(']').close('}');
    }
    json.close(']');
  }
  json.close('}').close(']');
}

}  // namespace

void append_findings_sarif(std::string& to, const std::vector<Diagnostic>& found,
                           const std::vector<const Source*>& sources,
                           const std::vector<std::pair<std::string, std::string>>& unopened) {
  std::vector<std::string_view> rules;
  for (const Diagnostic& d : found) rules.push_back(d.rule);
  std::ranges::sort(rules);
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  JsonText json(to, 2);
  json.open('{').text("$schema", "https://json.schemastore.org/sarif-2.1.0.json").text("version", "2.1.0");
  json.key("runs").open('[').open('{');
  json.key("tool").open('{').key("driver").open('{').text("name", "crit").text("version", CRIT_VERSION);
  json.key("rules").open('[');
  for (std::string_view rule : rules) append_rule(json, rule);
  json.close(']').close('}').close('}');
  append_invocation(json, unopened);
  json.text("columnKind", "unicodeCodePoints");  // as place_of counts
  json.key("results").open('[');
  for (const Diagnostic& d : found) append_result(json, d, sources, rules);
  json.close(']').close('}').close(']').close('}');
  to += '\n';
}

}  // namespace crit
