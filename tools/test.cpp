// crit test: the cases beside a trial to what was expected and what came out, with the reason.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "interpreter/read_cases.hpp"
#include "tools/case_failures.hpp"
#include "tools/commands.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

namespace fs = std::filesystem;

struct Testing {
  Console& console;
  uint64_t passed = 0, failed = 0;
  Status status = kClean;
  bool written = false;  // the counts would stand in a file that was read, which has been told

  void fail(std::string_view where, std::string_view title, const std::vector<std::string>& lines) {
    ++failed;
    std::string& out = console.out.text;
    out += fmt::format("{}  ", styled(console.out, Style::bad, "failed"));
    append_wrapped(out, title.empty() ? std::string(where) : fmt::format("{}  \"{}\"", where, title), 8, 8,
                   console.width);
    out += '\n';
    for (const std::string& line : lines) {
      out += "  ";
      append_wrapped(out, line, 2, 4, console.width);
      out += '\n';
    }
    out += '\n';
  }

  void run_cases(const LoadedTrial& trial, Rules& rules, const Source& source) {
    Intake intake(rules.schema);
    const CaseFile file = read_cases(intake, source);
    for (const Fault& fault : file.broken) fail(fault.where, "", {fault.message});
    if (file.cases.empty() && file.broken.empty())  // nothing was tried, which must not look like a pass
      fail(source.name, "", {"there is no case in it: `case \"...\" like PATIENT`, and `expect` below it"});
    for (const Case& tried : file.cases) {
      const auto wrong = failures_of(trial.model, tried);
      if (wrong.empty())
        ++passed;
      else
        fail(tried.where, tried.title, wrong);
    }
  }

  void run_file(const std::string& path) {
    const std::string rules_path = fs::path(path).replace_extension(".crit").string();
    const std::string cases_path = fs::path(path).replace_extension(".cases").string();
    Rules rules;
    const auto trial = load_for_use(rules, rules_path, console);
    const auto is_output = [&](const Source& rule_file) { return writes_to(console.out, rule_file.name); };
    written = is_written_to(cases_path, console) || writes_to(console.out, rules_path) ||
              std::ranges::any_of(rules.sources, is_output);
    if (written) return;
    std::string problem;
    const auto source = read_source(cases_path, problem);
    if (!source) complain_unopened(console, cases_path, problem);
    if (trial && source)
      run_cases(*trial, rules, *source);
    else
      status = kUnusable;
  }
};

}  // namespace

Status run(const TestCommand& command, Console& console) {
  Testing testing{console};
  const std::vector<std::string> files = files_in(command.files, ".cases");
  if (files.empty()) {
    complain_error(console, "no cases there: they stand in NAME.cases beside NAME.crit");
    return kUnusable;
  }
  for (const std::string& path : files) {
    testing.run_file(path);
    if (!testing.written) continue;
    console.out.text.clear();
    return kUnusable;
  }
  console.out.text += fmt::format("{} passed, {} failed\n", testing.passed, testing.failed);
  return testing.failed > 0 ? std::max(testing.status, kFindings) : testing.status;
}

}  // namespace crit
