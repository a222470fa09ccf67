// Fixes to texts, a step at a time, each looked at anew.
#include "tools/mend.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>

namespace crit {

namespace {

constexpr int kMostRounds = 20;          // of safe fixes
constexpr size_t kMostQuestions = 1000;  // of one file

// A text as the linter sees it.
struct Look {
  Linted linted;
  uint32_t file = 0;
  size_t statements = 0, broken = 0;  // broken: those that cannot be read
  bool can_be_evaluated = false;
  std::string meaning;  // the printed Model, where it can
};
using LookPtr = std::unique_ptr<const Look>;

size_t count_broken(const Parsed& parsed) {
  const auto& statements = parsed.trial.statements;
  std::set<size_t> broken;
  for (const Diagnostic& d : parsed.diagnostics) {
    if (d.severity != Severity::error) continue;
    const auto after = std::ranges::upper_bound(statements, d.span.begin, {},
                                                [](const Statement& s) { return s.span.begin; });
    broken.insert(static_cast<size_t>(after - statements.begin()));
  }
  return broken.size();
}

std::string meaning_of(const std::string& path, const std::string& text) {
  Rules rules;
  add_text(rules, path, text);
  std::string problem;
  const auto trial = load(rules, path, problem, true);
  return trial ? dump(trial->model) : problem;
}

LookPtr look_at(const LintFile& file, const LintBeside& beside, const std::string& text) {
  auto look = std::make_unique<Look>();
  Rules& rules = look->linted.rules;
  look->file = add_text(rules, file.path, text);
  lint_files({file}, beside, look->linted);
  look->statements = rules.parsed[look->file].trial.statements.size();
  look->broken = count_broken(rules.parsed[look->file]);
  look->can_be_evaluated = look->linted.in_part.empty();
  if (look->can_be_evaluated) look->meaning = meaning_of(file.path, text);
  return look;
}

using Step = std::vector<const Diagnostic*>;  // findings whose fixes are taken together, by place

std::string with_fixes(std::string text, const Step& step) {
  for (size_t i = step.size(); i-- > 0;) {
    const Fix& fix = *step[i]->fix;
    text.replace(fix.span.begin, fix.span.end - fix.span.begin, fix.text);
  }
  return text;
}

bool is_same_finding(const Diagnostic& a, const Diagnostic& b, int64_t shift) {
  return a.rule == b.rule && a.message == b.message && int64_t{a.span.begin} + shift == int64_t{b.span.begin};
}

bool is_gone(const Step& step, const Look& after) {
  int64_t shift = 0;  // by the fixes further up
  for (const Diagnostic* d : step) {
    for (const Diagnostic& now : after.linted.found)
      if (now.span.file == after.file && is_same_finding(*d, now, shift)) return false;
    shift += int64_t(d->fix->text.size()) - int64_t{d->fix->span.end - d->fix->span.begin};
  }
  return true;
}

bool is_worse(const Look& before, const Step& step, const Look& after) {
  if (after.broken > before.broken || after.statements < before.statements) return true;
  if (before.can_be_evaluated && !after.can_be_evaluated) return true;
  const bool safe = std::ranges::all_of(step, [](const Diagnostic* d) { return d->fix->safe; });
  if (before.can_be_evaluated && safe && before.meaning != after.meaning) return true;
  return !is_gone(step, after);
}

bool is_for(const Diagnostic& d, const Look& look, bool safe) {
  return d.fix && d.fix->safe == safe && d.span.file == look.file && d.fix->span.file == look.file;
}

bool overlap(const Fix& a, const Fix& b) {
  return a.span.begin == b.span.begin || (a.span.begin < b.span.end && b.span.begin < a.span.end);
}

// Fixes that can be taken together: the smaller ones first, since one of the whole file can wait.
Step safe_step(const Look& look, const std::set<std::string>& undone) {
  Step all, step;
  for (const Diagnostic& d : look.linted.found)
    if (is_for(d, look, true) && !undone.contains(d.rule + d.fix->text)) all.push_back(&d);
  std::ranges::stable_sort(all, {},
                           [](const Diagnostic* d) { return d->fix->span.end - d->fix->span.begin; });
  for (const Diagnostic* d : all)
    if (std::ranges::none_of(step, [&](const Diagnostic* taken) { return overlap(*d->fix, *taken->fix); }))
      step.push_back(d);
  std::ranges::sort(step, {}, [](const Diagnostic* d) { return d->fix->span.begin; });
  return step;
}

void take(const Step& step, std::string text, Mended& mended) {
  for (const Diagnostic* d : step) ++mended.taken[d->rule];
  mended.text = std::move(text);
}

// A step that would be worse as a whole, fix by fix: the first that does good. The others are tried again in
// the next round.
bool take_one(const LintFile& file, const LintBeside& beside, const Look& before, const Step& step,
              std::set<std::string>& undone, Mended& mended) {
  for (const Diagnostic* d : step) {
    const std::string text = with_fixes(mended.text, {d});
    if (!is_worse(before, {d}, *look_at(file, beside, text))) {
      take({d}, text, mended);
      return true;
    }
    undone.insert(d->rule + d->fix->text);
    ++mended.undone;
  }
  return false;
}

}  // namespace

void mend_safely(const LintFile& file, const LintBeside& beside, Mended& mended) {
  std::set<std::string> undone;
  LookPtr now = look_at(file, beside, mended.text);
  for (int round = 0; round < kMostRounds; ++round) {
    const Step step = safe_step(*now, undone);
    if (step.empty()) return;
    const std::string text = with_fixes(mended.text, step);
    LookPtr after = look_at(file, beside, text);
    if (!is_worse(*now, step, *after)) {
      take(step, text, mended);
    } else {
      if (!take_one(file, beside, *now, step, undone, mended)) return;
      after = look_at(file, beside, mended.text);
    }
    now = std::move(after);
  }
}

void mend_by_asking(const LintFile& file, const LintBeside& beside, const Ask& ask, Mended& mended) {
  using Place = std::tuple<uint32_t, std::string, std::string>;
  const auto place = [](const Diagnostic& d) { return Place(d.fix->span.begin, d.rule, d.message); };
  std::optional<Place> answered;  // the last one; what is above it has been answered too
  LookPtr now = look_at(file, beside, mended.text);
  for (size_t asked = 0; asked < kMostQuestions; ++asked) {
    const Diagnostic* next = nullptr;
    for (const Diagnostic& d : now->linted.found)
      if (is_for(d, *now, false) && (!answered || place(d) > *answered) && (!next || place(d) < place(*next)))
        next = &d;
    if (!next) return;
    answered = place(*next);
    const std::string text = with_fixes(mended.text, {next});
    const Wanted wanted = ask(*next, now->linted.rules.shown, text);
    mended.declined += wanted == Wanted::no;
    mended.stopped = wanted == Wanted::no_more;
    if (mended.stopped) return;
    if (wanted == Wanted::no) continue;
    LookPtr after = look_at(file, beside, text);
    if (is_worse(*now, {next}, *after)) {
      ++mended.undone;
      continue;
    }
    take({next}, text, mended);
    now = std::move(after);
  }
}

}  // namespace crit
