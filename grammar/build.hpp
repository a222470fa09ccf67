// From the flat tree to the syntax tree: what is built, with the mistakes that are seen while building.
#pragma once

#include <optional>
#include <string>

#include "grammar/ast.hpp"
#include "grammar/lines.hpp"
#include "grammar/tree.hpp"

namespace crit {

// What one part of a file is built with.
struct Build {
  const Source& source;
  const std::vector<Line>& lines;
  std::vector<Diagnostic>& out;
  enum class Of { include, exclude, other } of = Of::other;  // whose condition it is
  bool in_rule = false;  // a condition or a definition: `1.500` deserves a warning
  int operators = 0;     // of arithmetic in this part; bounded, since they nest in the tree

  Span span(const TreeNode& n) const { return {n.begin, code_end_before(source, lines, n.end), source.id}; }
  std::string_view text(const TreeNode& n) const { return text_of(source, span(n)); }
  Diagnostic& report(std::string rule, Span span, std::string message, std::string help = "",
                     std::optional<Fix> fix = std::nullopt) {
    out.push_back({.rule = std::move(rule),
                   .span = span,
                   .message = std::move(message),
                   .help = std::move(help),
                   .fix = std::move(fix),
                   .notes = {}});
    return out.back();
  }
};

// At most this many operators of arithmetic in one condition or value.
inline constexpr int kMaxOperators = 1000;

template <typename Value>
ExprPtr make_expr(Value value, Span span) {
  return std::make_unique<Expr>(Expr{std::move(value), span});
}

// build_values.cpp: tokens and literals. Each steps over what it takes.
Name build_name(Build&, Cursor&);
Number build_number(Build&, Cursor&);
UnitText build_unit(Build&, Cursor&);
DateText build_date(Build&, Cursor&);
bool is_date(std::string_view text);  // it exists, and is written with all its digits
Text build_text(Build&, Cursor&);     // adjacent texts, joined
bool build_yes(Build&, Cursor&);
ExprPtr build_quantity(Build&, Cursor&);
ExprPtr build_signed_quantity(Build&, Cursor&);

// build_records.cpp
PlainDuration build_plain_duration(Build&, Cursor&);
Duration build_duration(Build&, Cursor&);
Anchor build_anchor(Build&, Cursor&);
WindowPtr build_window(Build&, Cursor&);
ExprPtr build_records(Build&, Cursor&);
ExprPtr build_dose_of(Build&, Cursor&);
ExprPtr build_limit(Build&, Cursor&);
ExprPtr build_judgement(Build&, Cursor&);

// build_expr.cpp: the siblings at the cursor up to the end; `part` is the node around an expression.
ExprPtr build_expression(Build&, Cursor&, bool whole = false);
ExprPtr build_part(Build&, Cursor&);
ExprPtr build_sum(Build&, Cursor&);
ExprPtr build_compared(Build&, Cursor&);  // what stands right of a sign of comparison, or in `in (...)`

// build_chain.cpp
ExprPtr build_chain(Build&, Cursor&, ExprPtr first);

// build_sums.cpp
ExprPtr build_primary(Build&, Cursor&);

// refusals.cpp: conditions that read two ways. Each reports one finding, with both readings.
struct Joined {  // operands with the `and` and `or` between them
  std::vector<ExprPtr> operands;
  std::vector<LogicOp> ops;
  std::vector<Span> op_spans;
};
bool refuse_two_readings(Build&, const Joined&);  // true where it was refused
// Where an `if` stands: as an include's whole condition, as another whole condition or item, or in a chain or
// under `not`, where a mend needs parentheses.
enum class IfAt { include, alone, chained };
void refuse_branches(Build&, const Expr& condition, const Joined& then, const Joined* otherwise);
void refuse_missing_else(Build&, const If&, IfAt, Span);
bool ends_in_if(const Expr&);

}  // namespace crit
