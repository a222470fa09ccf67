// What reads two ways is refused, and both readings are shown, so that the author chooses.
#include <fmt/format.h>

#include "grammar/build.hpp"

namespace crit {

namespace {

constexpr size_t kShown = 400;  // characters of an operand in a reading, which is there to be pasted

std::string shown(const Expr& e) {
  std::string text = print(e);
  if (text.size() <= kShown) return text;
  return text.substr(0, text.find_last_of(' ', kShown)) + " ...";
}

std::string_view word(LogicOp op) {
  return spelling(op);
}

// The chain with parentheses around each run of `inner`.
std::string grouped(const Joined& j, LogicOp inner) {
  std::string out;
  for (size_t i = 0; i < j.operands.size(); ++i) {
    bool joined_before = i > 0 && j.ops[i - 1] == inner;
    bool joined_after = i < j.ops.size() && j.ops[i] == inner;
    if (i > 0) out += fmt::format(" {} ", word(j.ops[i - 1]));
    if (joined_after && !joined_before) out += '(';
    out += shown(*j.operands[i]);
    if (joined_before && !joined_after) out += ')';
  }
  return out;
}

// The chain from operand `first` on, each operand of the kind that needs it in parentheses.
template <typename NeedsParentheses>
std::string joined_from(const Joined& j, size_t first, NeedsParentheses needs) {
  std::string out;
  for (size_t i = first; i < j.operands.size(); ++i) {
    if (i > first) out += fmt::format(" {} ", word(j.ops[i - 1]));
    out += needs(*j.operands[i]) ? fmt::format("({})", shown(*j.operands[i])) : shown(*j.operands[i]);
  }
  return out;
}

std::string either(std::string_view a, std::string_view b) {
  return fmt::format("write `{}`\nor    `{}`", a, b);
}

std::string in_parentheses(bool wanted, const std::string& text) {
  return wanted ? fmt::format("({})", text) : text;
}

bool is_if(const Expr& e) {
  return std::holds_alternative<If>(e.node);
}

// Where an operand could not be read its reading would mislead; the mistake in it has been reported.
bool has_broken(const Joined& j) {
  for (const ExprPtr& operand : j.operands)
    if (std::holds_alternative<Broken>(operand->node)) return true;
  return false;
}

bool refuse_mixed(Build& b, const Joined& j) {
  for (size_t i = 1; i < j.ops.size(); ++i) {
    if (j.ops[i] == j.ops[0]) continue;
    b.report("mixed-and-or", j.op_spans[i], "`and` with `or` without parentheses",
             either(grouped(j, LogicOp::logic_and), grouped(j, LogicOp::logic_or)));
    return true;
  }
  return false;
}

bool refuse_if_beside(Build& b, const Joined& j) {
  for (size_t i = 0; i < j.operands.size(); ++i) {
    bool beside = is_if(*j.operands[i]) || (i + 1 < j.operands.size() && ends_in_if(*j.operands[i]));
    if (!beside) continue;
    LogicOp op = j.ops[i == 0 ? 0 : i - 1];
    b.report("mixed-and-or", j.operands[i]->span,
             fmt::format("an `if` beside `{}` without parentheses", word(op)),
             fmt::format("write `{}`", joined_from(j, 0, ends_in_if)));
    return true;
  }
  return false;
}

bool refuse_not_or(Build& b, const Joined& j) {
  for (size_t i = 0; i + 1 < j.operands.size(); ++i) {
    const auto* negated = std::get_if<Not>(&j.operands[i]->node);
    if (negated == nullptr || j.ops[i] != LogicOp::logic_or) continue;
    auto no = [](const Expr&) { return false; };
    std::string rest = joined_from(j, i + 1, no);
    std::string inner = shown(*negated->operand);
    std::string lead;
    for (size_t k = 0; k < i; ++k) lead += fmt::format("{} {} ", shown(*j.operands[k]), word(j.ops[k]));
    b.report("mixed-and-or", join(j.operands[i]->span, j.op_spans[i]),
             "`not` before `or` without parentheses",
             either(fmt::format("{}(not {}) or {}", lead, inner, rest),
                    fmt::format("{}not ({} or {})", lead, inner, rest)));
    return true;
  }
  return false;
}

}  // namespace

bool ends_in_if(const Expr& e) {
  if (is_if(e)) return true;
  const auto* comparison = std::get_if<Comparison>(&e.node);
  return comparison != nullptr && is_if(*comparison->operands.back());
}

bool refuse_two_readings(Build& b, const Joined& j) {
  if (has_broken(j)) return refuse_mixed(b, j);
  return refuse_mixed(b, j) || refuse_if_beside(b, j) || refuse_not_or(b, j);
}

void refuse_branches(Build& b, const Expr& condition, const Joined& then, const Joined* otherwise) {
  const bool in_then = !then.ops.empty();
  const Joined& branch = in_then ? then : *otherwise;
  const auto no = [](const Expr&) { return false; };
  const auto whole = [&](const Joined& j) { return in_parentheses(!j.ops.empty(), joined_from(j, 0, no)); };
  const std::string_view op = word(branch.ops.front());
  const std::string start = fmt::format("if {} then ", shown(condition));
  std::string help;
  if (in_then && otherwise) {
    help = fmt::format("write `{}{} else {}`", start, whole(then), whole(*otherwise));
  } else {
    const std::string lead = in_then ? start : fmt::format("{}{} else ", start, whole(then));
    help = either(lead + whole(branch), fmt::format("({}{}) {} {}", lead, shown(*branch.operands.front()), op,
                                                    joined_from(branch, 1, no)));
  }
  b.report("mixed-and-or", branch.op_spans.front(),
           fmt::format("an `if` beside `{}` without parentheses", op), help);
}

namespace {

// As an operand of a chain.
std::string operand(const Expr& e) {
  const bool apart =
      std::holds_alternative<Logic>(e.node) || std::holds_alternative<Not>(e.node) || ends_in_if(e);
  return in_parentheses(apart, shown(e));
}

// `not A`, without a second negation.
std::string denied(const Expr& e) {
  if (const auto* negation = std::get_if<Not>(&e.node)) return operand(*negation->operand);
  const auto* records = std::get_if<Records>(&e.node);
  if (records && records->count == Records::Count::no) return shown(e).substr(std::string_view("no ").size());
  return fmt::format("(not {})", operand(e));
}

}  // namespace

// The way to say it that asks nothing of the others comes first: "women must use contraception" is no
// demand on men.
void refuse_missing_else(Build& b, const If& e, IfAt at, Span span) {
  const std::string condition = shown(*e.condition), then = shown(*e.then_branch);
  const std::string_view message = "`if` without `else`: what holds otherwise?";
  const bool chained = at == IfAt::chained;
  const std::string both =
      in_parentheses(chained, fmt::format("{} and {}", operand(*e.condition), operand(*e.then_branch)));
  const std::string either_way =
      in_parentheses(chained, fmt::format("{} or {}", denied(*e.condition), operand(*e.then_branch)));
  const std::string own =
      fmt::format("\nor    in a criterion of its own `when {}` on a line above `{}`", condition, then);
  if (b.of == Build::Of::exclude) {
    b.report("mixed-and-or", span, std::string(message),
             fmt::format("write `{}`: turns away only whom the `if` speaks of{}", both, own));
    return;
  }
  b.report("mixed-and-or", span, std::string(message),
           fmt::format("write `{}`: asks nothing of those whom the `if` does not speak of\nor    `{}`: asks "
                       "both of everybody{}",
                       either_way, both, b.of == Build::Of::include ? own : ""));
}

}  // namespace crit
