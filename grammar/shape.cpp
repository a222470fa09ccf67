// What a whole trial file must have: `trial`, once and first, and a criterion.
#include <algorithm>

#include "grammar/ast.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

// A statement of this kind, also one that was not read whole.
bool is_trial(const Statement& s) {
  const auto* broken = std::get_if<BrokenStatement>(&s.node);
  return std::holds_alternative<TrialStatement>(s.node) || (broken && same_word(broken->first_word, "trial"));
}

// Also a statement whose keyword could not be read: it may have been the one that is missed.
bool may_be_criterion(const Statement& s) {
  return std::holds_alternative<Criterion>(s.node) || std::holds_alternative<BrokenStatement>(s.node);
}

Span keyword_span(const Statement& s) {
  return {s.head.begin, std::min<uint32_t>(s.head.begin + 5, s.head.end), s.head.file};
}

Diagnostic misplaced(Span span, std::string message, std::string help) {
  return {.rule = "syntax",
          .span = span,
          .message = std::move(message),
          .help = std::move(help),
          .fix = {},
          .notes = {}};
}

// A statement that was read stands above it; one that was not has its own finding.
bool comes_late(const Trial& trial, const Statement& s) {
  for (const Statement& above : trial.statements) {
    if (&above == &s) return false;
    if (!std::holds_alternative<BrokenStatement>(above.node)) return true;
  }
  return false;
}

}  // namespace

std::vector<Diagnostic> check_shape(const Trial& trial) {
  std::vector<Diagnostic> out;
  const Statement* first = nullptr;
  bool criterion = false;
  for (const Statement& s : trial.statements) {
    criterion = criterion || may_be_criterion(s);
    if (!is_trial(s)) continue;
    if (first != nullptr) {
      out.push_back(misplaced(keyword_span(s), "a second `trial` in one file", "a file has one trial"));
      out.back().notes.push_back({keyword_span(*first), "the first `trial` is here"});
    } else if (comes_late(trial, s)) {
      out.push_back(
          misplaced(keyword_span(s), "`trial` is not the first statement", "put it before all others"));
    }
    if (first == nullptr) first = &s;
  }
  Span start{0, 0, trial.file};
  bool unknown_first =
      !trial.statements.empty() && std::holds_alternative<BrokenStatement>(trial.statements.front().node);
  if (first == nullptr && !unknown_first)
    out.push_back(misplaced(start, "no `trial` statement", "start the file with `trial ID \"title\"`"));
  else if (!criterion)
    out.push_back(
        misplaced(start, "no criterion: there is nothing to evaluate", "add an `include` or an `exclude`"));
  return out;
}

}  // namespace crit
