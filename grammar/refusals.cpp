// What reads two ways is refused, and both readings are shown, so that the author chooses.
#include <fmt/format.h>

#include "grammar/build.hpp"

namespace crit {

namespace {

constexpr size_t kShown = 50;  // characters of an operand in a reading

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

void refuse_branch(Build& b, const Joined& branch, bool then_branch, bool has_else, const Expr& condition) {
  auto no = [](const Expr&) { return false; };
  std::string_view op = word(branch.ops.front());
  std::string whole = joined_from(branch, 0, no);
  std::string start = fmt::format("if {} then ", shown(condition));
  std::string help;
  if (then_branch && has_else) {
    help = fmt::format("write `{}({}) else ...`", start, whole);
  } else {
    std::string lead = then_branch ? start : start + "... else ";
    help = either(
        fmt::format("{}({})", lead, whole),
        fmt::format("({}{}) {} {}", lead, shown(*branch.operands.front()), op, joined_from(branch, 1, no)));
  }
  b.report("mixed-and-or", branch.op_spans.front(),
           fmt::format("an `if` beside `{}` without parentheses", op), help);
}

void refuse_missing_else(Build& b, const If& e, Span span) {
  std::string condition = shown(*e.condition);
  std::string then = shown(*e.then_branch);
  b.report("mixed-and-or", span, "`if` without `else`: what holds otherwise?",
           either(fmt::format("({}) and ({})", condition, then),
                  fmt::format("if {} then {} else ...", condition, then)) +
               "\n(without `else` it may only be the whole condition of an include)");
}

}  // namespace crit
