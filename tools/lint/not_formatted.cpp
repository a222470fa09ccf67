// not-formatted: `crit fmt` would change the file.
#include "tools/first_names.hpp"
#include "tools/lint/criteria.hpp"

namespace crit {

namespace {

// The file as the formatter leaves it. The end of a line and a byte order mark are the editor's business.
std::string without_carriage_returns(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 >= text.size() || text[i + 1] != '\n') plain += text[i];
  return plain;
}

// The first line of the source that is not as in the canonical form.
Span first_difference(const Source& source, std::string_view canonical) {
  const std::string_view text = source.text;
  size_t line = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  size_t at = 0;
  while (line < text.size()) {
    const size_t end = std::min(text.find('\n', line), text.size());
    std::string_view own = text.substr(line, end - line);
    if (own.ends_with('\r')) own.remove_suffix(1);
    const std::string_view other =
        canonical.substr(at, std::min(canonical.find('\n', at), canonical.size()) - at);
    if (own != other) return {uint32_t(line), uint32_t(line + own.size()), source.id};
    line = end + 1;
    at = std::min(canonical.find('\n', at), canonical.size() - 1) + 1;
    if (at >= canonical.size() && line < text.size()) break;
  }
  const auto begin = uint32_t(std::min(line, text.size()));
  return {begin, begin, source.id};
}

void run(const LintInput& input, Findings& findings) {
  if (input.has_errors) return;
  const Parsed named = with_first_names(input.source, input.model);
  const std::string canonical = has_error(named.diagnostics) ? std::string() : print(named.trial);
  if (canonical.empty() || canonical == without_carriage_returns(input.source.text)) return;
  Diagnostic d = finding(first_difference(input.source, canonical), "`crit fmt` writes this otherwise",
                         "run `crit fmt`, which changes no meaning");
  d.fix = Fix{{0, uint32_t(input.source.text.size()), input.source.id}, canonical, true};
  findings.push_back(std::move(d));
}

}  // namespace

extern const LintRule kNotFormatted{
    "not-formatted",
    LintGroup::care,
    Severity::warning,
    "a file that `crit fmt` would change",
    "Files in one form are compared line by line, so that a change of the protocol shows as what it is.",
    R"(trial T1 "example"

include I1 "Age 18 years or older"
    age>=18 years
)",
    R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years
)",
    run};

}  // namespace crit
