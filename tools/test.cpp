// crit test: the cases beside a trial to what was expected and what came out, with the reason.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "interpreter/read_cases.hpp"
#include "interpreter/verdict.hpp"
#include "tools/commands.hpp"
#include "tools/trials.hpp"

namespace crit {

namespace {

namespace fs = std::filesystem;

// What one arm's answer has that was not expected.
struct Judging {
  const Model& model;
  const Case& tried;
  uint32_t arm;
  Verdict verdict = {};
  std::vector<std::string> needed_names = {};
  std::vector<std::string> wrong = {};

  void judge() {
    evaluate(model, tried.patient, arm, verdict);
    if (verdict.decision == Decision::undetermined) needed_names = needed(model, tried.patient, verdict);
    for (const ExpectLine::Item& item : tried.expects) {
      if (item.arm && (arm == kNone || item.arm->text != model.arms[arm])) continue;
      if (item.needed)
        judge_needed(item);
      else if (item.criterion)
        judge_criterion(item);
      else
        judge_verdict(item);
    }
  }

  void judge_needed(const ExpectLine::Item& item) {
    if (std::ranges::find(needed_names, item.answer.text) != needed_names.end()) return;
    add(fmt::format("expected that {} is needed, needed are: {}", item.answer.text,
                    needed_names.empty() ? "none" : fmt::format("{}", fmt::join(needed_names, ", "))));
  }

  void judge_criterion(const ExpectLine::Item& item) {
    const auto found = std::ranges::find(model.criteria, item.criterion->text, &CriterionModel::id);
    if (found == model.criteria.end()) {
      add(fmt::format("there is no criterion {}", item.criterion->text));
      return;
    }
    const auto i = static_cast<uint32_t>(found - model.criteria.begin());
    if (name_of(verdict.outcomes[i]) == item.answer.text) return;
    add(fmt::format("expected {} {}, got {}: {}", found->id, item.answer.text, name_of(verdict.outcomes[i]),
                    explain(model, tried.patient, i, verdict).why));
  }

  void judge_verdict(const ExpectLine::Item& item) {
    if (name_of(verdict.decision) == item.answer.text) return;
    add(fmt::format("expected {}, got {}", item.answer.text, name_of(verdict.decision)));
    for (uint32_t i = 0; i < model.criteria.size(); ++i) {
      const Outcome outcome = verdict.outcomes[i];
      const bool decides =
          verdict.decision == Decision::ineligible ? outcome == Outcome::fail : outcome == Outcome::unknown;
      if (decides)
        add(fmt::format("{} {}: {}", model.criteria[i].id, name_of(outcome),
                        explain(model, tried.patient, i, verdict).why));
    }
  }

  void add(const std::string& line) {
    wrong.push_back(arm == kNone ? line : fmt::format("arm {}: {}", model.arms[arm], line));
  }
};

// Everything that is wrong with one case; empty: it holds.
std::vector<std::string> failures_of(const Model& model, const Case& tried) {
  std::vector<std::string> wrong;
  for (const Fault& fault : tried.patient.faults)
    if (reads(model, fault.fact)) wrong.push_back(fmt::format("{}: {}", fault.where, fault.message));
  if (!wrong.empty()) return wrong;
  if (const auto fault = refusal(model, tried.patient)) return {fault->message};
  const auto arms = arms_for(model, tried.patient);
  if (!arms) return {fmt::format("arm: the trial has no arm `{}`", tried.patient.arm)};
  for (const ExpectLine::Item& item : tried.expects)
    if (item.arm && std::ranges::find(model.arms, item.arm->text) == model.arms.end())
      wrong.push_back(fmt::format("the trial has no arm `{}`", item.arm->text));
  if (tried.expects.empty()) wrong.emplace_back("nothing is expected: end the case with `expect ...`");
  for (uint32_t arm : *arms) {
    Judging judging{model, tried, arm};
    judging.judge();
    wrong.insert(wrong.end(), judging.wrong.begin(), judging.wrong.end());
  }
  return wrong;
}

struct Testing {
  Console& console;
  uint64_t passed = 0, failed = 0;
  Status status = kClean;

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
  for (const std::string& path : files) testing.run_file(path);
  console.out.text += fmt::format("{} passed, {} failed\n", testing.passed, testing.failed);
  return testing.failed > 0 ? std::max(testing.status, kFindings) : testing.status;
}

}  // namespace crit
