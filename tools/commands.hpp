// The commands of the program as values, and what runs each: one file a command.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "tools/console.hpp"
#include "tools/omop/dialect.hpp"

namespace crit {

// What the shell is told.
enum Status : int {
  kClean = 0,
  kFindings = 1,      // findings, failed cases, patients that could not be read
  kUnusable = 2,      // the command line, a file that cannot be opened, rules that cannot be evaluated
  kInterrupted = 130  // by Ctrl-C, as shells say it
};

enum class EvalFormat { text, json, ndjson, csv, html };
inline constexpr std::array<std::string_view, 5> kEvalFormats = {"text", "json", "ndjson", "csv", "html"};

enum class CohortFormat { text, json, html, log };
inline constexpr std::array<std::string_view, 4> kCohortFormats = {"text", "json", "html", "log"};

enum class LintFormat { text, json, sarif, github };
inline constexpr std::array<std::string_view, 4> kLintFormats = {"text", "json", "sarif", "github"};

// Which findings `--fix` mends in place.
enum class Fixing { none, safe, suggested };

inline constexpr std::array<std::string_view, 3> kSeverities = {"info", "warning", "error"};
inline constexpr std::array<std::string_view, 3> kColourChoices = {"auto", "always", "never"};

struct EvalCommand {
  std::vector<std::string> files;
  EvalFormat format = EvalFormat::text;
  std::string screening;              // empty: each patient's own
  std::vector<std::string> complete;  // parts of the record of which no record means no
  unsigned threads = 1;               // at least 1
  std::string omop;                   // a database that has patients; empty: none
  std::string omop_schema;            // of its tables; empty: where it looks by itself
};
struct ExtractCommand {
  std::vector<std::string> files;
  Dialect dialect = Dialect::postgresql;
  std::string schema;     // as in EvalCommand
  std::string screening;  // empty: records of any time are taken
};
inline constexpr uint32_t kDaysAhead = 30;
struct CohortCommand {
  std::vector<std::string> files;
  CohortFormat format = CohortFormat::text;
  std::string screening;                   // empty: each patient's own
  std::vector<std::string> without, with;  // `E3`, `I4: 35% <= FVC <= 70%`
  std::vector<std::string> complete;       // as in EvalCommand
  std::optional<uint32_t> days;            // that are looked ahead; otherwise kDaysAhead
};
struct LintCommand {
  std::vector<std::string> files;
  LintFormat format = LintFormat::text;
  std::optional<Severity> severity;         // the least that is shown; otherwise crit.toml says
  std::vector<std::string> select, ignore;  // rules and groups
  Fixing fix = Fixing::none;
  std::string protocol;            // a registry's text; empty: none
  std::vector<std::string> facts;  // files of patients
  std::string omop, omop_schema;   // a database of patients, as in EvalCommand
};
struct FmtCommand {
  std::vector<std::string> files;
  bool check = false;
};
struct TestCommand {
  std::vector<std::string> files;
};
struct FactsCommand {
  std::vector<std::string> names;
  std::vector<std::string> unmapped;  // files of patients
  std::string omop, omop_schema;      // a database of patients, as in EvalCommand
};
struct RulesCommand {
  std::string name;
};
struct DumpCommand {
  std::string file;
  bool model = false;  // otherwise the tree
};

using Command = std::variant<EvalCommand, ExtractCommand, CohortCommand, LintCommand, FmtCommand, TestCommand,
                             FactsCommand, RulesCommand, DumpCommand>;

Status run(const EvalCommand&, Console&);
Status run(const ExtractCommand&, Console&);
Status run(const CohortCommand&, Console&);
Status run(const LintCommand&, Console&);
Status run(const FmtCommand&, Console&);
Status run(const TestCommand&, Console&);
Status run(const FactsCommand&, Console&);
Status run(const RulesCommand&, Console&);
Status run(const DumpCommand&, Console&);

}  // namespace crit
