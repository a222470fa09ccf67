// todo: criteria and definitions of which nothing is written, and TODO, FIXME, TBD or XXX in comments, notes
// and texts.
#include <fmt/format.h>

#include "grammar/lines.hpp"
#include "tools/lint/criteria.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

constexpr std::string_view kMarks[] = {"TODO", "FIXME", "TBD", "XXX"};

// Strings and comments of a line are prose; the rest is code, where a fact may have such a name.
bool is_prose(const Source& source, const Line& line, size_t at) {
  if (at >= line.comment) return true;
  bool quoted = false;
  for (size_t i = line.begin; i < at; ++i)
    if (source.text[i] == '"') quoted = !quoted;
  return quoted;
}

void report_marks(const LintInput& input, Findings& findings) {
  const std::string_view text = input.source.text;
  for (const Line& line : split_lines(input.source)) {
    const std::string_view words = text.substr(line.begin, line.end - line.begin);
    for (std::string_view mark : kMarks) {
      const size_t at = find_words(words, mark);
      if (at == std::string_view::npos || !is_prose(input.source, line, line.begin + at)) continue;
      const uint32_t begin = line.begin + uint32_t(at);
      findings.push_back(finding({begin, begin + uint32_t(mark.size()), input.source.id},
                                 fmt::format("`{}` is open", mark),
                                 "do it, or ask the sponsor in a `query`"));
      break;
    }
  }
}

void run(const LintInput& input, Findings& findings) {
  for (const Statement& statement : input.trial.statements) {
    const auto* criterion = std::get_if<Criterion>(&statement.node);
    if (criterion && !criterion->condition)
      findings.push_back(finding(statement.head, fmt::format("`{}` has no condition yet", criterion->id.text),
                                 "until it is written the criterion is unknown for every patient"));
    const auto* define = std::get_if<Define>(&statement.node);
    if (define && !define->value)
      findings.push_back(finding(statement.head, fmt::format("`{}` says nothing yet", define->name.text),
                                 "until it is written what names it is unknown for every patient"));
  }
  report_marks(input, findings);
}

}  // namespace

extern const LintRule kTodo{
    "todo",
    LintGroup::care,
    Severity::warning,
    "a criterion or definition without a condition; TODO, FIXME, TBD or XXX in a comment, note or text",
    "What is left open while a file grows is forgotten when it is signed off.",
    R"(trial T1 "example"

include I1 "Age 18 years or older"
  age >= 18 years

include I2 "Able to walk without help"
)",
    R"(trial T1 "example"

flag walks_alone "able to walk without help"

include I1 "Age 18 years or older"
  age >= 18 years

include I2 "Able to walk without help"
  walks_alone
)",
    run};

}  // namespace crit
