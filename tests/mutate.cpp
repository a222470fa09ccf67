// The trials with one slip made in each copy, to the share of the slips that the linter or the trial's cases
// catch. usage: mutate [--seed N] [--without N] [--share S] [--no-solver] [--floor PERCENT] [--verbose]
//               [--unchanged] [--protocol FILE]... FOLDER
// A slip is caught by lint where a copy has a finding (warning or error) that the trial does not have: of the
// same rule under the same criterion, counted. --seed draws a share of the slips of each kind; --without
// leaves out what another seed draws. --protocol gives registries' texts, each for the trials whose number it
// has. The exit status is 1 where lint catches less than --floor.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <random>

#include "interpreter/load.hpp"
#include "tests/mutate_report.hpp"
#include "tools/case_failures.hpp"
#include "tools/lint/run.hpp"

using namespace crit;

namespace {

struct Options {
  std::string folder;
  uint32_t seed = 1;
  std::optional<uint32_t> without;
  double share = 0.5;
  double floor = 0;
  bool no_solver = false;
  bool unchanged = false;
  bool verbose = false;
  std::vector<std::string> protocols;
};

// A rule under a criterion, and how often; findings outside every criterion stand under "".
using Counts = std::map<std::pair<std::string, std::string>, int>;

// One text of a trial, read, checked and linted as the program does it.
struct Reading {
  Rules rules;
  Source source;
  Parsed parsed;
  Checked checked;
  bool refused = false;

  Reading(const TrialText& trial, std::string text)
      : source{trial.path, std::move(text), 0}, parsed(parse_checked_text(source)) {
    checked = check(parsed.trial, rules.schema);
    for (const auto& more : {parsed.diagnostics, check_shape(parsed.trial)})
      checked.diagnostics.insert(checked.diagnostics.end(), more.begin(), more.end());
    refused = has_error(checked.diagnostics);
  }

  LintInput input(const TrialText& trial) {
    return {.source = source,
            .trial = parsed.trial,
            .model = checked.model,
            .schema = rules.schema,
            .has_errors = refused,
            .protocol = trial.protocol};
  }

  std::string criterion_at(Span span) const {
    for (const Statement& statement : parsed.trial.statements) {
      const auto* criterion = std::get_if<Criterion>(&statement.node);
      const bool inside = statement.span.begin <= span.begin && span.begin <= statement.span.end;
      if (criterion && inside) return criterion->id.text;
    }
    return {};
  }

  // Layout is left out: whoever makes a slip formats the file too.
  std::vector<Diagnostic> findings(const TrialText& trial, bool solver) {
    std::vector<Diagnostic> found = checked.diagnostics;
    run_rules(input(trial), all_rules(solver), found);
    std::erase_if(
        found, [](const Diagnostic& d) { return d.severity == Severity::info || d.rule == "not-formatted"; });
    sort_by_place(found);
    return found;
  }

  Counts counts(const TrialText& trial, bool solver) {
    Counts counts;
    for (const Diagnostic& d : findings(trial, solver)) ++counts[{d.rule, criterion_at(d.span)}];
    return counts;
  }

  bool cases_fail(const TrialText& trial) {
    if (refused) return true;
    Intake intake(rules.schema);
    const CaseFile file = read_cases(intake, trial.cases);
    return !file.broken.empty() || std::ranges::any_of(file.cases, [&](const Case& tried) {
      return !failures_of(checked.model, tried).empty();
    });
  }
};

// The rule that found something new; empty: none did.
std::string new_finding(const Counts& before, const Counts& after) {
  for (const auto& [key, count] : after) {
    const auto old = before.find(key);
    if (count > (old == before.end() ? 0 : old->second)) return key.first;
  }
  return {};
}

// Half-open and the same on every machine, which std::shuffle is not.
template <typename List>
void shuffle(List& list, std::mt19937& random) {
  for (size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[random() % i]);
}

std::vector<Mutant> drawn(const std::vector<Mutant>& all, uint32_t seed, double share) {
  std::mt19937 random(seed);
  std::vector<Mutant> chosen;
  for (size_t slip = 0; slip < kSlips.size(); ++slip) {
    std::vector<Mutant> of_kind;
    std::ranges::copy_if(all, std::back_inserter(of_kind),
                         [&](const Mutant& m) { return m.place.slip == Slip(slip); });
    shuffle(of_kind, random);
    of_kind.resize(size_t(double(of_kind.size()) * share + 0.999));
    for (Mutant& m : of_kind) m.variant = random() % m.place.variants.size();
    chosen.insert(chosen.end(), of_kind.begin(), of_kind.end());
  }
  const auto at = [](const Mutant& m) { return std::tuple(m.place.slip, m.trial, m.place.at.begin); };
  std::ranges::sort(chosen, {}, at);
  return chosen;
}

bool is_same(const Mutant& a, const Mutant& b) {
  return a.trial == b.trial && a.place.slip == b.place.slip && a.place.at == b.place.at &&
         a.variant == b.variant;
}

std::vector<Mutant> mutants_of(const std::deque<TrialText>& trials, const Options& options) {
  std::vector<Mutant> all;
  for (const TrialText& trial : trials) {
    Reading reading(trial, trial.text);
    for (SlipPlace& place : slip_places(reading.input(trial)))
      all.push_back({.trial = &trial, .place = place});
  }
  std::vector<Mutant> chosen = drawn(all, options.seed, options.share);
  if (!options.without) return chosen;
  const std::vector<Mutant> others = drawn(all, *options.without, options.share);
  std::erase_if(chosen, [&](const Mutant& m) {
    return std::ranges::any_of(others, [&](const Mutant& other) { return is_same(m, other); });
  });
  return chosen;
}

void try_mutant(Mutant& m, const Counts& plain, const Counts& solved, bool no_solver) {
  Reading reading(*m.trial, edited(m.trial->text, m.place.variants[m.variant]));
  m.refused = reading.refused;
  m.rule = new_finding(plain, reading.counts(*m.trial, false));
  if (m.rule.empty() && !m.refused && !no_solver) {
    m.rule = new_finding(solved, reading.counts(*m.trial, true));
    m.by_solver = !m.rule.empty();
  }
  m.by_cases = reading.cases_fail(*m.trial);
}

void try_all(std::vector<Mutant>& mutants, const Options& options) {
  std::map<const TrialText*, std::pair<Counts, Counts>> unchanged;
  for (Mutant& m : mutants) {
    auto known = unchanged.find(m.trial);
    if (known == unchanged.end()) {
      Reading reading(*m.trial, m.trial->text);
      const Counts plain = reading.counts(*m.trial, false);
      const Counts solved = options.no_solver ? Counts() : reading.counts(*m.trial, true);
      known = unchanged.emplace(m.trial, std::pair(plain, solved)).first;
    }
    try_mutant(m, known->second.first, known->second.second, options.no_solver);
  }
}

std::string text_of(const std::string& path) {
  std::string problem;
  auto source = read_source(path, problem);
  if (!source) throw std::runtime_error(fmt::format("{}: {}", path, problem));
  return std::move(source->text);
}

// Of a file with a trial a line, the trial's line.
std::optional<std::string> protocol_of(std::string_view id, const std::vector<std::string>& protocols) {
  for (const std::string& text : protocols) {
    const size_t at = text.find(id);
    if (at == std::string::npos) continue;
    if (!text.starts_with('{')) return text;
    const size_t begin = text.rfind('\n', at) + 1;
    return text.substr(begin, text.find('\n', at) - begin);
  }
  return std::nullopt;
}

std::deque<TrialText> trials_in(const Options& options) {
  std::vector<std::string> protocols;
  for (const std::string& path : options.protocols) protocols.push_back(text_of(path));
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(options.folder))
    if (entry.path().extension() == ".crit") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::deque<TrialText> trials;
  for (std::filesystem::path path : paths) {
    const std::string id = path.stem().string(), name = path.string();
    const std::string cases = path.replace_extension(".cases").string();
    trials.push_back({name, text_of(name), Source{cases, text_of(cases), 0}, protocol_of(id, protocols)});
    if (!protocols.empty() && !trials.back().protocol) fmt::print(stderr, "no protocol for {}\n", id);
  }
  return trials;
}

void print_unchanged(const TrialText& trial, bool solver) {
  Reading reading(trial, trial.text);
  for (const Diagnostic& d : reading.findings(trial, solver)) fmt::print("{}", render(d, {&reading.source}));
}

int run(const Options& options) {
  const std::deque<TrialText> trials = trials_in(options);
  if (options.unchanged) {
    for (const TrialText& trial : trials) print_unchanged(trial, !options.no_solver);
    return 0;
  }
  std::vector<Mutant> mutants = mutants_of(trials, options);
  try_all(mutants, options);
  if (options.verbose)
    for (const Mutant& m : mutants) print_slip(m);
  const Row all = print_table(mutants);
  return all.percent(all.lint()) < options.floor ? 1 : 0;
}

}  // namespace

int main(int count, char** words) {
  Options options;
  CLI::App app("the share of slips in the trials that lint and the cases catch");
  app.add_option("folder", options.folder, "trials with their cases")->required();
  app.add_option("--seed", options.seed, "which slips are drawn");
  app.add_option("--without", options.without, "leave out what this seed draws");
  app.add_option("--share", options.share, "of the slips of each kind, from 0 to 1");
  app.add_option("--floor", options.floor, "per cent that lint must catch");
  app.add_flag("--no-solver", options.no_solver, "without the rules of logic");
  app.add_flag("--unchanged", options.unchanged, "only what is found without a slip");
  app.add_flag("--verbose", options.verbose, "each slip, and what caught it");
  app.add_option("--protocol", options.protocols, "registries' texts");
  CLI11_PARSE(app, count, words);
  try {
    return run(options);
  } catch (const std::runtime_error& problem) {
    fmt::print(stderr, "error: {}\n", problem.what());
    return 2;
  }
}
